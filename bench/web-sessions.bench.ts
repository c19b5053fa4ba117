/**
 * WhatsApp Web sessions (requirement B9): what a hundred of them cost at rest, how soon their messages leave when all of them write,
 * how soon another host has them after kill -9. `MINUTES=20` looks at memory under low traffic instead, for so long.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { chunk } from '@centralita/kernel';
import { createApiKey, listCompanies } from '../apps/server/src/modules/companies/index.ts';
import { bridgeSecret } from '../apps/server/src/modules/web-sessions/index.ts';
import { median, quantile, report, round, startProduct, usage, type Figure, type Product } from './rig.ts';

const SESSIONS = Number(process.env['SESSIONS'] ?? 100);
const PER_MINUTE = 60;
const IDLE_MS = 60_000;
const SENDING_MS = 60_000;
const FULL_MS = 10_000;
/** People that each session writes to: the first message to each costs its keys, the rest are the everyday. */
const CONTACTS = 2;
const MINUTES = Number(process.env['MINUTES'] ?? 0);

interface Host {
  readonly id: string;
  readonly pid: number;
  readonly url: string;
}
interface Linked {
  readonly account: string;
  readonly name: string;
}
type Json = Readonly<Record<string, never>>;

const dispatcher = new Agent({ connections: 128 });
async function call<T = Json>(method: 'GET' | 'POST', url: string, headers: Readonly<Record<string, string>>, body?: unknown): Promise<{ status: number; body: T }> {
  const answer = await request(url, { dispatcher, method, headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) }, ...(body !== undefined && { body: JSON.stringify(body) }), headersTimeout: 60_000 });
  const text = await answer.body.text();
  return { status: answer.statusCode, body: (text ? JSON.parse(text) : {}) as T };
}
async function until<T>(what: string, look: () => Promise<T | undefined | false>, ms = 120_000): Promise<T> {
  for (const start = performance.now(); performance.now() - start < ms; await sleep(50)) {
    const found = await look().catch(() => undefined);
    if (found) return found;
  }
  throw new Error(`waited ${ms / 1000} s for ${what}`);
}
const lineOf = (n: number): string => `569620${String(n).padStart(5, '0')}`;
const personOf = (n: number): string => `569630${String(n).padStart(5, '0')}`;

class Rig {
  readonly product: Product;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #secret: string;

