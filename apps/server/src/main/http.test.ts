import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Problem } from '@centralita/contracts';
import { createApiKey } from '../modules/companies/index.ts';
import { companiesModule } from '../modules/companies/module.ts';
import { withDatabase, type TestDatabase } from '../../../../test/harness/database.ts';
import { freePort } from '../../../../test/harness/processes.ts';
import type { Module } from '../runtime.ts';
import { webRoot } from './web.ts';
import { listenHttp, person, type HttpServer, type Person } from './testing/http.ts';
import { call, type Answer } from './testing/server.ts';

/** A room that does everything wrong. */
const clumsy: Module = {
  name: 'clumsy',
  http(app: FastifyInstance) {
    app.get('/api/clumsy/secret', () => {
      throw new Error('connection to 10.1.2.3 with password hunter2 refused');
    });
    app.get('/api/clumsy/thing', () => {
      throw Object.assign(new Error('hunter2'), { statusCode: 418 });
    });
    app.post('/api/clumsy/form', (request) => z.object({ name: z.string(), pets: z.array(z.object({ age: z.number() })) }).parse(request.body));
  },
};

let database: TestDatabase;
let server: HttpServer;
let ana: Person;
before(async (t) => {
  const scope = t as unknown as Parameters<typeof withDatabase>[0];
  database = await withDatabase(scope);
  const { modules } = await import('./modules.ts');
  server = await listenHttp(scope, { databaseUrl: database.url, modules: [...modules, clumsy] });
  ana = await person(server.rt, 'ana');
});

function assertProblem(answer: Answer, status: number, code: string): void {
  assert.deepEqual([answer.status, answer.json['code']], [status, code], answer.text);
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
  const problem = Problem.parse(answer.json);
  assert.equal(problem.status, status);
  assert.equal(problem.request_id, answer.headers.get('x-request-id'));
  assert.match(problem.title, /[.!]$/);
}

test('every error is problem details that say what to do', async () => {
  assertProblem(await call('GET', `${server.url}/api/nothing`), 404, 'request.not_found');
  assertProblem(await call('DELETE', `${server.url}/api/login`), 404, 'request.not_found');
  assertProblem(await call('GET', `${server.url}/api/me`), 401, 'companies.not_signed_in');
  assertProblem(await call('POST', `${server.url}/api/login`, { body: '{"email":' }), 400, 'request.malformed');
  assertProblem(await call('POST', `${server.url}/api/login`, { body: '' }), 400, 'request.invalid');
  assertProblem(await call('POST', `${server.url}/api/login`, { body: 'email', headers: { 'content-type': 'text/plain' } }), 415, 'request.media_type');
  assertProblem(await call('POST', `${server.url}/api/login`, { body: 'a=b', headers: { 'content-type': 'text/xml' } }), 415, 'request.media_type');
  assertProblem(await call('POST', `${server.url}/api/clumsy/form`, { body: { name: 'x'.repeat(1_100_000) } }), 413, 'request.too_large');
  assertProblem(await call('GET', `${server.url}/%zz`), 400, 'request.refused');
  const invalid = await call('POST', `${server.url}/api/clumsy/form`, { body: { pets: [{ age: 'old' }] } });
  assertProblem(invalid, 400, 'request.invalid');
  assert.deepEqual((invalid.json['errors'] as { path: string }[]).map((e) => e.path), ['name', 'pets.0.age']);
});

test('what cannot be stored as it came is refused with the reason, not kept with its accents lost', async () => {
  const form = (body: string | Uint8Array<ArrayBuffer>): Promise<Answer> => call('POST', `${server.url}/api/clumsy/form`, { body, headers: { 'content-type': 'application/json' } });
  for (const [body, why] of [
    [new Uint8Array(Buffer.from('{"name":"Muñoz","pets":[]}', 'latin1')), /UTF-8/],
    [String.raw`{"name":"a\u0000b","pets":[]}`, /U\+0000/],
    [String.raw`{"a\u0000b":1}`, /U\+0000/],
    [String.raw`{"name":"a\ud83d","pets":[]}`, /surrogate/],
    [`{"name":${'['.repeat(5000)}${']'.repeat(5000)}}`, /deeper/],
  ] as const) {
    const answer = await form(body);
    assertProblem(answer, 400, 'request.malformed');
    assert.match(String(answer.json['detail']), why);
  }
  assert.equal((await form(String.raw`{"name":"Mu\u00f1oz \ud83d\ude00","pets":[]}`)).status, 200);
  assertProblem(await call('GET', `${server.url}/api/contacts?q=%00`), 400, 'request.refused');
});

