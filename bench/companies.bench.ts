/**
 * One company against three hundred, side by side: webhooks stored and routed, and complete turns, with one company alone, with
 * three hundred of which one is busy, and with the traffic spread evenly over all of them.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { addAccount } from '../apps/server/src/modules/accounts/index.ts';
import { assignBot, publishFlow } from '../apps/server/src/modules/bots/index.ts';
import { createCompany } from '../apps/server/src/modules/companies/index.ts';
import { call, type SandboxNumber } from '../test/harness/second-hand.ts';
import { post, type Body } from './load.ts';
import { databaseCpu, median, report, round, sign, startProduct, usage } from './rig.ts';

const COMPANIES = Number(process.env['BENCH_COMPANIES'] ?? 300);
const CONNECTIONS = 64;
const WEBHOOKS = 9000;
const TURNS = 3000;
const WRITERS = 48;
const CONTACTS = 3000;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const FLOW = { schema: 1, start: 'di', variables: { algo: '' }, nodes: { di: { type: 'ask', variable: 'algo', next: 'di', prompt: { type: 'text', text: 'Anoté «{{ algo }}».' } } } };

interface Tenant {
  readonly slug: string;
  readonly number: SandboxNumber & { readonly app_id: string };
}
/** What a round came to: units a second, and milliseconds of CPU for each, of PostgreSQL and of the server. */
interface Round {
  readonly perSecond: number;
  readonly database: number;
  readonly server: number;
}
const product = await startProduct();
const { rt } = product.open;
const phones = new Pool(product.sandbox, { connections: WRITERS, pipelining: 1 });

async function addTenant(n: number): Promise<Tenant> {
  const slug = `c${n}`;
  const company = await createCompany(rt, { slug, name: `Company ${n}` });
  const number = await call('POST', `${product.sandbox}/sandbox/numbers`, { name: slug, tier: 'UNLIMITED', own_waba: true, own_app: true }) as unknown as Tenant['number'];
  const account = await addAccount(rt, {
    companyId: company.id, name: slug, phone: number.business_number, provider: 'meta', senderId: number.phone_number_id, wabaId: number.waba_id, appSlug: slug,
    credentials: { phone_number_id: number.phone_number_id, waba_id: number.waba_id, access_token: number.access_token, app_secret: number.app_secret, graph_url: number.graph_url },
    appSecret: number.app_secret, verifyToken: number.verify_token, limits: { perSecond: 1000, inFlight: 250, pair: { burst: 1000, everyMs: 0 } },
  });
  await rt.db.withCompany(company, async (tx) => assignBot(rt, tx, account.accountId, (await publishFlow(rt, tx, { bot: { name: 'Bench' }, flow: FLOW })).bot_id));
  return { slug, number };
}
async function connect(tenants: readonly Tenant[]): Promise<void> {
  // The server learns of new routes within half a second.
  await sleep(600);
  for (const { slug, number } of tenants) await call('POST', `${product.sandbox}/sandbox/webhook`, { callback_url: `${product.url}/webhook/meta/${slug}`, app_id: number.app_id });
}

let made = 0;
const pending = async (): Promise<number> => (await rt.db.query<{ n: number }>('select count(*) as n from {s}.receipts_pending'))[0]!.n;
async function settled(): Promise<void> {
  for (let calm = 0; calm < 10; calm++) {
    await sleep(50);
    const waiting = await call('GET', `${product.sandbox}/sandbox/deliveries?state=pending&limit=1`) as unknown as { deliveries?: unknown[] };
    if (await pending() > 0 || (waiting.deliveries ?? []).length > 0) calm = 0;
  }
}
/** Runs `work` and everything that comes after it, and reckons what one of `units` took. The rate is that of `work` alone. */
async function measured(units: number, what: string, work: () => Promise<void>): Promise<Round> {
  await settled();
  const [database, server] = [databaseCpu(product.folder), usage(product.pid).cpuMs];
  const from = performance.now();
  await work();
  const seconds = (performance.now() - from) / 1000;
  await settled();
  const of = { perSecond: units / seconds, database: (databaseCpu(product.folder) - database) / units, server: (usage(product.pid).cpuMs - server) / units };
  process.stdout.write(`  ${what}: ${round(of.perSecond)} /s, CPU of PostgreSQL ${round(of.database, 2)} ms, of the server ${round(of.server, 2)} ms\n`);
  return of;
}

