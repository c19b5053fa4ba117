import assert from 'node:assert/strict';
import { before, beforeEach, test } from 'node:test';
import { isAppError, newUuid } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { Scope } from '../../../../../test/harness/defer.ts';
import { holding, somebodyWaits } from '../../../../../test/harness/two.ts';
import { companyWithAccount, inbound, startAlone } from '../../testing/runtime.ts';
import type { Content, InboundMessage } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { forgetAccounts, routeById, type Route } from '../accounts/index.ts';
import type { Company } from '../companies/index.ts';
import { contactCards, resolveContacts } from '../contacts/index.ts';
import { lockConversations, noteEvents, receiveMessages, say, setHolder, setStatus, type ConversationRow, type Received, type Said, type Saying } from './index.ts';
import { conversationsModule } from './module.ts';

let rt: Runtime;
let company: Company;
let route: Route;
let changes: { conversations: readonly string[]; messages: readonly string[] }[] = [];
before(async (t) => {
  ({ rt } = await startAlone(t as unknown as Scope, { modules: [conversationsModule] }));
  ({ company, route } = await companyWithAccount(rt));
  rt.events.on('conversation.changed', (_tx, change) => {
    changes.push(change);
  });
});
let phone = '';
let people = 0;
beforeEach(() => {
  phone = `5691111${String(1000 + ++people)}`;
  changes = [];
});

const inside = <T>(fn: (tx: Tx) => Promise<T>): Promise<T> => rt.db.withCompany(company, fn);
const take = (events: readonly InboundMessage[], on: Route = route): Promise<Received[]> => inside((tx) => receiveMessages(rt, tx, events.map((event) => ({ route: on, event }))));
const write = (...contents: (Content | string)[]): Promise<Received[]> => take(contents.map((c) => inbound(phone, c)));
const conversation = async (id: string): Promise<ConversationRow> => (await inside((tx) => lockConversations(tx, [id])))[0]!;
const timeline = (id: string): Promise<{ text: string; author: string; client_id: string | null; extra: Record<string, unknown> | null; content: Content }[]> =>
  inside((tx) => tx.query('select text, author, client_id, extra, content from {c}.messages where conversation_id = $1 order by id', [id]));
const texts = async (id: string): Promise<string[]> => (await timeline(id)).map((m) => m.text);
const speak = (...items: (Omit<Saying, 'author' | 'content'> & { text: string })[]): Promise<Said[]> =>
  inside((tx) => say(rt, tx, items.map(({ text, ...item }) => ({ author: { kind: 'api' as const }, content: { type: 'text' as const, text }, ...item }))));
const isError = (code: string) => (error: unknown): boolean => isAppError(error) && error.code === `conversations.${code}`;
const times = (n: number): string => new Date(Date.UTC(2026, 10, 21, 10, n)).toISOString();

test('messages are taken in the order given, once, however often and however mixed they come', async () => {
  const events = ['uno', 'dos', 'tres', 'cuatro'].map((t) => inbound(phone, t));
  const first = await take([events[0]!, events[1]!, events[1]!]);
  assert.deepEqual(first.map((r) => [r.text, r.starts, r.holder]), [['uno', true, 'nobody'], ['dos', true, 'nobody']]);
  const second = await take([events[1]!, events[2]!, events[0]!, events[3]!]);
  assert.deepEqual(second.map((r) => [r.text, r.starts]), [['tres', false], ['cuatro', false]]);
  assert.deepEqual(await take(events), [], 'nothing of it is new');
  const id = first[0]!.conversation_id;
  assert.deepEqual(await texts(id), ['uno', 'dos', 'tres', 'cuatro']);
  const row = await conversation(id);
  assert.deepEqual([row.unread, row.last_message_id, row.last_inbound_remote_id], [4, second[1]!.message_id, events[3]!.remote_id]);
  assert.equal(changes.length, 2, 'what changes nothing is not told');
});

