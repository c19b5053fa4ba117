/** The API for other systems: a page of conversations, and messages taken without waiting for the carrier; a bare server on the same database beside it. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { findEmbedded } from '@centralita/platform/postgres/embedded';
import { createApiKey, listCompanies } from '../apps/server/src/modules/companies/index.ts';
import { post } from './load.ts';
import { median, quantile, report, root, round, sign, startProduct } from './rig.ts';

const CONTACTS = 1000;
const CONNECTIONS = 16;
const REQUESTS = 3000;
const ROUNDS = 3;

// One address asks here for all: the limit of each is the installation's to set.
const product = await startProduct({ env: { REQUESTS_PER_MINUTE: '10000000' } });
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
const poolOf = (url: string): Pool => new Pool(url, { connections: CONNECTIONS, pipelining: 1 });
const pool = poolOf(product.url);
const child = fork(join(root, 'bench/bare-api.ts'), [(await findEmbedded(join(product.folder, 'data')))!.url, company.schema], { execArgv: ['--disable-warning=ExperimentalWarning'] });
const [port] = await once(child, 'message') as [number];
const bare = poolOf(`http://127.0.0.1:${port}`);

async function rounds(pool: Pool, make: (n: number) => Asked): Promise<{ perSecond: number; p95: number }> {
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
const results: Record<'pages' | 'sends' | 'barePages' | 'bareSends', { perSecond: number; p95: number }[]> = { pages: [], sends: [], barePages: [], bareSends: [] };
for (let i = 0; i < ROUNDS; i++) {
  results.barePages.push(await rounds(bare, pages));
  results.pages.push(await rounds(pool, pages));
  results.bareSends.push(await rounds(bare, sends));
  results.sends.push(await rounds(pool, sends));
}
await Promise.all([pool.close(), bare.close()]);
child.disconnect();
await product.stop();

const of = (list: readonly { perSecond: number; p95: number }[], what: 'perSecond' | 'p95'): number => round(median(list.map((r) => r[what])));
report('api', [
  { name: `GET /api/conversations, pages of 50 of ${CONTACTS}, ${CONNECTIONS} connections`, value: of(results.pages, 'perSecond'), unit: '/s', ceiling: of(results.barePages, 'perSecond') },
  { name: 'p95 of it', value: of(results.pages, 'p95'), unit: 'ms', ceiling: of(results.barePages, 'p95') },
  { name: `POST /api/messages (respond-async), ${CONNECTIONS} connections, the carrier at work`, value: of(results.sends, 'perSecond'), unit: '/s', ceiling: of(results.bareSends, 'perSecond') },
  { name: 'p95 of it', value: of(results.sends, 'p95'), unit: 'ms', ceiling: of(results.bareSends, 'p95') },
], { rounds: results });
