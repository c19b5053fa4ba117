/** Groups through the unmodified library: made and run by the device, or by a phone; talk in them with sender keys. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { BaileysEventMap } from 'baileys';
import type { DeepJson, Running } from '../testing/harness.ts';
import { eventually, startSandbox } from '../testing/harness.ts';
import { linkedClient } from '../testing/whatsapp-web.ts';
import type { Client } from '../testing/whatsapp-web.ts';

const LINE = '56911112222';
const OTHER = '56911113333';
const ANA = '56961234567';
const BENITO = '56922222222';
const jid = (number: string): string => `${number}@s.whatsapp.net`;
let sandbox: Running;
let client: Client;
let other: Client;
let id: string;

before(async () => {
  sandbox = await startSandbox();
  [client, other] = await Promise.all([linkedClient(sandbox, LINE), linkedClient(sandbox, OTHER)]);
});
after(async () => {
  client.stop();
  other.stop();
  await sandbox.stop();
});

const seen = (number: string, fits: (message: DeepJson) => boolean): Promise<DeepJson> => eventually(async () => (await sandbox.messages(number)).find(fits));
const lidOf = async (number: string): Promise<string> => String((await sandbox.call('GET', `/sandbox/phones/${number}/linked-devices`)).body['lid']);
const members = async (): Promise<unknown> => {
  const groups = (await sandbox.call('GET', `/sandbox/groups?of=${LINE}`)).body['groups'] as unknown as { id: string; members: { number: string; role: string }[] }[];
  return Object.fromEntries((groups.find((group) => group.id === id)?.members ?? []).map((member) => [member.number, member.role]));
};
const change = async (body: Record<string, unknown>): Promise<void> => {
  const answer = await sandbox.call('PATCH', `/sandbox/groups/${id}`, body);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
};

test('the device makes a group: its members hear of it, and it reads who is in it', async () => {
  const made = await client.socket.groupCreate('Vecinos', [jid(ANA), jid(OTHER)]);
  id = made.id;
  assert.equal(made.subject, 'Vecinos');
  assert.deepEqual(await members(), { [LINE]: 'superadmin', [ANA]: 'member', [OTHER]: 'member' });
  await other.event('groups.upsert', (groups) => groups.some((group) => group.id === id && group.subject === 'Vecinos'));
  const read = await other.socket.groupMetadata(id);
  assert.deepEqual(new Set(read.participants.map((one) => one.phoneNumber)), new Set([ANA, LINE, OTHER].map(jid)));
  assert.equal(read.addressingMode, 'lid');
  assert.ok(Object.keys(await other.socket.groupFetchAllParticipating()).includes(id));
});

test('what the device says in it reaches phones and other devices; their answers come with who wrote them', async () => {
  const sent = await client.socket.sendMessage(id, { text: 'hola vecinos' });
  const shown = await seen(ANA, (message) => message['id'] === sent?.key.id && message['type'] === 'text');
  assert.equal(shown['text'], 'hola vecinos');
  assert.equal(shown['chat'], id);
  assert.equal(shown['from'], LINE);
  assert.equal((await other.until(() => other.messages.get(sent?.key.id ?? ''))).message?.extendedTextMessage?.text, 'hola vecinos');
  const { body, status } = await sandbox.write(ANA, { to: id, type: 'text', text: 'hola a todos' });
  assert.equal(status, 201, JSON.stringify(body));
  for (const each of [client, other]) {
    const message = await each.until(() => each.messages.get(String(body['id'])));
    assert.equal(message.message?.conversation, 'hola a todos');
    assert.equal(message.key.remoteJid, id);
    assert.equal(message.key.participant, await lidOf(ANA));
    assert.equal(message.key.participantAlt, jid(ANA));
  }
  const answer = await other.socket.sendMessage(id, { text: 'y a ti' });
  assert.equal((await client.until(() => client.messages.get(answer?.key.id ?? ''))).message?.extendedTextMessage?.text, 'y a ti');
  assert.equal((await seen(ANA, (message) => message['id'] === answer?.key.id && message['type'] === 'text'))['from'], OTHER);
  // Each phone of the group says that it has it, and that it read it.
  await client.until(() => {
    const told = client.events.some((event) => event.name === 'message-receipt.update' && (event.data as BaileysEventMap['message-receipt.update']).some((update) => update.key.id === sent?.key.id && update.receipt.readTimestamp != null));
    // Under load it comes folded into the message.
    return told || client.messages.get(sent?.key.id ?? '')?.userReceipt?.some((receipt) => receipt.readTimestamp != null) === true ? true : undefined;
  }, 'the receipts');
  // Its own phone has it as its own.
  assert.equal((await seen(LINE, (message) => message['id'] === sent?.key.id))['direction'], 'out');
  const react = await client.socket.sendMessage(id, { react: { text: '👏', key: (await client.until(() => client.messages.get(String(body['id'])))).key } });
  assert.equal((await seen(ANA, (message) => message['id'] === react?.key.id && message['type'] === 'reaction'))['text'], '👏');
});

test('members come, rise, fall and go; the subject changes; who is no admin may not', async () => {
  const changed = async (action: string): Promise<BaileysEventMap['group-participants.update']> => other.event('group-participants.update', (update) => update.id === id && update.action === action);
  assert.deepEqual((await client.socket.groupParticipantsUpdate(id, [jid(BENITO)], 'add')).map((one) => one.status), ['200']);
  assert.equal((await changed('add')).participants[0]?.phoneNumber, jid(BENITO));
  await client.socket.groupParticipantsUpdate(id, [jid(ANA)], 'promote');
  await changed('promote');
  assert.deepEqual(await members(), { [LINE]: 'superadmin', [ANA]: 'admin', [OTHER]: 'member', [BENITO]: 'member' });
  await client.socket.groupParticipantsUpdate(id, [jid(ANA)], 'demote');
  await changed('demote');
  await client.socket.groupUpdateSubject(id, 'Vecinos del centro');
  await other.event('groups.update', (updates) => updates.some((update) => update.id === id && update.subject === 'Vecinos del centro'));
  await assert.rejects(other.socket.groupUpdateSubject(id, 'mío'), /forbidden/);
  await client.socket.groupParticipantsUpdate(id, [jid(BENITO)], 'remove');
  await changed('remove');
  assert.deepEqual(await members(), { [LINE]: 'superadmin', [ANA]: 'member', [OTHER]: 'member' });
  // Who came later, and who went: only members hear.
  await client.socket.groupParticipantsUpdate(id, [jid(BENITO)], 'add');
  const sent = await client.socket.sendMessage(id, { text: 'bienvenido' });
  assert.equal((await seen(BENITO, (message) => message['id'] === sent?.key.id && message['type'] === 'text'))['text'], 'bienvenido');
});

test('the device leaves', async () => {
  await other.socket.groupLeave(id);
  assert.deepEqual(await members(), { [LINE]: 'superadmin', [ANA]: 'member', [BENITO]: 'member' });
  await assert.rejects(other.socket.groupMetadata(id), /forbidden/);
});

test('a phone makes a group and runs it', async () => {
  const { body, status } = await sandbox.call('POST', '/sandbox/groups', { by: ANA, subject: 'Feria', members: [LINE, BENITO] });
  assert.equal(status, 201, JSON.stringify(body));
  id = String(body['id']);
  await client.event('groups.upsert', (groups) => groups.some((group) => group.id === id && group.subject === 'Feria'));
  await change({ by: ANA, subject: 'Feria del libro', promote: [LINE], remove: [BENITO] });
  await client.event('groups.update', (updates) => updates.some((update) => update.subject === 'Feria del libro'));
  assert.deepEqual(await members(), { [ANA]: 'superadmin', [LINE]: 'admin' });
  assert.equal((await sandbox.call('PATCH', `/sandbox/groups/${id}`, { by: BENITO, subject: 'x' })).status, 403);
  const said = await sandbox.write(ANA, { to: id, type: 'text', text: '¿vienes?' });
  await client.until(() => client.messages.get(String(said.body['id'])));
  await change({ by: ANA, leave: true });
  assert.deepEqual(await members(), { [LINE]: 'admin' });
  assert.equal((await sandbox.write(ANA, { to: id, type: 'text', text: 'x' })).status, 404);
});

test('nothing is left that the device has not acknowledged', async () => {
  await eventually(async () => (Number((await sandbox.call('GET', `/sandbox/phones/${LINE}/linked-devices`)).body['devices']?.[0]?.['waiting']) === 0 ? true : undefined));
});
