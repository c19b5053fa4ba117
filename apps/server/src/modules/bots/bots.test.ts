import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { newUuid, type Clock } from '@centralita/kernel';
import { holding, somebodyWaits } from '../../../../../test/harness/two.ts';
import { waitFor } from '../../../../../test/harness/wait.ts';
import { companyWithAccount, startAlone } from '../../testing/runtime.ts';
import type { Runtime } from '../../runtime.ts';
import { lockConversations, receiveMessages, setHolder, setStatus } from '../conversations/index.ts';
import { conversationsModule } from '../conversations/module.ts';
import { inbound } from '../../testing/runtime.ts';
import { assignBot, botsOfAccounts, hasBot, publishFlow, releaseToBot, skipStale, wakeBots } from './index.ts';
import { botsModule } from './module.ts';
import { Desk } from './testing/desk.ts';

// Turns take this as the time: what they set for a second from now is due in ten milliseconds for the database.
const LATE_MS = 990;
const late: Clock = { now: () => Date.now() - LATE_MS, date: () => new Date(Date.now() - LATE_MS) };
const ask = (text: string, more: object): object => ({ type: 'ask', prompt: { type: 'text', text }, variable: 'nombre', ...more });
const say = (text: string, next?: string): object => ({ type: 'say', content: { type: 'text', text }, ...(next && { next }) });
const flow = (nodes: Record<string, object>): object => ({ schema: 1, start: Object.keys(nodes)[0], nodes });
const greeting = flow({ nombre: ask('¿Cómo te llamas?', { next: 'hola' }), hola: say('Hola, {{ nombre }}.') });

let rt: Runtime;
before(async (t) => {
  ({ rt } = await startAlone(t as never, { modules: [conversationsModule, botsModule], clock: late }));
});
let phones = 56_911_000_000;
const phone = (): string => String(phones += 1);
const fired = (desk: Desk, ana: string, text: string): Promise<unknown> => waitFor(async () => (await desk.said(ana)).includes(text), { what: `“${text}”` });

test('an answer that does not come in time', async () => {
  const desk = await Desk.open(rt, flow({ nombre: ask('¿Cómo te llamas?', { timeout_seconds: 1, on_timeout: 'tarde', next: 'hola' }), hola: say('Hola, {{ nombre }}.'), tarde: say('Hasta otra.') }));
  const ana = phone();
  await desk.write(ana, 'hola');
  await fired(desk, ana, 'Hasta otra.');
  await desk.settled();
  assert.deepEqual(await desk.said(ana), ['¿Cómo te llamas?', 'Hasta otra.']);
  assert.deepEqual(await desk.leftovers(), { inputs: 0, sessions: 0, calls: 0 });
  assert.equal((await desk.conversation(ana)).holder, 'bot', 'the next message starts the flow anew');
});

test('an answer withdraws the timer of its question', async () => {
  const desk = await Desk.open(rt, flow({
    nombre: ask('¿Cómo te llamas?', { timeout_seconds: 3600, on_timeout: 'tarde', next: 'edad' }), edad: ask('¿Y tu edad?', { variable: 'edad', timeout_seconds: 7200, on_timeout: 'tarde' }), tarde: say('Hasta otra.'),
  }));
  await desk.write(phone(), 'hola', 'Ana');
  await desk.settled();
  const timers = await desk.inside((tx) => tx.query<{ hours: number }>('select round(extract(epoch from due_at - now()) / 3600)::integer as hours from {c}.inputs where timer'));
  assert.deepEqual(timers, [{ hours: 2 }]);
});

test('a wait keeps messages until its time has come', async () => {
  const desk = await Desk.open(rt, flow({ pausa: { type: 'wait', seconds: 1, next: 'nombre' }, nombre: ask('¿Cómo te llamas?', { next: 'hola' }), hola: say('Hola, {{ nombre }}.') }));
  const ana = phone();
  await desk.write(ana, 'hola', 'Ana');
  await fired(desk, ana, 'Hola, Ana.');
  assert.deepEqual(await desk.said(ana), ['¿Cómo te llamas?', 'Hola, Ana.']);
});

test('a person who takes the conversation silences the bot; given back, it begins anew', async () => {
  const desk = await Desk.open(rt, greeting);
  const ana = phone();
  await desk.write(ana, 'hola');
  await desk.settled();
  const { id } = await desk.conversation(ana);
  await desk.inside(async (tx) => {
    await lockConversations(tx, [id]);
    await setHolder(rt, tx, [id], { kind: 'agent', user_id: newUuid() });
  });
  await desk.write(ana, '¿hay alguien?');
  await desk.settled();
  assert.deepEqual(await desk.said(ana), ['¿Cómo te llamas?']);
  assert.equal(await desk.inside((tx) => releaseToBot(rt, tx, id)), 'bot');
  await desk.write(ana, 'hola otra vez');
  await desk.settled();
  assert.deepEqual(await desk.said(ana), ['¿Cómo te llamas?', '¿Cómo te llamas?']);
  await desk.write(ana, 'Ana');
  await desk.settled();
  assert.equal((await desk.said(ana)).at(-1), 'Hola, Ana.');
  assert.equal(await desk.inside((tx) => releaseToBot(rt, tx, newUuid())), undefined);
});

