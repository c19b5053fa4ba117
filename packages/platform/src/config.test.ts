import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { describeConfig, listSettings, loadConfig, type Config } from './config.ts';
import { loadEncryptionKey } from './encryption-key.ts';

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'config-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function load(env: Record<string, string | undefined>, cwd: string): Config {
  const result = loadConfig({ env, cwd });
  assert.ok(result.ok, result.ok ? '' : result.problems.join('\n'));
  return result.config;
}

function problems(env: Record<string, string>, cwd: string): readonly string[] {
  const result = loadConfig({ env, cwd });
  return result.ok ? [] : result.problems;
}

test('nothing set: the defaults of a first try', (t) => {
  const cwd = folder(t);
  const config = load({}, cwd);
  assert.equal(config.port, 8080);
  assert.equal(config.host, '127.0.0.1');
  assert.equal(config.publicUrl, 'http://127.0.0.1:8080');
  assert.equal(config.data, join(cwd, 'data'));
  assert.equal(config.embedded, true);
  assert.equal(config.demo, true);
  assert.equal(config.sandbox, true);
  assert.equal(config.leaseSeconds, 8);
  assert.equal(config.encryptionKey, undefined);
  assert.equal(config.metaGraphVersion, 'v25.0');
});

test('an external database turns the demo and the sandbox off, unless asked for', (t) => {
  const cwd = folder(t);
  const external = load({ DATABASE_URL: 'postgres://u:p@db/centralita' }, cwd);
  assert.deepEqual([external.embedded, external.demo, external.sandbox], [false, false, false]);
  const asked = load({ DATABASE_URL: 'postgres://u:p@db/centralita', CENTRALITA_DEMO: 'on', CENTRALITA_SANDBOX: 'on' }, cwd);
  assert.deepEqual([asked.demo, asked.sandbox], [true, true]);
  assert.equal(load({ CENTRALITA_DEMO: 'off' }, cwd).demo, false);
});

test('.env is read, the real environment wins, an empty variable counts as absent', (t) => {
  const cwd = folder(t);
  writeFileSync(join(cwd, '.env'), '# mine\nPORT=9001\nHOST="0.0.0.0"\nLOG_LEVEL=debug\n');
  const config = load({ PORT: '9002', LOG_LEVEL: '' }, cwd);
  assert.equal(config.port, 9002);
  assert.equal(config.host, '0.0.0.0');
  assert.equal(config.logLevel, 'debug');
  assert.equal(config.publicUrl, 'http://127.0.0.1:9002');
  assert.deepEqual([config.sources.port, config.sources.host, config.sources.data], ['environment', '.env', 'default']);
});

test('a wrong value gives one line with its name, the value and what is expected', (t) => {
  const cwd = folder(t);
  assert.deepEqual(problems({ PORT: '80a80' }, cwd), ['PORT: "80a80" is wrong, it must be a port from 0 to 65535']);
  assert.match(problems({ LOG_LEVEL: 'loud' }, cwd)[0] ?? '', /^LOG_LEVEL: "loud" .*one of fatal, error, warn/);
  assert.match(problems({ PUBLIC_URL: 'ftp://x' }, cwd)[0] ?? '', /^PUBLIC_URL: "ftp:\/\/x" is wrong/);
  assert.match(problems({ CENTRALITA_DEMO: 'maybe' }, cwd)[0] ?? '', /must be "on" or "off"/);
  assert.match(problems({ TRUST_PROXY: '10.0.0.0/40' }, cwd)[0] ?? '', /^TRUST_PROXY/);
  assert.match(problems({ LEASE_SECONDS: '1' }, cwd).join('\n'), /LEASE_HEARTBEAT_SECONDS.*half of LEASE_SECONDS[\s\S]*CARRIER_TIMEOUT_SECONDS/);
  assert.match(problems({ PORT: '3020' }, cwd)[0] ?? '', /^SANDBOX_PORT: "3020" .*differ from PORT/);
  assert.equal(problems({ PORT: 'x', HOST: '!' }, cwd).length, 2);
});

test('a wrong secret is named and never quoted', (t) => {
  const cwd = folder(t);
  const lines = problems({ CENTRALITA_ENCRYPTION_KEY: 'hunter2-secret', DATABASE_URL: 'mysql://root:hunter2@x/y', CENTRALITA_ADMIN_PASSWORD: 'hunter2' }, cwd);
  assert.equal(lines.length, 3);
  for (const line of lines) assert.doesNotMatch(line, /hunter2/);
});

test('describeConfig shows every setting and no secret', (t) => {
  const config = load({
    DATABASE_URL: 'postgres://me:hunter2@db.local:5432/c?password=hunter2', CENTRALITA_API_KEY: 'hunter2-hunter2',
    CENTRALITA_ADMIN_PASSWORD: 'hunter2-hunter2', CENTRALITA_ENCRYPTION_KEY: 'ab'.repeat(32), PORT: '0',
  }, folder(t));
  const lines = describeConfig(config);
  assert.deepEqual(lines.map((line) => line.env), listSettings().map((setting) => setting.env));
  const text = JSON.stringify(lines);
  assert.doesNotMatch(text, /hunter2|abab/);
  assert.match(text, /postgres:\/\/me:\*+@db\.local:5432\/c/);
  for (const line of lines) assert.ok(line.help.length > 10, line.env);
});

test('a misspelt name is pointed out', (t) => {
  const result = loadConfig({ env: { CENTRALITA_DAAT: '/x', PATH: '/bin' }, cwd: folder(t) });
  assert.ok(result.ok);
  assert.deepEqual(result.warnings, ['CENTRALITA_DAAT is not a setting of Centralita and is ignored']);
});

test('proxies: words, a count, or addresses', (t) => {
  const cwd = folder(t);
  assert.equal(load({ TRUST_PROXY: 'off' }, cwd).trustProxy, false);
  assert.equal(load({ TRUST_PROXY: 'on' }, cwd).trustProxy, true);
  assert.equal(load({ TRUST_PROXY: '2' }, cwd).trustProxy, 2);
  assert.equal(load({ TRUST_PROXY: '10.0.0.0/8, ::1' }, cwd).trustProxy, '10.0.0.0/8,::1');
});

test('the encryption key: hex and base64 are the same key, otherwise one is made once, mode 600', (t) => {
  const cwd = folder(t);
  const hex = load({ CENTRALITA_ENCRYPTION_KEY: '0f'.repeat(32) }, cwd);
  const base64 = load({ CENTRALITA_ENCRYPTION_KEY: Buffer.alloc(32, 0x0f).toString('base64') }, cwd);
  assert.deepEqual(hex.encryptionKey, base64.encryptionKey);
  assert.equal(loadEncryptionKey(hex).file, undefined);

  const config = load({}, cwd);
  const first = loadEncryptionKey(config);
  assert.equal(first.created, true);
  const second = loadEncryptionKey(config);
  assert.deepEqual([second.created, second.id, second.bytes], [false, first.id, first.bytes]);
  const file = join(cwd, 'data', 'encryption.key');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.ok(!readFileSync(file, 'utf8').includes(first.id));
  writeFileSync(file, 'short');
  assert.throws(() => loadEncryptionKey(config), /bring it back from a backup/);
});
