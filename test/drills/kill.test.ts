import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Scope } from '../harness/defer.ts';
import { encodeId } from '@centralita/kernel';
import { waitFor } from '../harness/wait.ts';
import { Plant } from './plant.ts';

const WEBHOOKS = 2000;
const SENDS = 500;
const PHONES = 100;
const KILLS = 3;

test(`kill -9 of the server during ${WEBHOOKS} webhooks and ${SENDS} sends: each acknowledged one is there once, nothing is sent twice`, { timeout: 180_000 }, async (t) => {
  const plant = await Plant.start(t as unknown as Scope);
  const phones = Array.from({ length: PHONES }, (_, n) => `5698${String(n).padStart(7, '0')}`);
  for (const phone of phones) assert.equal((await plant.post(phone, `wamid.first.${phone}`, 'hola')).status, 200);
  await plant.settled();
  const conversations = (await plant.rows<{ id: string }>('select id from {c}.conversations order by id')).map((r) => r.id);
  assert.equal(conversations.length, PHONES);

  const acknowledged = new Set<string>();
  const said = new Map<string, string>();
  let done = 0;
  // Like a carrier: what was not acknowledged comes again, later ones of the same person wait for it.
  const carriers = phones.map(async (phone) => {
    for (let n = 0; n < WEBHOOKS / PHONES; n++) {
      const id = `wamid.${phone}.${n}`;
      await waitFor(async () => (await plant.post(phone, id, `mensaje ${n}`)).status === 200, { what: 'an acknowledgement', timeout: 60_000, every: 100 });
      acknowledged.add(id);
      done += 1;
    }
  });
  const systems = Array.from({ length: 10 }, async (_, lane) => {
    for (let n = 0; n < SENDS / 10; n++) {
      const client = `envio-${lane}-${n}`;
      const conversation = encodeId('conv', conversations[(lane * 50 + n) % PHONES]!);
      // While nobody is there, there is no answer; the next try is the same message.
      const { id } = await waitFor(async () => (await plant.api.POST('/api/conversations/{id}/messages', {
        params: { path: { id: conversation } }, body: { content: { type: 'text', text: client }, client_id: client },
      }).catch(() => undefined))?.data, { what: 'the API to take a message', timeout: 60_000, every: 100 });
      said.set(client, id);
      done += 1;
    }
  });
  const killer = (async () => {
    for (let k = 1; k <= KILLS; k++) {
      await waitFor(() => done > ((WEBHOOKS + SENDS) * k) / (KILLS + 1), { what: 'some of the load', timeout: 60_000, every: 5 });
      await plant.server.kill();
      const server = await plant.restart();
      assert.match(server.output(), /cut off|still running|taken over|recovered/i, 'it says that it recovered');
    }
  })();
  await Promise.all([...carriers, ...systems, killer]);
  await plant.settled();

  const stored = await plant.rows<{ remote_id: string; n: number }>("select remote_id, count(*)::int as n from {c}.messages where direction = 'in' group by remote_id");
  assert.equal(stored.length, WEBHOOKS + PHONES);
  assert.deepEqual(stored.filter((r) => r.n !== 1), []);
  const missing = [...acknowledged].filter((id) => !stored.some((r) => r.remote_id === id));
  assert.deepEqual(missing, [], 'acknowledged and not there');
  // In the order in which each person wrote.
  const order = await plant.rows<{ remote_id: string }>("select remote_id from {c}.messages where direction = 'in' and remote_id not like 'wamid.first%' order by conversation_id, id");
  const last = new Map<string, number>();
  for (const { remote_id } of order) {
    const [, phone = '', n = ''] = remote_id.split('.');
    assert.equal(Number(n), (last.get(phone) ?? -1) + 1, `${remote_id} is out of order`);
    last.set(phone, Number(n));
  }

  const accepted = await plant.accepted();
  assert.deepEqual([...accepted].filter(([, n]) => n > 1), [], 'sent twice');
  const sent = await plant.rows<{ id: string; client_id: string; status: string }>("select m.id, m.client_id, d.status from {c}.messages m join {c}.deliveries d on d.message_id = m.id where m.direction = 'out'");
  assert.equal(sent.length, SENDS, 'each said once');
  assert.equal(new Set(said.values()).size, SENDS);
  for (const one of sent) {
    const times = accepted.get(Plant.id(one.id)) ?? 0;
    // Not known is allowed after a kill; claimed to be sent without being so, or the other way round, is not.
    if (['accepted', 'sent', 'delivered', 'read'].includes(one.status)) assert.equal(times, 1, `${one.client_id} is ${one.status} but the carrier never had it`);
    else assert.equal(`${one.status} ${times}`, 'unknown 0', one.client_id);
  }
  const unknown = sent.filter((s) => s.status === 'unknown').length;
  t.diagnostic(`${acknowledged.size} acknowledged, ${accepted.size} accepted by the carrier, ${unknown} of unknown outcome after ${KILLS} kills`);
});
