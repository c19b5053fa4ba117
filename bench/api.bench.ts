/** The API for other systems: a page of conversations, and messages taken without waiting for the carrier. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { createApiKey, listCompanies } from '../apps/server/src/modules/companies/index.ts';
import { post } from './load.ts';
import { median, quantile, report, round, sign, startProduct } from './rig.ts';

const CONTACTS = 1000;
const CONNECTIONS = 16;
/** All rounds together stay below the limit of one address, 12,000 a minute. */
const REQUESTS = 1500;
const ROUNDS = 3;

const product = await startProduct();
const number = product.numbers[0]!;
const company = (await listCompanies(product.open.rt.db)).find((c) => c.slug === 'bench')!;
const key = await product.open.rt.db.shared((tx) => createApiKey(tx, company.id, { name: 'bench', role: 'administrator' }));
const phone = (n: number): string => `5697${String(n % CONTACTS).padStart(7, '0')}`;

// Everybody has written, so that there is a conversation and an open window for each.
await post(`${product.url}/webhook/meta/bench`, Array.from({ length: CONTACTS }, (_, n) => {
  const raw = JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: number.waba_id, changes: [{ field: 'messages', value: {
    messaging_product: 'whatsapp', metadata: { display_phone_number: number.business_number, phone_number_id: number.phone_number_id },
    contacts: [{ profile: { name: `Persona ${n}` }, wa_id: phone(n) }],
    messages: [{ from: phone(n), id: `wamid.API${String(n).padStart(20, '0')}`, timestamp: String(Math.floor(Date.now() / 1000)), type: 'text', text: { body: `Hola, soy la persona ${n}` } }],
  } }] }] });
  return { raw, signature: sign(raw, number.app_secret) };
}), CONNECTIONS);
while ((await product.open.rt.db.query<{ n: number }>('select count(*) as n from {s}.receipts_pending'))[0]!.n > 0) await sleep(20);

interface Asked {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
  readonly status: number;
}
const pool = new Pool(product.url, { connections: CONNECTIONS, pipelining: 1 });
async function rounds(make: (n: number) => Asked): Promise<{ perSecond: number; p95: number }> {
  const times: number[] = [];
  let next = 0;
  const from = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    while (next < REQUESTS) {
      const { status, ...asked } = make(next++);
      const began = performance.now();
      const answer = await pool.request({ ...asked, headers: { 'x-api-key': key, prefer: 'respond-async', ...(asked.body !== undefined && { 'content-type': 'application/json' }) } });
      const text = await answer.body.text();
      if (answer.statusCode !== status) throw new Error(`${asked.path}: ${answer.statusCode} ${text}`);
      times.push(performance.now() - began);
    }
  }));
  return { perSecond: REQUESTS / ((performance.now() - from) / 1000), p95: quantile(times, 0.95) };
}

const pages = (): Asked => ({ method: 'GET', path: '/api/conversations?limit=50', status: 200 });
const sends = (n: number): Asked => ({ method: 'POST', path: '/api/messages', body: JSON.stringify({ phone_number: `+${phone(n)}`, content: `Aviso ${n}` }), status: 202 });
const results: Record<'pages' | 'sends', { perSecond: number; p95: number }[]> = { pages: [], sends: [] };
for (let i = 0; i < ROUNDS; i++) {
  results.pages.push(await rounds(pages));
  results.sends.push(await rounds(sends));
}
await pool.close();
await product.stop();

const of = (list: readonly { perSecond: number; p95: number }[], what: 'perSecond' | 'p95'): number => round(median(list.map((r) => r[what])));
report('api', [
  { name: `GET /api/conversations, pages of 50 of ${CONTACTS}, ${CONNECTIONS} connections`, value: of(results.pages, 'perSecond'), unit: '/s' },
  { name: 'p95 of it', value: of(results.pages, 'p95'), unit: 'ms' },
  { name: `POST /api/messages (respond-async), ${CONNECTIONS} connections, the carrier at work`, value: of(results.sends, 'perSecond'), unit: '/s' },
  { name: 'p95 of it', value: of(results.sends, 'p95'), unit: 'ms' },
], { rounds: results });
