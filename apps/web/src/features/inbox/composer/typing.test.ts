import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTyping } from './typing.ts';

test('a contact is told of typing every 20 seconds, where the carrier can show it', async () => {
  let now = 1_000_000;
  const told: string[] = [];
  let refused = false;
  const typed = createTyping((id) => (refused ? Promise.reject(new Error('409')) : Promise.resolve(told.push(id))), () => now);
  const [a, b] = ['a', 'b'].map((id) => ({ id, can_show_typing: true }));
  for (let second = 0; second < 45; second++, now += 1000) typed(a!);
  assert.deepEqual(told, ['a', 'a', 'a']);
  typed({ id: 'c', can_show_typing: false });
  typed(b!);
  assert.deepEqual(told.slice(3), ['b'], 'each conversation for itself');
  now += 60_000;
  refused = true;
  typed(a!);
  await Promise.resolve();
  await Promise.resolve();
  refused = false;
  now += 60_000;
  typed(a!);
  assert.equal(told.length, 4, 'who was refused waits longer');
});
