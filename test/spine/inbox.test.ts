import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { answer, type Centralita, type Schema } from '@centralita/sdk';
import { createUser } from '../../apps/server/src/modules/companies/index.ts';
import type { Scope } from '../harness/defer.ts';
import { signedIn } from '../harness/signed-in.ts';
import { waitFor } from '../harness/wait.ts';
import { checked } from './api-client.ts';
import { MUNICIPALITY, openDesk, type Desk } from './desk.ts';

// A person at the inbox, over HTTP, and a customer with a phone: everything in between is real.
const PHONE = '56973000001';
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n');

let desk: Desk;
/** As a browser asks that Ana signed in with. */
let inbox: Centralita;
before(async (t) => {
  desk = await openDesk(t as unknown as Scope, { bot: MUNICIPALITY });
  await createUser(desk.rt, desk.company.id, { email: 'ana@example.test', name: 'Ana', role: 'agent', password: 'contraseña segura' });
  inbox = await signedIn(desk.url, { email: 'ana@example.test', password: 'contraseña segura' }, checked);
});

type Message = Schema<'Message'>;
const conversation = (): Promise<Schema<'Conversation'>> => waitFor(async () => (await answer(inbox.GET('/api/conversations', { params: { query: { q: PHONE } } }))).conversations[0], { what: 'the conversation in the list' });
/** The path of the conversation, for every request about it. */
const here = async (): Promise<{ params: { path: { id: string } } }> => ({ params: { path: { id: (await conversation()).id } } });
const thread = async (): Promise<Message[]> => (await answer(inbox.GET('/api/conversations/{id}/messages', await here()))).messages;
const sends = async (body: unknown): Promise<string> => {
  const sent = await desk.sandbox.call('POST', `/sandbox/phones/${PHONE}/messages`, { to: desk.sandbox.config.business_number, ...(body as object) });
  assert.equal(sent.status, 201, JSON.stringify(sent.body));
  return String(sent.body['id']);
};
let said = 0;
const writes = async (content: Schema<'SendBody'>['content']): Promise<Message> => answer(inbox.POST('/api/conversations/{id}/messages', { ...await here(), body: { content, client_id: `client-id-${++said}` } }));

test('an agent takes the turn from the bot, reads, and gives it back', async () => {
  const id = await sends({ type: 'text', text: 'hola' });
  await desk.hears(PHONE, 1);
  const { holder } = await conversation();
  assert.equal(holder.kind, 'bot');
  const read = await answer(inbox.POST('/api/conversations/{id}/read', await here()));
  assert.equal(read.unread, 0);
  await waitFor(async () => (await desk.sandbox.messages(PHONE)).find((m) => String(m['id']) === id)?.['status'] as unknown === 'read', { what: 'the blue ticks on the phone' });

  assert.equal((await answer(inbox.POST('/api/conversations/{id}/take', await here()))).holder.name, 'Ana');
  const before = (await desk.heard(PHONE)).length;
  await sends({ type: 'text', text: '¿hay alguien?' });
  await waitFor(async () => (await thread()).some((m) => m.text === '¿hay alguien?'), { what: 'the message in the thread' });
  await desk.settled();
  assert.equal((await desk.heard(PHONE)).length, before, 'the bot is silent while a person has the turn');
  const sent = await writes({ type: 'text', text: 'Sí, soy Ana' });
  await desk.hears(PHONE, before + 1);
  await waitFor(async () => ['delivered', 'read'].includes((await thread()).find((m) => m.id === sent.id)!.status), { what: 'the ticks' });

  assert.equal((await answer(inbox.POST('/api/conversations/{id}/release', await here()))).holder.kind, 'bot');
  await sends({ type: 'text', text: 'hola otra vez' });
  await desk.hears(PHONE, before + 2);
});