test('a content-type where there is no body is no mistake', async () => {
  const headers = { 'content-type': 'application/json' };
  assertProblem(await call('DELETE', `${server.url}/api/labels/x`, { headers }), 401, 'companies.not_signed_in');
  assertProblem(await call('POST', `${server.url}/api/queue-monitor/resume`, { body: '' }), 401, 'companies.not_signed_in');
});

test('what was not meant for callers is not told to them', async () => {
  for (const path of ['secret', 'thing']) {
    const answer = await call('GET', `${server.url}/api/clumsy/${path}`);
    assertProblem(answer, 500, 'request.failed');
    assert.doesNotMatch(answer.text, /hunter2|10\.1\.2\.3|at /);
  }
});

test('a database that is away: 503 with Retry-After, and the process is alive but not ready', async (t) => {
  const away = await listenHttp(t, { databaseUrl: `postgres://x@127.0.0.1:${await freePort()}/x`, modules: [companiesModule] });
  const login = await call('POST', `${away.url}/api/login`, { body: { email: ana.email, password: ana.password } });
  assertProblem(login, 503, 'request.database_away');
  assert.equal(login.headers.get('retry-after'), '2');
  assert.equal((await call('GET', `${away.url}/health`)).status, 200);
  assert.deepEqual([(await call('GET', `${away.url}/health/ready`)).status, (await call('GET', `${away.url}/health/db`)).status], [503, 503]);
});

test('a server that starts or stops is alive but not ready', async (t) => {
  const busy = await listenHttp(t, { databaseUrl: database.url, ready: () => false });
  assert.equal((await call('GET', `${busy.url}/health`)).status, 200);
  assert.equal((await call('GET', `${busy.url}/health/ready`)).status, 503);
  assert.equal((await call('GET', `${server.url}/health/ready`)).status, 200);
});

test('a browser changes nothing without the token of its login, nor from a foreign page; a key needs none', async () => {
  const login = await call('POST', `${server.url}/api/login`, { body: { email: ana.email, password: ana.password } });
  assert.equal(login.status, 200);
  const [set = ''] = login.headers.getSetCookie();
  assert.match(set, /; HttpOnly; SameSite=Lax$/);
  const cookie = set.split(';')[0]!;
  const logout = (headers: Record<string, string>): Promise<Answer> => call('POST', `${server.url}/api/logout`, { headers: { cookie, ...headers } });
  assertProblem(await logout({}), 403, 'companies.csrf');
  assertProblem(await logout({ 'x-csrf-token': 'guess' }), 403, 'companies.csrf');
  assertProblem(await call('POST', `${server.url}/api/login`, { body: { email: ana.email, password: ana.password }, headers: { origin: 'https://evil.example' } }), 403, 'companies.foreign_page');
  assert.equal((await logout({ 'x-csrf-token': String(login.json['csrf']) })).status, 204);
  assertProblem(await call('GET', `${server.url}/api/me`, { headers: { cookie } }), 401, 'companies.not_signed_in');
  assertProblem(await call('GET', `${server.url}/api/me`, { headers: { 'x-api-key': 'ck_wrong' } }), 401, 'companies.wrong_key');
});

