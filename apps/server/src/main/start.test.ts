import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findEmbedded } from '../../../../packages/platform/src/postgres/embedded.ts';
import { withDatabase } from '../../../../test/harness/database.ts';
import { tempFolder } from '../../../../test/harness/folders.ts';
import { dataFolder, freePort, processesOf, repository } from '../../../../test/harness/processes.ts';
import { waitFor } from '../../../../test/harness/wait.ts';
import { call, CLI, runCli, startServer, type TestServer } from './testing/server.ts';

/** The demo number's answer to a phone: proof that all of the path works. */
async function talk(server: TestServer, phone: string, text: string): Promise<string> {
  const config = (await call('GET', `${server.sandbox}/sandbox/config`)).json;
  const heard = async (): Promise<{ direction: string; text: string }[]> => (await call('GET', `${server.sandbox}/sandbox/phones/${phone}/messages`)).json['messages'] as { direction: string; text: string }[];
  const before = (await heard()).filter((m) => m.direction === 'in').length;
  const sent = await call('POST', `${server.sandbox}/sandbox/phones/${phone}/messages`, { body: { to: config['business_number'], type: 'text', text } });
  assert.equal(sent.status, 201, sent.text);
  const reply = await waitFor(async () => (await heard()).filter((m) => m.direction === 'in')[before], { what: 'the bot to answer' });
  return reply.text;
}

/** PostgreSQL's children end by themselves once their parent is gone. */
function killed(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ESRCH');
  }
}

test('the first start: a demo that answers, an administrator who signs in; then it stops and leaves nothing behind', async (t) => {
  const data = dataFolder(t);
  const server = await startServer(t, { data });
  assert.equal((await server.call('GET', '/health')).json['status'], 'ok');
  assert.equal((await server.call('GET', '/health/ready')).status, 200);

  const file = join(data, 'first-run.json');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.match(server.app.output(), new RegExp(`are in ${file}`));
  const { password, api_key: key } = server.firstRun();
  assert.ok(!server.app.output().includes(password) && !server.app.output().includes(key), 'no secret where it could be logged');

  const { cookie, csrf } = await server.signIn();
  const me = await server.call('GET', '/api/me', { headers: { cookie } });
  assert.deepEqual([me.status, (me.json['company'] as { name: string }).name, me.json['csrf']], [200, 'Municipalidad Demo', csrf]);
  assert.equal((await server.call('POST', '/api/logout', { headers: { cookie } })).json['code'], 'companies.csrf');
  assert.equal((await server.call('GET', '/api/me', { headers: { 'x-api-key': key } })).json['code'], 'companies.no_person', 'the key is known');
  assert.match(await talk(server, '56911112222', 'hola'), /Municipalidad Demo/);

  const begun = performance.now();
  assert.equal(await server.app.stop(), 0);
  assert.ok(performance.now() - begun < 10_000);
  assert.match(server.app.output(), /Stopping…\nStopped\.$/);
  assert.deepEqual(processesOf(dirname(data)), []);
});

test('the second start is quick, keeps administrator and key, and a running server is not started twice', async (t) => {
  const data = dataFolder(t);
  const env = { CENTRALITA_ADMIN_PASSWORD: 'una clave larga', CENTRALITA_API_KEY: 'clave-del-operador' };
  const made = performance.now();
  const first = await startServer(t, { data, env });
  const making = performance.now() - made;
  assert.equal(first.firstRun().password, 'una clave larga');
  await first.app.stop();

  const begun = performance.now();
  const server = await startServer(t, { data, env: { ...env, CENTRALITA_API_KEY: 'otra-clave-del-operador' } });
  assert.ok(performance.now() - begun < Math.max(5000, making), 'healthy in under 5 s, or as fast as this machine makes a first one');
  assert.doesNotMatch(server.app.output(), /first-run|cut off|recovered/);
  await server.signIn();
  for (const key of ['clave-del-operador', 'otra-clave-del-operador']) assert.equal((await server.call('GET', '/api/me', { headers: { authorization: `Bearer ${key}` } })).status, 403, key);

  const twice = await runCli(['start'], { env: { PORT: '0', SANDBOX_PORT: '0', CENTRALITA_DATA: data } });
  assert.equal(twice.code, 1);
  assert.match(twice.stderr, new RegExp(`^\\S+ is in use by another Centralita \\(pid ${server.app.pid}\\)\\. Stop that one first[^\\n]*\\n$`));
  const port = new URL(server.url).port;
  const samePort = await runCli(['start'], { env: { PORT: port, SANDBOX_PORT: '0', CENTRALITA_DATA: data } });
  assert.match(samePort.stderr, new RegExp(`^Centralita is running already with ${data} \\(pid ${server.app.pid}\\)[^\\n]*\\n$`));
});

