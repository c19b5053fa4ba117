import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ENDINGS } from '@centralita/contracts/bridge';
import { react, type Reaction } from './reactions.ts';

const course = { failures: 1, bad: 1, baseMs: 1000, chance: 0.5 };
const stops = (reaction: Reaction): string => (reaction.act === 'stop' ? `${reaction.state}${reaction.wipe ? ', wiped' : ''}` : 'again');

test('each ending has its consequence, and says what to do', () => {
  assert.deepEqual(Object.fromEntries(ENDINGS.map((ending) => [ending, stops(react(ending, course))])), {
    restart: 'again', lost: 'again', unavailable: 'again', rate: 'again', outdated: 'again', bad_session: 'again',
    pairing_expired: 'closed', conflict: 'conflict', logged_out: 'logged_out, wiped', mismatch: 'logged_out, wiped', banned: 'banned', broken: 'error',
  });
  for (const ending of ENDINGS) assert.match(react(ending, course).text, /\.$/);
});

test('waits double, with chance, up to a limit; after pairing there is none', () => {
  const after = (ending: 'lost' | 'unavailable' | 'rate' | 'restart', failures: number, chance = 0.5): number => {
    const reaction = react(ending, { ...course, failures, chance });
    assert.equal(reaction.act, 'again');
    return reaction.act === 'again' ? reaction.afterMs : 0;
  };
  assert.deepEqual([1, 2, 3, 4, 20].map((n) => after('lost', n)), [1000, 2000, 4000, 8000, 60_000]);
  assert.deepEqual([after('lost', 1, 0), after('lost', 1, 1)], [750, 1250]);
  assert.deepEqual([after('unavailable', 1), after('unavailable', 30)], [5000, 300_000]);
  assert.deepEqual([after('rate', 1), after('rate', 30)], [60_000, 900_000]);
  assert.equal(after('restart', 5), 0);
});

test('bad keys are tried three times, a refused version five times', () => {
  assert.deepEqual([1, 2, 3, 4].map((bad) => stops(react('bad_session', { ...course, bad }))), ['again', 'again', 'again', 'logged_out, wiped']);
  assert.deepEqual([4, 5].map((failures) => stops(react('outdated', { ...course, failures }))), ['again', 'error']);
});
