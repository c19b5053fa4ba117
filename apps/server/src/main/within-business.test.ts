import assert from 'node:assert/strict';
import { before, test, type TestContext } from 'node:test';
import type { LightMyRequestResponse } from 'fastify';
import { io } from 'socket.io-client';
import { COMPANY_EVENT, WHOLE_COMPANY } from '@centralita/contracts';
import { endpoints } from '@centralita/contracts/api';
import { encodeId, newUuid, type IdPrefix } from '@centralita/kernel';
import { withDatabase } from '../../../../test/harness/database.ts';
import { defer } from '../../../../test/harness/defer.ts';
import { waitFor } from '../../../../test/harness/wait.ts';
import { addAccount, routeById } from '../modules/accounts/index.ts';
import { createApiKey, createCompany, type Company } from '../modules/companies/index.ts';
import { receiveMessages } from '../modules/conversations/index.ts';
import type { Runtime } from '../runtime.ts';
import { inbound } from '../testing/runtime.ts';
import { modules } from './modules.ts';
import { listenHttp, type HttpServer } from './testing/http.ts';

interface Line {
  readonly business: string;
  readonly account: string;
  readonly conversation: string;
  readonly message: string;
  readonly contact: string;
}
const routes: { method: string; path: string }[] = [];
let server: HttpServer;
let rt: Runtime;
let company: Company;
let boss: string;
/** Held to the north. */
let key: string;
let keyId: string;
let north: Line;
let south: Line;
/** A line of no business. */
let common: Line;

interface Asked {
  readonly key?: string;
  readonly body?: object;
}
async function ask(method: string, url: string, { key: as = key, body }: Asked = {}): Promise<LightMyRequestResponse> {
  return server.app.inject({ method: method as 'GET', url, headers: { 'x-api-key': as }, ...(body !== undefined && { payload: body }) });
}
async function made<T>(url: string, body: object): Promise<T> {
  const answer = await ask('POST', url, { key: boss, body });
  assert.equal(answer.statusCode, 201, `${url}: ${answer.body}`);
  return answer.json<T>();
}
const codeOf = (answer: LightMyRequestResponse): string => (answer.headers['content-type']?.toString().includes('json') ? answer.json<{ code?: string }>().code ?? '' : '');

async function line(name: string, phone: string): Promise<Line> {
  const business = name === 'Común' ? null : (await made<{ id: string }>('/api/businesses', { name, external_id: `ext-${name.toLowerCase()}` })).id;
  const { accountId, routeId } = await addAccount(rt, {
    companyId: company.id, name: `Línea ${name}`, phone, provider: 'meta', senderId: newUuid(), wabaId: '1', credentials: { access_token: 'none', phone_number_id: '1' }, appSecret: 'none', appSlug: 'casa',
  });
  const account = encodeId('acc', accountId);
  assert.equal((await ask('PUT', `/api/accounts/${account}`, { key: boss, body: { business_id: business } })).statusCode, 200);
  const route = (await routeById(rt, routeId))!;
  const [received] = await rt.db.withCompany(company, (tx) => receiveMessages(rt, tx, [{ route, event: inbound('56911111111', `secreto de ${name}`) }]));
  return { business: business ?? '', account, conversation: encodeId('conv', received!.conversation_id), message: encodeId('msg', received!.message_id), contact: encodeId('ct', received!.contact_id) };
}

before(async (t) => {
  const database = await withDatabase(t as never);
  const spy = {
    name: 'spy',
    http: (app: HttpServer['app']): void => {
      app.addHook('onRoute', ({ method, url }) => {
        for (const one of [method].flat()) if (one !== 'HEAD' && one !== 'OPTIONS') routes.push({ method: one, path: url });
      });
    },
  };
  server = await listenHttp(t as never, { databaseUrl: database.url, modules: [spy, ...modules] });
  ({ rt } = server);
  company = await createCompany(rt, { slug: 'casa', name: 'Casa' });
  boss = await rt.db.shared((tx) => createApiKey(tx, company.id, { name: 'jefa', role: 'administrator' }));
  north = await line('Norte', '56220000001');
  south = await line('Sur', '56220000002');
  common = await line('Común', '56220000003');
  const bound = await made<{ api_key: { id: string; business_ids: string[] }; key: string }>('/api/api-keys', { name: 'norte', role: 'administrator', business_ids: [north.business] });
  assert.deepEqual(bound.api_key.business_ids, [north.business]);
  ({ key } = bound);
  keyId = bound.api_key.id;
});

const PREFIXES: Readonly<Record<string, IdPrefix>> = { conversations: 'conv', messages: 'msg', accounts: 'acc', subscriptions: 'sub', bots: 'bot' };