test('a person is called as their newest message does, whatever comes again later', async () => {
  const events = ['Ana', 'Anita', 'Ana María'].map((name) => inbound(phone, name, { peer: { addresses: [{ kind: 'phone', value: phone }], name } }));
  const [received] = await take(events.slice(0, 2));
  const name = async (): Promise<string | null> => (await inside((tx) => contactCards(tx, [received!.contact_id])))[0]!.name;
  assert.equal(await name(), 'Anita');
  await take([events[2]!, events[0]!]);
  assert.equal(await name(), 'Ana María');
  await take([events[1]!]);
  assert.equal(await name(), 'Ana María');
});

test('two apps that bring the same new person at once make one conversation, each message once', async () => {
  for (let round = 0; round < 8; round++) {
    const who = `5692222${String(1000 + round)}`;
    const [a, b, both] = [inbound(who, 'a'), inbound(who, 'b'), inbound(who, 'los dos')];
    const answers = await Promise.all([take([a, both]), take([both, b])]);
    assert.equal(answers.flat().length, 3);
    assert.equal(new Set(answers.flat().map((r) => r.conversation_id)).size, 1);
    assert.deepEqual((await texts(answers[0][0]!.conversation_id)).sort(), ['a', 'b', 'los dos']);
    assert.equal((await conversation(answers[0][0]!.conversation_id)).unread, 3);
  }
});

test('a message of long ago moves neither the window nor the route; the newest does, also within a batch', async () => {
  const other: Route = { ...route, id: newUuid() };
  const [first] = await take([inbound(phone, 'hoy', { at: times(30) }), inbound(phone, 'antes', { at: times(10) })]);
  await take([inbound(phone, 'ayer', { at: times(5) })], other);
  const id = first!.conversation_id;
  let row = await conversation(id);
  assert.deepEqual([row.last_inbound_at?.toISOString(), row.route_id], [times(30), route.id]);
  await take([inbound(phone, 'por el otro número', { at: times(40) })], other);
  row = await conversation(id);
  assert.deepEqual([row.last_inbound_at?.toISOString(), row.route_id], [times(40), other.id]);
});

test('an edit shows the new words and keeps the old ones; a revocation marks; both reach only messages of their route', async () => {
  const event = inbound(phone, 'son las tres');
  const photo = inbound(phone, { type: 'image', media: { link: 'https://example.test/1.jpg' }, caption: 'mi casa' });
  const [received] = await take([event, photo]);
  const id = received!.conversation_id;
  const stranger: Route = { ...route, id: newUuid() };
  await take([inbound(phone, { type: 'edit', remote_id: event.remote_id, text: 'ajeno' })], stranger);
  assert.equal((await texts(id))[0], 'son las tres');
  await write({ type: 'edit', remote_id: event.remote_id, text: 'son las cuatro' }, { type: 'edit', remote_id: event.remote_id, text: 'son las cinco' }, { type: 'edit', remote_id: photo.remote_id, text: 'tu casa' });
  await take([inbound(phone, { type: 'edit', remote_id: event.remote_id, text: 'son las dos' }, { at: '2020-01-01T00:00:00.000Z' })]);
  await write({ type: 'revoke', remote_id: event.remote_id });
  const [edited, image] = await timeline(id);
  assert.deepEqual([edited!.text, edited!.content], ['son las cinco', { type: 'text', text: 'son las cinco' }]);
  assert.deepEqual([edited!.extra?.['before_edit'], typeof edited!.extra?.['revoked_at']], ['son las tres', 'string']);
  assert.deepEqual([image!.text, (image!.content as { caption?: string }).caption], ['tu casa', 'tu casa']);
  const row = await conversation(id);
  assert.deepEqual([row.unread, row.last_message_id], [2, await lastOf(id, 'tu casa')], 'what is about another message is no entry of its own');
});
const lastOf = async (id: string, text: string): Promise<string> => (await inside((tx) => tx.query<{ id: string }>('select id from {c}.messages where conversation_id = $1 and text = $2 order by id limit 1', [id, text])))[0]!.id;