test('what waited for the bot when a person took over is passed by', async () => {
  const desk = await Desk.open(rt, flow({ nombre: ask('¿Cómo te llamas?', { timeout_seconds: 1, on_timeout: 'tarde' }), tarde: say('Hasta otra.') }));
  const ana = phone();
  await desk.inside(async (tx) => {
    // Taken in the very transaction that woke the bot: its turn finds a person there.
    const received = await receiveMessages(rt, tx, [{ route: desk.route, event: inbound(ana, 'hola') }]);
    await wakeBots(rt, tx, received);
    await setHolder(rt, tx, received.map((r) => r.conversation_id), { kind: 'agent', user_id: newUuid() });
  });
  await desk.settled();
  assert.deepEqual(await desk.said(ana), []);
  assert.deepEqual(await desk.leftovers(), { inputs: 0, sessions: 0, calls: 0 });
});

test('who writes again just when what waited too long is passed by is answered', async () => {
  const desk = await Desk.open(rt, greeting);
  const [ana, juan] = [phone(), phone()];
  await rt.lanes.pause('turn', true, [desk.company.id]);
  await desk.write(ana, 'hola');
  await desk.write(juan, 'hola');
  await desk.inside((tx) => tx.query("update {c}.inputs set due_at = now() - interval '25 hours'"));
  const writing = await holding((fn) => desk.inside(fn), async (tx) => wakeBots(rt, tx, await receiveMessages(rt, tx, [{ route: desk.route, event: inbound(ana, '¿hay alguien?') }])));
  const skipping = skipStale(rt, desk.company, 24);
  await somebodyWaits(rt.db);
  writing.goOn();
  await Promise.all([writing.early, skipping]);
  await rt.lanes.pause('turn', false, [desk.company.id]);
  await desk.settled();
  assert.deepEqual([await desk.said(ana), await desk.said(juan)], [['¿Cómo te llamas?', 'Hola, ¿hay alguien?.'], []]);
  assert.deepEqual([(await desk.conversation(ana)).holder, (await desk.conversation(juan)).holder], ['bot', 'nobody']);
});

test('a closed conversation begins anew with the next message', async () => {
  const desk = await Desk.open(rt, greeting);
  const ana = phone();
  await desk.write(ana, 'hola');
  await desk.settled();
  const { id } = await desk.conversation(ana);
  await desk.inside((tx) => setStatus(rt, tx, id, 'closed'));
  assert.equal(await desk.inside((tx) => releaseToBot(rt, tx, id)), 'nobody');
  await desk.write(ana, 'hola de nuevo');
  await desk.settled();
  assert.deepEqual(await desk.said(ana), ['¿Cómo te llamas?', '¿Cómo te llamas?']);
});

test('only what asks for an answer is answered', async () => {
  const desk = await Desk.open(rt, greeting);
  const [ana, group, change] = [phone(), phone(), phone()];
  await desk.writeAll([
    { phone: ana, content: { type: 'reaction', remote_id: 'wamid.x', emoji: '👍' } },
    { phone: group, content: 'hola a todos', more: { group_id: 'g1' } },
    { phone: change, content: { type: 'unsupported', wire_type: 'poll', errors: [] } },
  ]);
  await desk.settled();
  for (const one of [ana, group, change]) assert.deepEqual(await desk.said(one), []);
  await desk.write(ana, 'hola');
  await desk.write(change, 'hola');
  await desk.settled();
  for (const one of [ana, change]) assert.deepEqual(await desk.said(one), ['¿Cómo te llamas?'], 'the bot holds it since it began');
});

test('an account without a bot, and one that lost it', async () => {
  const desk = await Desk.open(rt, greeting);
  const other = await companyWithAccount(rt);
  assert.equal(await rt.db.withCompany(other.company, (tx) => hasBot(tx, other.account.accountId)), false);
  assert.deepEqual([...await desk.inside((tx) => botsOfAccounts(tx, [desk.route.account_id, newUuid()]))], [[desk.route.account_id, desk.botId]]);
  const [ana, eva] = [phone(), phone()];
  await desk.write(ana, 'hola');
  await desk.settled();
  await desk.inside((tx) => assignBot(rt, tx, desk.route.account_id, null));
  await desk.write(ana, 'Ana');
  await desk.write(ana, 'otra cosa');
  await desk.write(eva, 'hola');
  await desk.settled();
  assert.deepEqual(await desk.said(ana), ['¿Cómo te llamas?', 'Hola, Ana.'], 'a session under way is finished');
  assert.equal((await desk.conversation(ana)).holder, 'nobody');
  assert.deepEqual(await desk.said(eva), []);
  assert.equal((await desk.conversation(eva)).holder, 'nobody');
});

