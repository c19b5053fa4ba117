/** The generator: as many connections as asked for, each sending the next body as soon as the last was answered. */
import { Pool } from 'undici';
import { quantile, round } from './rig.ts';

export interface Body {
  readonly raw: string;
  readonly signature: string;
  /** Other than that of the address. */
  readonly path?: string;
}
export interface Load {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly ok: number;
  readonly failed: number;
}

/** Posts every body once over `connections`; milliseconds from the request to the whole answer. */
export async function post(url: string, bodies: readonly Body[], connections: number): Promise<Load> {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const times: number[] = [];
  let next = 0;
  let failed = 0;
  async function one(): Promise<void> {
    for (let body = bodies[next++]; body; body = bodies[next++]) {
      const from = performance.now();
      const answer = await pool.request({ path: body.path ?? pathname, method: 'POST', body: body.raw, headers: { 'content-type': 'application/json', 'x-hub-signature-256': body.signature } });
      await answer.body.dump();
      if (answer.statusCode === 200) times.push(performance.now() - from);
      else failed += 1;
    }
  }
  const from = performance.now();
  await Promise.all(Array.from({ length: connections }, one));
  const seconds = (performance.now() - from) / 1000;
  await pool.close();
  return { perSecond: round(times.length / seconds), p50: round(quantile(times, 0.5), 2), p99: round(quantile(times, 0.99), 2), ok: times.length, failed };
}