test('of several reactions of one side the newest stands, in whatever order they come; an empty one takes it back', async () => {
  const event = inbound(phone, 'listo');
  const [received] = await take([event]);
  const react = (emoji: string, n: number): InboundMessage => inbound(phone, { type: 'reaction', remote_id: event.remote_id, emoji }, { at: times(n) });
  const shown = async (): Promise<string[]> => (await inside((tx) => tx.query<{ emoji: string }>('select emoji from {c}.reactions where conversation_id = $1', [received!.conversation_id]))).map((r) => r.emoji);
  await take([react('👍', 20), react('❤️', 30)]);
  await take([react('😮', 10)]);
  assert.deepEqual(await shown(), ['❤️']);
  await take([react('', 40)]);
  assert.deepEqual(await shown(), ['']);
  assert.deepEqual(changes.at(-1)?.messages, [received!.message_id], 'told as a change of the message it is about');
});

test('closing lets the turn go; the next message begins anew, a reaction does not', async () => {
  const event = inbound(phone, 'hola');
  const [received] = await take([event]);
  const id = received!.conversation_id;
  await inside((tx) => setHolder(rt, tx, [id], { kind: 'bot' }));
  assert.deepEqual((await write('¿sigue ahí?')).map((r) => [r.starts, r.holder]), [[false, 'bot']]);
  await inside((tx) => setStatus(rt, tx, id, 'closed'));
  assert.deepEqual([(await conversation(id)).status, (await conversation(id)).holder], ['closed', 'nobody']);
  const [thanks] = await write({ type: 'reaction', remote_id: event.remote_id, emoji: '👍' });
  assert.deepEqual([thanks!.starts, (await conversation(id)).status], [false, 'closed']);
  const again = await write('otra pregunta', 'y otra');
  assert.deepEqual(again.map((r) => [r.conversation_id, r.starts]), [[id, true], [id, true]]);
  assert.equal((await conversation(id)).status, 'open');
});

test('the turn changes hands, and only a change is told', async () => {
  const [received] = await write('hola');
  const id = received!.conversation_id;
  const user = newUuid();
  changes = [];
  const hold = (kind: 'bot' | 'agent' | 'nobody', user_id?: string): Promise<void> => inside((tx) => setHolder(rt, tx, [id], { kind, ...(user_id && { user_id }) }));
  for (const [kind, who] of [['agent', user], ['agent', user], ['agent', newUuid()], ['bot', undefined], ['bot', undefined], ['nobody', undefined]] as const) await hold(kind, who);
  assert.equal(changes.length, 4);
  const row = await conversation(id);
  assert.deepEqual([row.holder, row.holder_user_id], ['nobody', null]);
});

test('what the company said elsewhere is in the timeline and answers nobody; notes of the carrier are not the person writing', async () => {
  const [received] = await write('hola');
  const id = received!.conversation_id;
  const answers = await take([inbound(phone, 'desde el teléfono de la empresa', { direction: 'echo' }), inbound(phone, { type: 'system', event: 'user_changed_number', text: 'cambió de número' }, { at: times(59) })]);
  assert.deepEqual(answers.map((r) => r.content.type), ['system']);
  assert.deepEqual((await timeline(id)).map((m) => m.author), ['contact', 'echo', 'system']);
  const row = await conversation(id);
  assert.deepEqual([row.unread, row.last_inbound_remote_id !== null], [1, true]);
  assert.notEqual(row.last_inbound_at?.toISOString(), times(59));
});