test('a flow that fails leaves the conversation to a person, with its reason', async () => {
  const desk = await Desk.open(rt, flow({ calcula: { type: 'set', values: [{ variable: 'n', cel: 'int(input.text) * 2' }], next: 'dice' }, dice: say('{{ n }}') }));
  const ana = phone();
  await desk.write(ana, 'no soy un número', 'de verdad');
  await desk.settled();
  assert.equal((await desk.conversation(ana)).holder, 'nobody');
  const [dead] = await desk.deadLetters();
  assert.equal(dead?.kind, 'turn');
  assert.equal(dead?.reason, 'The flow failed: expression');
  assert.match(dead?.detail ?? '', /^node calcula: /);
  const note = (await desk.timeline(ana)).at(-1);
  assert.equal(note?.author, 'system');
  assert.ok(note?.content.type === 'system' && note.content.event === 'bot_failed');
  assert.deepEqual(await desk.leftovers(), { inputs: 0, sessions: 0, calls: 0 });
});

test('a revision never changes: sessions stay with theirs, new ones take the latest', async () => {
  const desk = await Desk.open(rt, greeting);
  const [ana, eva] = [phone(), phone()];
  await desk.write(ana, 'hola');
  await desk.settled();
  const first = await desk.publish(greeting);
  const second = await desk.publish(flow({ nombre: ask('Your name?', { next: 'hola' }), hola: say('Hi, {{ nombre }}.') }));
  assert.notEqual(second, first);
  await desk.write(ana, 'Ana');
  await desk.write(eva, 'hello', 'Eva');
  await desk.settled();
  assert.deepEqual(await desk.said(ana), ['¿Cómo te llamas?', 'Hola, Ana.']);
  assert.deepEqual(await desk.said(eva), ['Your name?', 'Hi, Eva.']);
});

test('publishing says what is wrong with a flow', async () => {
  const desk = await Desk.open(rt, greeting);
  const publish = (value: unknown, bot: { id: string } | { name: string } = { id: desk.botId }): Promise<unknown> => desk.inside((tx) => publishFlow(rt, tx, { bot, flow: value }));
  await assert.rejects(publish(flow({ hola: say('Hola', 'nadie') })), { code: 'bots.flow_refused', status: 422, message: /nodes\.hola\.next: / });
  await assert.rejects(publish('hola'), { code: 'bots.flow_refused' });
  await assert.rejects(publish(greeting, { id: newUuid() }), { code: 'bots.not_found', status: 404 });
  await assert.rejects(publish(greeting, { name: ' ' }), { code: 'bots.name_missing' });
  await assert.rejects(desk.inside((tx) => assignBot(rt, tx, newUuid(), desk.botId)), { code: 'bots.account_not_found' });
  const other = await companyWithAccount(rt);
  await assert.rejects(desk.inside((tx) => assignBot(rt, tx, other.account.accountId, desk.botId)), { code: 'bots.account_not_found' });
  await assert.rejects(desk.inside((tx) => assignBot(rt, tx, desk.route.account_id, newUuid())), { code: 'bots.not_found' });
});

test('two contacts who turn out to be one person: the session goes on in the conversation that stays', async () => {
  const desk = await Desk.open(rt, flow({ nombre: ask('¿Cómo te llamas?', { timeout_seconds: 3600, on_timeout: 'end', next: 'hola' }), hola: say('Hola, {{ nombre }}.') }));
  const ana = phone();
  const bsuid = { kind: 'bsuid' as const, value: newUuid() };
  const peers = [{ addresses: [{ kind: 'phone' as const, value: ana }] }, { addresses: [bsuid] }, { addresses: [{ kind: 'phone' as const, value: ana }, bsuid] }];
  await desk.writeAll([{ phone: ana, content: 'hola', more: { peer: peers[0]! } }]);
  await desk.writeAll([{ phone: ana, content: 'buenas', more: { peer: peers[1]! } }]);
  await desk.settled();
  assert.deepEqual(await desk.leftovers(), { inputs: 2, sessions: 2, calls: 0 });
  await desk.writeAll([{ phone: ana, content: 'Ana', more: { peer: peers[2]! } }]);
  await desk.settled();
  assert.deepEqual(await desk.said(ana), ['¿Cómo te llamas?', '¿Cómo te llamas?', 'Hola, Ana.']);
  assert.deepEqual(await desk.leftovers(), { inputs: 0, sessions: 0, calls: 0 });
});
