import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import type { CompanyEvent, Conversation, ConversationPage, Label, Message, MessagePage, Note } from '@centralita/contracts';
import { decodeId } from '@centralita/kernel';
import { waitFor } from '../../../../../test/harness/wait.ts';
import { signedIn, startApi, type Agent } from '../../testing/api.ts';
import { companyWithAccount, inbound, startAlone } from '../../testing/runtime.ts';
import type { Content } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { forgetAccounts, type Route } from '../accounts/index.ts';
import { assignBot, publishFlow } from '../bots/index.ts';
import type { Company } from '../companies/index.ts';
import { changeContact } from '../contacts/index.ts';
import { conversationsModule } from '../conversations/module.ts';
import { receiveMessages } from '../conversations/index.ts';
import { giveUpUnknown, settleOutcomes } from '../delivery/index.ts';
import { openAttempts, takeOutbox } from '../delivery/store.ts';
import { inboxModule } from './module.ts';

let rt: Runtime;
let app: FastifyInstance;
let company: Company;
let route: Route;
let ana: Agent;
let ben: Agent;
let stranger: Agent;
const told: CompanyEvent[] = [];
let now = Date.now();

before(async (t) => {
  const clock = { now: () => now, date: () => new Date(now) };
  const alone = await startAlone(t as never, { clock });
  rt = { ...alone.rt, realtime: { watched: () => true, emit: (_company, events) => void told.push(...events as CompanyEvent[]) } };
  for (const module of [conversationsModule, inboxModule]) module.subscribe?.(rt);
  app = await startApi(t as never, rt, [inboxModule]);
  ({ company, route } = await companyWithAccount(rt));
  ana = await signedIn(rt, app, { company, name: 'Ana', role: 'agent' });
  ben = await signedIn(rt, app, { company, name: 'Ben', role: 'agent' });
  stranger = await signedIn(rt, app, { company: (await companyWithAccount(rt, 'Otra')).company, name: 'Otra', role: 'administrator' });
});

let people = 0;
/** A new person writes; answers the conversation's id. */
async function writes(...contents: (Content | string)[]): Promise<{ id: string; phone: string; remote: string[] }> {
  const phone = `569${String(++people).padStart(8, '0')}`;
  return { ...await writesAgain(phone, ...contents), phone };
}
async function writesAgain(phone: string, ...contents: (Content | string)[]): Promise<{ id: string; remote: string[] }> {
  const events = contents.map((c) => inbound(phone, c, { at: new Date(now).toISOString(), peer: { addresses: [{ kind: 'phone', value: phone }], name: `Persona ${phone}` } }));
  const received = await rt.db.withCompany(company, (tx) => receiveMessages(rt, tx, events.map((event) => ({ route, event }))));
  return { id: (await ana.get<ConversationPage>(`/api/conversations?q=${phone}`)).conversations[0]?.id ?? received[0]!.conversation_id, remote: events.map((e) => e.remote_id) };
}
const text = (value: string, client = `client-${value}`): unknown => ({ content: { type: 'text', text: value }, client_id: client });
const conversation = (id: string, who = ana): Promise<Conversation> => who.get(`/api/conversations/${id}`);
const thread = async (id: string): Promise<Message[]> => (await ana.get<MessagePage>(`/api/conversations/${id}/messages`)).messages;
/** The carrier's answer to a queued message. */
async function outcome(message: string, result: 'accepted' | 'rejected' | 'unknown'): Promise<void> {
  const id = decodeId('msg', message)!;
  await rt.db.withCompany(company, async (tx) => {
    const taken = await takeOutbox(tx, [{ route_id: route.id, wanted: 100 }]);
    await openAttempts(tx, taken.map((m) => ({ message_id: m.message_id, route_id: route.id, epoch: 1 })));
    const error = { class: 'permanent', code: '131026', title: 'Undeliverable' } as const;
    await settleOutcomes(rt, tx, [{ message_id: id, route_id: route.id, attempts: 1, outcome: result === 'accepted' ? { outcome: result, remote_id: `wamid.${message}` } : { outcome: result, error } }]);
    if (result === 'unknown') await giveUpUnknown(rt, tx, [{ message_id: id, class: 1 }]);
  });
}

