import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLookups } from './lookups.ts';

test('one goes at once; who asks meanwhile goes with the next, and nobody gets an answer older than the question', async () => {
  const asked: (readonly string[])[] = [];
  const answers: PromiseWithResolvers<void>[] = [];
  let value = 'old';
  const lookup = createLookups(async (keys) => {
    asked.push(keys);
    const seen = value;
    const answer = Promise.withResolvers<void>();
    answers.push(answer);
    await answer.promise;
    return new Map(keys.filter((k) => k !== 'nobody').map((k) => [k, `${k} ${seen}`]));
  });
  const first = lookup('a');
  assert.deepEqual(asked, [['a']]);
  value = 'new';
  const rest = [lookup('a'), lookup('b'), lookup('a'), lookup('nobody')];
  assert.equal(asked.length, 1);
  answers[0]!.resolve();
  assert.equal(await first, 'a old');
  answers[1]!.resolve();
  assert.deepEqual(await Promise.all(rest), ['a new', 'b new', 'a new', undefined]);
  assert.deepEqual(asked, [['a'], ['a', 'b', 'nobody']]);
});

test('a question that fails is heard by those who asked it, and the next one is asked', async () => {
  let fails = true;
  const lookup = createLookups(async (keys) => {
    await Promise.resolve();
    if (fails) throw new Error('the database is away');
    return new Map(keys.map((k) => [k, k]));
  });
  await assert.rejects(lookup('a'), /away/);
  fails = false;
  assert.equal(await lookup('a'), 'a');
});