test('said again with the same client id it is the same message: later, in the same breath, and at the same time', async () => {
  const [received] = await write('hola');
  const [elsewhere] = await take([inbound('56933330001', 'hola')]);
  const id = received!.conversation_id;
  const there = elsewhere!.conversation_id;
  const [a, b, c] = await speak({ conversation_id: id, client_id: 'c1', text: 'sí' }, { conversation_id: there, client_id: 'c1', text: 'otra persona' }, { conversation_id: id, client_id: 'c1', text: 'sí' });
  assert.deepEqual([a!.fresh, b!.fresh, c!.fresh, c!.message_id], [true, true, false, a!.message_id]);
  const again = await speak({ conversation_id: there, client_id: 'c1', text: 'otra persona' }, { conversation_id: id, client_id: 'c1', text: 'no' });
  assert.deepEqual(again.map((s) => [s.message_id, s.fresh]), [[b!.message_id, false], [a!.message_id, false]]);
  const many = await Promise.all(Array.from({ length: 6 }, () => speak({ conversation_id: id, client_id: 'c2', text: 'una vez' })));
  assert.equal(new Set(many.map(([s]) => s!.message_id)).size, 1);
  assert.equal(many.filter(([s]) => s!.fresh).length, 1);
  assert.deepEqual(await texts(id), ['hola', 'sí', 'una vez']);
  const queued = await rt.db.query<{ n: number }>('select count(*) as n from {s}.outbox where message_id = any($1)', [[a!.message_id, b!.message_id, many[0]![0]!.message_id]]);
  assert.equal(queued[0]!.n, 3);
});

test('what cannot be said says why, and nothing of its batch is kept', async () => {
  const [received] = await write('hola');
  const id = received!.conversation_id;
  await assert.rejects(speak({ conversation_id: id, text: 'bien' }, { conversation_id: newUuid(), text: 'a nadie' }), isError('not_found'));
  await assert.rejects(speak({ conversation_id: id, text: 'x'.repeat(5000) }), (error) => isError('content_refused')(error) && /4096|long|characters/i.test((error as Error).message + String((error as { detail?: string }).detail)));
  await inside((tx) => tx.query('update {c}.conversations set route_id = $2 where id = $1', [id, newUuid()]));
  await assert.rejects(speak({ conversation_id: id, text: 'sin línea' }), isError('no_route'));
  assert.deepEqual(await texts(id), ['hola']);
});

test('a note is for those who read: it is never sent, and one for a conversation that is gone is passed over', async () => {
  const [received] = await write('hola');
  const id = received!.conversation_id;
  await inside((tx) => noteEvents(rt, tx, [{ conversation_id: id, event: 'handed_over', text: 'pide una persona', data: { reason: 'asked' } }, { conversation_id: newUuid(), event: 'handed_over', text: 'nadie' }]));
  assert.deepEqual((await timeline(id)).map((m) => [m.author, m.content.type]), [['contact', 'text'], ['system', 'system']]);
  assert.equal((await inside((tx) => tx.query('select 1 from {c}.deliveries where conversation_id = $1', [id]))).length, 0);
});

/** Two people with a conversation each, then shown to be one. */
async function twoThatAreOne(): Promise<{ kept: string; gone: string; merge: () => Promise<unknown> }> {
  const bsuid = { kind: 'bsuid' as const, value: `CL.${phone}` };
  const [a] = await take([inbound(phone, 'hola', { at: times(10) })]);
  const [b] = await take([inbound('', 'soy yo', { at: times(20), peer: { addresses: [bsuid] } })]);
  return { kept: a!.conversation_id, gone: b!.conversation_id, merge: () => inside((tx) => resolveContacts(rt, tx, [{ addresses: [{ kind: 'phone', value: phone }, bsuid] }])) };
}