test('the list pages through every conversation once, newest first', async () => {
  const made: string[] = [];
  for (let i = 0; i < 7; i++) made.push((await writes(`hola ${i}`)).id);
  const seen: string[] = [];
  let cursor: string | null = null;
  let first = true;
  do {
    const page: ConversationPage = await ana.get(`/api/conversations?limit=3${cursor ? `&cursor=${cursor}` : ''}`);
    assert.equal(page.unread_conversations !== undefined, first);
    first = false;
    seen.push(...page.conversations.map((c) => c.id));
    cursor = page.next_cursor;
    // Somebody writes meanwhile: no page doubles, none is lost.
    if (cursor && seen.length === 3) await writes('en medio');
  } while (cursor);
  assert.deepEqual(seen, made.toReversed());
  assert.equal((await ana.raw('GET', '/api/conversations?cursor=nonsense')).statusCode, 400);
});

test('filters, accounts and search find what belongs there', async () => {
  const { id, phone } = await writes('Perdí mi cédula de identidad');
  const ids = async (query: string, who = ana): Promise<string[]> => (await who.get<ConversationPage>(`/api/conversations?${query}&limit=100`)).conversations.map((c) => c.id);
  const account = (await conversation(id)).account_id;
  assert.ok((await ids('filter=unread')).includes(id));
  assert.ok((await ids('filter=unassigned')).includes(id));
  assert.ok(!(await ids('filter=mine')).includes(id));
  assert.ok((await ids(`account_id=${account}`)).includes(id));
  assert.deepEqual(await ids('q=cedul'), [id], 'accents and unfinished words');
  assert.deepEqual(await ids(`q=${phone}`), [id]);
  assert.deepEqual(await ids(`q=${encodeURIComponent(`+${phone.slice(0, 3)} ${phone.slice(3)}`)}`), [id]);
  assert.deepEqual(await ids("q=%27%20or%201%3D1%20--%20nadie"), []);

  await ana.post(`/api/conversations/${id}/take`);
  assert.ok((await ids('filter=mine')).includes(id));
  assert.ok(!(await ids('filter=mine', ben)).includes(id));
  await ana.post(`/api/conversations/${id}/read`);
  assert.ok(!(await ids('filter=unread')).includes(id));
  await ana.post(`/api/conversations/${id}/close`);
  assert.ok((await ids('filter=all')).includes(id), 'closed ones are listed among all');
  assert.ok(!(await ids('filter=unassigned')).includes(id));
  assert.equal((await ana.raw('GET', '/api/conversations?filter=nonsense')).statusCode, 400);
});

test('a thread pages back to its beginning; reactions, edits and revocations stand on their targets', async () => {
  const { id, phone, remote } = await writes(...Array.from({ length: 12 }, (_, i) => `mensaje ${i}`));
  await writesAgain(phone, { type: 'reaction', remote_id: remote[3]!, emoji: '👍' }, { type: 'edit', remote_id: remote[4]!, text: 'corregido' }, { type: 'revoke', remote_id: remote[5]! },
    { type: 'reaction', remote_id: 'wamid.before-our-time', emoji: '😀' });
  const all: Message[] = [];
  let before: string | null = null;
  do {
    const page: MessagePage = await ana.get(`/api/conversations/${id}/messages?limit=5${before ? `&before=${before}` : ''}`);
    all.unshift(...page.messages);
    before = page.previous_cursor;
  } while (before);
  assert.equal(all.length, 13, 'what is about a message we do not have stays an entry');
  assert.deepEqual(all.map((m) => m.id), [...new Set(all.map((m) => m.id))].sort());
  assert.deepEqual(all.map((m) => m.created_at), all.map((m) => m.created_at).toSorted());
  assert.deepEqual(all[3]!.reactions, [{ emoji: '👍', by: 'contact' }]);
  assert.equal(all[4]!.text, 'corregido');
  assert.equal(all[4]!.extra?.['before_edit'], 'mensaje 4');
  assert.equal(typeof all[5]!.extra?.['revoked_at'], 'string');
  assert.equal(all[12]!.content.type, 'reaction');
});