test('what belongs to another business, or to none, is answered as what nobody has, on every route', async () => {
  const theirs = await made<{ id: string }>('/api/subscriptions', { kind: 'http', name: 'secreto del Sur', url: 'https://sur.example.test/', account_ids: [south.account] });
  const things: Record<string, string[]> = { accounts: [south.account, common.account], conversations: [south.conversation, common.conversation], messages: [south.message, common.message], subscriptions: [theirs.id] };
  const seen: string[] = [];
  for (const { method, path } of routes) {
    const kind = /^\/api\/([a-z-]+)\/:id/.exec(path)?.[1] ?? '';
    for (const id of things[kind] ?? []) {
      const body = method === 'GET' || method === 'DELETE' ? {} : { body: {} };
      const [real, none] = [await ask(method, path.replace(':id', id).replace(/:\w+/, 'rt_x'), body), await ask(method, path.replace(':id', encodeId(PREFIXES[kind]!, newUuid())).replace(/:\w+/, 'rt_x'), body)];
      assert.deepEqual([real.statusCode, codeOf(real)], [none.statusCode, codeOf(none)], `${method} ${path}: ${real.body}`);
      assert.ok(real.statusCode >= 400, `${method} ${path}: ${real.body}`);
      assert.doesNotMatch(real.body, /secreto/, `${method} ${path}`);
      seen.push(`${method} ${path}`);
    }
  }
  assert.ok(new Set(seen).size >= 20, `only ${seen.length} routes were walked`);
});

test('no list shows it, and each can be asked for one business', async () => {
  for (const { method, path } of routes) {
    if (method !== 'GET' || !path.startsWith('/api/') || path.includes(':') || path.startsWith('/api/platform')) continue;
    const answer = await ask('GET', path === '/api/messages' ? `${path}?q=secreto` : path);
    assert.doesNotMatch(answer.body, /Sur|Común/, path);
  }
  const ids = async (url: string, as: string): Promise<string[]> => ((await ask('GET', url, { key: as })).json<Record<string, { id: string }[]>>()[/\/api\/(\w+)/.exec(url)![1]!] ?? []).map((one) => one.id);
  for (const as of [key, boss]) {
    assert.deepEqual(await ids(`/api/accounts?business_id=${north.business}`, as), [north.account]);
    assert.deepEqual(await ids(`/api/conversations?business_id=${north.business}`, as), [north.conversation]);
    assert.deepEqual(await ids(`/api/messages?q=secreto&business_id=${north.business}`, as), [north.message]);
  }
  assert.equal((await ids('/api/messages?q=secreto', boss)).length, 3);
  assert.deepEqual(await ids('/api/conversations?q=secreto', key), [north.conversation]);
  assert.equal((await ask('GET', '/api/conversations')).json<{ unread_conversations: number }>().unread_conversations, 1);
  for (const url of ['/api/accounts', '/api/conversations', '/api/messages?q=secreto']) {
    const answer = await ask('GET', `${url}${url.includes('?') ? '&' : '?'}business_id=${south.business}`);
    assert.deepEqual([answer.statusCode, codeOf(answer)], [404, 'companies.business_not_found'], url);
  }
  assert.deepEqual((await ask('GET', '/api/businesses')).json<{ businesses: { id: string }[] }>().businesses.map((b) => b.id), [north.business]);
});

test('what concerns the whole company is refused, whatever the role', async () => {
  let walked = 0;
  for (const endpoint of endpoints) {
    if (endpoint.permission === undefined || endpoint.permission === 'public' || !WHOLE_COMPANY.has(endpoint.permission)) continue;
    const answer = await ask(endpoint.method.toUpperCase(), endpoint.path.replace(/\{\w+\}/g, 'x'), endpoint.method === 'get' || endpoint.method === 'delete' ? {} : { body: {} });
    assert.deepEqual([answer.statusCode, codeOf(answer)], [403, 'companies.whole_company'], `${endpoint.method} ${endpoint.path}`);
    walked += 1;
  }
  assert.ok(walked >= 15);
});

test('one sends from one’s own lines only: alone, in bulk, as a bot, and when handing in', async () => {
  const phone_number = '+56911111111';
  for (const account_id of [south.account, common.account]) {
    for (const [url, body] of [['/api/messages', { phone_number, content: 'hola', account_id }], ['/v1/messages', { number: phone_number, message: 'hola', account_id }]] as const) {
      assert.equal(codeOf(await ask('POST', url, { body })), 'accounts.not_found', url);
    }
  }
  // The only line there is for it needs no naming.
  const bulk = await ask('POST', '/api/messages/bulk', { body: { messages: [{ phone_number, content: 'norte' }, { phone_number, content: 'sur', account_id: south.account }] } });
  assert.deepEqual(bulk.json<{ results: { status: string; account_id: string | null }[] }>().results.map((r) => [r.status, r.account_id]), [['queued', north.account], ['rejected', null]]);
});

test('a line is connected for one’s own business, and stays there', async () => {
  const body = { account_type: 'meta', phone_number_id: '99', waba_id: '1', api_key: 'x', webhook_secret: 'y', verify: false, subscribe: false };
  const mine = await ask('POST', '/api/accounts', { body: { ...body, name: 'Nueva' } });
  assert.equal(mine.statusCode, 201, mine.body);
  assert.equal(mine.json<{ business_id: string }>().business_id, north.business);
  const id = mine.json<{ id: string }>().id;
  for (const business_id of [null, south.business]) assert.match(codeOf(await ask('PUT', `/api/accounts/${id}`, { body: { business_id } })), /companies\.(whole_company|business_not_found)/);
  // A number of another business is not renewed by connecting it again.
  assert.equal((await ask('POST', '/api/accounts', { key: boss, body: { ...body, phone_number_id: '98', webhook_secret: 'z', business_id: south.business } })).statusCode, 201);
  assert.equal(codeOf(await ask('POST', '/api/accounts', { body: { ...body, phone_number_id: '98', webhook_secret: 'z' } })), 'accounts.sender_elsewhere');
});

