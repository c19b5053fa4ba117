import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { encodeId, systemClock } from '@centralita/kernel';
import { say } from '../../apps/server/src/modules/conversations/index.ts';
import { deliveryStates } from '../../apps/server/src/modules/delivery/index.ts';
import { createApiKey } from '../../apps/server/src/modules/companies/index.ts';
import { waitFor } from '../harness/wait.ts';
import { MUNICIPALITY, openDesk, type Desk } from './desk.ts';

const ANA = '56961110001';
const BETO = '56961110002';
let desk: Desk;
let operator: string;
let own: string;
let ahead = 0;
before(async (t) => {
  desk = await openDesk(t as never, { bot: MUNICIPALITY, clock: { now: () => systemClock.now() + ahead } as typeof systemClock });
  const home = await desk.database.db.query<{ id: string }>("select id from {s}.companies where slug = 'demo'");
  operator = await desk.rt.db.shared((tx) => createApiKey(tx, home[0]!.id, { name: 'operator', role: 'administrator', platform: true }));
  own = await desk.rt.db.shared((tx) => createApiKey(tx, desk.company.id, { name: 'own', role: 'administrator' }));
});

const api = (method: string, path: string, { key, body }: { key: string; body?: object }): Promise<Response> =>
  fetch(desk.url + path, { method, headers: { 'x-api-key': key, prefer: 'respond-async', ...(body && { 'content-type': 'application/json' }) }, ...(body && { body: JSON.stringify(body) }) });
async function suspend(reason: string | null): Promise<void> {
  const answer = await api('PATCH', `/api/platform/companies/${encodeId('co', desk.company.id)}`, { key: operator, body: { suspended_reason: reason } });
  assert.equal(answer.status, 200, await answer.text());
}
interface Row {
  readonly id: string;
  readonly holder: string;
  readonly unread: number;
}
const conversationOf = (phone: string): Promise<Row> => waitFor(async () => (await desk.inCompany((tx) => tx.query<Row>(`
  select c.id, c.holder, c.unread from {c}.conversations c join {c}.addresses a on a.contact_id = c.contact_id where a.kind = 'phone' and a.value = $1`, [phone])))[0], { what: `the conversation of ${phone}` });

test('while a company is suspended nothing is sent and nobody gets in, and nothing that comes is lost', async () => {
  await suspend('No paga');
  await desk.write(ANA, 'hola');
  await desk.write(BETO, 'hola');
  const [ana, beto] = [await conversationOf(ANA), await conversationOf(BETO)];
  assert.deepEqual([ana.holder, ana.unread, beto.unread], ['bot', 1, 1]);
  const refused = await api('POST', '/api/messages', { key: own, body: { phone_number: ANA, content: 'no' } });
  const problem = await refused.json() as { code: string; detail: string };
  assert.deepEqual([refused.status, problem.code], [403, 'companies.suspended']);
  assert.match(JSON.stringify(problem), /No paga/);
  // The operator acts for it: what they write waits too.
  const queued = await api('POST', '/api/messages', { key: operator, body: { phone_number: ANA, content: 'de la operadora' } });
  assert.equal(queued.status, 202);
  assert.deepEqual(await desk.heard(ANA), []);
});

test('resumed, what waits goes on; codes that are not valid any more and conversations of yesterday are for a person', async () => {
  const [ana, beto] = [await conversationOf(ANA), await conversationOf(BETO)];
  const [code] = await desk.inCompany((tx) => say(desk.rt, tx, [{ conversation_id: ana.id, author: { kind: 'api' }, content: { type: 'text', text: 'Su código es 123456' }, class: 'otp' }]));
  await desk.inCompany((tx) => tx.query("update {c}.inputs set due_at = now() - interval '25 hours' where conversation_id = $1", [beto.id]));
  ahead = 11 * 60_000;
  await suspend(null);
  const heard = await waitFor(async () => {
    const all = await desk.heard(ANA);
    return all.length >= 2 ? all : undefined;
  }, { what: 'what waited for Ana' });
  await desk.settled();
  assert.ok(heard.includes('de la operadora'));
  assert.ok(heard.some((text) => /Hola/.test(text)), 'the bot answers what was written meanwhile');
  assert.ok(!(await desk.heard(ANA)).some((text) => text.includes('123456')));
  const [delivery] = await desk.inCompany((tx) => deliveryStates(tx, [code!.message_id]));
  assert.deepEqual([delivery?.status, delivery?.error?.code], ['failed', 'stale']);
  assert.deepEqual(await desk.heard(BETO), []);
  assert.equal((await conversationOf(BETO)).holder, 'nobody');
  const thread = await (await api('GET', `/api/conversations/${encodeId('conv', beto.id)}/messages`, { key: own })).json() as { messages: { content: { event?: string } }[] };
  assert.ok(thread.messages.some((m) => m.content.event === 'bot_skipped'));
  await desk.write(BETO, '¿hay alguien?');
  await waitFor(async () => (await conversationOf(BETO)).unread >= 2, { what: 'his next message' });
});

test('sending that its administrator had paused stays paused afterwards', async () => {
  assert.equal((await api('POST', '/api/queue-monitor/pause', { key: own, body: { queue: 'message', scope: 'company' } })).status, 200);
  await suspend('Otra vez');
  await suspend(null);
  const stats = await (await api('GET', '/api/queue-monitor/stats', { key: own })).json() as { paused: { message: boolean } };
  assert.equal(stats.paused.message, true);
  assert.equal((await api('POST', '/api/queue-monitor/resume', { key: own, body: { queue: 'message', scope: 'company' } })).status, 200);
  const sent = await api('POST', '/api/messages', { key: own, body: { phone_number: ANA, content: 'otra vez en línea' } });
  assert.equal(sent.status, 202, await sent.text());
  await waitFor(async () => (await desk.heard(ANA)).includes('otra vez en línea'), { what: 'sending to go on' });
});
