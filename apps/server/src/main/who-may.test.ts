import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { LightMyRequestResponse } from 'fastify';
import { Role, ROLE_PERMISSIONS, type Permission } from '@centralita/contracts';
import { endpoints } from '@centralita/contracts/api';
import { encodeId, newUuid, type IdPrefix } from '@centralita/kernel';
import { withDatabase } from '../../../../test/harness/database.ts';
import { repository } from '../../../../test/harness/processes.ts';
import { addAccount, routeById } from '../modules/accounts/index.ts';
import { publishFlow } from '../modules/bots/index.ts';
import { createApiKey, createCompany, createUser, type Company } from '../modules/companies/index.ts';
import { receiveMessages } from '../modules/conversations/index.ts';
import type { Runtime } from '../runtime.ts';
import { inbound } from '../testing/runtime.ts';
import { modules } from './modules.ts';
import { listenHttp, type HttpServer } from './testing/http.ts';

type Rule = Permission | 'public' | 'signed in';

/** Routes that are in no document, and who may use them. A new route belongs in packages/contracts/src/api, or here. */
const OTHERS: Readonly<Record<string, Rule>> = {
  'GET /health': 'public', 'GET /health/ready': 'public', 'GET /health/db': 'public',
  // Without a key only how many lines there are.
  'GET /health/whatsapp': 'public', 'GET /health/whatsapp-node': 'public',
  // From this machine; from elsewhere with the key of a platform administrator.
  'GET /metrics': 'public',
  // What carriers sign, and what a signed address opens.
  'GET /webhook/:provider': 'public', 'GET /webhook/:provider/:app': 'public', 'POST /webhook': 'public', 'POST /webhook/:provider': 'public', 'POST /webhook/:provider/:app': 'public',
  'GET /files/:token': 'public',
  'POST /api/media': 'whatsapp:send_message', 'GET /api/media/:id': 'whatsapp:read',
  'GET /api/operations/dead-letters': 'whatsapp:operate', 'GET /api/operations/failed-webhooks': 'whatsapp:operate', 'GET /api/operations/unrouted': 'whatsapp:operate',
  'POST /api/operations/dead-letters/:id/replay': 'whatsapp:operate', 'POST /api/operations/failed-webhooks/:id/replay': 'whatsapp:operate', 'POST /api/operations/unrouted/:id/replay': 'whatsapp:operate',
};

interface Route {
  readonly method: string;
  readonly path: string;
  readonly rule: Rule | undefined;
}
const routes: Route[] = [];
let server: HttpServer;
let rt: Runtime;
let mine: Company;
let theirs: Company;
const keys = new Map<string, string>();

before(async (t) => {
  const database = await withDatabase(t as never);
  const documented = new Map<string, Rule>(endpoints.map((e) => [`${e.method.toUpperCase()} ${e.path.replace(/\{(\w+)\}/g, ':$1')}`, e.permission ?? 'signed in']));
  const spy = {
    name: 'spy',
    http: (app: HttpServer['app']): void => {
      app.addHook('onRoute', ({ method, url }) => {
        for (const one of [method].flat()) {
          if (one === 'HEAD' || one === 'OPTIONS') continue;
          const name = `${one} ${url}`;
          routes.push({ method: one, path: url, rule: documented.get(name) ?? OTHERS[name] });
        }
      });
    },
  };
  server = await listenHttp(t as never, { databaseUrl: database.url, modules: [spy, ...modules] });
  ({ rt } = server);
  mine = await createCompany(rt, { slug: 'nuestra', name: 'Nuestra' });
  theirs = await createCompany(rt, { slug: 'ajena', name: 'Ajena' });
  for (const role of Role.options) keys.set(role, await rt.db.shared((tx) => createApiKey(tx, mine.id, { name: role, role })));
  keys.set('platform', await rt.db.shared((tx) => createApiKey(tx, mine.id, { name: 'platform', role: 'administrator', platform: true })));
});

const FILE = { 'content-type': 'application/octet-stream' };
function ask(method: string, path: string, { key, id = '', from = '127.0.0.1' }: { key?: string | undefined; id?: string; from?: string } = {}): Promise<LightMyRequestResponse> {
  const url = path.replace(/:\w+/g, id === '' ? 'x' : id);
  const body = method === 'GET' || method === 'DELETE' ? {} : path === '/api/media' ? { payload: Buffer.from('x') } : { payload: {} };
  // So many guesses from one address would be held up.
  return server.app.inject({ method: method as 'GET', url, remoteAddress: from, headers: { ...(key !== undefined && { 'x-api-key': key }), ...(path === '/api/media' && FILE) }, ...body });
}
const codeOf = (answer: LightMyRequestResponse): string => {
  try {
    return answer.json<{ code?: string }>().code ?? '';
  } catch {
    return '';
  }
};