test('a thread opens around what was found and pages both ways to its ends', async () => {
  const { id, phone, remote } = await writes(...Array.from({ length: 11 }, (_, i) => (i === 4 ? 'perdí el paraguas' : `mensaje ${i}`)));
  await writesAgain(phone, { type: 'edit', remote_id: remote[4]!, text: 'perdí el paraguas rojo' });
  const found = (await ana.get<ConversationPage>('/api/conversations?q=paraguas')).matches!.find((m) => m.conversation_id === id)!;
  const at = (query: string): Promise<MessagePage> => ana.get(`/api/conversations/${id}/messages?${query}`);
  const all = await thread(id);
  assert.equal(found.message_id, all[4]!.id, 'what was edited is found where it was said');
  let page = await at(`around=${found.message_id}&limit=4`);
  const seen = [...page.messages];
  assert.deepEqual(seen.map((m) => m.text), ['mensaje 2', 'mensaje 3', 'perdí el paraguas rojo', 'mensaje 5', 'mensaje 6']);
  const older = await at(`before=${page.previous_cursor}&limit=4`);
  assert.equal(older.previous_cursor, null);
  while (page.next_cursor) {
    page = await at(`after=${page.next_cursor}&limit=3`);
    seen.push(...page.messages);
  }
  assert.deepEqual([...older.messages, ...seen].map((m) => m.id), all.map((m) => m.id));
  assert.deepEqual((await at(`before=${(await at(`after=${older.next_cursor}&limit=2`)).previous_cursor}&limit=9`)).messages.map((m) => m.id), older.messages.map((m) => m.id), 'the ends of pages meet');
  const elsewhere = (await thread((await writes('otra')).id))[0]!.id;
  assert.equal((await ana.raw('GET', `/api/conversations/${id}/messages?around=${elsewhere}`)).statusCode, 404);
  assert.equal((await ana.raw('GET', `/api/conversations/${id}/messages?around=${found.message_id}&before=${found.message_id}`)).statusCode, 400);
});

test('who writes has the conversation, and a repeated request is the same message', async () => {
  const { id, remote } = await writes('¿están abiertos?');
  const quoted = (await thread(id))[0]!.id;
  const body = { content: { type: 'text', text: 'Sí' }, client_id: 'one-send', quote_message_id: quoted };
  const answers = await Promise.all([1, 2, 3].map(() => ana.raw('POST', `/api/conversations/${id}/messages`, body)));
  assert.deepEqual(answers.map((a) => a.statusCode), [201, 201, 201]);
  const sent = answers.map((a) => a.json<Message>());
  assert.equal(new Set(sent.map((m) => m.id)).size, 1);
  assert.equal(sent[0]!.status, 'queued');
  assert.deepEqual(sent[0]!.quote, { message_id: quoted, text: '¿están abiertos?' });
  assert.deepEqual(sent[0]!.author, { kind: 'agent', user_id: ana.id, name: 'Ana' });
  assert.equal((await thread(id)).length, 2);
  assert.deepEqual((await conversation(id)).holder, { kind: 'agent', user_id: ana.id, name: 'Ana' });

  const reaction = await ana.post<Message>(`/api/conversations/${id}/messages`, { content: { type: 'reaction', message_id: quoted, emoji: '❤️' }, client_id: 'a-reaction' });
  assert.equal(reaction.content['remote_id'], remote[0]);
  const after = await thread(id);
  assert.equal(after.length, 2);
  assert.deepEqual(after[0]!.reactions, [{ emoji: '❤️', by: 'company' }]);
  const early = await ana.raw('POST', `/api/conversations/${id}/messages`, { content: { type: 'reaction', message_id: sent[0]!.id, emoji: '👍' }, client_id: 'too-early' });
  assert.equal(early.json<{ code: string }>().code, 'inbox.not_at_carrier');
  const elsewhere = (await thread((await writes('otra')).id))[0]!.id;
  assert.equal((await ana.raw('POST', `/api/conversations/${id}/messages`, { ...body, client_id: 'quotes-elsewhere', quote_message_id: elsewhere })).statusCode, 404);
});

test('outside the 24-hour window nothing is queued, and the answer says what can be done', async () => {
  const { id, phone } = await writes('hola');
  assert.equal((await conversation(id)).window.open, true);
  now += 24 * 3_600_000 + 1000;
  try {
    const shown = await conversation(id);
    assert.equal(shown.window.open, false);
    const refused = await ana.raw('POST', `/api/conversations/${id}/messages`, text('tarde'));
    assert.equal(refused.statusCode, 409);
    assert.equal(refused.json<{ code: string }>().code, 'conversations.window_closed');
    assert.match(refused.body, /template/);
    assert.equal((await thread(id)).length, 1);
    await writesAgain(phone, 'sigo aquí');
    assert.equal((await ana.raw('POST', `/api/conversations/${id}/messages`, text('ahora sí'))).statusCode, 201);
  } finally {
    now = Date.now();
  }
});

