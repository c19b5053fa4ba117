import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { launchChromium } from './chromium.ts';
import { withDatabase } from './database.ts';
import { startDebianPostgres } from './debian-postgres.ts';
import { tempFolder } from './folders.ts';
import { dataFolder, freePort, processesOf, repository, spawnApp } from './processes.ts';
import { requireTool } from './tools.ts';
import { waitFor } from './wait.ts';

/** One query on a connection of its own. */
async function query(url: string, text: string, timeout = 5000): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: timeout, query_timeout: timeout });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query(text)).rows;
  } finally {
    // A frozen server never says goodbye.
    void client.end().catch(() => undefined);
  }
}

test('two databases of one test: both migrated, neither sees the other', async (t) => {
  const [a, b] = await Promise.all([withDatabase(t), withDatabase(t)]);
  await a.db.query(`insert into {s}.companies (id, slug, name, schema_name, role_name) values (gen_random_uuid(), 'a', 'A', 'a', 'a')`);
  assert.equal((await a.db.query('select 1 from {s}.companies')).length, 1);
  assert.equal((await b.db.query('select 1 from {s}.companies')).length, 0);
  const empty = await withDatabase(t, { empty: true });
  assert.deepEqual(await query(empty.url, `select to_regnamespace('shared') as found`), [{ found: null }]);
});

test('a test file run by hand leaves neither process nor database behind', async (t) => {
  const folder = tempFolder(t);
  const file = join(repository, 'test/harness/database.ts');
  // The same file, as if run from another checkout: a shared server of its own.
  writeFileSync(join(folder, 'hand.test.ts'), `
    import { test } from 'node:test';
    import { withDatabase } from ${JSON.stringify(file)};
    test('uses one', async (t) => { const { db } = await withDatabase(t); await db.query('select 1 from {s}.companies'); });
  `);
  const memory = join(folder, 'memory');
  mkdirSync(memory);
  const env: NodeJS.ProcessEnv = { PATH: process.env['PATH'], CENTRALITA_TEST_MEMORY: memory, TMPDIR: folder };
  const run = async () => {
    const child = spawn(process.execPath, ['--test', join(folder, 'hand.test.ts')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const [code] = await once(child, 'close') as [number];
    assert.equal(code, 0, output);
  };
  await Promise.all([run(), run(), run()]);
  await waitFor(() => processesOf(memory).length === 0, { what: 'the shared PostgreSQL to be stopped by the last user' });
});

test('waitFor says what it waited for and what it saw last', async () => {
  let looks = 0;
  assert.equal(await waitFor(() => (++looks < 3 ? undefined : 'there'), { what: 'a third look', every: 1 }), 'there');
  await assert.rejects(waitFor(() => ({ state: 'queued' }).state === 'sent', { what: 'the message to be sent', timeout: 50 }), /waited 0.05 s for the message to be sent; at the last look it gave false/);
  await assert.rejects(waitFor(() => Promise.reject(new Error('refused')), { what: 'an answer', timeout: 50 }), /for an answer; at the last look it failed with: refused/);
});

test('spawnApp: lines, readiness, stop and kill; nothing of the developer\'s environment', async (t) => {
  const folder = tempFolder(t);
  const script = join(folder, 'app.mjs');
  writeFileSync(script, `
    import { createServer } from 'node:http';
    const server = createServer((_, answer) => answer.end('ok')).listen(Number(process.env.PORT), '127.0.0.1', () => console.log('listening on ' + process.env.PORT));
    console.error(JSON.stringify(Object.keys(process.env).sort()));
    process.on('SIGTERM', () => { console.log('goodbye'); process.exit(5); });
  `);
  const port = await freePort();
  const app = await spawnApp(t, { script, env: { PORT: String(port) }, ready: { url: `http://127.0.0.1:${port}/` } });
  assert.equal((await app.waitForLine(/listening on (\d+)/))[1], String(port));
  assert.match(app.output(), /"PORT"/);
  assert.doesNotMatch(app.output(), /CENTRALITA_TEST|NODE_TEST/);
  assert.equal(await app.stop(), 5);
  assert.equal(app.lines.at(-1), 'goodbye');

  const again = await spawnApp(t, { script, env: { PORT: String(port) }, ready: { line: /listening/ } });
  await again.kill();
  assert.equal(again.running, false);
  writeFileSync(script, `console.error('no such thing'); process.exit(2);`);
  await assert.rejects(spawnApp(t, { script, ready: { line: /listening/ } }), /ended \(2\) before it was ready:\nno such thing/);
});

test('a data folder takes along what a killed parent left in it', async () => {
  const cleanups: (() => unknown)[] = [];
  const folder = dataFolder({ after: (cleanup) => cleanups.push(cleanup as () => unknown) });
  mkdirSync(folder, { recursive: true });
  const orphan = spawn('sleep', ['600'], { env: { ...process.env, SANDBOX_DATA: folder }, stdio: 'ignore', detached: true });
  await once(orphan, 'spawn');
  await waitFor(() => processesOf(folder).includes(orphan.pid ?? 0), { what: 'the orphan to be seen' });
  for (const cleanup of cleanups) await cleanup();
  assert.equal(orphan.signalCode ?? 'SIGTERM', 'SIGTERM');
  assert.equal(existsSync(folder), false);
});

test('PostgreSQL of Debian: migrated like the embedded one, killed and started, frozen and thawed', async (t) => {
  if (!requireTool(t, 'postgresql')) return;
  const server = await startDebianPostgres(t);
  assert.ok(server.version >= 15);
  const { db, url } = await withDatabase(t, { server: server.url });
  assert.deepEqual(await db.query('select 1 from {s}.companies'), []);
  await server.kill();
  await assert.rejects(query(url, 'select 1'));
  await server.start();
  assert.deepEqual(await query(url, 'select 1 as one'), [{ one: 1 }]);
  await server.freeze();
  await assert.rejects(query(url, 'select 1', 300));
  server.thaw();
  assert.deepEqual(await query(url, 'select 1 as one'), [{ one: 1 }]);
});

test('Chromium shows a page', async (t) => {
  if (!requireTool(t, 'chromium')) return;
  const browser = await launchChromium(t);
  const page = await browser.newPage();
  await page.setContent('<h1>hello</h1>');
  assert.equal(await page.textContent('h1'), 'hello');
});