test('two that are one person get one timeline: everything in order, counters summed, clashing client ids told apart', async () => {
  const { kept, gone, merge } = await twoThatAreOne();
  await speak({ conversation_id: kept, client_id: 'x', text: 'de aquí' }, { conversation_id: gone, client_id: 'x', text: 'de allá' }, { conversation_id: gone, client_id: 'y', text: 'también' });
  await inside((tx) => tx.query('update {c}.conversations set troubled = 1 where id = any($1)', [[kept, gone]]));
  await merge();
  assert.equal(await conversation(gone), undefined);
  assert.deepEqual((await timeline(kept)).map((m) => [m.text, m.client_id]), [['hola', null], ['soy yo', null], ['de aquí', 'x'], ['de allá', null], ['también', 'y']]);
  const row = await conversation(kept);
  assert.deepEqual([row.unread, row.troubled, row.last_inbound_at?.toISOString(), row.last_message_id], [2, 2, times(20), await lastOf(kept, 'también')]);
  const moved = await inside((tx) => tx.query<{ n: number }>('select count(*)::integer as n from {c}.deliveries where conversation_id = $1 and contact_id = $2', [kept, row.contact_id]));
  assert.equal(moved[0]!.n, 3);
  // Both ways of writing lead there now.
  assert.equal((await write('y ahora'))[0]!.conversation_id, kept);
});

test('of two conversations that become one, whoever is in the middle of talking goes on', async () => {
  const agent = newUuid();
  const { kept, gone, merge } = await twoThatAreOne();
  await inside((tx) => setStatus(rt, tx, kept, 'closed'));
  await inside((tx) => setHolder(rt, tx, [gone], { kind: 'agent', user_id: agent }));
  await merge();
  const row = await conversation(kept);
  assert.deepEqual([row.status, row.holder, row.holder_user_id], ['open', 'agent', agent]);
});

test('of two that are open, the turn stays as it is in the one that stays', async () => {
  const { kept, gone, merge } = await twoThatAreOne();
  await inside((tx) => setHolder(rt, tx, [gone], { kind: 'bot' }));
  await merge();
  assert.equal((await conversation(kept)).holder, 'nobody');
});

test('on another account the conversation only changes its contact', async () => {
  const second = await companyWithAccount(rt);
  await rt.db.query('update {s}.accounts set company_id = $2 where id = $1', [second.account.accountId, company.id]);
  await rt.db.query('update {s}.routes set company_id = $2 where id = $1', [second.route.id, company.id]);
  forgetAccounts(rt);
  const far = (await routeById(rt, second.route.id))!;
  const bsuid = { kind: 'bsuid' as const, value: `CL.${phone}` };
  const [a] = await take([inbound(phone, 'hola')]);
  const [b] = await take([inbound('', 'soy yo', { peer: { addresses: [bsuid] } })], far);
  await inside((tx) => resolveContacts(rt, tx, [{ addresses: [{ kind: 'phone', value: phone }, bsuid] }]));
  assert.equal((await conversation(b!.conversation_id)).contact_id, (await conversation(a!.conversation_id)).contact_id);
  assert.deepEqual(await texts(b!.conversation_id), ['soy yo']);
});

test('what a person writes while they are being merged with another is theirs, with or without a conversation of before', async () => {
  for (const talked of [true, false]) {
    phone = `5691111${String(1000 + ++people)}`;
    const bsuid = { kind: 'bsuid' as const, value: `CL.race.${people}` };
    const [kept] = await write('soy yo');
    const written = inbound(phone, 'también yo', { peer: { addresses: [bsuid] } });
    if (talked) await take([inbound(phone, 'yo', { peer: { addresses: [bsuid] } })]);
    else await inside((tx) => resolveContacts(rt, tx, [{ addresses: [bsuid] }]));
    const merging = await holding(inside, (tx) => resolveContacts(rt, tx, [{ addresses: [{ kind: 'phone', value: phone }, bsuid] }]));
    const late = take([written]);
    await somebodyWaits(rt.db);
    merging.goOn();
    await merging.early;
    assert.deepEqual((await late).map((r) => [r.conversation_id, r.contact_id]), [[kept!.conversation_id, kept!.contact_id]]);
    assert.deepEqual(await texts(kept!.conversation_id), talked ? ['soy yo', 'yo', 'también yo'] : ['soy yo', 'también yo']);
  }
});