test('of every route it is written who may use it, and of every document the route is there', () => {
  const unknown = routes.filter((r) => r.rule === undefined && !/\*|^\/(assets|favicon|index\.html|icon|docs|openapi)/.test(r.path)).map((r) => `${r.method} ${r.path}`);
  assert.deepEqual(unknown, [], 'say who may: in packages/contracts/src/api, or in OTHERS here');
  const there = new Set(routes.map((r) => `${r.method} ${r.path}`));
  const missing = endpoints.map((e) => `${e.method.toUpperCase()} ${e.path.replace(/\{(\w+)\}/g, ':$1')}`).filter((name) => !there.has(name));
  assert.deepEqual(missing, [], 'described, but not there');
});

test('every route × every role: with the permission further, without it 403, without a caller 401', async () => {
  for (const [n, { method, path, rule }] of routes.entries()) {
    if (rule === undefined || rule === 'public') continue;
    const name = `${method} ${path}`;
    assert.equal((await ask(method, path)).statusCode, 401, `${name}: nobody`);
    assert.equal((await ask(method, path, { key: 'ck_not_a_key', from: `10.0.${n >> 8}.${n & 255}` })).statusCode, 401, `${name}: a wrong key`);
    for (const role of [...Role.options, 'platform' as const]) {
      const may = rule === 'signed in' || (role === 'platform' ? true : ROLE_PERMISSIONS[role].includes(rule));
      const answer = await ask(method, path, { key: keys.get(role) });
      if (may) assert.notEqual(codeOf(answer), 'companies.forbidden', `${name} as ${role}: ${answer.body}`);
      else assert.deepEqual([answer.statusCode, codeOf(answer)], [403, 'companies.forbidden'], `${name} as ${role}`);
      assert.ok(answer.statusCode < 500, `${name} as ${role}: ${answer.body}`);
    }
  }
});

const PREFIXES: Readonly<Record<string, IdPrefix>> = {
  users: 'usr', 'api-keys': 'key', businesses: 'biz', conversations: 'conv', messages: 'msg', accounts: 'acc', bots: 'bot', contacts: 'ct', media: 'med', companies: 'co', issuers: 'iss', subscriptions: 'sub',
  templates: 'tpl', 'dead-letters': 'dead', 'failed-webhooks': 'fw', unrouted: 'evt',
};

const FLOW = JSON.parse(readFileSync(join(repository, 'packages/flow-engine/examples/municipalidad.json'), 'utf8')) as unknown;

/** One thing of each kind, of the other company. */
async function foreignThings(): Promise<Map<string, string>> {
  const account = await addAccount(rt, {
    companyId: theirs.id, name: 'Línea', phone: '56220000000', provider: 'meta', senderId: newUuid(), wabaId: '1', credentials: { access_token: 'none', phone_number_id: '1' }, appSecret: 'none', appSlug: 'ajena',
  });
  const route = (await routeById(rt, account.routeId))!;
  const [received] = await rt.db.withCompany(theirs, (tx) => receiveMessages(rt, tx, [{ route, event: inbound('56911111111', 'hola') }]));
  const user = await createUser(rt, theirs.id, { email: 'ajena@example.test', name: 'Ajena', role: 'agent', password: 'una clave larga' });
  const boss = await rt.db.shared((tx) => createApiKey(tx, theirs.id, { name: 'jefe', role: 'administrator' }));
  const make = async (url: string, payload: object): Promise<string> => {
    const answer = await server.app.inject({ method: 'POST', url, headers: { 'x-api-key': boss }, payload });
    assert.equal(answer.statusCode, 201, `${url}: ${answer.body}`);
    return answer.json<{ id?: string; api_key?: { id: string }; subscription?: { id: string } }>().id ?? answer.json<{ api_key: { id: string } }>().api_key.id;
  };
  const file = await server.app.inject({ method: 'POST', url: '/api/media?filename=hola.txt', headers: { 'x-api-key': boss, 'content-type': 'text/plain' }, payload: Buffer.from('hola') });
  assert.equal(file.statusCode, 201, file.body);
  return new Map([
    ['media', file.json<{ id: string }>().id], ['subscriptions', await make('/api/subscriptions', { kind: 'http', name: 'Ajena', url: 'https://ajena.example.test/hook' })],
    ['bots', encodeId('bot', await rt.db.withCompany(theirs, async (tx) => (await publishFlow(rt, tx, { bot: { name: 'Ajena' }, flow: FLOW })).bot_id))],
    ['accounts', encodeId('acc', account.accountId)], ['conversations', encodeId('conv', received!.conversation_id)], ['messages', encodeId('msg', received!.message_id)],
    ['contacts', encodeId('ct', received!.contact_id)], ['users', encodeId('usr', user.id)], ['businesses', await make('/api/businesses', { name: 'Ajena' })], ['api-keys', await make('/api/api-keys', { name: 'x', role: 'agent' })],
  ]);
}