  private constructor(product: Product, key: string, secret: string) {
    this.product = product;
    this.#headers = { 'x-api-key': key };
    this.#secret = secret;
  }
  static async open(): Promise<Rig> {
    const product = await startProduct();
    const { rt } = product.open;
    const [company] = await listCompanies(rt.db);
    await rt.db.query("update {s}.companies set limits = limits || '{\"requests_per_minute\": 1000000, \"accounts\": 1000}'");
    return new Rig(product, await rt.db.shared((tx) => createApiKey(tx, company!.id, { name: 'bench', role: 'administrator' })), bridgeSecret(rt));
  }
  api<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<{ status: number; body: T }> {
    return call<T>(method, this.product.url + path, this.#headers, body);
  }

  /** A number of the sandbox, linked as a person would: its code is scanned. */
  async link(n: number): Promise<Linked> {
    const made = await this.api<{ id: string; routes: { sender_id: string }[] }>('POST', '/api/accounts', { account_type: 'baileys', name: `Línea ${n}`, credentials: { sandbox: 'true' } });
    if (made.status !== 201) throw new Error(`line ${n}: ${made.status} ${JSON.stringify(made.body)}`);
    const { id, routes } = made.body;
    await this.api('POST', `/api/accounts/${id}/session`, {});
    for (;;) {
      const qr = await until(`the code of line ${n}`, async () => (await this.api<{ qr: string | null }>('GET', `/api/accounts/${id}/session/qr`)).body.qr);
      const scanned = await call('POST', `${this.product.sandbox}/sandbox/phones/${lineOf(n)}/linked-devices`, {}, { qr });
      // A busy machine may be slower than the code lives.
      if (scanned.status < 300) break;
    }
    await until(`line ${n} to be active`, async () => (await this.api<{ status: string }>('GET', `/api/accounts/${id}/session/status`)).body.status === 'active');
    return { account: id, name: routes[0]!.sender_id };
  }

  async hosts(): Promise<Host[]> {
    return this.product.open.rt.db.query<Host>('select id, pid, url from {s}.bridge_hosts where seen_at > now() - interval \'20 seconds\' order by started_at');
  }
  active(host: Host): Promise<number> {
    return call<{ active: number }>('GET', `${host.url}/health`, {}).then((a) => Number(a.body.active));
  }
  async send(host: Host, session: Linked, to: string, message: string): Promise<{ ms: number; good: boolean }> {
    const begun = performance.now();
    const answer = await call('POST', `${host.url}/send`, { authorization: `Bearer ${this.#secret}` }, { session_name: session.name, to, message }).catch(() => ({ status: 0 }));
    return { ms: performance.now() - begun, good: answer.status === 200 };
  }
}

const rig = await Rig.open();
const lines: Linked[] = [];
const began = performance.now();
for (const few of chunk(Array.from({ length: SESSIONS }, (_, n) => n), 4)) lines.push(...await Promise.all(few.map((n) => rig.link(n))));
const linkedIn = (performance.now() - began) / 1000;
const [host] = await rig.hosts();
if (!host) throw new Error('there is no host');
process.stdout.write(`${SESSIONS} sessions linked in ${round(linkedIn, 0)} s\n`);

if (MINUTES > 0) await lookAtMemory(host);
else await measure(host);
await rig.product.stop();

/** Every session writes evenly; answers how long each send took and how many failed. */
async function everybodyWrites(at: Host, ms: number, gap: number): Promise<{ times: number[]; failed: number }> {
  const times: number[] = [];
  let failed = 0;
  const end = performance.now() + ms;
  await Promise.all(lines.map(async (line, n) => {
    // Spread over the gap, as a hundred people would be.
    let next = performance.now() + (gap * n) / lines.length;
    for (let i = 0; next < end; i++, next += gap) {
      await sleep(Math.max(next - performance.now(), 0));
      const { ms: took, good } = await rig.send(at, line, personOf(n * CONTACTS + (i % CONTACTS)), `mensaje ${i}`);
      if (good) times.push(took);
      else failed += 1;
    }
  }));
  return { times, failed };
}

async function measure(first: Host): Promise<void> {
  await sleep(5000);
  const before = usage(first.pid);
  await sleep(IDLE_MS);
  const idle = usage(first.pid);
  const idleCpu = (idle.cpuMs - before.cpuMs) / IDLE_MS;
  // The first message to everybody fetches their keys.
  await everybodyWrites(first, 10_000, 10_000 / CONTACTS);
  const { times, failed } = await everybodyWrites(first, SENDING_MS, 60_000 / PER_MINUTE);
  const busy = usage(first.pid);
  let full = 0;
  const end = performance.now() + FULL_MS;
  await Promise.all(lines.map(async (line, n) => {
    while (performance.now() < end) if ((await rig.send(first, line, personOf(n * CONTACTS), 'lleno')).good) full += 1;
  }));

  const killed = performance.now();
  process.kill(first.pid, 'SIGKILL');
  const second = await until('another host', async () => (await rig.hosts()).find((h) => h.id !== first.id));
  await until('all sessions on it', async () => await rig.active(second) === SESSIONS);
  const takeover = (performance.now() - killed) / 1000;

  const perSecond = round(times.length / (SENDING_MS / 1000), 0);
  const mb = (bytes: number): number => round(bytes / 1048576, 0);
  const figures: Figure[] = [
    { name: `${SESSIONS} WhatsApp Web sessions at rest: memory of their host`, value: mb(idle.rss), unit: 'MB', goal: '< 250 MB', reached: mb(idle.rss) < 250 },
    { name: `${SESSIONS} WhatsApp Web sessions at rest: share of one core`, value: round(idleCpu * 100, 1), unit: '%', goal: '< 5 %', reached: idleCpu < 0.05 },
    { name: `${SESSIONS} sessions sending ${PER_MINUTE} a minute each: p95`, value: round(quantile(times, 0.95), 0), unit: 'ms', goal: '< 500 ms', reached: quantile(times, 0.95) < 500 && failed === 0 },
    { name: `${SESSIONS} sessions sending ${PER_MINUTE} a minute each: median`, value: round(median(times), 0), unit: 'ms' },
    { name: `${SESSIONS} sessions sending: messages a second, beside as many as host and sandbox together can`, value: perSecond, unit: '/s', ceiling: round(full / (FULL_MS / 1000), 0) },
    { name: `${SESSIONS} sessions sending: failed`, value: failed, unit: '' },
    { name: 'memory of the host after it', value: mb(busy.rss), unit: 'MB' },
    { name: `kill -9 of the host: all ${SESSIONS} sessions active on another`, value: round(takeover, 1), unit: 's', goal: '< 15 s', reached: takeover < 15 },
    { name: 'linked, one after the other on four phones', value: round(linkedIn / SESSIONS, 2), unit: 's each' },
  ];
  report('web-sessions', figures);
}

/** A message of every session every ten seconds, and the host's memory minute by minute. */
async function lookAtMemory(at: Host): Promise<void> {
  const minutes: number[] = [];
  for (let minute = 0; minute < MINUTES; minute++) {
    await everybodyWrites(at, 60_000, 10_000);
    minutes.push(round(usage(at.pid).rss / 1048576, 0));
    process.stdout.write(`minute ${minute + 1}: ${minutes.at(-1)} MB\n`);
  }
  // The first minutes fill caches: the last third against the one before it.
  const third = Math.max(Math.floor(MINUTES / 3), 1);
  const [middle, last] = [median(minutes.slice(-2 * third, -third)), median(minutes.slice(-third))];
  report('web-sessions-memory', [
    { name: `memory of a host over ${MINUTES} minutes, ${SESSIONS} sessions writing six times a minute: its last third beside the one before`, value: last, unit: 'MB', ceiling: middle, goal: 'flat', reached: last < middle * 1.05 },
  ], { minutes });
}
