/** One company against three hundred side by side: webhooks acknowledged and stored, and complete turns. */
import { setTimeout as sleep } from 'node:timers/promises';
import { addAccount } from '../apps/server/src/modules/accounts/index.ts';
import { assignBot, publishFlow } from '../apps/server/src/modules/bots/index.ts';
import { createCompany } from '../apps/server/src/modules/companies/index.ts';
import { call, type SandboxNumber } from '../test/harness/second-hand.ts';
import { post, type Body } from './load.ts';
import { median, report, round, sign, startProduct } from './rig.ts';

const COMPANIES = 300;
const CONNECTIONS = 64;
const WEBHOOKS = 9000;
const TURNS = 3000;
const WRITERS = 48;
const ROUNDS = 3;
const FLOW = { schema: 1, start: 'di', variables: { algo: '' }, nodes: { di: { type: 'ask', variable: 'algo', next: 'di', prompt: { type: 'text', text: 'Anoté «{{ algo }}».' } } } };

interface Tenant {
  readonly slug: string;
  readonly number: SandboxNumber;
}
const product = await startProduct();
const { rt } = product.open;
const tenants: Tenant[] = [];
const begun = performance.now();
for (let n = 0; n < COMPANIES; n++) {
  const slug = `c${n}`;
  const company = await createCompany(rt, { slug, name: `Company ${n}` });
  const number = await call('POST', `${product.sandbox}/sandbox/numbers`, { name: slug, tier: 'UNLIMITED', own_waba: true, own_app: true }) as unknown as SandboxNumber;
  const account = await addAccount(rt, {
    companyId: company.id, name: slug, phone: number.business_number, provider: 'meta', senderId: number.phone_number_id, wabaId: number.waba_id, appSlug: slug,
    credentials: { phone_number_id: number.phone_number_id, waba_id: number.waba_id, access_token: number.access_token, app_secret: number.app_secret, graph_url: number.graph_url },
    appSecret: number.app_secret, verifyToken: number.verify_token, limits: { perSecond: 1000, inFlight: 250, pair: { burst: 1000, everyMs: 0 } },
  });
  await rt.db.withCompany(company, async (tx) => assignBot(rt, tx, account.accountId, (await publishFlow(rt, tx, { bot: { name: 'Bench' }, flow: FLOW })).bot_id));
  tenants.push({ slug, number });
}
const created = round((performance.now() - begun) / 1000);
await sleep(600);
for (const { slug, number } of tenants) await call('POST', `${product.sandbox}/sandbox/webhook`, { callback_url: `${product.url}/webhook/meta/${slug}`, app_id: (number as SandboxNumber & { app_id: string }).app_id });

let made = 0;
const pending = async (): Promise<number> => (await rt.db.query<{ n: number }>('select count(*) as n from {s}.receipts_pending'))[0]!.n;
async function settled(): Promise<void> {
  for (let calm = 0; calm < 10; calm++) {
    await sleep(50);
    const waiting = await call('GET', `${product.sandbox}/sandbox/deliveries?state=pending&limit=1`) as unknown as { deliveries?: unknown[] };
    if (await pending() > 0 || (waiting.deliveries ?? []).length > 0) calm = 0;
  }
}

/** Statuses of unknown messages: stored and routed, and no bot answers them. */
function bodies(over: readonly Tenant[]): { url: string; body: Body }[] {
  return Array.from({ length: WEBHOOKS }, () => {
    made += 1;
    const { slug, number } = over[made % over.length]!;
    const from = `5696${String(made % 3000).padStart(7, '0')}`;
    const raw = JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: number.waba_id, changes: [{ field: 'messages', value: {
      messaging_product: 'whatsapp', metadata: { display_phone_number: number.business_number, phone_number_id: number.phone_number_id },
      contacts: [{ profile: { name: `Persona ${from}` }, wa_id: from }],
      messages: [{ from, id: `wamid.MANY${String(made).padStart(20, '0')}`, timestamp: String(Math.floor(Date.now() / 1000)), type: 'reaction', reaction: { message_id: 'wamid.none', emoji: '👍' } }],
    } }] }] });
    return { url: `/webhook/meta/${slug}`, body: { raw, signature: sign(raw, number.app_secret) } };
  });
}
async function ingest(over: readonly Tenant[]): Promise<number> {
  const all = bodies(over);
  const from = performance.now();
  await post(product.url, all.map((a) => ({ ...a.body, path: a.url })), CONNECTIONS);
  while (await pending() > 0) await sleep(20);
  return WEBHOOKS / ((performance.now() - from) / 1000);
}
async function turns(over: readonly Tenant[]): Promise<number> {
  const count = async (): Promise<number> => (await call('GET', `${product.sandbox}/sandbox/outbox?limit=1`) as unknown as { count: number }).count;
  const before = await count();
  let left = TURNS;
  const from = performance.now();
  await Promise.all(Array.from({ length: WRITERS }, async () => {
    while (left-- > 0) {
      made += 1;
      await call('POST', `${product.sandbox}/sandbox/phones/5695${String(made % 3000).padStart(7, '0')}/messages`, { to: over[made % over.length]!.number.phone_number_id, type: 'text', text: `Mensaje ${made}` });
    }
  }));
  while (await count() < before + TURNS) await sleep(20);
  return TURNS / ((performance.now() - from) / 1000);
}

const one = tenants.slice(0, 1);
await ingest(tenants);
await turns(tenants);
await turns(one);
const figures = { ingestOne: [] as number[], ingestMany: [] as number[], turnsOne: [] as number[], turnsMany: [] as number[] };
for (let i = 0; i < ROUNDS; i++) {
  await settled();
  figures.ingestOne.push(await ingest(one));
  figures.ingestMany.push(await ingest(tenants));
  figures.turnsOne.push(await turns(one));
  await settled();
  figures.turnsMany.push(await turns(tenants));
}
await product.stop();
const [i1, im, t1, tm] = [figures.ingestOne, figures.ingestMany, figures.turnsOne, figures.turnsMany].map((f) => round(median(f)));
report('companies', [
  { name: `webhooks stored and routed, ${COMPANIES} companies beside one`, value: im!, unit: '/s', ceiling: i1, goal: 'no more than 1.3 × slower', reached: i1! / im! <= 1.3 },
  { name: `complete turns, ${COMPANIES} companies beside one`, value: tm!, unit: '/s', ceiling: t1, goal: 'no more than 1.3 × slower', reached: t1! / tm! <= 1.3 },
  { name: `${COMPANIES} companies created in`, value: created, unit: 's' },
], { rounds: figures });
