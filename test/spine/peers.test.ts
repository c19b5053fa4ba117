import assert from 'node:assert/strict';
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { before, test } from 'node:test';
import type { Scope } from '../harness/defer.ts';
import { bodyOf, openDesk, sign, type Desk } from './desk.ts';

// What a well-known peer gets wrong under test (field-notes), each a test here.
let desk: Desk;
before(async (t) => {
  desk = await openDesk(t as unknown as Scope);
});

interface Row {
  phone: string;
  text: string;
}
const said = (): Promise<Row[]> => desk.inCompany((tx) => tx.query<Row>(`
  select a.value as phone, m.text from {c}.messages m join {c}.conversations c on c.id = m.conversation_id join {c}.addresses a on a.contact_id = c.contact_id and a.kind = 'phone'
   where m.direction = 'in' order by m.id`));
const number = (): string => desk.sandbox.config.phone_number_id;

test('concurrent webhooks of many people: each message stays with its sender, in the order each was acknowledged', async () => {
  const people = Array.from({ length: 40 }, (_, n) => `569${String(10_000_000 + n)}`);
  await Promise.all(people.map(async (from) => {
    for (let i = 0; i < 5; i++) assert.equal(await desk.post(bodyOf(number(), [{ from, text: `${from} dice ${i}` }])), 200);
  }));
  await desk.settled();
  const rows = await said();
  for (const from of people) assert.deepEqual(rows.filter((r) => r.phone === from).map((r) => r.text), [0, 1, 2, 3, 4].map((i) => `${from} dice ${i}`));
});

test('two entries with two messages each are four messages', async () => {
  const [one, two] = [bodyOf(number(), [{ from: '56920000001', text: 'uno' }, { from: '56920000002', text: 'dos' }]), bodyOf(number(), [{ from: '56920000001', text: 'tres' }, { from: '56920000003', text: 'cuatro' }])] as { entry: unknown[] }[];
  assert.equal(await desk.post({ object: 'whatsapp_business_account', entry: [...one!.entry, ...two!.entry] }), 200);
  await desk.settled();
  assert.deepEqual((await said()).filter((r) => r.phone.startsWith('5692000000')).map((r) => r.text), ['uno', 'dos', 'tres', 'cuatro']);
});

test('a body delivered twice, even at the same time, is stored once', async () => {
  const body = bodyOf(number(), [{ from: '56930000001', text: 'una vez' }]);
  await Promise.all(Array.from({ length: 8 }, () => desk.post(body)));
  await desk.settled();
  assert.equal(await desk.post(body), 200);
  await desk.settled();
  assert.equal((await said()).filter((r) => r.phone === '56930000001').length, 1);
});

test('forged, missing and foreign signatures are refused, and leave no trace', async () => {
  const raw = JSON.stringify(bodyOf(number(), [{ from: '56940000001', text: 'falso' }]));
  const good = sign(raw, desk.sandbox.config.app_secret);
  for (const signature of [null, 'sha256=', sign(raw, 'another'), good.toUpperCase().replace('SHA256', 'sha1'), good.slice(0, -1), `${good}, ${good}`, sign(`${raw} `, desk.sandbox.config.app_secret)]) {
    assert.equal(await desk.post(raw, { signature }), 401, String(signature));
  }
  await desk.settled();
  assert.equal((await said()).filter((r) => r.phone === '56940000001').length, 0);
});

test('the default app is reached without its name; an unknown one is 404; too large is 413 before anything else', async () => {
  for (const path of ['/webhook/meta', '/webhook']) assert.equal(await desk.post(bodyOf(number(), [{ from: '56950000001', text: path }]), { path }), 200);
  assert.equal(await desk.post({}, { path: '/webhook/meta/nobody' }), 404);
  assert.equal(await desk.post({}, { path: '/webhook/nobody/demo' }), 404);
  assert.equal(await desk.post(`"${'x'.repeat(4 * 1024 * 1024)}"`, { signature: 'sha256=none' }), 413);
  await desk.settled();
  assert.deepEqual((await said()).filter((r) => r.phone === '56950000001').map((r) => r.text), ['/webhook/meta', '/webhook']);
});

test('signed but unreadable bodies are kept whole; numbers nobody added are kept as unrouted', async () => {
  const raw = '{"entry": [{"id": "1", oops';
  assert.equal(await desk.post(raw), 200);
  assert.equal(await desk.post(bodyOf('999', [{ from: '56960000001', text: 'para nadie' }])), 200);
  assert.equal(await desk.post(bodyOf('999', [{ from: '56960000001', text: 'para nadie', id: 'wamid.twice' }])), 200);
  assert.equal(await desk.post(bodyOf('999', [{ from: '56960000001', text: 'para nadie', id: 'wamid.twice' }])), 200);
  await desk.settled();
  const failed = await desk.database.db.query<{ payload: Buffer; error_message: string }>('select payload, error_message from {s}.failed_webhooks');
  assert.deepEqual(failed.map((f) => f.payload.toString('utf8')), [raw]);
  assert.match(failed[0]!.error_message, /not JSON/);
  const unrouted = await desk.database.db.query<{ line: string; event: { content: { text: string } } }>('select line, event from {s}.unrouted order by id');
  assert.deepEqual(unrouted.map((u) => [u.line, u.event.content.text]), [['number:999', 'para nadie'], ['number:999', 'para nadie']]);
});

test('the verification handshake of the carrier', async () => {
  const ask = async (token: string): Promise<Response> => fetch(`${desk.url}/webhook/meta/demo?hub.mode=subscribe&hub.challenge=4711&hub.verify_token=${token}`);
  const good = await ask(desk.sandbox.config.verify_token);
  assert.deepEqual([good.status, good.headers.get('content-type'), await good.text()], [200, 'text/plain', '4711']);
  assert.equal((await ask('wrong')).status, 403);
});

const samples = new URL('../../../shared/samples/cloud-api/', import.meta.url);
test('every real body of the samples is stored, twice the same as once', { skip: !existsSync(samples) && 'the samples are not here' }, async () => {
  const bodies = readdirSync(samples, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.json')).map((f) => readFileSync(new URL(f, samples), 'utf8')).filter(isWebhook);
  assert.ok(bodies.length > 10);
  const count = async (): Promise<unknown> => {
    await desk.settled();
    const shared = await desk.database.db.query('select (select count(*) from {s}.unrouted) as unrouted, (select count(*) from {s}.failed_webhooks where error_message not like \'%JSON%\') as failed');
    const own = await desk.inCompany((tx) => tx.query('select (select count(*) from {c}.messages) as messages, (select count(*) from {c}.statuses) as statuses, (select count(*) from {c}.account_events) as events, (select count(*) from {c}.contacts) as contacts'));
    return { ...shared[0], ...own[0] };
  };
  const mine = (raw: string): string => raw.replaceAll(/"phone_number_id"\s*:\s*"[^"]*"/g, `"phone_number_id":"${number()}"`);
  const before = await count() as Record<string, number>;
  for (const raw of bodies) assert.equal(await desk.post(mine(raw)), 200);
  const once = await count() as Record<string, number>;
  assert.ok(once['messages']! > before['messages']! + 10 && once['statuses']! > before['statuses']!, JSON.stringify({ before, once }));
  assert.equal(once['failed'], 0);
  for (const raw of bodies.toReversed()) assert.equal(await desk.post(mine(raw)), 200);
  assert.deepEqual(await count(), once);
});

function isWebhook(raw: string): boolean {
  try {
    return Array.isArray((JSON.parse(raw) as { entry?: unknown }).entry);
  } catch {
    return false;
  }
}
