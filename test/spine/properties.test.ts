import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { encodeId } from '@centralita/kernel';
import { secondPool } from '../harness/database.ts';
import type { Scope } from '../harness/defer.ts';
import { waitFor } from '../harness/wait.ts';
import { modules } from '../../apps/server/src/main/modules.ts';
import type { MessageStatus } from '../../apps/server/src/messaging/index.ts';
import { say } from '../../apps/server/src/modules/conversations/index.ts';
import { startProcess } from '../../apps/server/src/testing/runtime.ts';
import { openDesk, type Desk } from './desk.ts';

// What must hold for every sequence of webhooks, over HTTP, with two processes that unpack.
let desk: Desk;
before(async (t) => {
  const scope = t as unknown as Scope;
  desk = await openDesk(scope, { limits: { perSecond: 1000, inFlight: 50, pair: { burst: 0, everyMs: 0 } } });
  await startProcess(scope, { database: secondPool(scope, desk.database), modules });
  await desk.sandbox.call('POST', '/sandbox/faults', { kind: 'silence', drop: true });
});

type Wire = Readonly<Record<string, unknown>>;
const change = (value: Wire, field = 'messages'): Wire => ({ id: desk.sandbox.config.waba_id, changes: [{ field, value: { messaging_product: 'whatsapp', metadata: { display_phone_number: '1', phone_number_id: desk.sandbox.config.phone_number_id }, ...value } }] });
const body = (entry: readonly Wire[]): unknown => ({ object: 'whatsapp_business_account', entry });
async function post(entry: readonly Wire[]): Promise<void> {
  assert.equal(await desk.post(body(entry)), 200);
}

/** What a person does; `to` counts back over what they wrote. */
const act = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('write' as const), words: fc.string({ unit: 'grapheme', maxLength: 12 }) }) },
  fc.record({ do: fc.constantFrom('react' as const, 'edit' as const, 'revoke' as const), to: fc.nat(4), words: fc.constantFrom('👍', '❤️', 'x') }),
  fc.record({ do: fc.constantFrom('move' as const, 'stop' as const, 'resume' as const) }),
  fc.record({ do: fc.constant('odd' as const), words: fc.json({ maxDepth: 2 }) }),
);
const step = fc.record({ act, name: fc.constantFrom('Ana', 'Anita', undefined), at: fc.nat(20) });
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The wire of one person's steps, in order. `side` tells the two ways of delivering apart, `run` one try from the next. */
function wires(steps: readonly Step[], { side, run, person }: { side: string; run: number; person: number }): Wire[] {
  let moves = 0;
  const phone = (): string => `5697${side === 'A' ? 1 : 2}${String(run).padStart(4, '0')}${person}${moves}`;
  const remote = (n: number): string => `wamid.${side}.${run}.${person}.${n}`;
  const since = Math.floor(Date.now() / 1000 / 3600) * 3600 - 3600;
  return steps.map(({ act: it, name, at }, n) => {
    const from = phone();
    const contacts = [{ wa_id: from, ...(name !== undefined && { profile: { name } }) }];
    const timestamp = String(since + at);
    const message = (more: Wire): Wire => change({ contacts, messages: [{ from, id: remote(n), timestamp, ...more }] });
    switch (it.do) {
      case 'write': return message({ type: 'text', text: { body: it.words } });
      case 'react': return message({ type: 'reaction', reaction: { message_id: remote(n - it.to), emoji: it.words } });
      case 'edit': return message({ type: 'edit', edit: { original_message_id: remote(n - it.to), message: { type: 'text', text: { body: `${it.words} ${n}` } } } });
      case 'revoke': return message({ type: 'revoke', revoke: { original_message_id: remote(n - it.to) } });
      case 'odd': return message({ type: 'hologram', hologram: JSON.parse(it.words) as unknown });
      case 'move': {
        moves += 1;
        return message({ type: 'system', system: { type: 'user_changed_number', body: 'moved', wa_id: phone() } });
      }
      case 'stop': case 'resume': return change({ contacts, user_preferences: [{ wa_id: from, category: 'marketing_messages', value: it.do, timestamp, detail: String(n) }] }, 'user_preferences');
    }
  });
}

