import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { waitFor } from '../../../../../test/harness/wait.ts';
import { withDatabase, type TestDatabase } from '../../../../../test/harness/database.ts';
import { startProcess } from '../../testing/runtime.ts';
import type { Runtime } from '../../runtime.ts';
import { botsModule } from './module.ts';
import { Desk } from './testing/desk.ts';

const echo = { schema: 1, start: 'eco', nodes: { eco: { type: 'say', content: { type: 'text', text: '{{ input.text }}' }, next: 'otra' }, otra: { type: 'ask', variable: 'x', next: 'eco' } } };

let database: TestDatabase;
let first: Runtime;
let second: Runtime;
before(async (t) => {
  database = await withDatabase(t as never);
  first = await startProcess(t as never, { database, modules: [botsModule] });
  second = await startProcess(t as never, { database, modules: [botsModule] });
});

test('two processes take turns: every message is answered once, in order', async () => {
  const desk = await Desk.open(first, echo);
  const other = new Desk(second, desk.company, desk.route);
  // More than one process claims at once, so that the other certainly gets some.
  const phones = Array.from({ length: 200 }, (_, i) => `56933000${i + 100}`);
  const rounds = Array.from({ length: 5 }, (_, i) => String(i));
  await first.lanes.pause('turn', true);
  await desk.writeAll(phones.map((phone) => ({ phone, content: 'hola' })));
  await first.lanes.pause('turn', false);
  second.lanes.kick('turn');
  await Promise.all([desk, other].map(async (one, side) => {
    for (const round of rounds) {
      await one.writeAll(phones.filter((_, i) => i % 2 === side).map((phone) => ({ phone, content: round })));
    }
  }));
  await desk.settled();
  const replies = await desk.repliesPerConversation();
  assert.equal(replies.size, phones.length);
  for (const said of replies.values()) assert.deepEqual(said, ['hola', ...rounds]);
  const turns = await Promise.all([first, second].map(async (rt) => (await rt.metrics.turns.get()).values.reduce((sum, v) => sum + v.value, 0)));
  assert.ok(turns.every((n) => n > 0), `both worked: ${turns.join(', ')}`);
});

test('a turn that cannot be written is set aside after its tries; its neighbours in the batch are not held up', async () => {
  const desk = await Desk.open(first, echo);
  const received = await desk.writeAll(Array.from({ length: 20 }, (_, i) => ({ phone: `569440000${i + 10}`, content: 'uno' })));
  await desk.settled();
  const bad = received[7]!.conversation_id;
  const good = received.filter((r) => r.conversation_id !== bad);
  await first.lanes.pause('turn', true);
  await desk.writeAll(received.map((_, i) => ({ phone: `569440000${i + 10}`, content: 'dos' })));
  // Its route is gone: the reply has no way out.
  await desk.inside((tx) => tx.query("update {c}.conversations set route_id = '00000000-0000-0000-0000-000000000001' where id = $1", [bad]));
  await first.lanes.pause('turn', false);
  await waitFor(async () => (await desk.deadLetters()).length > 0, { what: 'the dead letter' });
  await desk.settled();
  const [dead] = await desk.deadLetters();
  assert.deepEqual({ kind: dead?.kind, attempts: dead?.attempts, conversation_id: dead?.conversation_id }, { kind: 'turn', attempts: first.config.retryAttempts, conversation_id: bad });
  assert.match(dead?.reason ?? '', /not connected any more/);
  const rows = await desk.inside((tx) => tx.query<{ id: string; holder: string }>('select id, holder from {c}.conversations'));
  assert.equal(rows.find((r) => r.id === bad)?.holder, 'nobody');
  assert.ok(rows.filter((r) => r.id !== bad).every((r) => r.holder === 'bot'));
  const replies = await desk.repliesPerConversation();
  for (const { conversation_id } of good) assert.deepEqual(replies.get(conversation_id), ['uno', 'dos']);
  assert.deepEqual(replies.get(bad), ['uno']);
});

test('a revision this program cannot read leaves the conversation to a person', async () => {
  const desk = await Desk.open(first, echo);
  await database.db.shared((tx) => tx.query(`update ${desk.company.schema}.flow_revisions set flow = '{"schema": 9}'`));
  await desk.write('56955000001', 'hola');
  await desk.settled();
  assert.equal((await desk.conversation('56955000001')).holder, 'nobody');
  assert.equal((await desk.deadLetters())[0]?.reason, 'The flow failed: unreadable_flow');
});
