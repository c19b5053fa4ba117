/** The server as its own processes, to be killed, frozen and started again, and the witness beside it. */
import { encodeId } from '@centralita/kernel';
import type { CompanyRef } from '@centralita/platform/database';
import { createClient, type Centralita } from '@centralita/sdk';
import { startSandbox, type Running } from '../../apps/sandbox/src/testing/harness.ts';
import type { OpenRuntime } from '../../apps/server/src/main/create-runtime.ts';
import { createApiKey } from '../../apps/server/src/modules/companies/index.ts';
import { defer, type Scope } from '../harness/defer.ts';
import { dataFolder, freePort, spawnApp, type App } from '../harness/processes.ts';
import { addNumbers, openSecondHand, type SandboxNumber } from '../harness/second-hand.ts';
import { waitFor } from '../harness/wait.ts';
import { bodyOf, sign } from '../spine/desk.ts';

export interface PlantOptions {
  /** An external PostgreSQL; without it the server's own, on the disk. */
  readonly databaseUrl?: string;
  readonly bot?: unknown;
  readonly env?: Readonly<Record<string, string>>;
}

/** Quick leases and waits: what takes seconds in use takes a second here. */
const QUICK = { LOG_LEVEL: 'warn', LEASE_SECONDS: '1.5', LEASE_HEARTBEAT_SECONDS: '0.3', CARRIER_TIMEOUT_SECONDS: '1', UNKNOWN_WAIT_SECONDS: '3', CENTRALITA_DEMO: 'off', CENTRALITA_SANDBOX: 'off' };

export class Plant {
  readonly url: string;
  readonly sandbox: Running;
  readonly number: SandboxNumber;
  readonly company: CompanyRef;
  readonly open: OpenRuntime;
  /** The API, with an administrator's key. */
  readonly api: Centralita;
  readonly #t: Scope;
  readonly #env: Record<string, string>;
  server: App;

  private constructor(t: Scope, parts: { url: string; sandbox: Running; number: SandboxNumber; company: CompanyRef; open: OpenRuntime; key: string; env: Record<string, string>; server: App }) {
    this.#t = t;
    this.#env = parts.env;
    this.url = parts.url;
    this.sandbox = parts.sandbox;
    this.number = parts.number;
    this.company = parts.company;
    this.open = parts.open;
    this.api = createClient({ baseUrl: parts.url, apiKey: parts.key, fetch: (request) => fetch(request, { signal: AbortSignal.timeout(20_000) }) });
    this.server = parts.server;
  }

  static async start(t: Scope, { databaseUrl, bot, env = {} }: PlantOptions = {}): Promise<Plant> {
    const sandbox = await startSandbox({ env: { SANDBOX_RETRY_SCHEDULE: '100,200,400,800' } });
    defer(t, () => sandbox.stop());
    const port = await freePort();
    const data = dataFolder(t, { on: 'disk' });
    const url = `http://127.0.0.1:${port}`;
    const settings = { ...QUICK, CENTRALITA_DATA: data, PORT: String(port), ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }), ...env };
    const server = await launch(t, settings, ['start']);
    const open = await openSecondHand(data, settings);
    defer(t, () => open.close());
    const { company, numbers } = await addNumbers(open, { url, sandbox: sandbox.origin, count: 1, bot });
    const key = await open.rt.db.shared((tx) => createApiKey(tx, company.id, { name: 'drill', role: 'administrator' }));
    return new Plant(t, { url, sandbox, number: numbers[0]!, company, open, key, env: settings, server });
  }

  /** Starts the server again after it was killed; resolves when it is ready. */
  async restart(): Promise<App> {
    this.server = await launch(this.#t, this.#env, ['start']);
    return this.server;
  }

  /** One more process of the same installation. */
  worker(): Promise<App> {
    return launch(this.#t, { ...this.#env, PORT: '0' }, ['start', '--role', 'worker']);
  }

  /** Posts a message as the carrier does; true when it was acknowledged. `status` is what was answered, 0 when nobody was there. */
  async post(from: string, id: string, text: string): Promise<{ status: number; ms: number }> {
    const raw = JSON.stringify(bodyOf(this.number.phone_number_id, [{ from, text, id }]));
    const begun = performance.now();
    const status = await fetch(`${this.url}/webhook/meta/bench`, {
      method: 'POST', body: raw, headers: { 'content-type': 'application/json', 'x-hub-signature-256': sign(raw, this.number.app_secret) }, signal: AbortSignal.timeout(20_000),
    }).then(async (answer) => {
      await answer.text();
      return answer.status;
    }, () => 0);
    return { status, ms: performance.now() - begun };
  }

  rows<R extends object>(sql: string, values: readonly unknown[] = []): Promise<R[]> {
    return this.open.rt.db.withCompany(this.company, (tx) => tx.query<R>(sql, values));
  }

  /** Waits until nothing is left to unpack, to answer, to send, or to find out. */
  async settled(timeout = 60_000): Promise<void> {
    await waitFor(async () => {
      const rows = await this.open.rt.db.query<{ n: number }>("select (select count(*) from {s}.receipts_pending) + (select count(*) from {s}.lanes where kind <> 'media' and pending > 0 and due_at <= now() + interval '10 seconds') + (select count(*) from {s}.outbox) as n");
      return rows[0]!.n === 0;
    }, { what: 'all work to be done', timeout, every: 100 });
  }

  /** How often the carrier accepted each of our messages, by our id. */
  async accepted(): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for (let after = ''; ;) {
      const page = (await this.sandbox.call('GET', `/sandbox/outbox?limit=1000${after === '' ? '' : `&after=${after}`}`)).body as unknown as { messages: { biz_opaque_callback_data?: string }[]; next: string | number | null };
      for (const m of page.messages) if (m.biz_opaque_callback_data) counts.set(m.biz_opaque_callback_data, (counts.get(m.biz_opaque_callback_data) ?? 0) + 1);
      if (page.messages.length < 1000 || page.next === null) return counts;
      after = String(page.next);
    }
  }

  /** What a message is called outside. */
  static id(uuid: string): string {
    return encodeId('msg', uuid);
  }
}

function launch(t: Scope, env: Record<string, string>, args: readonly string[]): Promise<App> {
  return spawnApp(t, { script: 'apps/server/src/main/cli.ts', args, env, ready: args.includes('worker') ? { line: /^Centralita works/ } : { url: `http://127.0.0.1:${env['PORT']}/health/ready` }, timeout: 60_000 });
}