test('headers: a policy for pages and the API, request ids given and made', async () => {
  const page = await call('GET', `${server.url}/`, { headers: { accept: 'text/html' } });
  assert.match(page.headers.get('content-security-policy') ?? '', /^default-src 'self';img-src 'self' data: blob:;media-src 'self' blob:;style-src 'self' 'unsafe-inline';connect-src 'self' ws: wss:;/);
  assert.equal(page.headers.get('x-content-type-options'), 'nosniff');
  assert.equal((await call('GET', `${server.url}/health`, { headers: { 'x-request-id': 'given-by-a-proxy' } })).headers.get('x-request-id'), 'given-by-a-proxy');
  assert.match((await call('GET', `${server.url}/health`, { headers: { 'x-request-id': 'a b"<script>' } })).headers.get('x-request-id') ?? '', /^req_/);
});

test('pages: the app behind its own addresses, never in the place of a program\'s answer', async (t) => {
  const page = await call('GET', `${server.url}/conversations/conv_x`, { headers: { accept: 'text/html,*/*' } });
  if (page.status === 404) return t.skip('the web UI is not built');
  assert.match(page.text, /<div id="root">/);
  assert.equal(page.headers.get('cache-control'), 'no-cache');
  const [asset = ''] = /\/assets\/[^"]+\.js/.exec(page.text) ?? [];
  const script = await call('GET', server.url + asset);
  assert.equal(script.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  if (existsSync(`${webRoot}${asset}.br`)) assert.match(script.headers.get('content-encoding') ?? '', /^(br|gzip)$/);
  for (const path of ['/api/x', '/assets/gone.js', '/webhook/none/none', '/.env', '/..%2f..%2fpackage.json']) {
    const answer = await call('GET', server.url + path, { headers: { accept: 'text/html' } });
    assert.ok(answer.status >= 400 || path.startsWith('/.'), path);
    assert.doesNotMatch(answer.text, /"workspaces"/);
  }
  return undefined;
});

test('metrics: for this machine and for administrators\' keys only', async () => {
  const here = await call('GET', `${server.url}/metrics`);
  assert.equal(here.status, 200);
  assert.match(here.text, /^# TYPE centralita_receipts_total counter$/m);
  assert.match(here.text, /centralita_http_seconds_bucket\{le="[^"]+",route="POST \/api\/login",status="200"\}/);
  const passedOn = { 'x-forwarded-for': '203.0.113.7' };
  assertProblem(await call('GET', `${server.url}/metrics`, { headers: passedOn }), 401, 'companies.not_signed_in');
  const keyOf = (role: 'administrator' | 'agent', platform = false): Promise<string> => server.rt.db.shared((tx) => createApiKey(tx, ana.company.id, { name: role, role, platform }));
  assertProblem(await call('GET', `${server.url}/metrics`, { headers: { ...passedOn, 'x-api-key': await keyOf('agent') } }), 403, 'companies.forbidden');
  assert.equal((await call('GET', `${server.url}/metrics`, { headers: { ...passedOn, 'x-api-key': await keyOf('administrator') } })).status, 403, 'it tells of every company');
  assert.equal((await call('GET', `${server.url}/metrics`, { headers: { ...passedOn, 'x-api-key': await keyOf('administrator', true) } })).status, 200);
});

/** As fast as one connection goes, each read to its end. */
async function hammer(url: string, times: number): Promise<number[]> {
  const { port, pathname: path } = new URL(url);
  const statuses: number[] = [];
  for (let i = 0; i < times; i++) {
    statuses.push(await new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, path, headers: { connection: 'keep-alive' } }, (answer) => {
        answer.resume().once('end', () => resolve(answer.statusCode ?? 0));
      }).once('error', reject).end();
    }));
  }
  return statuses;
}

test('the API is limited per address and says how long to wait; webhooks and health never are', async (t) => {
  const { url } = await listenHttp(t, { databaseUrl: database.url, config: { requestsPerMinute: 300 } });
  assert.ok((await hammer(`${url}/api/nothing`, 301)).includes(429));
  const refused = await call('GET', `${url}/api/me`);
  assertProblem(refused, 429, 'request.too_many');
  assert.ok(Number(refused.headers.get('retry-after')) > 0);
  assert.ok((await hammer(`${url}/health`, 301)).every((status) => status === 200));
  assert.ok((await hammer(`${url}/webhook/meta/none`, 301)).every((status) => status === 404));
});
