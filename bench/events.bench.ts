/** How fast events reach one subscriber in order, beside a client that only posts; and what subscribers cost the message path. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApiKey, listCompanies } from '../apps/server/src/modules/companies/index.ts';
import type { SandboxNumber } from '../test/harness/second-hand.ts';
import { post, type Body } from './load.ts';
import { report, root, round, sign, startProduct } from './rig.ts';

const EVENTS = 10_000;
const CONTACTS = 500;
const ONE_CONVERSATION = 2000;
/** Connections of the product to one subscriber. */
const SIDE_BY_SIDE = 16;

interface Stand {
  readonly child: ChildProcess;
  readonly url: string;
  ask(reset?: boolean): Promise<{ got: number; disorder: number; seconds: number }>;
}
async function receiver(): Promise<Stand> {
  const child = fork(join(root, 'bench/event-receiver.ts'), { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const [port] = await once(child, 'message') as [number];
  return {
    child, url: `http://127.0.0.1:${port}`,
    async ask(reset = false) {
      child.send(reset ? 'reset' : 'tell');
      return (await once(child, 'message') as [{ got: number; disorder: number; seconds: number }])[0];
    },
  };
}

let made = 0;
function bodies(number: SandboxNumber, count: number, contacts: number): Body[] {
  return Array.from({ length: count }, () => {
    made += 1;
    const from = `5697${String(made % contacts).padStart(7, '0')}`;
    const raw = JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: number.waba_id, changes: [{ field: 'messages', value: {
      messaging_product: 'whatsapp', metadata: { display_phone_number: number.business_number, phone_number_id: number.phone_number_id },
      contacts: [{ profile: { name: `Persona ${from}` }, wa_id: from }],
      messages: [{ from, id: `wamid.EVENT${String(made).padStart(20, '0')}`, timestamp: String(Math.floor(Date.now() / 1000)), type: 'text', text: { body: `Hola, quería preguntar por el trámite número ${made}` } }],
    } }] }] });
    return { raw, signature: sign(raw, number.app_secret) };
  });
}

const product = await startProduct({ env: { CALL_HTTP_ALLOW: '127.0.0.1' } });
const { rt } = product.open;
const number = product.numbers[0]!;
const webhook = `${product.url}/webhook/meta/bench`;
const company = (await listCompanies(rt.db)).find((c) => c.slug === 'bench')!;
const key = await rt.db.shared((tx) => createApiKey(tx, company.id, { name: 'bench', role: 'administrator' }));
const api = async (method: string, path: string, body?: unknown): Promise<{ id: string }> => {
  const answer = await fetch(product.url + path, { method, headers: { 'x-api-key': key, ...(body !== undefined && { 'content-type': 'application/json' }) }, ...(body !== undefined && { body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.status === 204 ? { id: '' } : await answer.json() as { id: string };
};
const pending = async (): Promise<number> => (await rt.db.query<{ n: number }>('select count(*) as n from {s}.receipts_pending'))[0]!.n;
/** Messages stored per second, from the first webhook to the last one unpacked. */
async function stored(count: number, contacts = CONTACTS): Promise<number> {
  const batch = bodies(number, count, contacts);
  const from = performance.now();
  await post(webhook, batch, 64);
  while (await pending() > 0) await sleep(10);
  return round(count / ((performance.now() - from) / 1000));
}
const stand = await receiver();
/** Events per second of a backlog, and how often one came too early. */
async function drained(id: string, count: number): Promise<{ rate: number; disorder: number }> {
  await stand.ask(true);
  await api('PATCH', `/api/subscriptions/${id}`, { status: 'active' });
  for (;;) {
    const { got, disorder, seconds } = await stand.ask();
    if (got >= count) return { rate: round(count / seconds), disorder };
    await sleep(50);
  }
}
const bare = async (connections: number): Promise<number> => {
  await stand.ask(true);
  const body = JSON.stringify({ id: 'evt_01h455vb4pex5vsknk084sn02q', event_type: 'message_received', version: 1, timestamp: new Date().toISOString(), data: { conversation_id: 'conv_1', message_id: 'msg_1', padding: 'x'.repeat(700) } });
  return (await post(stand.url, Array.from({ length: EVENTS }, () => ({ raw: body, signature: '' })), connections)).perSecond;
};

await stored(3000);
const quiet = await stored(EVENTS);
const bareMany = await bare(SIDE_BY_SIDE);
const bareOne = await bare(1);
const sub = await api('POST', '/api/subscriptions', { kind: 'http', name: 'bench', url: stand.url, events: ['message_received'] });
await api('PATCH', `/api/subscriptions/${sub.id}`, { status: 'paused' });
await stored(EVENTS);
const many = await drained(sub.id, EVENTS);
await api('PATCH', `/api/subscriptions/${sub.id}`, { status: 'paused' });
await stored(ONE_CONVERSATION, 1);
const one = await drained(sub.id, ONE_CONVERSATION);
await stand.ask(true);
const served = await stored(EVENTS);
for (let i = 0; i < 600 && (await stand.ask()).got < EVENTS; i++) await sleep(50);
const live = await stand.ask();
await api('PATCH', `/api/subscriptions/${sub.id}`, { url: 'http://127.0.0.1:9/dead' });
const dead = await stored(EVENTS);
await product.stop();
stand.child.disconnect();

report('events', [
  { name: `events to one subscriber, ${CONTACTS} conversations`, value: many.rate, unit: '/s', ceiling: bareMany, goal: '≥ 1000 /s', reached: many.rate >= 1000 },
  { name: 'all of one conversation, one after the other', value: one.rate, unit: '/s', ceiling: bareOne },
  { name: 'events that came too early', value: many.disorder + one.disorder + live.disorder, unit: '', goal: '0', reached: many.disorder + one.disorder + live.disorder === 0 },
  { name: 'messages stored while events are sent', value: served, unit: '/s', ceiling: quiet },
  { name: 'messages stored with a dead subscriber', value: dead, unit: '/s', ceiling: quiet, goal: '≥ 50 % of none', reached: dead >= quiet / 2 },
]);
