import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Message, SendBody } from '../../../api/types.ts';
import { message } from '../fixtures.ts';
import { createOutbox, type OutboxParts } from './outbox.ts';

class Away extends Error {}
class Refused extends Error {}

function memory(): OutboxParts['storage'] {
  const map = new Map<string, string>();
  return { get: (k) => map.get(k) ?? null, set: (k, v) => void map.set(k, v), remove: (k) => void map.delete(k), keys: () => [...map.keys()] };
}

/** A server that answers from a list of outcomes, and a clock that runs timers when told. */
function bench(outcomes: ('ok' | Error)[], storage = memory()) {
  const bodies: SendBody[] = [];
  const sent: Message[] = [];
  const timers: { run: () => void; ms: number }[] = [];
  const parts: OutboxParts = {
    post: async (_, body) => {
      bodies.push(body);
      const outcome = outcomes.shift() ?? 'ok';
      if (outcome !== 'ok') throw outcome;
      return message(`msg_${body.client_id}`, { direction: 'out', client_id: body.client_id });
    },
    sent: (m) => sent.push(m),
    isTransient: (e) => e instanceof Away,
    isSignedOut: () => false,
    storage,
    now: () => Date.parse('2025-11-20T10:00:00Z'),
    later: (run, ms) => timers.push({ run, ms }),
  };
  return { parts, bodies, sent, timers, storage };
}
const text = (id: string) => ({ client_id: id, conversation_id: 'conv_1', content: { type: 'text' as const, text: id }, quote: null, created_at: '2025-11-20T09:59:00.000Z' });
const settled = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

describe('outbox', () => {
  it('sends in order, one at a time, and forgets what is confirmed', async () => {
    const b = bench([]);
    const outbox = createOutbox('usr_1', b.parts);
    outbox.add(text('one'));
    outbox.add(text('two'));
    assert.equal(outbox.list('conv_1').length, 2);
    await settled();
    assert.deepEqual(b.bodies.map((x) => x.client_id), ['one', 'two']);
    assert.deepEqual(outbox.list('conv_1'), []);
    assert.deepEqual(b.storage.keys(), []);
  });
  it('repeats a lost request under the same id, keeping the order', async () => {
    const b = bench([new Away()]);
    const outbox = createOutbox('usr_1', b.parts);
    outbox.add(text('one'));
    outbox.add(text('two'));
    await settled();
    assert.deepEqual(outbox.list('conv_1').map((s) => s.state), ['waiting', 'waiting']);
    b.timers[0]!.run();
    await settled();
    assert.deepEqual(b.bodies.map((x) => x.client_id), ['one', 'one', 'two']);
    assert.equal(b.sent.length, 2);
  });
  it('leaves what the server refuses to a person, and goes on with the next', async () => {
    const b = bench([new Refused('window closed')]);
    const outbox = createOutbox('usr_1', b.parts);
    outbox.add(text('one'));
    outbox.add(text('two'));
    await settled();
    assert.deepEqual(outbox.list('conv_1').map((s) => [s.client_id, s.state]), [['one', 'failed']]);
    outbox.retry('one');
    await settled();
    assert.deepEqual(outbox.list('conv_1'), []);
  });
  it('survives a reload: young ones go by themselves, old ones wait for a word', async () => {
    const storage = memory();
    const offline = createOutbox('usr_1', bench([new Away(), new Away()], storage).parts);
    offline.add(text('young'));
    offline.add({ ...text('old'), conversation_id: 'conv_2', created_at: '2025-11-19T09:00:00.000Z' });
    await settled();
    const b = bench([], storage);
    const next = createOutbox('usr_1', b.parts);
    await settled();
    assert.deepEqual(b.bodies.map((x) => x.client_id), ['young']);
    assert.equal(next.list('conv_2')[0]!.state, 'failed');
    assert.equal(createOutbox('usr_2', bench([], storage).parts).list('conv_2').length, 0);
    next.discard('old');
    assert.deepEqual(storage.keys(), []);
  });
});