test('two agents at once: the turn has one holder, and who lost it cannot give it away', async () => {
  const { id } = await writes('ayuda');
  const both = await Promise.all([ana.raw('POST', `/api/conversations/${id}/take`), ben.raw('POST', `/api/conversations/${id}/take`)]);
  assert.deepEqual(both.map((b) => b.statusCode), [200, 200]);
  const { holder } = await conversation(id);
  const [winner, loser] = holder.user_id === ana.id ? [ana, ben] : [ben, ana];
  const refused = await loser.raw('POST', `/api/conversations/${id}/release`);
  assert.equal(refused.statusCode, 409);
  assert.equal(refused.json<{ code: string }>().code, 'inbox.held_by_other');
  const races = await Promise.all([winner.raw('POST', `/api/conversations/${id}/release`), loser.raw('POST', `/api/conversations/${id}/take`)]);
  assert.equal(races[1]!.statusCode, 200);
  assert.deepEqual((await conversation(id)).holder.user_id === loser.id || (await conversation(id)).holder.kind === 'nobody', true);
});

test('released, a conversation goes back to the account’s bot; closed, to nobody', async () => {
  const { id } = await writes('hola bot');
  await ana.post(`/api/conversations/${id}/take`);
  assert.equal((await ana.post<Conversation>(`/api/conversations/${id}/release`)).holder.kind, 'nobody', 'there is no bot yet');
  const account = decodeId('acc', (await conversation(id)).account_id)!;
  await rt.db.withCompany(company, async (tx) => {
    const { bot_id } = await publishFlow(rt, tx, { bot: { name: 'Bot' }, flow: { schema: 1, name: 'Bot', start: 'a', nodes: { a: { type: 'say', content: { type: 'text', text: 'hola' } } } } });
    await assignBot(rt, tx, account, bot_id);
  });
  forgetAccounts(rt);
  await ana.post(`/api/conversations/${id}/take`);
  assert.equal((await ana.post<Conversation>(`/api/conversations/${id}/release`)).holder.kind, 'bot');
  const closed = await ana.post<Conversation>(`/api/conversations/${id}/close`);
  assert.deepEqual([closed.status, closed.holder.kind], ['closed', 'nobody']);
  assert.equal((await ana.post<Conversation>(`/api/conversations/${id}/reopen`)).status, 'open');
});

test('what failed or is unknown is sent again once, as a new message', async () => {
  const { id } = await writes('hola');
  for (const result of ['rejected', 'unknown'] as const) {
    const sent = await ana.post<Message>(`/api/conversations/${id}/messages`, text(`se pierde ${result}`));
    assert.equal((await ana.raw('POST', `/api/messages/${sent.id}/resend`)).statusCode, 409, 'it is still on its way');
    await outcome(sent.id, result);
    const lost = (await thread(id)).find((m) => m.id === sent.id)!;
    assert.equal(lost.status, result === 'rejected' ? 'failed' : 'unknown');
    assert.equal(lost.can_resend, true);
    assert.equal(lost.error?.code, result === 'rejected' ? '131026' : 'outcome_unknown');
    assert.equal((await conversation(id)).troubled, 1);

    const twice = await Promise.all([ana.raw('POST', `/api/messages/${sent.id}/resend`), ben.raw('POST', `/api/messages/${sent.id}/resend`)]);
    assert.deepEqual(twice.map((r) => r.statusCode).sort((a, b) => a - b), [200, 201]);
    assert.equal(new Set(twice.map((r) => r.json<Message>().id)).size, 1);
    assert.notEqual(twice[0]!.json<Message>().id, sent.id);
    assert.equal(twice[0]!.json<Message>().text, `se pierde ${result}`);
    assert.equal((await thread(id)).find((m) => m.id === sent.id)!.can_resend, false);
    assert.equal((await conversation(id)).troubled, 0);
  }
  const steps = await ana.get<{ statuses: { status: string }[] }>(`/api/messages/${(await thread(id)).find((m) => m.status === 'failed')!.id}/statuses`);
  assert.deepEqual(steps.statuses.map((s) => s.status), ['queued', 'sending', 'failed']);
  const inboundId = (await thread(id))[0]!.id;
  assert.equal((await ana.raw('POST', `/api/messages/${inboundId}/resend`)).statusCode, 409);
});

test('closing says that what failed was looked after', async () => {
  const { id } = await writes('hola');
  const sent = await ana.post<Message>(`/api/conversations/${id}/messages`, text('no llega'));
  await outcome(sent.id, 'rejected');
  assert.ok((await ana.get<ConversationPage>('/api/conversations?filter=troubled')).conversations.some((c) => c.id === id));
  assert.equal((await ana.post<Conversation>(`/api/conversations/${id}/close`)).troubled, 0);
});