test('subscriptions are told of one’s own accounts, by name', async () => {
  const body = { kind: 'http', name: 'norte', url: 'https://norte.example.test/' };
  assert.equal(codeOf(await ask('POST', '/api/subscriptions', { body })), 'subscriptions.accounts_needed');
  assert.equal(codeOf(await ask('POST', '/api/subscriptions', { body: { ...body, account_ids: [south.account] } })), 'subscriptions.account_unknown');
  const own = await ask('POST', '/api/subscriptions', { body: { ...body, account_ids: [north.account] } });
  assert.equal(own.statusCode, 201, own.body);
  const { id } = own.json<{ id: string }>();
  assert.equal(codeOf(await ask('PATCH', `/api/subscriptions/${id}`, { body: { account_ids: null } })), 'subscriptions.accounts_needed');
  const listed = (as: string): Promise<string[]> => ask('GET', '/api/subscriptions', { key: as }).then((a) => a.json<{ subscriptions: { name: string }[] }>().subscriptions.map((s) => s.name));
  assert.deepEqual(await listed(key), ['norte']);
  assert.ok((await listed(boss)).length > 1);
});

test('a bot that answers on another’s line is theirs to change', async () => {
  const config = {
    name: 'Bot Sur', phone_number: '+56220000002', provider_config: { primary: { type: 'meta' } },
    business_hours: { enabled: false, timezone: 'America/Santiago', schedule: { monday: null, tuesday: null, wednesday: null, thursday: null, friday: null, saturday: null, sunday: null } },
  };
  const bot = await made<{ id: string; account_ids: string[] }>('/api/bots', config);
  assert.deepEqual(bot.account_ids, [south.account]);
  assert.equal(codeOf(await ask('GET', `/api/bots/${bot.id}`)), 'bots.not_found');
  assert.equal(codeOf(await ask('PUT', `/api/bots/${bot.id}`, { body: config })), 'companies.whole_company');
  assert.equal(codeOf(await ask('POST', '/api/bots/send', { body: { bot_id: bot.id, to: '56911111111', message: 'hola' } })), 'bots.no_line');
});

test('live events are those of one’s own accounts', async (t: TestContext) => {
  const watch = async (as: string): Promise<string[]> => {
    const socket = io(server.url, { path: '/socket.io', transports: ['websocket'], reconnection: false, auth: { apiKey: as }, forceNew: true });
    defer(t, () => socket.disconnect());
    const seen: string[] = [];
    socket.on(COMPANY_EVENT, (events: unknown[]) => seen.push(...events.map((e) => JSON.stringify(e))));
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return seen;
  };
  await assert.rejects(watch('ck_nobody'), { message: 'companies.wrong_key' });
  const [all, mine] = [await watch(boss), await watch(key)];
  await waitFor(() => rt.realtime.watched(company.id), { what: 'somebody to watch' });
  for (const { conversation } of [south, common, north]) await ask('POST', `/api/conversations/${conversation}/messages`, { key: boss, body: { content: { type: 'text', text: `vivo ${conversation}` }, client_id: newUuid() } });
  await waitFor(() => all.some((e) => e.includes(`vivo ${north.conversation}`)) && mine.some((e) => e.includes(`vivo ${north.conversation}`)), { what: 'the last message to be seen' });
  assert.ok(all.some((e) => e.includes(south.conversation)));
  assert.deepEqual(mine.filter((e) => e.includes(south.conversation) || e.includes(common.conversation)), []);
});

test('iam/check tells the same of a key, and a business stays while somebody is held to it', async () => {
  const check = async (action: string, account_id: string | null): Promise<boolean> =>
    (await ask('POST', '/api/iam/check', { key: boss, body: { action, account_id, company_id: 'casa', user_id: keyId } })).json<{ allowed: boolean }>().allowed;
  assert.deepEqual([await check('whatsapp:read', north.account), await check('whatsapp:read', south.account), await check('whatsapp:read', common.account)], [true, false, false]);
  assert.deepEqual([await check('whatsapp:admin', null), await check('company:manage', null), await check('whatsapp:operate', null)], [true, false, false]);
  assert.equal(codeOf(await ask('DELETE', `/api/businesses/${north.business}`, { key: boss })), 'companies.business_in_use');
  assert.equal((await ask('PATCH', `/api/api-keys/${keyId}`, { key: boss, body: { business_ids: [south.business] } })).statusCode, 200);
  assert.deepEqual((await ask('GET', '/api/accounts')).json<{ accounts: { business_id: string }[] }>().accounts.map((a) => a.business_id), [south.business, south.business]);
});
