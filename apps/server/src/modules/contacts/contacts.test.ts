import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Tx } from '@centralita/platform/database';
import type { Scope } from '../../../../../test/harness/defer.ts';
import { holding, somebodyWaits } from '../../../../../test/harness/two.ts';
import { startAlone } from '../../testing/runtime.ts';
import type { Address, Peer } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { createCompany, type Company } from '../companies/index.ts';
import { contactCards, preferAddresses, renameContacts, resolveContacts, searchContacts, setStopped } from './index.ts';

let rt: Runtime;
let company: Company;
const merged: { from: string; into: string }[] = [];
before(async (t) => {
  ({ rt } = await startAlone(t as unknown as Scope));
  company = await createCompany(rt, { slug: 'prueba', name: 'Prueba' });
  rt.events.on('contact.merged', (_tx, event) => {
    merged.push(event);
  });
});

const inside = <T>(fn: (tx: Tx) => Promise<T>): Promise<T> => rt.db.withCompany(company, fn);
const address = (text: string): Address => {
  const [kind = '', value = ''] = text.split(':');
  return { kind: kind as Address['kind'], value };
};
/** `Ana phone:569… bsuid:CL.1` */
const peer = (text: string): Peer => {
  const parts = text.split(' ');
  const name = parts.find((p) => !p.includes(':'));
  return { addresses: parts.filter((p) => p.includes(':')).map(address), ...(name && { name }) };
};
const resolve = async (...peers: string[]): Promise<string[]> => (await inside((tx) => resolveContacts(rt, tx, peers.map(peer)))).map((known) => known.id);
const card = async (id: string): Promise<{ name: string | null; addresses: string[] }> => {
  const [found] = await inside((tx) => contactCards(tx, [id]));
  return { name: found!.name, addresses: found!.addresses.map((a) => `${a.kind}:${a.value}`).sort() };
};
const rows = (): Promise<{ id: string; merged_into: string | null }[]> => inside((tx) => tx.query('select id, merged_into from {c}.contacts'));

test('a person is one contact by any address, made once, in one batch as in several', async () => {
  const [a, b, c, again] = await resolve('Ana phone:101 bsuid:CL.101', 'Berta phone:102', 'Ana bsuid:CL.101', 'Berta phone:102');
  assert.equal(a, c);
  assert.equal(b, again);
  assert.notEqual(a, b);
  assert.deepEqual(await resolve('phone:101', 'phone:102 lid:7'), [a, b]);
  assert.deepEqual(await resolve('lid:7'), [b]);
  assert.deepEqual(await card(b!), { name: 'Berta', addresses: ['lid:7', 'phone:102'] });
});

test('the same value in another kind is another address', async () => {
  const [phone, lid] = await resolve('phone:111', 'lid:111');
  assert.notEqual(phone, lid);
});

test('a username is attached and never identifies: whoever takes it over is another person', async () => {
  const [a] = await resolve('phone:121 username:ana');
  const [b] = await resolve('phone:122 username:ana');
  assert.notEqual(a, b);
  assert.deepEqual((await card(a!)).addresses, ['phone:121', 'username:ana']);
});

test('an event that shows that two are one merges them into the older, and is told', async () => {
  const [old] = await resolve('Ana phone:131');
  const [young] = await resolve('bsuid:CL.131');
  merged.length = 0;
  assert.deepEqual(await resolve('phone:131 bsuid:CL.131', 'bsuid:CL.131', 'phone:131'), [old, old, old]);
  assert.deepEqual(merged, [{ from: young, into: old }]);
  assert.deepEqual(await card(old!), { name: 'Ana', addresses: ['bsuid:CL.131', 'phone:131'] });
  assert.equal((await rows()).find((r) => r.id === young)?.merged_into, old);
});

test('several become one, known and new ones of the same batch too', async () => {
  const [a] = await resolve('phone:141');
  const [b] = await resolve('phone:142');
  const ids = await resolve('phone:143', 'bsuid:CL.143', 'phone:142 bsuid:CL.143', 'phone:141 phone:142 phone:143');
  assert.deepEqual(new Set(ids), new Set([a]));
  assert.deepEqual((await card(a!)).addresses, ['bsuid:CL.143', 'phone:141', 'phone:142', 'phone:143']);
  assert.deepEqual((await rows()).filter((r) => r.merged_into !== null && [a, b].includes(r.merged_into)).map((r) => r.id), [b], 'those that never were are not remembered');
});