test('another company finds nothing under these ids, and nobody anything without signing in', async () => {
  const { id } = await writes('secreto');
  const message = (await thread(id))[0]!.id;
  for (const path of [`/api/conversations/${id}`, `/api/conversations/${id}/messages`, `/api/messages/${message}/statuses`, '/api/conversations/conv_nonsense']) {
    assert.equal((await stranger.raw('GET', path)).statusCode, 404, path);
    assert.equal((await app.inject({ method: 'GET', url: path })).statusCode, 401);
  }
  for (const action of ['take', 'release', 'close', 'reopen', 'read']) assert.equal((await stranger.raw('POST', `/api/conversations/${id}/${action}`)).statusCode, 404, action);
  assert.equal((await stranger.raw('POST', `/api/conversations/${id}/messages`, text('hola'))).statusCode, 404);
  assert.equal((await stranger.raw('POST', `/api/messages/${message}/resend`)).statusCode, 404);
  assert.deepEqual((await stranger.get<ConversationPage>('/api/conversations?q=secreto')).conversations, []);
  assert.equal((await app.inject({ method: 'POST', url: `/api/conversations/${id}/take`, headers: { cookie: ana.cookie } })).statusCode, 403, 'a foreign page has no token');
});

test('screens hear of messages, ticks and reactions after the commit, in few emits', async () => {
  const { id, phone, remote } = await writes('en vivo');
  const sent = await ana.post<Message>(`/api/conversations/${id}/messages`, text('respuesta viva'));
  await outcome(sent.id, 'accepted');
  await writesAgain(phone, { type: 'reaction', remote_id: remote[0]!, emoji: '🎉' });
  const mine = (): Message[] => told.flatMap((e) => ('message' in e && e.message.conversation_id === id ? [e.message] : []));
  await waitFor(() => mine().some((m) => m.id === sent.id && m.status === 'accepted'), { what: 'the tick' });
  await waitFor(() => mine().some((m) => m.reactions[0]?.emoji === '🎉'), { what: 'the reaction on its message' });
  await waitFor(() => told.some((e) => e.type === 'conversation.updated' && e.conversation.id === id && e.conversation.last_message?.status === 'accepted'), { what: 'the tick in the list' });
  assert.ok(!mine().some((m) => m.content.type === 'reaction'));
});

test('screens hear of people, labels and notes', async () => {
  const { id } = await writes('hola');
  const boss = await signedIn(rt, app, { company, name: 'Jefa', role: 'supervisor' });
  const label = await boss.post<Label>('/api/labels', { name: 'Reclamo', colour: 'red' });
  const labelled = await ana.raw('PUT', `/api/conversations/${id}/labels/${label.id}`);
  assert.equal(labelled.statusCode, 200, labelled.body);
  const other = await boss.post<Label>('/api/labels', { name: 'Urgente', colour: 'blue' });
  const under = async (...labels: string[]): Promise<string[]> => (await ana.get<ConversationPage>(`/api/conversations?label_id=${labels.join(',')}`)).conversations.map((c) => c.id);
  assert.deepEqual([await under(label.id), await under(label.id, other.id)], [[id], []], 'of several labels, all are worn');
  assert.equal((await ana.raw('PUT', `/api/conversations/${id}/labels/${other.id}`)).statusCode, 200);
  assert.deepEqual(await under(label.id, other.id), [id]);
  const note = await ana.post<Note>(`/api/conversations/${id}/notes`, { text: 'ojo' });
  await waitFor(() => told.some((e) => e.type === 'labels.updated' && e.labels.some((l) => l.id === label.id)), { what: 'the label' });
  await waitFor(() => told.some((e) => e.type === 'conversation.updated' && e.conversation.id === id && e.conversation.labels[0]?.id === label.id), { what: 'the label on the conversation' });
  await waitFor(() => told.some((e) => e.type === 'note.updated' && e.note.id === note.id), { what: 'the note' });
  assert.equal((await ana.raw('DELETE', `/api/conversations/${id}/notes/${note.id}`)).statusCode, 204);
  await waitFor(() => told.some((e) => e.type === 'note.removed' && e.note_id === note.id), { what: 'the note going' });
  const contact = decodeId('ct', (await conversation(id)).contact.id)!;
  await rt.db.withCompany(company, (tx) => changeContact(rt, tx, { id: contact, change: { name: 'Otro nombre' } }));
  await waitFor(() => told.some((e) => e.type === 'contact.updated' && e.contact.name === 'Otro nombre'), { what: 'the name' });
  await waitFor(() => told.some((e) => e.type === 'conversation.updated' && e.conversation.contact.name === 'Otro nombre'), { what: 'the name in the list' });
});