const plan = fc.record({
  people: fc.array(fc.array(step, { minLength: 1, maxLength: 7 }), { minLength: 1, maxLength: 4 }),
  picks: fc.array(fc.nat(), { minLength: 28, maxLength: 28 }),
  sizes: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 28, maxLength: 28 }),
  again: fc.array(fc.record({ which: fc.nat(), after: fc.nat() }), { maxLength: 8 }),
});
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

/** Bodies with everybody's events mixed, but each person's in order; who is in them. */
function shuffled({ people, picks, sizes }: Plan, of: (person: number) => Wire[]): { entry: Wire[]; who: Set<number> }[] {
  const rest = people.map((_, person) => of(person));
  const bodies: { entry: Wire[]; who: Set<number> }[] = [];
  let room = 0;
  for (let i = 0; rest.some((r) => r.length > 0); i++) {
    const open = [...rest.keys()].filter((p) => rest[p]!.length > 0);
    const person = open[picks[i]! % open.length]!;
    if (room === 0) {
      room = sizes[bodies.length]!;
      bodies.push({ entry: [], who: new Set() });
    }
    room -= 1;
    bodies.at(-1)!.entry.push(rest[person]!.shift()!);
    bodies.at(-1)!.who.add(person);
  }
  return bodies;
}

/** All at once, as carriers do; only what one person did waits for the acknowledgement of what they did before. */
async function deliver(bodies: readonly { entry: Wire[]; who: Set<number> }[], again: Plan['again']): Promise<void> {
  const last = new Map<number, Promise<void>>();
  const sent: Promise<void>[] = [];
  for (const { entry, who } of bodies) {
    const one = Promise.all([...who].map((p) => last.get(p) ?? Promise.resolve())).then(() => post(entry));
    for (const p of who) last.set(p, one);
    sent.push(one);
  }
  const repeated = again.map(({ which, after }) => {
    const n = which % bodies.length;
    return Promise.all([sent[n], sent[n + (after % (bodies.length - n))]]).then(() => post(bodies[n]!.entry));
  });
  await Promise.all([...sent, ...repeated]);
  await desk.settled();
}

