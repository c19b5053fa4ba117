/** How soon messages leave by the next number when the first one fails, and how fast each carrier is sent to beside a bare client. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { newUuid } from '@centralita/kernel';
import { Agent, Pool, request } from 'undici';
import type { InboundMessage } from '../apps/server/src/messaging/index.ts';
import { addAccount, addConfigured, forgetAccounts, readProviderConfig, routeById, setFallback, type Route } from '../apps/server/src/modules/accounts/index.ts';
import { createApiKey, listCompanies } from '../apps/server/src/modules/companies/index.ts';
import { receiveMessages, say } from '../apps/server/src/modules/conversations/index.ts';
import { call, type SandboxNumber } from '../test/harness/second-hand.ts';
import { median, quantile, report, round, startProduct, type Figure, type Product } from './rig.ts';

const RUNS = 12;
const MESSAGES = 2000;
const CONTACTS = 200;
const CONNECTIONS = 64;
/** The goal: from the third failure until the first certainly unsent message leaves by the next number. */
const GOAL_MS = 2000;
const TIMEOUT_MS = 1000;

type Mode = 'pass' | 'refuses connections' | 'answers 5xx' | 'hangs';
/** What stands before the first number's carrier, and can fail. */
class Front {
  mode: Mode = 'pass';
  /** When each send of this run met its failure. */
  readonly failures: number[] = [];
  port = 0;
  readonly #to: string;
  readonly #agent = new Agent({ connections: 64 });
  #server: Server | undefined;

  constructor(to: string) {
    this.#to = to;
  }

  async open(): Promise<void> {
    this.#server = createServer((req, res) => {
      const parts: Buffer[] = [];
      req.on('data', (part: Buffer) => parts.push(part));
      req.on('end', () => {
        const sends = req.method === 'POST' && req.url!.endsWith('/messages');
        if (this.mode === 'answers 5xx') {
          res.writeHead(503).end();
          if (sends) this.failures.push(Date.now());
        } else if (this.mode === 'hangs') {
          if (sends) this.failures.push(Date.now() + TIMEOUT_MS);
        } else {
          const { host: _, connection: _c, 'content-length': _l, ...headers } = req.headers;
          void request(this.#to + req.url!, { dispatcher: this.#agent, method: req.method as 'GET', headers, ...(parts.length > 0 && { body: Buffer.concat(parts) }) }).then(async (answer) => {
            res.writeHead(answer.statusCode, { 'content-type': String(answer.headers['content-type'] ?? '') }).end(await answer.body.text());
          }, () => res.destroy());
        }
      });
    }).listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.port = (this.#server.address() as AddressInfo).port;
  }

  async fail(mode: Exclude<Mode, 'pass'>): Promise<void> {
    this.failures.length = 0;
    this.mode = mode;
    if (mode === 'refuses connections') await this.close();
  }

  async heal(): Promise<void> {
    if (this.mode === 'refuses connections') await this.open();
    else this.#server!.closeAllConnections();
    this.mode = 'pass';
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server!.close(resolve));
    this.#server!.closeAllConnections();
    await closed;
  }
}

const inbound = (route: Route, phone: string): { route: Route; event: InboundMessage } => ({ route, event: {
  kind: 'message', key: newUuid(), line: { kind: 'number', id: route.sender_id }, at: new Date().toISOString(), remote_id: newUuid(), direction: 'in',
  peer: { addresses: [{ kind: 'phone', value: phone }] }, content: { type: 'text', text: 'hola' },
} });
const phoneOf = (n: number): string => `5698${String(n).padStart(7, '0')}`;
const companyOf = async ({ open: { rt } }: Product) => (await listCompanies(rt.db)).find((c) => c.slug === 'bench')!;
const until = async (what: () => Promise<boolean>): Promise<void> => {
  for (let i = 0; i < 6000; i++) {
    if (await what()) return;
    await sleep(10);
  }
  throw new Error('waited for a minute');
};