test('after kill -9 the next start takes everything over, says so, and goes on', async (t) => {
  const data = dataFolder(t);
  const first = await startServer(t, { data });
  await talk(first, '56911113333', 'hola');
  const { cookie } = await first.signIn();
  const witness = (await call('GET', `${first.sandbox}/health`)).json['pid'];
  await first.app.kill();

  const second = await startServer(t, { data });
  assert.match(second.app.output(), /cut off: its PostgreSQL was still running and was taken over/);
  assert.match(second.app.output(), /cut off: \d+ leases? (was|were) freed/);
  assert.match(second.app.output(), /sandbox was still running and was taken over/);
  assert.equal((await call('GET', `${second.sandbox}/health`)).json['pid'], witness);
  assert.equal((await second.call('GET', '/api/me', { headers: { cookie } })).status, 200, 'logins outlive it');
  assert.match(await talk(second, '56911114444', 'hola'), /Municipalidad Demo/);

  // And when PostgreSQL and the sandbox died with it.
  await second.app.kill();
  for (const pid of processesOf(dirname(data))) killed(pid);
  const third = await startServer(t, { data });
  assert.match(third.app.output(), /had not been stopped properly; it has recovered/);
  assert.match(await talk(third, '56911115555', 'hola'), /Municipalidad Demo/);
  assert.equal(await third.app.stop(), 0);
  assert.deepEqual(processesOf(dirname(data)), []);
});

test('a sandbox that dies is started again on its port, with its numbers', async (t) => {
  const server = await startServer(t, { data: dataFolder(t) });
  const before = (await call('GET', `${server.sandbox}/sandbox/config`)).json;
  const pid = Number((await call('GET', `${server.sandbox}/health`)).json['pid']);
  process.kill(pid, 'SIGKILL');
  const after = await waitFor(async () => {
    const health = (await call('GET', `${server.sandbox}/health`)).json;
    return health['pid'] !== pid && (await call('GET', `${server.sandbox}/sandbox/config`)).json;
  }, { what: 'the sandbox to be back' });
  assert.deepEqual(after, before);
  assert.match(await talk(server, '56911116666', 'hola'), /Municipalidad Demo/);
});

test('asked to end while it starts, it ends cleanly', async (t) => {
  const data = dataFolder(t);
  for (const wait of [400, 900, 1500]) {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(repository, CLI), 'start'], {
      cwd: tempFolder(t), stdio: 'ignore', env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', SANDBOX_PORT: '0', CENTRALITA_DATA: data },
    });
    await once(child, 'spawn');
    await sleep(wait);
    const begun = performance.now();
    child.kill('SIGTERM');
    const [code, signal] = await once(child, 'exit') as [number | null, string | null];
    assert.ok(code === 0 || signal === 'SIGTERM', `after ${wait} ms: ${code ?? signal}`);
    assert.ok(performance.now() - begun < 10_000);
    assert.deepEqual(processesOf(dirname(data)), [], `after ${wait} ms nothing is left`);
  }
  const server = await startServer(t, { data });
  await server.signIn();
});

test('a client that never finishes its request does not hold up the end', async (t) => {
  const data = dataFolder(t);
  const server = await startServer(t, { data });
  const client = connect({ host: '127.0.0.1', port: Number(new URL(server.url).port) });
  t.after(() => client.destroy());
  client.on('error', () => undefined);
  await once(client, 'connect');
  client.write('POST /api/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"em');
  await waitFor(async () => (await server.call('GET', '/health')).status === 200, { what: 'the server to have it' });
  const begun = performance.now();
  assert.equal(await server.app.stop(), 0);
  assert.ok(performance.now() - begun < 5000);
  assert.doesNotMatch(server.app.output(), /gave up/);
});

test('when its launcher is gone it stops by itself', async (t) => {
  const data = dataFolder(t);
  const server = await startServer(t, { data });
  server.app.child.disconnect();
  await waitFor(() => !server.app.running, { what: 'the server to stop' });
  assert.equal(server.app.child.exitCode, 0);
  assert.deepEqual(processesOf(dirname(data)), []);
});

