import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Scope } from '../harness/defer.ts';
import { MUNICIPALITY, openDesk, type Desk } from './desk.ts';

let desk: Desk;
before(async (t) => {
  desk = await openDesk(t as unknown as Scope, { bot: MUNICIPALITY });
});

test('a phone writes, the bot answers, the ticks come back', async () => {
  await desk.write('56961234567', 'Hola');
  const [welcome] = await desk.hears('56961234567', 1);
  assert.match(String(welcome!['text']), /Municipalidad Demo/);
  await desk.settled();
  const rows = await desk.inCompany((tx) => tx.query<{ author: string; status: string | null }>(
    'select m.author, d.status from {c}.messages m left join {c}.deliveries d on d.message_id = m.id order by m.id'));
  assert.deepEqual(rows.map((r) => r.author), ['contact', 'bot']);
});
