import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { climbs, isFinal, LADDER, type MessageStatus } from './index.ts';

const REMOTE: MessageStatus[] = ['accepted', 'sent', 'delivered', 'read', 'played', 'failed'];
const end = (statuses: readonly MessageStatus[], from: MessageStatus = 'sending') => statuses.reduce((now, next) => (climbs(now, next) ? next : now), from);

test('only upwards, and never onto itself', () => {
  for (const [i, from] of LADDER.entries()) {
    for (const [j, to] of LADDER.entries()) assert.equal(climbs(from, to), j > i, `${from} → ${to}`);
  }
});

test('statuses in any order, any number of times, end at the same step', () => {
  const someTwice = fc.subarray(REMOTE, { minLength: 1 }).chain((seen) => fc.tuple(fc.constant(seen), fc.shuffledSubarray([...seen, ...seen], { minLength: seen.length * 2 })));
  fc.assert(fc.property(someTwice, ([seen, shuffled]) => assert.equal(end(shuffled), end(seen))));
});

test('failed ends, unless the person got it', () => {
  assert.equal(end(['accepted', 'failed', 'sent']), 'failed');
  assert.equal(end(['sent', 'delivered', 'failed']), 'delivered');
  assert.equal(end(['failed', 'read']), 'read');
  for (const now of ['queued', 'sending', 'accepted', 'sent'] as const) assert.equal(climbs(now, 'failed'), true);
});

test('unknown is left by any word of the carrier, and entered only while sending', () => {
  for (const word of REMOTE) assert.equal(climbs('unknown', word), true, word);
  assert.equal(climbs('unknown', 'sending'), false);
  assert.equal(climbs('sending', 'unknown'), true);
  for (const now of ['accepted', 'sent', 'read', 'failed'] as const) assert.equal(climbs(now, 'unknown'), false);
});

test('what was received has no ladder', () => {
  for (const s of [...LADDER, 'failed', 'unknown'] as const) assert.deepEqual([climbs('received', s), climbs(s, 'received')], [false, false]);
  assert.deepEqual((['received', 'read', 'played', 'failed', 'delivered', 'unknown'] as const).map(isFinal), [true, true, true, true, false, false]);
});