/** Milliseconds from the third failure to the first try on the next number, run by run. */
async function failover(product: Product, mode: Exclude<Mode, 'pass'>, { front, routes, conversations }: { front: Front; routes: readonly [Route, Route]; conversations: readonly string[] }): Promise<number[]> {
  const { rt } = product.open;
  const company = await companyOf(product);
  const times: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const [{ now: began }] = await rt.db.query<{ now: Date }>('select clock_timestamp() as now') as [{ now: Date }];
    await front.fail(mode);
    // What was given away for lost is not sent again; what waits behind it is certainly unsent.
    const each = mode === 'refuses connections' ? 1 : 2;
    await rt.db.withCompany(company, (tx) => say(rt, tx, conversations.flatMap((id) => Array.from({ length: each }, (_, n) => ({ conversation_id: id, author: { kind: 'api' as const }, content: { type: 'text' as const, text: `${mode} ${run}.${n}` } })))));
    let left: number | undefined;
    let opened: number | undefined;
    await until(async () => {
      const [breaker] = await rt.db.query<{ at: Date }>('select opened_at as at from {s}.breakers where route_id = $1', [routes[0].id]);
      opened ??= breaker?.at.getTime();
      const [first] = await rt.db.withCompany(company, (tx) => tx.query<{ at: Date | null }>('select min(started_at) as at from {c}.attempts where route_id = $1 and started_at > $2', [routes[1].id, began]));
      left = first?.at?.getTime();
      return left !== undefined && opened !== undefined;
    });
    // Of refused connections the breaker itself tells when the third was counted.
    const third = mode === 'refuses connections' ? opened! : front.failures.toSorted((a, b) => a - b)[2]!;
    // The first run warms up what the others use.
    if (run > 0) times.push(Math.max(left! - third, 0));
    await front.heal();
    const settled = (): Promise<void> => until(async () => (await rt.db.query('select 1 from {s}.breakers union all select 1 from {s}.outbox')).length === 0);
    await settled();
    // A breaker that just closed opens at the first failure: a message that arrives makes it three again.
    await rt.db.withCompany(company, (tx) => say(rt, tx, [{ conversation_id: conversations[0]!, author: { kind: 'api' }, content: { type: 'text', text: 'entre medio' } }]));
    await settled();
  }
  return times;
}

async function measureFailover(): Promise<Figure[]> {
  const product = await startProduct({ env: { CARRIER_TIMEOUT_SECONDS: String(TIMEOUT_MS / 1000), UNKNOWN_WAIT_SECONDS: '1' } });
  const { rt } = product.open;
  const company = await companyOf(product);
  const front = new Front(product.sandbox);
  await front.open();
  const routes: Route[] = [];
  let account: string | undefined;
  for (const [n, name] of ['Primera', 'Segunda'].entries()) {
    const number = await call('POST', `${product.sandbox}/sandbox/numbers`, { name, tier: 'UNLIMITED' }) as unknown as SandboxNumber;
    const added = await addAccount(rt, {
      companyId: company.id, ...(account !== undefined && { accountId: account }), name, phone: number.business_number, provider: 'meta', senderId: number.phone_number_id, wabaId: number.waba_id, appSlug: `bench-${n}`,
      credentials: { phone_number_id: number.phone_number_id, waba_id: number.waba_id, access_token: number.access_token, app_secret: number.app_secret, graph_url: n === 0 ? `http://127.0.0.1:${front.port}` : number.graph_url },
      appSecret: number.app_secret, verifyToken: number.verify_token,
    });
    account = added.accountId;
    forgetAccounts(rt);
    routes.push((await routeById(rt, added.routeId))!);
  }
  await setFallback(rt, account!, { fallback_threshold_errors: 3, fallback_cooldown_seconds: 1 });
  const phones = Array.from({ length: 3 }, (_, n) => phoneOf(n));
  const received = await rt.db.withCompany(company, (tx) => receiveMessages(rt, tx, [routes[1]!, routes[0]!].flatMap((route) => phones.map((phone) => inbound(route, phone)))));
  const conversations = [...new Set(received.map((r) => r.conversation_id))];
  const figures: Figure[] = [];
  for (const mode of ['refuses connections', 'answers 5xx', 'hangs'] as const) {
    const times = await failover(product, mode, { front, routes: routes as [Route, Route], conversations });
    const p95 = round(quantile(times, 0.95), 0);
    figures.push({ name: `fail-over, the carrier ${mode}: median`, value: round(median(times), 0), unit: 'ms' }, { name: `fail-over, the carrier ${mode}: p95 of ${times.length}`, value: p95, unit: 'ms', goal: `< ${GOAL_MS} ms`, reached: p95 < GOAL_MS });
  }
  await front.close();
  await product.stop();
  return figures;
}

