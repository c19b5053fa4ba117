/** Complete turns: a phone writes, the bot answers, the sandbox takes the reply. How many per second, and how soon at 50 per second. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { call } from '../test/harness/second-hand.ts';
import { median, quantile, report, root, round, startProduct, type Product } from './rig.ts';

const NUMBERS = 10;
const CONTACTS = 3000;
const RUN = 6000;
const WRITERS = 48;
const PER_SECOND = 50;
const SECONDS = 20;

/** Each message is answered with the next question: one turn, one reply. */
const FLOW = {
  schema: 1, start: 'pregunta', variables: { respuesta: '' },
  nodes: {
    pregunta: { type: 'ask', variable: 'respuesta', next: 'pregunta', timeout_seconds: 86_400, on_timeout: 'end',
      prompt: { type: 'text', text: '{% if respuesta == "" %}Hola, ¿en qué puedo ayudar?{% else %}Anoté «{{ respuesta }}». ¿Algo más?{% endif %}' } },
  },
};

interface Accepted {
  readonly to: string;
  readonly accepted_at: string;
}
class Desk {
  readonly #product: Product;
  readonly #pool: Pool;
  #written = 0;
  #after = '';
  readonly arrivals = new Map<string, number[]>();
  readonly writings = new Map<string, number[]>();

  constructor(product: Product) {
    this.#product = product;
    this.#pool = new Pool(product.sandbox, { connections: WRITERS, pipelining: 1 });
  }

  async write(): Promise<void> {
    const n = this.#written++;
    const phone = `5697${String(n % CONTACTS).padStart(7, '0')}`;
    const number = this.#product.numbers[n % this.#product.numbers.length]!;
    const at = Date.now();
    const answer = await this.#pool.request({ path: `/sandbox/phones/${phone}/messages`, method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to: number.phone_number_id, type: 'text', text: `Mensaje ${n} sobre mi trámite` }) });
    await answer.body.dump();
    if (answer.statusCode !== 201) throw new Error(`a phone could not write: ${answer.statusCode}`);
    const key = phone;
    this.writings.set(key, [...(this.writings.get(key) ?? []), at]);
  }

  /** Reads on in the list of what the carrier took. */
  async look(): Promise<number> {
    for (;;) {
      const page = await call('GET', `${this.#product.sandbox}/sandbox/outbox?limit=1000${this.#after === '' ? '' : `&after=${this.#after}`}`) as unknown as { messages: Accepted[]; next: string | null; count: number };
      for (const m of page.messages) this.arrivals.set(m.to, [...(this.arrivals.get(m.to) ?? []), Date.parse(m.accepted_at)]);
      if (page.next !== null && page.next !== undefined && String(page.next) !== '') this.#after = String(page.next);
      if (page.messages.length < 1000) return page.count;
    }
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }
}

/** The ceiling: the same sandbox and generator, and a bot that keeps nothing and answers from memory. */
async function bareBot(): Promise<number> {
  const child = fork(join(root, 'bench/bare-bot.ts'), [product.sandbox, ...product.numbers.map((n) => n.access_token)], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const [port] = await once(child, 'message') as [number];
  await call('POST', `${product.sandbox}/sandbox/webhook`, { callback_url: `http://127.0.0.1:${port}/` });
  const rate = await run(RUN);
  await call('POST', `${product.sandbox}/sandbox/webhook`, { callback_url: `${product.url}/webhook/meta/bench` });
  child.disconnect();
  return rate;
}

const product = await startProduct({ numbers: NUMBERS, bot: FLOW });
const desk = new Desk(product);
async function run(count: number): Promise<number> {
  const before = await desk.look();
  let left = count;
  const from = performance.now();
  await Promise.all(Array.from({ length: WRITERS }, async () => {
    while (left > 0) {
      left -= 1;
      await desk.write();
    }
  }));
  const written = performance.now();
  while (await desk.look() < before + count) {
    if (performance.now() - written > 60_000) throw new Error(`only ${await desk.look() - before} of ${count} replies after a minute`);
    await sleep(20);
  }
  return count / ((performance.now() - from) / 1000);
}
await run(CONTACTS);
const rates: number[] = [];
const bares: number[] = [];
for (let i = 0; i < 3; i++) {
  bares.push(await bareBot());
  rates.push(await run(RUN));
}

// The statuses of the replies are still coming in: a steady pace has no such tail.
for (let calm = 0; calm < 10; calm++) {
  await sleep(100);
  const waiting = await call('GET', `${product.sandbox}/sandbox/deliveries?state=pending&limit=1`) as unknown as { deliveries?: unknown[] };
  const { n } = (await product.open.rt.db.query<{ n: number }>('select count(*) as n from {s}.receipts_pending'))[0]!;
  if (n > 0 || (waiting.deliveries ?? []).length > 0) calm = 0;
}

// At a steady pace: from the phone's request to the acceptance of the reply, both by the clock of this machine.
await desk.look();
desk.arrivals.clear();
desk.writings.clear();
const begun = performance.now();
const writes: Promise<void>[] = [];
for (let n = 0; n < PER_SECOND * SECONDS; n++) {
  const due = begun + (n * 1000) / PER_SECOND;
  if (due > performance.now()) await sleep(due - performance.now());
  writes.push(desk.write());
}
await Promise.all(writes);
const count = (): number => [...desk.arrivals.values()].reduce((n, list) => n + list.length, 0);
while (count() < PER_SECOND * SECONDS) {
  await desk.look();
  await sleep(50);
}
const waits = [...desk.writings].flatMap(([phone, written]) => written.map((at, i) => (desk.arrivals.get(phone)?.[i] ?? Number.NaN) - at));
await desk.close();
await product.stop();

const rate = round(median(rates));
const p95 = quantile(waits, 0.95);
report('turns', [
  { name: `complete turns, ${NUMBERS} numbers, ${CONTACTS} contacts`, value: rate, unit: '/s', ceiling: round(median(bares)), goal: '≥ 250 /s', reached: rate >= 250 },
  { name: `reply p50 at ${PER_SECOND} turns/s`, value: quantile(waits, 0.5), unit: 'ms' },
  { name: `reply p95 at ${PER_SECOND} turns/s`, value: p95, unit: 'ms', goal: '< 300 ms', reached: p95 < 300 },
  { name: `reply p99 at ${PER_SECOND} turns/s`, value: quantile(waits, 0.99), unit: 'ms' },
], { rounds: { ours: rates.map((r) => round(r)), bare: bares.map((r) => round(r)) } });
