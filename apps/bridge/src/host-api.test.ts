import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { BridgeHealth, BridgeSession } from '@centralita/contracts/bridge';
import { waitFor } from '../../../test/harness/wait.ts';
import { Bed, type HostProcess } from './testing/bed.ts';

const LINE = '56911110001';
let bed: Bed;
let host: HostProcess;

before(async (t) => {
  bed = await Bed.open(t as never);
  host = await bed.host();
});

test('without the secret there is nothing but health and figures', async () => {
  for (const [method, path] of [['GET', '/sessions'], ['POST', '/send'], ['GET', '/qr/x'], ['DELETE', '/session/x'], ['GET', '/nowhere']] as const) {
    const answer = await fetch(`${host.url}${path}`, { method, headers: { authorization: 'Bearer something-else-here' } });
    assert.equal(answer.status, 401, path);
    assert.equal(((await answer.json()) as { code: string }).code, 'bridge.unauthorized');
  }
  const health = BridgeHealth.parse(await (await fetch(`${host.url}/health`)).json());
  assert.deepEqual([health.status, health.engine, health.sandbox], ['ok', 'baileys', true]);
  assert.match(await (await fetch(`${host.url}/metrics`)).text(), /centralita_bridge_sends_total/);
});

test('the code to scan as text, as a picture and as both in JSON; under the names of both documents', async () => {
  await bed.session('ventas');
  await bed.state(host, 'ventas', 'waiting_qr');
  const raw = await waitFor(async () => {
    const answer = await bed.call(host, 'GET', '/qr/ventas?format=raw');
    return answer.status === 200 ? answer.raw.toString() : undefined;
  }, { what: 'a code' });
  assert.match(raw, /^https:\/\/wa\.me\/settings\/linked_devices#/);
  const png = await bed.call(host, 'GET', '/qr/ventas?format=png');
  assert.deepEqual([png.type, png.raw.subarray(1, 4).toString()], ['image/png', 'PNG']);
  assert.match((await bed.call(host, 'GET', '/qr/ventas?format=text')).raw.toString(), /[█▄▀]/);
  const { body } = await bed.call(host, 'GET', '/api/session/qr?session=ventas');
  assert.equal(body['qr'], raw);
  assert.match(String(body['picture']), /^data:image\/png;base64,/);
  assert.equal(BridgeSession.parse((await bed.call(host, 'GET', '/api/session/status?session=ventas')).body).has_qr, true);
});

test('what is wrong is told with what to do about it', async () => {
  const cases = [
    ['GET', '/status/nobody', undefined, 404, 'bridge.session_unknown'],
    ['POST', '/send', { session_name: 'ventas', to: '569' }, 400, 'bridge.invalid'],
    ['POST', '/send', { session_name: 'ventas', to: '56961234567', message: 'x' }, 503, 'bridge.not_connected'],
    ['GET', '/api/session/status', undefined, 400, 'bridge.invalid'],
    ['POST', '/sessions/ventas/messages', { to: '56961234567', content: { type: 'hologram' } }, 400, 'bridge.invalid'],
    ['POST', '/api/messages/send-template', { session_name: 'ventas' }, 422, 'bridge.unsupported'],
    ['GET', '/nowhere', undefined, 404, 'bridge.not_found'],
  ] as const;
  for (const [method, path, body, status, code] of cases) {
    const answer = await bed.call(host, method, path, body);
    assert.deepEqual([answer.status, answer.body['code'], answer.type.startsWith('application/problem+json')], [status, code, true], path);
  }
});

test('a code to type instead of a picture to scan', async () => {
  const { status, body } = await bed.call(host, 'POST', '/sessions/ventas/pairing-code', { phone: `+${LINE}` });
  assert.equal(status, 200, JSON.stringify(body));
  assert.match(String(body['code']), /^[A-Z0-9]{8}$/);
  const typed = await bed.sandbox.call('POST', `/sandbox/phones/${LINE}/linked-devices`, { code: String(body['code']) });
  assert.ok(typed.status < 300, JSON.stringify(typed.body));
  const session = await bed.state(host, 'ventas', 'active');
  assert.deepEqual([session.phone, session.here, session.has_qr], [LINE, true, false]);
  assert.equal((await bed.call(host, 'GET', '/qr/ventas')).body['code'], 'bridge.no_qr');
  assert.equal((await bed.call(host, 'POST', '/sessions/ventas/pairing-code', { phone: LINE })).body['code'], 'bridge.not_waiting');
});

test('keys and messages lie sealed in the database', async () => {
  const keys = await bed.base.db.query<{ type: string; value: string }>('select type, value from {s}.web_session_keys');
  assert.ok(keys.length > 800);
  assert.deepEqual(keys.filter((k) => !k.value.startsWith('v1.')), []);
  assert.ok(new Set(keys.map((k) => k.type)).has('creds'));
  await bed.call(host, 'POST', '/send', { session_name: 'ventas', to: '56961234567', message: 'un secreto' });
  const messages = await waitFor(async () => {
    const rows = await bed.base.db.query<{ content: string }>('select content from {s}.web_session_messages where from_me');
    return rows.length > 0 ? rows : undefined;
  }, { what: 'the message to be kept' });
  assert.ok(messages.every((m) => m.content.startsWith('v1.')));
});

test('two companies may use the same name; then only the id tells which', async () => {
  const id = await bed.session('igual', { wanted: false });
  assert.equal((await bed.call(host, 'GET', '/status/igual')).body['state'], 'created');
  const other = '00000000-0000-7000-8000-000000000001';
  await bed.base.db.query("insert into {s}.companies (id, slug, name, schema_name, role_name) values ($1, 'other', 'Other', 'c_other', 'c_other')", [other]);
  const second = await bed.session('otro', { wanted: false });
  await bed.base.db.query("update {s}.web_sessions set company_id = $1, name = 'igual' where id = $2", [other, second]);
  assert.equal((await bed.call(host, 'GET', '/status/igual')).body['code'], 'bridge.session_ambiguous');
  assert.equal((await bed.call(host, 'GET', `/status/${id}`)).status, 200);
});
