import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Conversation, ConversationPage, Message, MessagePage } from '@centralita/contracts';
import { createUser } from '../../apps/server/src/modules/companies/index.ts';
import type { Scope } from '../harness/defer.ts';
import { waitFor } from '../harness/wait.ts';
import { MUNICIPALITY, openDesk, type Desk } from './desk.ts';

// A person at the inbox, over HTTP, and a customer with a phone: everything in between is real.
const PHONE = '56973000001';
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n');

let desk: Desk;
let headers: Record<string, string>;
before(async (t) => {
  desk = await openDesk(t as unknown as Scope, { bot: MUNICIPALITY });
  await createUser(desk.rt, desk.company.id, { email: 'ana@example.test', name: 'Ana', role: 'agent', password: 'contraseña segura' });
  const login = await fetch(`${desk.url}/api/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: 'ana@example.test', password: 'contraseña segura' }) });
  headers = { cookie: login.headers.get('set-cookie')!.split(';')[0]!, 'x-csrf-token': ((await login.json()) as { csrf: string }).csrf };
});

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(desk.url + path, { method, headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) }, ...(body !== undefined && { body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return await answer.json() as T;
}
const conversation = (): Promise<Conversation> => waitFor(async () => (await call<ConversationPage>('GET', `/api/conversations?q=${PHONE}`)).conversations[0], { what: 'the conversation in the list' });
const thread = async (): Promise<Message[]> => (await call<MessagePage>('GET', `/api/conversations/${(await conversation()).id}/messages`)).messages;
const sends = async (body: unknown): Promise<string> => {
  const sent = await desk.sandbox.call('POST', `/sandbox/phones/${PHONE}/messages`, { to: desk.sandbox.config.business_number, ...(body as object) });
  assert.equal(sent.status, 201, JSON.stringify(sent.body));
  return String(sent.body['id']);
};
let said = 0;
const writes = async (content: unknown): Promise<Message> => call('POST', `/api/conversations/${(await conversation()).id}/messages`, { content, client_id: `client-id-${++said}` });

test('an agent takes the turn from the bot, reads, and gives it back', async () => {
  const id = await sends({ type: 'text', text: 'hola' });
  await desk.hears(PHONE, 1);
  const { id: where, holder } = await conversation();
  assert.equal(holder.kind, 'bot');
  const read = await call<Conversation>('POST', `/api/conversations/${where}/read`);
  assert.equal(read.unread, 0);
  await waitFor(async () => (await desk.sandbox.messages(PHONE)).find((m) => String(m['id']) === id)?.['status'] as unknown === 'read', { what: 'the blue ticks on the phone' });

  assert.equal((await call<Conversation>('POST', `/api/conversations/${where}/take`)).holder.name, 'Ana');
  const before = (await desk.heard(PHONE)).length;
  await sends({ type: 'text', text: '¿hay alguien?' });
  await waitFor(async () => (await thread()).some((m) => m.text === '¿hay alguien?'), { what: 'the message in the thread' });
  await desk.settled();
  assert.equal((await desk.heard(PHONE)).length, before, 'the bot is silent while a person has the turn');
  const sent = await writes({ type: 'text', text: 'Sí, soy Ana' });
  await desk.hears(PHONE, before + 1);
  await waitFor(async () => ['delivered', 'read'].includes((await thread()).find((m) => m.id === sent.id)!.status), { what: 'the ticks' });

  assert.equal((await call<Conversation>('POST', `/api/conversations/${where}/release`)).holder.kind, 'bot');
  await sends({ type: 'text', text: 'hola otra vez' });
  await desk.hears(PHONE, before + 2);
});

test('files go both ways, and reactions too', async () => {
  await call('POST', `/api/conversations/${(await conversation()).id}/take`);
  const picture = await sends({ type: 'image', image: { data: PNG.toString('base64'), mime_type: 'image/png', caption: 'mi calle' } });
  const image = await waitFor(async () => (await thread()).find((m) => m.whatsapp_message_id === picture && (m.content['media'] as { state?: string }).state === 'ready'), { what: 'the picture fetched' });
  assert.equal(image.text, 'mi calle');
  const { id, mime_type } = image.content['media'] as { id: string; mime_type: string };
  assert.equal(mime_type, 'image/png');
  const served = await fetch(`${desk.url}/api/media/${id}`, { headers });
  assert.equal(served.headers.get('x-content-type-options'), 'nosniff');
  assert.deepEqual(Buffer.from(await served.arrayBuffer()), PNG);

  const uploaded = await fetch(`${desk.url}/api/media?filename=formulario.pdf`, { method: 'POST', headers: { ...headers, 'content-type': 'application/pdf' }, body: PDF });
  assert.equal(uploaded.status, 201);
  const heard = (await desk.sandbox.messages(PHONE)).length;
  await writes({ type: 'document', media: { id: ((await uploaded.json()) as { id: string }).id }, caption: 'Complételo' });
  const got = await waitFor(async () => (await desk.sandbox.messages(PHONE)).slice(heard).find((m) => m['type'] as unknown === 'document'), { what: 'the document on the phone' });
  assert.match(JSON.stringify(got), /formulario\.pdf/);

  await writes({ type: 'reaction', message_id: image.id, emoji: '👍' });
  const document = await waitFor(async () => (await thread()).find((m) => m.content.type === 'document' && m.whatsapp_message_id !== null), { what: 'the carrier’s id of the document' });
  await sends({ type: 'reaction', reaction: { message_id: document.whatsapp_message_id, emoji: '🙏' } });
  await waitFor(async () => (await thread()).find((m) => m.id === document.id)?.reactions.some((r) => r.by === 'contact' && r.emoji === '🙏'), { what: 'the customer’s reaction on the document' });
  await waitFor(async () => JSON.stringify(await desk.sandbox.messages(PHONE)).includes('👍'), { what: 'our reaction on the phone' });
  assert.ok(!(await thread()).some((m) => m.content.type === 'reaction'));
});