/** Everything that is known of a person, without what differs between two ways of delivering. */
async function known(side: string, run: number, person: number): Promise<unknown> {
  const phones = `5697${side === 'A' ? 1 : 2}${String(run).padStart(4, '0')}${person}%`;
  const rows = await desk.inCompany((tx) => tx.query(`
    select c.name, c.stopped, (select jsonb_agg(a.value order by a.created_at desc, a.value) from {c}.addresses a where a.contact_id = c.id) as addresses,
           v.status, v.holder, v.unread, v.last_inbound_at, v.last_inbound_remote_id, (select m.remote_id from {c}.messages m where m.id = v.last_message_id) as last,
           (select jsonb_agg(jsonb_build_array(m.direction, m.author, m.remote_id, m.content, m.text, m.extra, m.at) order by m.id) from {c}.messages m where m.conversation_id = v.id) as messages,
           (select jsonb_agg(jsonb_build_array(r.remote_id, r.side, r.emoji, r.at) order by r.remote_id) from {c}.reactions r where r.conversation_id = v.id) as reactions
      from {c}.contacts c left join {c}.conversations v on v.contact_id = c.id
     where c.id in (select contact_id from {c}.addresses where kind = 'phone' and value like $1) order by c.created_at, c.id`, [phones]));
  return JSON.parse(JSON.stringify(rows).replaceAll(`wamid.${side}.`, 'wamid.').replaceAll(/"5697[12]/g, '"5697'));
}

let runs = 0;
test('bodies repeated, mixed and side by side leave the same rows as once, in the order of each person', { timeout: 120_000 }, async () => {
  await fc.assert(fc.asyncProperty(plan, async (it) => {
    const run = ++runs;
    const of = (side: string) => (person: number): Wire[] => wires(it.people[person]!, { side, run, person });
    await deliver(shuffled(it, of('A')), it.again);
    for (const person of it.people.keys()) await post(of('B')(person));
    await desk.settled();
    for (const person of it.people.keys()) assert.deepEqual(await known('A', run, person), await known('B', run, person));
    const lost = await desk.database.db.query('select error_message from {s}.failed_webhooks');
    assert.deepEqual(lost, []);
  }), { numRuns: 40 });
});

const steps = ['sent', 'delivered', 'read', 'played', 'failed'] as const;
/** Where a message stands after these words, in whatever order they came. */
function stands(words: readonly (typeof steps)[number][]): MessageStatus {
  for (const arrived of ['played', 'read', 'delivered', 'failed', 'sent'] as const) if (words.includes(arrived)) return arrived;
  return 'accepted';
}
const word = fc.record({ message: fc.nat(3), status: fc.constantFrom(...steps), named: fc.boolean() });

test('statuses in any order, repeated and mixed, end at the same step', { timeout: 120_000 }, async () => {
  let tries = 0;
  await fc.assert(fc.asyncProperty(fc.array(word, { maxLength: 16 }), fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 16, maxLength: 16 }), async (words, sizes) => {
    // To one person each time: carriers allow only so many messages to the same.
    const phone = `56979${String(++tries).padStart(6, '0')}`;
    await post([change({ messages: [{ from: phone, id: `wamid.${phone}`, timestamp: String(Math.floor(Date.now() / 1000)), type: 'text', text: { body: 'hola' } }] })]);
    await desk.settled();
    const [conversation] = await desk.inCompany((tx) => tx.query<{ id: string }>("select c.id from {c}.conversations c join {c}.addresses a on a.contact_id = c.contact_id where a.kind = 'phone' and a.value = $1", [phone]));
    const said = await desk.inCompany((tx) => say(desk.rt, tx, Array.from({ length: 4 }, (_, n) => ({ conversation_id: conversation!.id, author: { kind: 'api' as const }, content: { type: 'text' as const, text: `${n}` } }))));
    const ids = said.map((s) => s.message_id);
    const states = (): Promise<{ message_id: string; status: string; remote_id: string; error: unknown }[]> => desk.inCompany((tx) => tx.query('select message_id, status, remote_id, error from {c}.deliveries where message_id = any($1) order by message_id', [ids]));
    const accepted = await waitFor(async () => {
      const rows = await states();
      return rows.every((r) => r.status === 'accepted') && rows;
    }, { what: 'the messages to be accepted' });
    const entries = words.map(({ message, status, named }) => change({ statuses: [{
      id: accepted[message]!.remote_id, status, timestamp: String(Math.floor(Date.now() / 1000)), recipient_id: phone,
      ...(named && { biz_opaque_callback_data: encodeId('msg', accepted[message]!.message_id) }), ...(status === 'failed' && { errors: [{ code: 131026, title: 'Message undeliverable' }] }),
    }] }));
    for (let n = 0, i = 0; n < entries.length; i++) {
      await post(entries.slice(n, n + sizes[i]!));
      n += sizes[i]!;
    }
    await desk.settled();
    const expected = accepted.map((_, m) => stands(words.filter((w) => w.message === m).map((w) => w.status)));
    const ended = await states();
    assert.deepEqual(ended.map((r) => r.status), expected);
    for (const row of ended) assert.equal(row.error !== null, row.status === 'failed');
    const [trouble] = await desk.inCompany((tx) => tx.query<{ shown: number; real: number }>("select (select sum(troubled) from {c}.conversations)::integer as shown, (select count(*) from {c}.deliveries where status in ('failed', 'unknown'))::integer as real"));
    assert.equal(trouble!.shown, trouble!.real, 'failed messages are counted on their conversation');
  }), { numRuns: 40 });
});
