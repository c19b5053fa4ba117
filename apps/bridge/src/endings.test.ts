import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { waitFor } from '../../../test/harness/wait.ts';
import { Bed, type HostProcess } from './testing/bed.ts';

const ANA = '56961234567';
let bed: Bed;
let host: HostProcess;
const line = { ventas: '56911110001', soporte: '56911110002', cobros: '56911110003' } as const;

before(async (t) => {
  bed = await Bed.open(t as never, { BRIDGE_PROBE_SECONDS: '0.5' });
  host = await bed.host();
  await Promise.all(Object.entries(line).map(([name, phone]) => bed.linked(host, name, phone)));
});

const fault = async (name: keyof typeof line, given: Record<string, unknown>): Promise<string> => {
  const { status, body } = await bed.sandbox.call('POST', '/sandbox/faults', { phone_number_id: `${line[name]}@s.whatsapp.net`, ...given });
  assert.equal(status, 201, JSON.stringify(body));
  return String(body['id']);
};
const log = async (name: string): Promise<string[]> =>
  (await bed.base.db.query<{ line: string }>("select l.state || ' ' || coalesce(l.code, '') as line from {s}.web_session_log l join {s}.web_sessions s on s.id = l.session_id where s.name = $1 order by l.id", [name])).map((r) => r.line.trim());
const written = async (name: keyof typeof line, text: string): Promise<void> => {
  const { body } = await bed.sandbox.write(ANA, { to: line[name], type: 'text', text });
  await bed.heard('message', (e) => e.id === body['id']);
};

test('linking runs through the states of the diagram', async () => {
  assert.deepEqual(await log('ventas'), ['initialising', 'waiting_qr', 'connecting', 'connecting 515', 'active']);
});

test('broken connections come back by themselves, and what was missed is marked', async () => {
  for (const [how, code] of [['unavailable', '503'], ['stream_end', '428'], ['reset', '428'], ['restart', '515']] as const) {
    const before = (await log('ventas')).length;
    await fault('ventas', { kind: 'web_end', how });
    await waitFor(async () => (await log('ventas')).slice(before).some((l) => l.endsWith(code)), { what: `${how} in the log` });
    const { body } = await bed.sandbox.write(ANA, { to: line.ventas, type: 'text', text: `while away: ${how}` });
    await bed.state(host, 'ventas', 'active');
    const heard = await bed.heard('message', (e) => e.id === body['id']);
    // WhatsApp kept it, unless the session was back before it was written.
    assert.equal(typeof heard.backfilled, 'boolean');
  }
  assert.ok((await bed.events()).some((e) => e.type === 'message' && e.backfilled));
  const back = await bed.heard('state', (e) => e.state === 'active' && e.away_since !== undefined);
  assert.ok(Date.parse(back.away_since!) <= Date.parse(back.at!));
});

test('another program with the same login: conflict, and nobody takes it back until somebody says so', async () => {
  await fault('soporte', { kind: 'web_end', how: 'replaced' });
  const status = await bed.state(host, 'soporte', 'conflict');
  assert.match(status.reason?.text ?? '', /Another program uses this login/);
  assert.equal((await bed.call(host, 'POST', '/send', { session_name: 'soporte', to: ANA, message: 'x' })).status, 421);
  assert.equal((await bed.call(host, 'POST', '/sessions/soporte/start')).status, 200);
  await bed.state(host, 'soporte', 'active');
  await written('soporte', 'here again');
});

test('a login that WhatsApp refuses: banned; a device that the phone removed: logged out, keys gone, linked anew', async () => {
  await fault('cobros', { kind: 'web_login', code: 403 });
  await fault('cobros', { kind: 'web_end', how: 'reset' });
  await bed.state(host, 'cobros', 'banned');
  await bed.call(host, 'POST', '/sessions/cobros/start');
  await bed.state(host, 'cobros', 'active');
  assert.equal((await bed.sandbox.call('DELETE', `/sandbox/phones/${line.cobros}/linked-devices/1`)).status, 200);
  await bed.state(host, 'cobros', 'logged_out');
  const [left] = await bed.base.db.query<{ n: number }>("select count(*)::integer as n from {s}.web_session_keys k join {s}.web_sessions s on s.id = k.session_id where s.name = 'cobros'");
  assert.equal(left!.n, 0);
  await bed.call(host, 'POST', '/sessions/cobros/start');
  await bed.scan(host, 'cobros', line.cobros);
  await written('cobros', 'linked again');
});

test('connected and deaf: it is noticed, said, and healed', async () => {
  const frozen = await fault('ventas', { kind: 'web_freeze' });
  await waitFor(async () => (await log('ventas')).some((l) => l.endsWith('deaf')), { what: 'the session to notice', timeout: 20_000 });
  await bed.sandbox.call('DELETE', `/sandbox/faults/${frozen}`);
  await bed.state(host, 'ventas', 'active', 30_000);
  await written('ventas', 'heard again');
  assert.match((await bed.call(host, 'GET', '/metrics')).raw.toString(), /centralita_bridge_deaf_total [1-9]/);
});

test('closed by an operator it keeps its login; logged out it does not', async () => {
  await bed.call(host, 'POST', '/sessions/soporte/stop');
  await bed.state(host, 'soporte', 'closed');
  await bed.call(host, 'POST', '/sessions/soporte/start');
  await bed.state(host, 'soporte', 'active');
  await bed.call(host, 'POST', '/sessions/soporte/restart');
  await bed.state(host, 'soporte', 'active');
  assert.equal((await bed.call(host, 'DELETE', '/session/soporte')).body['state'], 'logged_out');
  await waitFor(async () => ((await bed.sandbox.call('GET', `/sandbox/phones/${line.soporte}/linked-devices`)).body['devices'] as unknown as unknown[]).length === 0, { what: 'the phone to have no device' });
});

test('no private key was ever printed', () => {
  assert.doesNotMatch(host.app.output(), /privKey|_chains|SessionEntry|rootKey|ephemeralKeyPair|Closing session/);
});

test('what comes live keeps behind what had waited', async () => {
  const phone = line.ventas;
  const frozen = await fault('ventas', { kind: 'web_login', code: 503 });
  await fault('ventas', { kind: 'web_end', how: 'reset' });
  await waitFor(async () => (await bed.call(host, 'GET', '/status/ventas')).body['state'] === 'reconnecting', { what: 'the session to be away' });
  const wrote: string[] = [];
  const write = async (n: number): Promise<void> => {
    const { body } = await bed.sandbox.write(ANA, { to: phone, type: 'text', text: `orden ${n}` });
    wrote.push(String(body['id']));
  };
  for (let n = 0; n < 40; n++) await write(n);
  await bed.sandbox.call('DELETE', `/sandbox/faults/${frozen}`);
  await waitFor(async () => (await bed.events()).some((e) => e.type === 'message' && e.id === wrote[0]), { what: 'the first of them', timeout: 20_000, every: 5 });
  for (let n = 40; n < 60; n++) await write(n);
  await bed.heard('message', (e) => e.id === wrote.at(-1), 20_000);
  const heard = (await bed.events()).flatMap((e) => (e.type === 'message' && wrote.includes(e.id) ? [e] : []));
  assert.deepEqual(heard.map((e) => e.id), wrote);
  assert.deepEqual([heard[0]!.backfilled, heard.at(-1)!.backfilled], [true, false]);
});
