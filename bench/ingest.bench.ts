/** How fast webhooks are acknowledged for good, beside a server that keeps nothing; and that the backlog drains. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { post, type Body, type Load } from './load.ts';
import type { SandboxNumber } from '../test/harness/second-hand.ts';
import { median, report, root, round, sign, startProduct, type Product } from './rig.ts';

const CONNECTIONS = 64;
const REQUESTS = 12_000;
const ROUNDS = 3;
const CONTACTS = 3000;

let made = 0;
function bodies(number: SandboxNumber, count: number): Body[] {
  return Array.from({ length: count }, () => {
    made += 1;
    const from = `5697${String(made % CONTACTS).padStart(7, '0')}`;
    const raw = JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: number.waba_id, changes: [{ field: 'messages', value: {
      messaging_product: 'whatsapp', metadata: { display_phone_number: number.business_number, phone_number_id: number.phone_number_id },
      contacts: [{ profile: { name: `Persona ${from}` }, wa_id: from }],
      messages: [{ from, id: `wamid.BENCH${String(made).padStart(20, '0')}`, timestamp: String(Math.floor(Date.now() / 1000)), type: 'text', text: { body: `Hola, quería preguntar por el trámite número ${made}, gracias` } }],
    } }] }] });
    return { raw, signature: sign(raw, number.app_secret) };
  });
}

async function bare(number: SandboxNumber): Promise<Load> {
  const child = fork(join(root, 'bench/bare.ts'), [number.app_secret], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const [port] = await once(child, 'message') as [number];
  const load = await post(`http://127.0.0.1:${port}/`, bodies(number, REQUESTS), CONNECTIONS);
  child.disconnect();
  return load;
}

/** One commit after the other of what one webhook stores: what the disk allows when nothing is shared. */
async function bareInsert({ open }: Product): Promise<number> {
  await open.rt.db.query('create table if not exists {s}.bench_bare (id bigint generated always as identity primary key, body bytea not null)');
  const body = Buffer.alloc(600, 'x');
  const from = performance.now();
  for (let i = 0; i < 1000; i++) await open.rt.db.query('insert into {s}.bench_bare (body) values ($1)', [body]);
  return round(1000 / ((performance.now() - from) / 1000));
}

const product = await startProduct();
const number = product.numbers[0]!;
const url = `${product.url}/webhook/meta/bench`;
const pending = async (): Promise<number> => (await product.open.rt.db.query<{ n: number }>('select count(*) as n from {s}.receipts_pending'))[0]!.n;
const stored = async (): Promise<number> => (await product.open.rt.db.query<{ n: number }>("select count(*) as n from {s}.receipts"))[0]!.n;

await post(url, bodies(number, 2000), CONNECTIONS);
const insert = await bareInsert(product);
const bares: Load[] = [await bare(number)];
const ours: Load[] = [];
let drained = 0;
const whole: number[] = [];
let sent = 2000;
for (let i = 0; i < ROUNDS; i++) {
  const batch = bodies(number, REQUESTS);
  const begun = performance.now();
  ours.push(await post(url, batch, CONNECTIONS));
  sent += REQUESTS;
  const from = performance.now();
  while (await pending() > 0) await sleep(20);
  drained = Math.max(drained, (performance.now() - from) / 1000);
  whole.push(REQUESTS / ((performance.now() - begun) / 1000));
  bares.push(await bare(number));
}
const kept = await stored();
await product.stop();

const rate = median(ours.map((l) => l.perSecond));
const bareRate = median(bares.map((l) => l.perSecond));
const p99 = median(ours.map((l) => l.p99));
const bareP99 = median(bares.map((l) => l.p99));
report('ingest', [
  { name: 'webhooks acknowledged, 64 connections', value: rate, unit: '/s', ceiling: bareRate, goal: '≥ 50 % of bare', reached: rate >= bareRate / 2 },
  { name: 'p99 of an acknowledgement', value: p99, unit: 'ms', ceiling: bareP99, goal: '≤ 2 × bare', reached: p99 <= bareP99 * 2 },
  { name: 'messages stored end to end, no bot', value: round(median(whole)), unit: '/s', goal: '≥ 1500 /s', reached: median(whole) >= 1500 },
  { name: 'one commit each, one connection', value: insert, unit: '/s' },
  { name: `backlog of ${REQUESTS} drained after`, value: round(drained), unit: 's' },
  { name: 'acknowledged and not stored', value: sent - kept, unit: '', goal: '0', reached: sent === kept },
], { rounds: { ours, bare: bares } });
