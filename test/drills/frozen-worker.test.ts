import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeId } from '@centralita/kernel';
import type { Scope } from '../harness/defer.ts';
import { waitFor } from '../harness/wait.ts';
import { Plant } from './plant.ts';

const PHONES = 30;
const ROUNDS = 3;
const ECHO = { schema: 1, start: 'di', variables: { algo: '' }, nodes: { di: { type: 'ask', variable: 'algo', next: 'di', prompt: { type: 'text', text: 'Dijiste «{{ algo }}».' } } } };

// The server is stopped in the middle of its work (SIGSTOP: as a virtual machine that is moved, or swap), another process
// takes its lanes over when the leases have run out, and then it wakes up in the middle of a line.
test('a frozen worker that wakes after takeover commits and sends nothing', { timeout: 150_000 }, async (t) => {
  const plant = await Plant.start(t as unknown as Scope, { bot: ECHO });
  const other = await plant.worker();
  await plant.sandbox.call('POST', '/sandbox/faults', { kind: 'latency', ms: 30, jitter: 60 });
  const acknowledged = new Set<string>();
  let ending = false;
  const carriers = Array.from({ length: PHONES }, async (_, p) => {
    const phone = `5695${String(p).padStart(7, '0')}`;
    for (let n = 0; !ending; n++) {
      const id = `wamid.${phone}.${n}`;
      while ((await plant.post(phone, id, `mensaje ${n}`)).status !== 200) await sleep(100);
      acknowledged.add(id);
      await sleep(40);
    }
  });
  // The one that is frozen is the second worker, so that webhooks go on; it has about half of the lanes.
  for (let round = 1; round <= ROUNDS; round++) {
    const before = acknowledged.size;
    await waitFor(() => acknowledged.size > before + 300, { what: 'load', timeout: 30_000 });
    other.freeze();
    // Twice the lease: taken over for certain.
    await sleep(3000);
    other.thaw();
  }
  ending = true;
  await Promise.all(carriers);
  await plant.settled();
  const accepted = await plant.accepted();
  assert.deepEqual([...accepted].filter(([, n]) => n > 1), [], 'sent twice');
  const stored = await plant.rows<{ remote_id: string; n: number }>("select remote_id, count(*)::int as n from {c}.messages where direction = 'in' group by remote_id");
  assert.deepEqual(stored.filter((r) => r.n !== 1), []);
  assert.equal(stored.length, acknowledged.size);
  const replies = await plant.rows<{ id: string; status: string }>("select m.id, d.status from {c}.messages m join {c}.deliveries d on d.message_id = m.id where m.author = 'bot'");
  assert.equal(replies.length, acknowledged.size, 'each message has one reply: no turn was taken twice');
  for (const { id, status } of replies) {
    const times = accepted.get(encodeId('msg', id)) ?? 0;
    if (status === 'unknown') assert.equal(times, 0, 'what the carrier has is not unknown for ever');
    else assert.equal(times, 1, `${status} but the carrier never had it`);
  }
  assert.ok(other.running, 'it goes on with other work');
  const unknown = replies.filter((r) => r.status === 'unknown').length;
  t.diagnostic(`${acknowledged.size} turns, ${unknown} sends of unknown outcome, ${ROUNDS} times frozen`);
});