test('a name is told with the contact, changed by itself, and one that an agent gave stays, also through a merge', async () => {
  const [id] = await resolve('Ana phone:151');
  const known = await inside((tx) => resolveContacts(rt, tx, [peer('Anita phone:151'), peer('bsuid:CL.150'), peer('Eva phone:152')]));
  assert.deepEqual(known.map((k) => k.name), ['Ana', null, 'Eva']);
  const rename = (name: string): Promise<void> => inside((tx) => renameContacts(tx, [{ id: id!, name }]));
  await rename('Anita');
  assert.equal((await card(id!)).name, 'Anita');
  const [other] = await resolve('bsuid:CL.151');
  await inside((tx) => tx.query("update {c}.contacts set name = 'Sra. Soto', named_by = 'agent' where id = $1", [other]));
  await resolve('phone:151 bsuid:CL.151');
  await rename('Otra');
  assert.equal((await card(id!)).name, 'Sra. Soto');
});

test('who asked to be left alone stays so when found to be the same person', async () => {
  const [id] = await resolve('phone:161');
  const [other] = await resolve('bsuid:CL.161');
  await inside(async (tx) => {
    await setStopped(tx, id!, { category: 'utility', stopped: true, at: '2026-11-20T10:00:00Z' });
    await setStopped(tx, other!, { category: 'marketing_messages', stopped: true, at: '2026-11-21T10:00:00Z' });
  });
  await resolve('phone:161 bsuid:CL.161');
  const stopped = async (): Promise<unknown> => (await inside((tx) => tx.query<{ stopped: unknown }>('select stopped from {c}.contacts where id = $1', [id])))[0]?.stopped;
  assert.deepEqual(await stopped(), { marketing_messages: '2026-11-21T10:00:00Z', utility: '2026-11-20T10:00:00Z' });
  await inside((tx) => setStopped(tx, id!, { category: 'utility', stopped: false, at: '2026-11-22T10:00:00Z' }));
  assert.deepEqual(await stopped(), { marketing_messages: '2026-11-21T10:00:00Z' });
});

test('the newest address comes first, and one that is said to be in use again', async () => {
  const [id] = await resolve('phone:171');
  await resolve('phone:171 phone:172');
  const first = async (): Promise<string> => (await inside((tx) => contactCards(tx, [id!])))[0]!.addresses[0]!.value;
  assert.equal(await first(), '172');
  await inside((tx) => preferAddresses(tx, [address('phone:171')]));
  assert.equal(await first(), '171');
});

test('two transactions that meet the same new people at once agree on who they are', async () => {
  for (let round = 0; round < 10; round++) {
    const people = Array.from({ length: 5 }, (_, i) => `phone:2${round}${i} bsuid:CL.2${round}${i}`);
    // The second knows them by less, and in another order.
    const [all, some] = await Promise.all([resolve(...people), resolve(...people.map((p) => p.split(' ')[round % 2]!).reverse())]);
    assert.deepEqual(some.toReversed(), all);
    for (const [i, id] of all.entries()) assert.deepEqual((await card(id)).addresses, people[i]!.split(' ').sort());
  }
  const homeless = await inside((tx) => tx.query('select 1 from {c}.contacts c where merged_into is null and not exists (select 1 from {c}.addresses a where a.contact_id = c.id)'));
  assert.equal(homeless.length, 0);
});

test('found by the beginnings of words without accents, by the number’s beginning or end, by an opaque id as a whole', async () => {
  const [id] = await resolve('Íñigo_Núñez phone:56987654321 bsuid:CL.XYZ');
  const search = (q: string): Promise<string[]> => inside((tx) => searchContacts(tx, { q, near: ['56221234567'] }));
  for (const q of ['inigo', 'NÚÑEZ', 'nu iñi', '+56 9 8765', '9 8765', '(98) 765-4321', '4321', 'CL.XYZ']) assert.deepEqual(await search(q), [id], q);
  for (const q of ['%%', 'CL.XY', '65', 'nigo', "' | '", '8765']) assert.ok(!(await search(q)).includes(id!), q);
});

test('a person who is merged in two places at once is one in the end, with every address', async () => {
  const [oldest, middle] = await resolve('phone:56911110001', 'phone:56911110002');
  await resolve('bsuid:CL.chain');
  const early = await holding(inside, (tx) => resolveContacts(rt, tx, [peer('phone:56911110002 bsuid:CL.chain')]));
  const late = resolve('phone:56911110001 phone:56911110002');
  await somebodyWaits(rt.db);
  early.goOn();
  await early.early;
  assert.deepEqual(await late, [oldest]);
  assert.deepEqual(await card(oldest!), { name: null, addresses: ['bsuid:CL.chain', 'phone:56911110001', 'phone:56911110002'] });
  assert.equal((await rows()).find((r) => r.id === middle)?.merged_into, oldest);
});