/** Reactions: stored in the timeline, and no bot answers them. */
function bodies(over: readonly Tenant[]): Body[] {
  return Array.from({ length: WEBHOOKS }, () => {
    made += 1;
    const { slug, number } = over[made % over.length]!;
    const from = `5696${String(made % CONTACTS).padStart(7, '0')}`;
    const raw = JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: number.waba_id, changes: [{ field: 'messages', value: {
      messaging_product: 'whatsapp', metadata: { display_phone_number: number.business_number, phone_number_id: number.phone_number_id },
      contacts: [{ profile: { name: `Persona ${from}` }, wa_id: from }],
      messages: [{ from, id: `wamid.MANY${String(made).padStart(20, '0')}`, timestamp: String(Math.floor(Date.now() / 1000)), type: 'reaction', reaction: { message_id: 'wamid.none', emoji: '👍' } }],
    } }] }] });
    return { raw, signature: sign(raw, number.app_secret), path: `/webhook/meta/${slug}` };
  });
}
async function ingest(over: readonly Tenant[]): Promise<Round> {
  const all = bodies(over);
  return measured(WEBHOOKS, `webhooks over ${over.length}`, async () => {
    await post(product.url, all, CONNECTIONS);
    while (await pending() > 0) await sleep(20);
  });
}
async function turns(over: readonly Tenant[]): Promise<Round> {
  const count = async (): Promise<number> => (await call('GET', `${product.sandbox}/sandbox/outbox?limit=1`) as unknown as { count: number }).count;
  const before = await count();
  return measured(TURNS, `turns over ${over.length}`, async () => {
    let left = TURNS;
    await Promise.all(Array.from({ length: WRITERS }, async () => {
      while (left-- > 0) {
        made += 1;
        const answer = await phones.request({ path: `/sandbox/phones/5695${String(made % CONTACTS).padStart(7, '0')}/messages`, method: 'POST', headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ to: over[made % over.length]!.number.phone_number_id, type: 'text', text: `Mensaje ${made}` }) });
        await answer.body.dump();
        if (answer.statusCode !== 201) throw new Error(`a phone could not write: ${answer.statusCode}`);
      }
    }));
    while (await count() < before + TURNS) await sleep(20);
  });
}

const one = [await addTenant(0)];
await connect(one);
await ingest(one);
await turns(one);
const alone: { ingest: Round[]; turns: Round[] } = { ingest: [], turns: [] };
for (let i = 0; i < ROUNDS; i++) {
  alone.ingest.push(await ingest(one));
  alone.turns.push(await turns(one));
}

const begun = performance.now();
const others: Tenant[] = [];
for (let n = 1; n < COMPANIES; n++) others.push(await addTenant(n));
const created = round((performance.now() - begun) / 1000);
await connect(others);
const all = [...one, ...others];
await ingest(all);
await turns(all);
const busy: typeof alone = { ingest: [], turns: [] };
const spread: typeof alone = { ingest: [], turns: [] };
for (let i = 0; i < ROUNDS; i++) {
  busy.ingest.push(await ingest(one));
  spread.ingest.push(await ingest(all));
  busy.turns.push(await turns(one));
  spread.turns.push(await turns(all));
}
await phones.close();
await product.stop();

const of = (rounds: readonly Round[], what: keyof Round): number => round(median(rounds.map((r) => r[what])), what === 'perSecond' ? 1 : 2);
const figures = (['ingest', 'turns'] as const).flatMap((what) => {
  const name = what === 'ingest' ? 'webhooks stored and routed' : 'complete turns';
  const [first, few, many] = [of(alone[what], 'perSecond'), of(busy[what], 'perSecond'), of(spread[what], 'perSecond')];
  return [
    { name: `${name}, one company alone`, value: first, unit: '/s' },
    { name: `${name}, ${COMPANIES} companies, one of them busy`, value: few, unit: '/s', ceiling: first },
    { name: `${name}, spread over ${COMPANIES} companies`, value: many, unit: '/s', ceiling: few, goal: 'no more than 1.3 × slower', reached: few / many <= 1.3 },
    { name: `PostgreSQL's CPU for each, spread beside one busy`, value: of(spread[what], 'database'), unit: 'ms', ceiling: of(busy[what], 'database') },
    { name: `the server's CPU for each, spread beside one busy`, value: of(spread[what], 'server'), unit: 'ms', ceiling: of(busy[what], 'server') },
  ];
});
report('companies', [...figures, { name: `${COMPANIES - 1} companies created in`, value: created, unit: 's' }], { rounds: { alone, busy, spread } });