test('files go both ways, and reactions too', async () => {
  await answer(inbox.POST('/api/conversations/{id}/take', await here()));
  const picture = await sends({ type: 'image', image: { data: PNG.toString('base64'), mime_type: 'image/png', caption: 'mi calle' } });
  const image = await waitFor(async () => (await thread()).find((m) => m.whatsapp_message_id === picture && (m.content['media'] as { state?: string }).state === 'ready'), { what: 'the picture fetched' });
  assert.equal(image.text, 'mi calle');
  const { id, mime_type } = image.content['media'] as { id: string; mime_type: string };
  assert.equal(mime_type, 'image/png');
  const served = await inbox.GET('/api/media/{id}', { params: { path: { id } }, parseAs: 'blob' });
  assert.equal(served.response.headers.get('x-content-type-options'), 'nosniff');
  assert.deepEqual(Buffer.from(await served.data!.arrayBuffer()), PNG);

  const uploaded = await answer(inbox.POST('/api/media', { params: { query: { filename: 'formulario.pdf' } }, body: new Blob([PDF]), headers: { 'content-type': 'application/pdf' } }));
  const heard = (await desk.sandbox.messages(PHONE)).length;
  await writes({ type: 'document', media: { id: uploaded.id }, caption: 'Complételo' });
  const got = await waitFor(async () => (await desk.sandbox.messages(PHONE)).slice(heard).find((m) => m['type'] as unknown === 'document'), { what: 'the document on the phone' });
  assert.match(JSON.stringify(got), /formulario\.pdf/);

  await writes({ type: 'reaction', message_id: image.id, emoji: '👍' });
  const document = await waitFor(async () => (await thread()).find((m) => m.content.type === 'document' && m.whatsapp_message_id !== null), { what: 'the carrier’s id of the document' });
  await sends({ type: 'reaction', reaction: { message_id: document.whatsapp_message_id, emoji: '🙏' } });
  await waitFor(async () => (await thread()).find((m) => m.id === document.id)?.reactions.some((r) => r.by === 'contact' && r.emoji === '🙏'), { what: 'the customer’s reaction on the document' });
  await waitFor(async () => JSON.stringify(await desk.sandbox.messages(PHONE)).includes('👍'), { what: 'our reaction on the phone' });
  assert.ok(!(await thread()).some((m) => m.content.type === 'reaction'));
});

test('a search tells where the words were said', async () => {
  await sends({ type: 'text', text: 'La lámpara de la calle Águila sigue apagada' });
  const page = await waitFor(async () => {
    const found = await answer(inbox.GET('/api/conversations', { params: { query: { q: 'aguila lampara' } } }));
    return found.matches?.length ? found : undefined;
  }, { what: 'the search to find it' });
  const [match] = page.matches!;
  assert.equal(match!.conversation_id, (await conversation()).id);
  assert.deepEqual(match!.hits.map(({ from, to }) => match!.text.slice(from, to)), ['lámpara', 'Águila']);
  assert.equal((await answer(inbox.GET('/api/conversations'))).matches, undefined);
});

test('where the carrier says that the window is closed nothing is offered but waiting, until the contact writes', async () => {
  await answer(inbox.POST('/api/conversations/{id}/take', await here()));
  await desk.sandbox.call('POST', '/sandbox/faults', { kind: 'error', code: 131047, times: 1 });
  const refused = await writes({ type: 'text', text: '¿Sigue ahí?' });
  const closed = await waitFor(async () => {
    const now = await conversation();
    return now.window.open ? undefined : now;
  }, { what: 'the window to close' });
  assert.ok(Date.parse(closed.window.closes_at!) <= desk.rt.clock.now());
  assert.equal((await thread()).find((m) => m.id === refused.id)?.error?.code, '131047');
  await assert.rejects(writes({ type: 'text', text: '¿Hola?' }), { code: 'conversations.window_closed' });
  await sends({ type: 'text', text: 'Aquí estoy' });
  await waitFor(async () => (await conversation()).window.open, { what: 'the window to open again' });
});