test('a data folder of a newer version is refused with one line', async (t) => {
  const data = dataFolder(t);
  const env = { CENTRALITA_SANDBOX: 'off', CENTRALITA_DEMO: 'off' };
  const server = await startServer(t, { data, env });
  const { url } = (await findEmbedded(data))!;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`insert into shared.migrations (scope, version, name, sha256) values ('shared', 9999, 'later', 'x')`);
  await client.end();
  await server.app.stop();
  const refused = await runCli(['start'], { env: { ...env, PORT: '0', CENTRALITA_DATA: data } });
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /^The database is of a newer Centralita \(shared schema 9999[^\n]*\n$/);
  assert.deepEqual(processesOf(dirname(data)), []);
});

test('secrets of another key, a wrong value, a taken port, a database that is not there: one line each', async (t) => {
  const data = dataFolder(t);
  const base = { PORT: '0', SANDBOX_PORT: '0', CENTRALITA_DATA: data };
  const wrong = await runCli(['start'], { env: { ...base, PORT: '80a', LEASE_SECONDS: 'x' } });
  assert.deepEqual([wrong.code, wrong.stderr], [2, 'PORT: "80a" is wrong, it must be a port from 0 to 65535\nLEASE_SECONDS: "x" is wrong, it must be a number from 0.2 to 600\n']);
  assert.ok(!existsSync(data), 'nothing was made');

  const holder = createServer().listen(0, '127.0.0.1');
  t.after(() => holder.close());
  await once(holder, 'listening');
  const taken = String((holder.address() as AddressInfo).port);
  const clash = await runCli(['start'], { env: { ...base, PORT: taken } });
  assert.deepEqual([clash.code, clash.stderr], [1, `PORT: port ${taken} on 127.0.0.1 is in use by another program. Stop that one, or choose another PORT.\n`]);
  const sandbox = await runCli(['start'], { env: { ...base, SANDBOX_PORT: taken } });
  assert.equal(sandbox.code, 1);
  assert.match(sandbox.stderr, new RegExp(`^SANDBOX_PORT: port ${taken} is in use by another program[^\\n]*\\n$`));
  assert.deepEqual(processesOf(dirname(data)), [], 'what was started is ended');

  const away = await runCli(['start'], { env: { ...base, DATABASE_URL: `postgres://nobody@127.0.0.1:${await freePort()}/none` } });
  assert.equal(away.code, 1);
  assert.match(away.stderr, /^DATABASE_URL: the database does not answer \([^\n]*\n$/);

  const server = await startServer(t, { data });
  await server.app.stop();
  const key = await runCli(['start'], { env: { ...base, CENTRALITA_ENCRYPTION_KEY: 'ab'.repeat(32) } });
  assert.equal(key.code, 1);
  assert.match(key.stderr, /^CENTRALITA_ENCRYPTION_KEY: the secrets in the database were sealed with key [^\n]*\n$/);
});

test('api and worker in processes of their own share one PostgreSQL', async (t) => {
  const { url: databaseUrl } = await withDatabase(t);
  const data = dataFolder(t);
  const env = { DATABASE_URL: databaseUrl, CENTRALITA_SANDBOX: 'on', CENTRALITA_DEMO: 'on' };
  const api = await startServer(t, { data, env, role: 'api' });
  const worker = await startServer(t, { data, env, role: 'worker' });
  assert.match(await talk(api, '56911117777', 'hola'), /Municipalidad Demo/);
  assert.equal(worker.url, '');
  assert.equal(await worker.app.stop(), 0);
  assert.equal(await api.app.stop(), 0);
});

test('an ordinary user, below a home that only he may enter', { skip: process.getuid?.() !== 0 && 'needs root to become somebody else' }, async (t) => {
  const data = dataFolder(t, { on: 'disk' });
  const home = dirname(data);
  // Debian's nobody; PostgreSQL wants a user that has a name.
  const [uid, gid] = [65_534, 65_534];
  chmodSync(home, 0o700);
  chownSync(home, uid, gid);
  mkdirSync(data);
  chownSync(data, uid, gid);
  const server = await startServer(t, { data, uid, gid, cwd: home, env: { HOME: home } });
  assert.match(await talk(server, '56911118888', 'hola'), /Municipalidad Demo/);
  assert.equal(statSync(join(data, 'first-run.json')).uid, uid);
  assert.equal(await server.app.stop(), 0);
});
