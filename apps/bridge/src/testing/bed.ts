import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BridgeEvent, BridgeReceipt, BridgeSession } from '@centralita/contracts/bridge';
import { defer, type Scope } from '../../../../test/harness/defer.ts';
import type { TestDatabase } from '../../../../test/harness/database.ts';
import { tempFolder } from '../../../../test/harness/folders.ts';
import { spawnApp, type App } from '../../../../test/harness/processes.ts';
import { waitFor } from '../../../../test/harness/wait.ts';
import { startSandbox, type Running } from '../../../sandbox/src/testing/harness.ts';
import { openTables, type Tables } from './tables.ts';

const SECRET = 'a-secret-of-sixteen';
/** What takes seconds in use takes a fraction here. */
const QUICK = { LOG_LEVEL: 'warn', LEASE_SECONDS: '2', LEASE_HEARTBEAT_SECONDS: '0.3', CARRIER_TIMEOUT_SECONDS: '1', BRIDGE_RECONNECT_SECONDS: '0.2', BRIDGE_PORT: '0' };

export interface HostProcess {
  readonly app: App;
  readonly url: string;
  readonly id: string;
}
export interface Answer {
  readonly status: number;
  // Tests look into it member by member.
  readonly body: Json;
  readonly raw: Buffer;
  readonly type: string;
}
export interface Json {
  readonly [key: string]: Json & string & number & boolean & readonly (Json & string)[];
}

/** A database with a company, the sandbox, and any number of hosts as processes of their own. */
export class Bed {
  readonly base: TestDatabase;
  readonly sandbox: Running;
  readonly #tables: Tables;
  readonly #t: Scope;
  readonly #env: Readonly<Record<string, string>>;

  private constructor(t: Scope, parts: { tables: Tables; sandbox: Running; env: Readonly<Record<string, string>> }) {
    this.#t = t;
    this.#tables = parts.tables;
    this.base = parts.tables.base;
    this.sandbox = parts.sandbox;
    this.#env = parts.env;
  }

  static async open(t: Scope, env: Readonly<Record<string, string>> = {}): Promise<Bed> {
    const [tables, sandbox] = await Promise.all([openTables(t), startSandbox({ env: { LOG_LEVEL: 'warn' } })]);
    defer(t, () => sandbox.stop());
    const folder = tempFolder(t);
    const { body: web } = await sandbox.call('GET', '/sandbox/whatsapp-web');
    const ca = join(folder, 'ca.pem');
    writeFileSync(ca, String(web['ca_pem']));
    return new Bed(t, { tables, sandbox, env: {
      ...QUICK, DATABASE_URL: tables.base.url, CENTRALITA_DATA: folder, CENTRALITA_ENCRYPTION_KEY: '11'.repeat(32), BRIDGE_SECRET: SECRET,
      BRIDGE_WHATSAPP_URL: String(web['url']), BRIDGE_WHATSAPP_ROOT: String(web['root_key']), NODE_EXTRA_CA_CERTS: ca, CALL_HTTP_ALLOW: '127.0.0.1', ...env,
    } });
  }

  /** A host of its own process, ready to take sessions. */
  async host(env: Readonly<Record<string, string>> = {}): Promise<HostProcess> {
    const app = await spawnApp(this.#t, { script: 'apps/bridge/src/main.ts', env: { ...this.#env, ...env }, ready: { line: /"listening":true/ } });
    const news = JSON.parse(app.lines.find((line) => line.includes('"listening":true'))!) as { url: string; id: string };
    return { app, url: news.url, id: news.id };
  }

  /** A session that shall run. */
  session(name: string, options: { wanted?: boolean } = {}): Promise<string> {
    return this.#tables.session(name, options);
  }

  /** Makes a session and links a sandbox phone with it, as somebody who scans its code. */
  async linked(host: HostProcess, name: string, phone: string): Promise<string> {
    const id = await this.session(name);
    await this.scan(host, name, phone);
    return id;
  }

  async scan(host: HostProcess, name: string, phone: string): Promise<void> {
    const qr = await waitFor(async () => {
      const answer = await this.call(host, 'GET', `/qr/${name}?format=raw`);
      return answer.status === 200 ? answer.raw.toString() : undefined;
    }, { what: `the code of ${name}`, timeout: 20_000 });
    const scanned = await this.sandbox.call('POST', `/sandbox/phones/${phone}/linked-devices`, { qr });
    if (scanned.status > 299) throw new Error(`the phone did not take the code: ${scanned.status} ${JSON.stringify(scanned.body)}`);
    await this.state(host, name, 'active');
  }

  /** Waits for a state. */
  state(host: HostProcess, name: string, state: string, timeout = 20_000): Promise<BridgeSession> {
    return waitFor(async () => {
      const { body } = await this.call(host, 'GET', `/status/${name}`);
      if (body['state'] !== state) throw new Error(`it is ${JSON.stringify(body)}`);
      return body as unknown as BridgeSession;
    }, { what: `${name} to be ${state}`, timeout });
  }

  async call(host: Pick<HostProcess, 'url'>, method: string, path: string, body?: unknown): Promise<Answer> {
    const raw = body instanceof Buffer;
    const answer = await fetch(`${host.url}${path}`, {
      method, headers: { authorization: `Bearer ${SECRET}`, ...(body === undefined ? {} : { 'content-type': raw ? 'application/octet-stream' : 'application/json' }) },
      ...(body === undefined ? {} : { body: raw ? new Uint8Array(body) : JSON.stringify(body) }), signal: AbortSignal.timeout(30_000),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const type = answer.headers.get('content-type') ?? '';
    return { status: answer.status, type, raw: bytes, body: type.includes('json') ? JSON.parse(bytes.toString()) as Json : {} };
  }

  /** What hosts appended, in the order of receipt. */
  async events(): Promise<BridgeEvent[]> {
    const rows = await this.base.db.query<{ body: Buffer }>('select body from {s}.receipts order by id');
    return rows.flatMap((r) => (JSON.parse(r.body.toString()) as BridgeReceipt).events);
  }

  /** Waits for an event of this kind that `wanted` takes. */
  heard<T extends BridgeEvent['type']>(type: T, wanted: (event: Extract<BridgeEvent, { type: T }>) => boolean, timeout = 15_000): Promise<Extract<BridgeEvent, { type: T }>> {
    return waitFor(async () => (await this.events()).find((e): e is Extract<BridgeEvent, { type: T }> => e.type === type && wanted(e as Extract<BridgeEvent, { type: T }>)), { what: `a ${type}`, timeout });
  }
}
