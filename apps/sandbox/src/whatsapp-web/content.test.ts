/** Everything a chat holds, both ways, through the unmodified library: text with its ticks, files, places, people, reactions, quotes, edits, deletions, typing, LIDs. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import tls from 'node:tls';
import { downloadMediaMessage } from 'baileys';
import type { AnyMessageContent, WAMessage } from 'baileys';
import type { DeepJson, Json, Running } from '../testing/harness.ts';
import { eventually, PNG, startSandbox } from '../testing/harness.ts';
import { contractOf, linkedClient } from '../testing/whatsapp-web.ts';
import type { Client } from '../testing/whatsapp-web.ts';

const LINE = '56911112222';
const ANA = '56961234567';
const PDF = Buffer.from('%PDF-1.4 requisitos');
const jid = (number: string): string => `${number}@s.whatsapp.net`;
let sandbox: Running;
let client: Client;

before(async () => {
  sandbox = await startSandbox();
  // As NODE_EXTRA_CA_CERTS does for a host.
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), (await contractOf(sandbox)).ca_pem]);
  client = await linkedClient(sandbox, LINE);
});
after(async () => {
  client.stop();
  await sandbox.stop();
});

const write = async (message: Json, from = ANA): Promise<string> => {
  const { body, status } = await sandbox.write(from, { to: LINE, ...message });
  assert.equal(status, 201, JSON.stringify(body));
  return String(body['id']);
};
const heard = async (message: Json, from = ANA): Promise<WAMessage> => {
  const id = await write(message, from);
  return client.until(() => client.messages.get(id));
};
const seen = (number: string, fits: (message: DeepJson) => boolean): Promise<DeepJson> => eventually(async () => (await sandbox.messages(number)).find(fits));
const send = async (content: AnyMessageContent, options: { quoted?: WAMessage } = {}): Promise<DeepJson> => {
  const sent = await client.socket.sendMessage(jid(ANA), content, options);
  return seen(ANA, (message) => message['id'] === sent?.key.id && message['type'] !== 'unopened');
};

test('a linked phone is a number of the company; a phone that was never linked has no devices', async () => {
  const { body } = await sandbox.call('GET', `/sandbox/phones/${LINE}/linked-devices`);
  assert.equal((body['devices'] as unknown as unknown[]).length, 1);
  assert.equal(body['devices']?.[0]?.['connected'] as unknown, true);
  assert.equal(body['devices']?.[0]?.['jid'], `${LINE}:1@s.whatsapp.net`);
  const numbers = (await sandbox.call('GET', '/sandbox/numbers')).body['numbers'] as unknown as DeepJson[];
  const line = numbers.find((number) => number['business_number'] === LINE);
  assert.equal(line?.['carrier'], 'whatsapp-web');
  assert.equal(line?.['phone_number_id'], jid(LINE));
  assert.equal(((await sandbox.call('GET', `/sandbox/phones/${ANA}/linked-devices`)).body['devices'] as unknown as unknown[]).length, 0);
});

test('a phone writes to the linked number, end to end encrypted; the tick comes from the device, the blue one from who reads', async () => {
  const id = await write({ type: 'text', text: 'hola' });
  const message = await client.until(() => client.messages.get(id));
  assert.equal(message.message?.conversation, 'hola');
  assert.equal(message.key.remoteJid, jid(ANA));
  assert.match(message.key.remoteJidAlt ?? '', /^\d+@lid$/);
  assert.equal(message.pushName, 'Ana Rojas');
  await seen(ANA, (one) => one['id'] === id && one['status'] === 'delivered');
  await client.socket.readMessages([message.key]);
  await seen(ANA, (one) => one['id'] === id && one['status'] === 'read');
});

test('the device writes; the phone reads it, the owner’s phone shows it too, and both ticks come back', async () => {
  const sent = await client.socket.sendMessage(jid(ANA), { text: 'buenos días' });
  const id = sent?.key.id ?? '';
  const shown = await seen(ANA, (one) => one['id'] === id && one['type'] === 'text');
  assert.equal(shown['text'], 'buenos días');
  assert.equal(shown['direction'], 'in');
  assert.equal(shown['from'], LINE);
  // 4: read.
  await client.until(() => (client.messages.get(id)?.status === 4 ? true : undefined));
  const own = await seen(LINE, (one) => one['id'] === id);
  assert.equal(own['direction'], 'out');
  assert.equal(own['text'], 'buenos días');
  // And on the session that is there by now.
  const again = await write({ type: 'text', text: 'gracias' });
  assert.equal((await client.until(() => client.messages.get(again))).message?.conversation, 'gracias');
});

test('files from a phone are downloaded and are what was sent', async () => {
  const image = await heard({ type: 'image', image: { data: PNG.toString('base64'), caption: 'mira' } });
  assert.equal(image.message?.imageMessage?.caption, 'mira');
  assert.ok((await downloadMediaMessage(image, 'buffer', {})).equals(PNG));
  const document = await heard({ type: 'document', document: { data: PDF.toString('base64'), mime_type: 'application/pdf', filename: 'r.pdf', caption: 'lee esto' } });
  assert.equal(document.message?.documentWithCaptionMessage?.message?.documentMessage?.fileName, 'r.pdf');
  assert.ok((await downloadMediaMessage(document, 'buffer', {})).equals(PDF));
  const voice = await heard({ type: 'audio', audio: { data: Buffer.from('OggS').toString('base64'), mime_type: 'audio/ogg', voice: true } });
  assert.equal(voice.message?.audioMessage?.ptt, true);
  const sticker = await heard({ type: 'sticker', sticker: { data: Buffer.from('RIFF....WEBPVP8 ').toString('base64'), mime_type: 'image/webp' } });
  assert.equal(sticker.message?.stickerMessage?.mimetype, 'image/webp');
});

test('files of the device reach the phone, which shows them', async () => {
  const image = await send({ image: PNG, mimetype: 'image/png', caption: 'foto', jpegThumbnail: '' });
  assert.equal(image['type'], 'image');
  assert.equal(image['text'], 'foto');
  assert.equal(Number(image['media']?.['size']), PNG.length);
  assert.equal(String((await sandbox.call('GET', `/sandbox/media/${String(image['media']?.['id'])}`)).headers['content-type']), 'image/png');
  const document = await send({ document: PDF, mimetype: 'application/pdf', fileName: 'a.pdf' });
  assert.equal(document['media']?.['filename'], 'a.pdf');
  const voice = await send({ audio: Buffer.from('OggS'), ptt: true, mimetype: 'audio/ogg; codecs=opus', seconds: 1 });
  assert.equal(voice['payload']?.['audio']?.['voice'] as unknown, true);
  assert.equal((await send({ sticker: Buffer.from('RIFF....WEBPVP8 ') }))['type'], 'sticker');
});

test('places, people, reactions, quotes, edits and deletions of a phone', async () => {
  const place = await heard({ type: 'location', location: { latitude: -33.4, longitude: -70.6, name: 'Plaza' } });
  assert.equal(place.message?.locationMessage?.name, 'Plaza');
  const contact = await heard({ type: 'contacts', contacts: [{ name: { formatted_name: 'Pedro' }, phones: [{ phone: '+56 9 5555 5555', wa_id: '56955555555' }] }] });
  assert.match(contact.message?.contactMessage?.vcard ?? '', /waid=56955555555/);
  const sent = await client.socket.sendMessage(jid(ANA), { text: 'cítame' });
  const id = sent?.key.id ?? '';
  await seen(ANA, (message) => message['id'] === id && message['type'] === 'text');
  const quote = await heard({ type: 'text', text: 'te cito', context: { message_id: id } });
  assert.equal(quote.message?.extendedTextMessage?.contextInfo?.stanzaId, id);
  assert.equal(quote.message?.extendedTextMessage?.contextInfo?.participant, jid(LINE));
  const reaction = await heard({ type: 'reaction', reaction: { message_id: id, emoji: '👍' } });
  assert.equal(reaction.message?.reactionMessage?.text, '👍');
  assert.equal(reaction.message?.reactionMessage?.key?.id, id);
  assert.equal(reaction.message?.reactionMessage?.key?.fromMe, true, 'it reacts to ours');
  const typo = await heard({ type: 'text', text: 'ola' });
  await write({ type: 'edit', edit: { original_message_id: typo.key.id, text: 'hola' } });
  const edited = await client.event('messages.update', (updates) => updates.some((one) => one.key.id === typo.key.id && one.update.message?.editedMessage != null));
  assert.equal(edited[0]?.update.message?.editedMessage?.message?.extendedTextMessage?.text, 'hola');
  await write({ type: 'revoke', revoke: { original_message_id: typo.key.id } });
  await client.until(() => (client.messages.get(typo.key.id ?? '')?.message === null ? true : undefined), 'the deletion');
});

test('places, people, reactions, quotes, edits and deletions of the device', async () => {
  assert.equal((await send({ location: { degreesLatitude: -33.4, degreesLongitude: -70.6, name: 'Plaza' } }))['payload']?.['location']?.['name'], 'Plaza');
  const vcard = 'BEGIN:VCARD\nVERSION:3.0\nFN:Pedro\nTEL;type=CELL;waid=56955555555:+56 9 5555 5555\nEND:VCARD';
  const contact = await send({ contacts: { displayName: 'Pedro', contacts: [{ vcard, displayName: 'Pedro' }] } });
  assert.equal(contact['payload']?.['contacts']?.[0]?.['phones']?.[0]?.['wa_id'], '56955555555');
  const said = await heard({ type: 'text', text: 'reacciona' });
  const reaction = await send({ react: { text: '❤️', key: said.key } });
  assert.deepEqual(reaction['payload']?.['reaction'] as unknown, { message_id: said.key.id, emoji: '❤️' });
  const quote = await send({ text: 'respuesta' }, { quoted: said });
  assert.equal(quote['context']?.['message_id'], said.key.id);
  const typo = await client.socket.sendMessage(jid(ANA), { text: 'ola' });
  await send({ text: 'hola', edit: typo!.key });
  assert.equal((await seen(ANA, (message) => message['id'] === typo?.key.id))['edited'], 'hola');
  await send({ delete: typo!.key });
  assert.equal((await seen(ANA, (message) => message['id'] === typo?.key.id))['revoked'] as unknown, true);
});

test('who is on WhatsApp is told with the LID; a phone that hides its number is known by that alone, and is answered', async () => {
  await sandbox.call('PATCH', '/sandbox/phones/56900000009', { on_whatsapp: false });
  const [there, gone] = await client.socket.onWhatsApp('+56 9 6123 4567', '56900000009') ?? [];
  assert.equal(there?.jid, jid(ANA));
  assert.equal(there?.exists, true);
  assert.equal(gone?.exists ?? false, false);
  const hidden = '56922222222';
  await sandbox.call('PATCH', `/sandbox/phones/${hidden}`, { share_number: false });
  const message = await heard({ type: 'text', text: 'soy yo' }, hidden);
  const own = String((await sandbox.call('GET', `/sandbox/phones/${hidden}/linked-devices`)).body['lid']);
  assert.equal(message.key.remoteJid, own);
  assert.equal(message.key.remoteJidAlt, undefined);
  const sent = await client.socket.sendMessage(own, { text: '¿quién?' });
  assert.equal((await seen(hidden, (one) => one['id'] === sent?.key.id && one['type'] === 'text'))['text'], '¿quién?');
  await client.until(() => (client.messages.get(sent?.key.id ?? '')?.status === 4 ? true : undefined), 'the ticks');
});

test('typing is seen on both sides, and who is there', async () => {
  await client.socket.sendPresenceUpdate('composing', jid(ANA));
  await eventually(async () => ((await sandbox.call('GET', `/sandbox/phones/${ANA}`)).body['typing']?.[0] === jid(LINE) ? true : undefined));
  await client.socket.presenceSubscribe(jid(ANA));
  await client.event('presence.update', (update) => update.presences[jid(ANA)]?.lastKnownPresence === 'available');
  await sandbox.call('POST', `/sandbox/phones/${ANA}/typing`, { to: LINE, state: 'recording' });
  await client.event('presence.update', (update) => update.presences[jid(ANA)]?.lastKnownPresence === 'recording');
  await sandbox.call('PATCH', `/sandbox/phones/${ANA}`, { online: false });
  await client.event('presence.update', (update) => update.presences[jid(ANA)]?.lastKnownPresence === 'unavailable');
  // One tick while it is off, then the others.
  const sent = await client.socket.sendMessage(jid(ANA), { text: 'cuando puedas' });
  await seen(ANA, (message) => message['id'] === sent?.key.id && message['status'] === 'sent');
  await sandbox.call('PATCH', `/sandbox/phones/${ANA}`, { online: true });
  await client.until(() => (client.messages.get(sent?.key.id ?? '')?.status === 4 ? true : undefined), 'the ticks');
});

test('what the owner writes on the linked phone itself reaches the other phone, and the device as its own', async () => {
  const { body, status } = await sandbox.write(LINE, { to: ANA, type: 'text', text: 'desde el teléfono' });
  assert.equal(status, 201, JSON.stringify(body));
  const own = await client.until(() => client.messages.get(String(body['id'])));
  assert.equal(own.key.fromMe, true);
  assert.equal(own.key.remoteJid, jid(ANA));
  assert.equal((await seen(ANA, (message) => message['id'] === body['id'] && message['status'] === 'read'))['direction'], 'in');
});

test('a message to itself, and one sent twice under the same id', async () => {
  await client.socket.sendMessage(jid(LINE), { text: 'nota' });
  await seen(LINE, (message) => message['text'] === 'nota');
  const messageId = '3EB0AAAAAAAAAAAAAAAAAA';
  await client.socket.sendMessage(jid(ANA), { text: 'una vez' }, { messageId });
  await client.socket.sendMessage(jid(ANA), { text: 'una vez' }, { messageId });
  const shown = await seen(ANA, (message) => message['id'] === messageId && message['copies'] === 2);
  assert.equal(shown['text'], 'una vez');
  assert.equal((await sandbox.messages(ANA)).filter((message) => message['text'] === 'una vez').length, 1);
});

test('nothing is left that the device has not acknowledged', async () => {
  await eventually(async () => (Number((await sandbox.call('GET', `/sandbox/phones/${LINE}/linked-devices`)).body['devices']?.[0]?.['waiting']) === 0 ? true : undefined));
});