type Settings = Readonly<Record<string, string>>;
interface Carrier {
  readonly type: 'meta' | 'official' | 'twilio' | 'evolution';
  readonly number: Readonly<Record<string, string>>;
  config(n: Settings): Settings;
  /** The same message by a client that does nothing else. */
  bare(n: Settings, to: string): { path: string; headers: Record<string, string>; body: string };
}
const json = (more: Record<string, string>): Record<string, string> => ({ 'content-type': 'application/json', ...more });
const text = (to: string): string => JSON.stringify({ messaging_product: 'whatsapp', recipient_type: 'individual', to: `+${to}`, type: 'text', text: { body: 'Su trámite está listo' }, biz_opaque_callback_data: 'bare' });
const CARRIERS: readonly Carrier[] = [
  {
    type: 'meta', number: { tier: 'UNLIMITED' },
    config: (n) => ({ phone_number_id: n['phone_number_id']!, waba_id: n['waba_id']!, access_token: n['access_token']!, app_secret: n['app_secret']!, graph_url: n['graph_url']! }),
    bare: (n, to) => ({ path: `/v25.0/${n['phone_number_id']}/messages`, headers: json({ authorization: `Bearer ${n['access_token']}` }), body: text(to) }),
  },
  {
    type: 'official', number: { carrier: '360dialog', tier: 'UNLIMITED' }, config: (n) => ({ api_key: n['api_key']!, api_url: n['api_url']!, phone_number: `+${n['business_number']}` }),
    bare: (n, to) => ({ path: '/360dialog/messages', headers: json({ 'd360-api-key': n['api_key']! }), body: text(to) }),
  },
  {
    type: 'twilio', number: { carrier: 'twilio', tier: 'UNLIMITED' }, config: (n) => ({ account_sid: n['account_sid']!, auth_token: n['auth_token']!, from: n['from']!, api_url: n['api_url']! }),
    bare: (n, to) => ({
      path: `/twilio/2010-04-01/Accounts/${n['account_sid']}/Messages.json`, headers: { authorization: `Basic ${Buffer.from(`${n['account_sid']}:${n['auth_token']}`).toString('base64')}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: String(new URLSearchParams({ To: `whatsapp:+${to}`, From: n['from']!, Body: 'Su trámite está listo' })),
    }),
  },
  {
    type: 'evolution', number: { carrier: 'evolution', instance: 'bench', tier: 'UNLIMITED' }, config: (n) => ({ server_url: n['api_url']!, api_key: n['api_key']!, instance: n['instance']! }),
    bare: (n, to) => ({ path: `/evolution/message/sendText/${n['instance']}`, headers: json({ apikey: n['api_key']! }), body: JSON.stringify({ number: to, text: 'Su trámite está listo' }) }),
  },
];

async function bareRate(product: Product, carrier: Carrier, number: Settings): Promise<number> {
  const pool = new Pool(product.sandbox, { connections: CONNECTIONS, pipelining: 1 });
  let next = 0;
  const one = async (): Promise<void> => {
    for (let n = next++; n < MESSAGES; n = next++) {
      const answer = await pool.request({ method: 'POST', ...carrier.bare(number, phoneOf(n % CONTACTS)) });
      if (answer.statusCode >= 300) throw new Error(`${carrier.type}: ${answer.statusCode} ${await answer.body.text()}`);
      await answer.body.dump();
    }
  };
  const from = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
  const rate = MESSAGES / ((performance.now() - from) / 1000);
  await pool.close();
  return round(rate);
}

async function measureThroughput(): Promise<Figure[]> {
  const product = await startProduct();
  const { rt } = product.open;
  const company = await companyOf(product);
  const key = await rt.db.shared((tx) => createApiKey(tx, company.id, { name: 'bench', role: 'administrator' }));
  // No webhooks: their unpacking is measured elsewhere.
  await call('POST', `${product.sandbox}/sandbox/faults`, { kind: 'silence', drop: true });
  const figures: Figure[] = [];
  for (const carrier of CARRIERS) {
    const number = await call('POST', `${product.sandbox}/sandbox/numbers`, carrier.number) as unknown as Settings;
    const [added] = await addConfigured(rt, { companyId: company.id, name: carrier.type, base: 'bench', config: readProviderConfig(rt, { type: carrier.type, ...carrier.config(number) }) });
    // As fast as it goes: the carrier's own limits are not the question here.
    await rt.db.query('update {s}.routes set settings = settings || $2 where id = $1', [added!.routeId, { pace: 'plain', limits: { perSecond: 100_000, inFlight: CONNECTIONS, pair: { burst: 100_000, everyMs: 0 } } }]);
    forgetAccounts(rt);
    const route = (await routeById(rt, added!.routeId))!;
    const phones = Array.from({ length: CONTACTS }, (_, n) => phoneOf(n));
    const received = await rt.db.withCompany(company, (tx) => receiveMessages(rt, tx, phones.map((phone) => inbound(route, phone))));
    const path = `${product.url}/api/accounts/${added!.accountId}/routes/${added!.routeId}`;
    const status = async (to: string): Promise<void> => {
      const answer = await fetch(path, { method: 'PATCH', headers: json({ 'x-api-key': key }), body: JSON.stringify({ status: to }) });
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    };
    const sent = async (): Promise<{ n: number; seconds: number }> => {
      await status('paused');
      for (let round_ = 0; round_ < MESSAGES / CONTACTS; round_++) {
        await rt.db.withCompany(company, (tx) => say(rt, tx, received.map((r) => ({ conversation_id: r.conversation_id, author: { kind: 'api' as const }, content: { type: 'text' as const, text: 'Su trámite está listo' } }))));
      }
      const [{ now }] = await rt.db.query<{ now: Date }>('select clock_timestamp() as now') as [{ now: Date }];
      await status('active');
      const count = async (): Promise<{ n: number; seconds: number }> => (await rt.db.withCompany(company, (tx) => tx.query<{ n: number; seconds: number }>(
        'select count(*)::integer as n, extract(epoch from max(accepted_at) - min(accepted_at))::float8 as seconds from {c}.deliveries where route_id = $1 and accepted_at > $2', [route.id, now])))[0]!;
      await until(async () => (await count()).n >= MESSAGES);
      return count();
    };
    const bare = await bareRate(product, carrier, number);
    await sent();
    const { n, seconds } = await sent();
    figures.push({ name: `sends by ${carrier.type}, ${CONNECTIONS} in flight`, value: round(n / seconds), unit: '/s', ceiling: Math.max(bare, await bareRate(product, carrier, number)), goal: '≥ 80 /s', reached: n / seconds >= 80 });
  }
  await product.stop();
  return figures;
}

const figures = await measureFailover();
figures.push(...await measureThroughput());
report('failover', figures);
process.exit();