test('an id of another company is answered as one that nobody has, on every route and by every body', async () => {
  const foreign = await foreignThings();
  const key = keys.get('administrator');
  const seen: string[] = [];
  for (const { method, path } of routes) {
    const kind = /^\/api\/(?:operations\/)?([a-z-]+)\/:id/.exec(path)?.[1];
    const theirsId = kind === undefined ? undefined : foreign.get(kind);
    const prefix = kind === undefined ? undefined : PREFIXES[kind];
    if (theirsId === undefined || prefix === undefined) continue;
    const [real, none] = [await ask(method, path, { key, id: theirsId }), await ask(method, path, { key, id: encodeId(prefix, newUuid()) })];
    assert.deepEqual([real.statusCode, codeOf(real)], [none.statusCode, codeOf(none)], `${method} ${path}: ${real.body}`);
    assert.ok(real.statusCode >= 400, `${method} ${path}: ${real.body}`);
    assert.doesNotMatch(real.body, /hola|56911111111|Ajena|Línea/, `${method} ${path}`);
    seen.push(`${method} ${path}`);
  }
  assert.ok(seen.length >= 20, `only ${seen.length} routes with an id were walked`);
});

test('no list of one company shows a thing of the other', async () => {
  const lists = routes.filter((r) => r.method === 'GET' && r.path.startsWith('/api/') && !r.path.includes(':') && !r.path.startsWith('/api/platform/'));
  assert.ok(lists.length >= 12);
  for (const { path } of lists) {
    const answer = await ask('GET', path, { key: keys.get('administrator') });
    assert.doesNotMatch(answer.body, /hola|56911111111|Ajena|Línea|ajena@/, path);
  }
});

test('the database’s own walls: no role of a company reaches a row of another, a shared table, or another role', async () => {
  const rows = await rt.db.query<{ name: string; reachable: boolean }>(`
    select n.nspname || '.' || c.relname as name,
           has_table_privilege($1, c.oid, 'select, insert, update, delete, truncate, references, trigger') or has_any_column_privilege($1, c.oid, 'select, insert, update') as reachable
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ($2, 'shared') and c.relkind in ('r', 'p', 'v', 'm', 'f')`, [mine.role, theirs.schema]);
  assert.ok(rows.length > 40, String(rows.length));
  assert.deepEqual(rows.filter((r) => r.reachable).map((r) => r.name), []);
  const sequences = await rt.db.query(`select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ($2, 'shared') and case when c.relkind = 'S' then has_sequence_privilege($1, c.oid, 'usage, select, update') end`, [mine.role, theirs.schema]);
  assert.deepEqual(sequences, []);
  const [walls] = await rt.db.query<Record<string, boolean>>(`
    select has_schema_privilege($1, $2, 'usage') as schema, has_schema_privilege($1, 'shared', 'create') as shared_create, pg_has_role($1, $3, 'member') as role,
           (select rolcanlogin or rolsuper or rolcreaterole or rolbypassrls from pg_roles where rolname = $1) as powers`, [mine.role, theirs.schema, theirs.role]);
  assert.deepEqual(walls, { schema: false, shared_create: false, role: false, powers: false });
  await assert.rejects(rt.db.withCompany(mine, (tx) => tx.query(`select * from ${theirs.schema}.messages`)), /permission denied/);
  await assert.rejects(rt.db.withCompany(mine, (tx) => tx.query('select * from {s}.users')), /permission denied/);
  // A filter that was forgotten: everything the role sees is its own.
  assert.deepEqual(await rt.db.withCompany(mine, (tx) => tx.query('select id from {c}.messages')), []);
});

test('the audit log takes entries of a company’s transaction for that company only', async () => {
  const entry = { id: newUuid(), actor_kind: 'system', actor_name: 'x', action: 'x.y', target_kind: 'x' };
  await rt.db.withCompany(mine, (tx) => tx.query('select {s}.audit_add($1::uuid, $2::jsonb)', [theirs.id, JSON.stringify(entry)]));
  const [written] = await rt.db.query<{ company_id: string }>('select company_id from {s}.audit where id = $1', [entry.id]);
  assert.equal(written?.company_id, mine.id);
});
