import { Pool, request } from 'undici';
import type { Dispatcher } from 'undici';
import { Lru } from '../lru.ts';

export type PostResult = { readonly status: number; readonly error: null } | { readonly status: null; readonly error: string };

export interface Post {
  readonly url: string;
  readonly body: string;
  /** Names and values in turn. */
  readonly headers: string[];
  /** Milliseconds without an answer. */
  readonly timeout: number;
}

/** Posts webhooks over kept connections; the queue above decides how many at once. */
export class Poster {
  readonly #pools = new Map<string, Pool>();
  readonly #targets = new Lru<string, { origin: string; path: string }>(1000);

  /** `done` is called exactly once. */
  post(what: Post, done: (result: PostResult) => void): void {
    let pool: Pool;
    let path: string;
    try {
      const target = this.#target(what.url);
      path = target.path;
      pool = this.#pool(target.origin);
    } catch (error) {
      done({ status: null, error: reason(error) });
      return;
    }
    let finished = false;
    let status = 0;
    const finish = (result: PostResult): void => {
      if (finished) return;
      finished = true;
      done(result);
    };
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: () => undefined,
      onResponseStart: (_controller, statusCode) => {
        status = statusCode;
      },
      onResponseData: () => undefined,
      onResponseEnd: () => finish({ status, error: null }),
      onResponseError: (_controller, error) => finish({ status: null, error: reason(error) }),
    };
    pool.dispatch({
      path, method: 'POST', body: what.body, headersTimeout: what.timeout, bodyTimeout: what.timeout,
      headers: what.headers,
    }, handler);
  }

  #target(url: string): { origin: string; path: string } {
    const known = this.#targets.get(url);
    if (known !== undefined) return known;
    const parsed = new URL(url);
    const target = { origin: parsed.origin, path: parsed.pathname + parsed.search };
    this.#targets.set(url, target);
    return target;
  }

  #pool(origin: string): Pool {
    const known = this.#pools.get(origin);
    if (known !== undefined) return known;
    // Tests move the server from port to port; a few dozen pools are plenty.
    if (this.#pools.size >= 64) {
      for (const [old, pool] of this.#pools) {
        this.#pools.delete(old);
        pool.close().catch(() => undefined);
        break;
      }
    }
    const pool = new Pool(origin, { connections: null, pipelining: 1, connectTimeout: 3000, keepAliveTimeout: 10_000 });
    this.#pools.set(origin, pool);
    return pool;
  }

  async close(): Promise<void> {
    const pools = [...this.#pools.values()];
    this.#pools.clear();
    await Promise.all(pools.map((pool) => pool.destroy()));
  }
}

export type Handshake = { readonly ok: true } | { readonly ok: false; readonly why: string };

/** Meta's verification: GET with hub.*, the answer must be 200 with the challenge as its body. */
export async function handshake(callback: { url: string; verifyToken: string; challenge: string; timeout: number }): Promise<Handshake> {
  try {
    const url = new URL(callback.url);
    url.searchParams.set('hub.mode', 'subscribe');
    url.searchParams.set('hub.challenge', callback.challenge);
    url.searchParams.set('hub.verify_token', callback.verifyToken);
    const answer = await request(url, { method: 'GET', headersTimeout: callback.timeout, bodyTimeout: callback.timeout });
    let body = '';
    for await (const chunk of answer.body) {
      body += String(chunk);
      if (body.length > 4096) break;
    }
    if (answer.statusCode !== 200) return { ok: false, why: `it answered HTTP ${answer.statusCode}` };
    return body === callback.challenge ? { ok: true } : { ok: false, why: 'its answer was not the challenge' };
  } catch (error) {
    return { ok: false, why: reason(error) };
  }
}

/** Why a request failed, without its URL (which may hold a token in its query). */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  switch (code) {
    case 'ECONNREFUSED': return 'connection refused: nothing listens there';
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT': return 'no answer in time';
    case 'UND_ERR_CONNECT_TIMEOUT': return 'no connection in time';
    case 'UND_ERR_SOCKET':
    case 'ECONNRESET': return 'the connection was cut';
    case 'ENOTFOUND':
    case 'EAI_AGAIN': return 'the host name is unknown';
    default: return code === '' ? error.name : code;
  }
}
