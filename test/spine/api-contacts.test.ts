import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { eventTypes, type Contact, type ContactPage, type Conversation, type ConversationPage, type ErasedContact, type EventType, type Label, type MessagePage, type Note, type NotePage } from '@centralita/contracts';
import { decodeId } from '@centralita/kernel';
import type { Scope } from '../harness/defer.ts';
import { waitFor } from '../harness/wait.ts';
import { apiClient, type ApiClient } from './api-client.ts';
import { bodyOf, openDesk, type Desk } from './desk.ts';

// People, labels, notes, read marks and typing as another system uses them, over real HTTP and a carrier that answers.
const ANA = '56911110001';
let desk: Desk;
let api: ApiClient;
let agent: ApiClient;
before(async (t) => {
  const scope = t as unknown as Scope;
  desk = await openDesk(scope);
  api = await apiClient(desk);
  agent = await apiClient(desk, 'agent');
});

const ok = async <T>(answer: Promise<{ status: number; json: unknown; text: string }>, status = 200): Promise<T> => {
  const got = await answer;
  assert.equal(got.status, status, got.text);
  return got.json as T;
};
const refused = async (answer: Promise<{ status: number; json: unknown; text: string }>): Promise<string> => {
  const { json, text } = await answer;
  return (json as { code?: string }).code ?? text;
};
const find = async (q: string): Promise<Contact[]> => (await api.get<ContactPage>(`/api/contacts?${q}`)).contacts;
/** Somebody writes; their contact and conversation. */
async function writes(phone: string, text: string): Promise<{ contact: Contact; conversation: Conversation }> {
  await desk.post(bodyOf(desk.sandbox.config.phone_number_id, [{ from: phone, text }]));
  await desk.settled();
  const contact = (await find(`q=${phone}`)).find((c) => c.phone_number === `+${phone}`)!;
  const { conversations } = await api.get<ConversationPage>(`/api/conversations?contact_id=${contact.id}`);
  return { contact, conversation: conversations[0]! };
}

test('a contact is added, found by name, number, address and field, changed, and listed page by page', async () => {
  const made = await ok<Contact>(agent.post('/api/contacts', { name: 'Íñigo Núñez', phone_number: '+56 9 2222 0001', language: 'es', fields: { rut: '12.345.678-5', plan: 'Oro Sur', edad: 44 } }), 201);
  assert.deepEqual([made.phone_number, made.named_by, made.fields], ['+56922220001', 'agent', { rut: '12.345.678-5', plan: 'Oro Sur', edad: 44 }]);
  for (const q of ['q=inigo', 'q=%2B56922220001', 'q=0001', 'q=12.345.678-5', 'q=oro', 'q=44', 'field=rut:12.345.678-5', 'field=edad:44']) assert.deepEqual((await find(q)).map((c) => c.id), [made.id], q);
  assert.deepEqual(await find('field=rut:1'), []);
  const changed = await ok<Contact>(agent.call('PATCH', `/api/contacts/${made.id}`, { body: { name: 'Íñigo', fields: { plan: null, vip: true } } }));
  assert.deepEqual([changed.name, changed.language, changed.fields], ['Íñigo', 'es', { rut: '12.345.678-5', edad: 44, vip: true }]);
  assert.equal(await refused(api.post('/api/contacts', { name: 'x' })), 'contacts.no_address');
  assert.equal(await refused(api.post('/api/contacts', { phone_number: 'mal' })), 'contacts.bad_address');
  for (let n = 0; n < 3; n++) await ok(api.post('/api/contacts', { name: `Página ${n}`, phone_number: `5693333000${n}` }), 201);
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: ContactPage = await api.get<ContactPage>(`/api/contacts?q=pagina&limit=2${cursor && `&cursor=${cursor}`}`);
    seen.push(...page.contacts.map((c) => c.name!));
    cursor = page.next_cursor;
  }
  assert.deepEqual(seen, ['Página 2', 'Página 1', 'Página 0']);
  assert.equal(await refused(api.call('GET', '/api/contacts?cursor=mal')), 'contacts.bad_cursor');
  const [inactive, active] = [await find('q=pagina&active_to=2026-01-01T00:00:00Z'), await find('q=pagina&active_from=2026-01-01T00:00:00Z')];
  assert.deepEqual([inactive.length, active.length], [0, 3]);
});

test('both ways of writing a number are one contact, and each stays as it came', async () => {
  const made = await ok<Contact>(api.post('/api/contacts', { name: 'Bia', phone_number: '5511987654321' }), 201);
  const twice = await api.post('/api/contacts', { phone_number: '551187654321' });
  assert.deepEqual([twice.status, twice.json['code'], twice.json['contact_id']], [409, 'contacts.address_taken', made.id]);
  const more = await ok<Contact>(api.post(`/api/contacts/${made.id}/addresses`, { value: '+551187654321' }));
  assert.deepEqual(more.addresses.map((a) => a.value), ['+551187654321', '+5511987654321']);
  await ok(api.call('DELETE', `/api/contacts/${made.id}/addresses/phone/${encodeURIComponent('+5511987654321')}`), 204);
  assert.equal(await refused(api.call('DELETE', `/api/contacts/${made.id}/addresses/phone/551187654321`)), 'contacts.last_address');
});

test('two contacts become one: conversations, messages, labels and fields come together', async () => {
  const label = await ok<Label>(api.post('/api/labels', { name: 'Fusión', colour: 'teal' }), 201);
  const [old, young] = [await writes('56944440001', 'primera'), await writes('56944440002', 'segunda')];
  await ok(api.call('PUT', `/api/contacts/${young.contact.id}/labels/${label.id}`));
  await ok(api.call('PUT', `/api/conversations/${young.conversation.id}/labels/${label.id}`));
  await ok(api.post(`/api/conversations/${young.conversation.id}/notes`, { text: 'nota de la segunda' }), 201);
  await ok(api.call('PATCH', `/api/contacts/${young.contact.id}`, { body: { fields: { rut: '9' } } }));
  assert.equal(await refused(api.post(`/api/contacts/${old.contact.id}/merge`, { contact_id: old.contact.id })), 'contacts.same');
  const one = await ok<Contact>(agent.post(`/api/contacts/${old.contact.id}/merge`, { contact_id: young.contact.id }));
  assert.deepEqual([one.id, one.labels.map((l) => l.name), one.fields, one.addresses.length], [old.contact.id, ['Fusión'], { rut: '9' }, 2]);
  assert.equal((await api.get<Contact>(`/api/contacts/${young.contact.id}`)).id, one.id, 'who knows the old id finds the person');
  const { conversations } = await api.get<ConversationPage>(`/api/conversations?label_id=${label.id}`);
  assert.deepEqual(conversations.map((c) => c.id), [old.conversation.id]);
  const { messages } = await api.get<MessagePage>(`/api/conversations/${old.conversation.id}/messages`);
  assert.deepEqual(messages.map((m) => m.text), ['primera', 'segunda']);
  assert.deepEqual((await api.get<NotePage>(`/api/conversations/${old.conversation.id}/notes`)).notes.map((n) => n.text), ['nota de la segunda']);
  assert.deepEqual((await find(`label_id=${label.id}`)).map((c) => c.id), [one.id]);
});

test('labels are defined by supervisors, renamed, removed from everything', async () => {
  assert.equal(await refused(agent.post('/api/labels', { name: 'Urgente' })), 'companies.forbidden');
  const label = await ok<Label>(api.post('/api/labels', { name: 'Urgente', colour: 'red' }), 201);
  assert.equal(await refused(api.post('/api/labels', { name: 'URGENTE' })), 'contacts.label_taken');
  const { conversation } = await writes(ANA, 'con etiqueta');
  assert.deepEqual((await ok<Conversation>(agent.call('PUT', `/api/conversations/${conversation.id}/labels/${label.id}`))).labels, [label]);
  assert.equal((await ok<Label>(api.call('PATCH', `/api/labels/${label.id}`, { body: { name: 'Muy urgente' } }))).name, 'Muy urgente');
  assert.deepEqual((await api.get<Conversation>(`/api/conversations/${conversation.id}`)).labels.map((l) => l.name), ['Muy urgente']);
  await ok(api.call('DELETE', `/api/labels/${label.id}`), 204);
  assert.deepEqual((await api.get<Conversation>(`/api/conversations/${conversation.id}`)).labels, []);
  assert.equal(await refused(api.call('PUT', `/api/conversations/${conversation.id}/labels/${label.id}`)), 'contacts.label_not_found');
});

test('notes are seen by all and changed by who wrote them', async () => {
  const { conversation } = await writes(ANA, 'con nota');
  const path = `/api/conversations/${conversation.id}/notes`;
  const note = await ok<Note>(agent.post(path, { text: 'Llamar el lunes' }), 201);
  assert.deepEqual([note.author.kind, note.edited_at], ['key', null]);
  assert.equal(await refused(api.call('PATCH', `${path}/${note.id}`, { body: { text: 'x' } })), 'conversations.not_your_note');
  assert.equal((await ok<Note>(agent.call('PATCH', `${path}/${note.id}`, { body: { text: 'Llamar el martes' } }))).text, 'Llamar el martes');
  assert.deepEqual((await api.get<NotePage>(path)).notes.map((n) => [n.text, n.edited_at !== null]), [['Llamar el martes', true]]);
  assert.equal(await refused(api.call('DELETE', `${path}/${note.id}`)), 'conversations.not_your_note');
  await ok(agent.call('DELETE', `${path}/${note.id}`), 204);
  assert.deepEqual((await api.get<NotePage>(path)).notes, []);
});

test('read up to a message leaves the rest unread; typing is shown where a carrier can', async () => {
  const first = await writes('56955550001', 'uno');
  await writes('56955550001', 'dos');
  const { conversation } = await writes('56955550001', 'tres');
  assert.equal(conversation.unread, 3);
  const { messages } = await api.get<MessagePage>(`/api/conversations/${conversation.id}/messages`);
  assert.equal((await ok<Conversation>(agent.post(`/api/conversations/${conversation.id}/read`, { up_to: messages[1]!.id }))).unread, 1);
  assert.equal((await ok<Conversation>(agent.post(`/api/conversations/${conversation.id}/read`, { up_to: messages[0]!.id }))).unread, 1, 'what was read stays read');
  assert.equal((await ok<Conversation>(agent.call('POST', `/api/conversations/${conversation.id}/read`))).unread, 0);
  const other = await writes(ANA, 'otra');
  assert.equal(await refused(agent.post(`/api/conversations/${other.conversation.id}/read`, { up_to: messages[0]!.id })), 'conversations.message_not_found');
  await desk.write('56955550009', 'hola');
  const written = await waitFor(async () => (await api.get<ConversationPage>('/api/conversations?q=56955550009')).conversations[0], { what: 'the conversation' });
  const offered = async (id: string): Promise<boolean> => (await agent.get<Conversation>(`/api/conversations/${id}`)).can_show_typing;
  assert.deepEqual(await ok(agent.post(`/api/conversations/${written.id}/typing`, {})), { shown: true });
  assert.equal(await offered(written.id), true);
  await desk.inCompany((tx) => tx.query('update {c}.conversations set last_inbound_remote_id = null where id = $1', [decodeId('conv', first.conversation.id)]));
  assert.equal(await refused(agent.post(`/api/conversations/${first.conversation.id}/typing`, {})), 'inbox.no_typing');
  assert.equal(await offered(first.conversation.id), false);
});

test('everything about a person is exported; erased, nothing is left but that there was something', async () => {
  const secret = 'mi secreto íntimo';
  const phone = '56966660001';
  const { contact, conversation } = await writes(phone, secret);
  await ok(api.post(`/api/conversations/${conversation.id}/notes`, { text: `nota: ${secret}` }), 201);
  await ok(api.call('PATCH', `/api/contacts/${contact.id}`, { body: { name: 'Eva Secreta', fields: { clave: secret } } }));
  const sent = await ok<{ id: string }>(api.post('/api/messages', { phone_number: phone, type: 'text', content: `respuesta: ${secret}` }), 201);
  await desk.settled();
  // A body that nobody could read, about the same person.
  await desk.database.db.query("insert into {s}.failed_webhooks (id, app_id, request_id, payload, error_message) select gen_random_uuid(), id, 'r', $1, 'x' from {s}.apps limit 1", [Buffer.from(`{"from":"${phone}"}`)]);

  const exported = await api.get<{ contact: Contact; conversations: { notes: Note[]; messages: { text: string }[] }[]; copies: Record<string, number> }>(`/api/contacts/${contact.id}/export`);
  assert.deepEqual([exported.contact.name, exported.conversations[0]!.notes.length, exported.conversations[0]!.messages.map((m) => m.text)], ['Eva Secreta', 1, [secret, `respuesta: ${secret}`]]);
  assert.ok(exported.copies['webhooks']! >= 1 && exported.copies['failed_webhooks'] === 1, JSON.stringify(exported.copies));

  assert.equal(await refused(agent.post(`/api/contacts/${contact.id}/erase`, { confirm: contact.id })), 'companies.forbidden');
  assert.equal(await refused(api.post(`/api/contacts/${contact.id}/erase`, { confirm: 'sí' })), 'contacts.not_confirmed');
  const erased = await ok<ErasedContact>(api.post(`/api/contacts/${contact.id}/erase`, { confirm: contact.id }));
  assert.deepEqual([erased.messages, erased.notes, erased.addresses], [2, 1, 1]);
  const { messages } = await api.get<MessagePage>(`/api/conversations/${conversation.id}/messages`);
  assert.deepEqual(messages.map((m) => [m.text, m.content, m.direction]), [['', { type: 'system', event: 'erased', text: '' }, 'in'], ['', { type: 'system', event: 'erased', text: '' }, 'out']]);
  const gone = await api.get<Contact>(`/api/contacts/${contact.id}`);
  assert.deepEqual([gone.name, gone.fields, gone.addresses, gone.erased_at !== null], [null, {}, [], true]);
  assert.equal(await refused(api.call('PATCH', `/api/contacts/${contact.id}`, { body: { name: 'x' } })), 'contacts.erased');
  assert.deepEqual(await find(`q=${phone}`), []);
  assert.equal(await refused(api.call('POST', `/api/messages/${sent.id}/resend`)), 'conversations.cannot_resend');
  assert.deepEqual(await leftovers([secret, phone, 'Eva Secreta']), []);
  // Whoever writes again is somebody new.
  const again = await writes(phone, 'hola de nuevo');
  assert.notEqual(again.contact.id, contact.id);
});

/** Every row of every table that still holds one of these words. */
async function leftovers(words: readonly string[]): Promise<string[]> {
  const tables = await desk.database.db.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('shared', $1) and c.relkind = 'r'`, [desk.company.schema]);
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await desk.database.db.query<{ row: string }>(`select t::text as row from ${name} t`);
    // Bodies are bytes: their text is hexadecimal.
    for (const { row } of rows) for (const word of words) if (row.includes(word) || row.includes(Buffer.from(word).toString('hex'))) found.push(`${name}: ${word}`);
  }
  return [...new Set(found)];
}

test('contacts leave and come as CSV; a wrong line is told and left out', async () => {
  const csv = { 'content-type': 'text/csv' };
  const post = (text: string | Uint8Array<ArrayBuffer>): Promise<Response> => fetch(`${desk.url}/api/contacts/import`, { method: 'POST', headers: { 'x-api-key': api.key, ...csv }, body: text });
  const done = await (await post('phone_number;name;labels;field:ciudad\r\n56977770001;"Soto; Ana";;Arica\r\nmal;Nadie;;\r\n56977770002;Bo;NoHay;\r\n56977770001;;;Iquique\r\n')).json() as { created: number; changed: number; errors: { line: number; code: string }[] };
  assert.deepEqual([done.created, done.changed, done.errors.map((e) => [e.line, e.code])], [1, 1, [[3, 'contacts.bad_address'], [4, 'contacts.label_not_found']]]);
  assert.deepEqual((await find('q=56977770001')).map((c) => [c.name, c.fields]), [['Soto; Ana', { ciudad: 'Iquique' }]]);
  assert.equal((await post('nombre\nx')).status, 422);
  // As Excel saves it when nobody says UTF-8.
  const latin = await post(new Uint8Array(Buffer.from('phone_number,name\n56977770003,Muñoz\n', 'latin1')));
  assert.deepEqual([latin.status, /UTF-8/.test(((await latin.json()) as { detail: string }).detail)], [422, true]);
  assert.deepEqual(await find('q=56977770003'), []);
  const file = await api.call('GET', '/api/contacts/export?q=soto');
  const [head = '', ...lines] = file.text.trim().split('\r\n');
  assert.match(head, /^id,name,phone_number,.*field:ciudad/);
  assert.equal(lines.length, 1);
  assert.match(lines[0]!, /,"Soto; Ana",\+56977770001,.*Iquique/);
});

test('other systems hear of it', async () => {
  await ok(api.post('/api/subscriptions', { kind: 'http', name: 'CRM', url: 'https://crm.example.test/hook', events: ['contact_created', 'contact_updated', 'contact_merged', 'contact_erased', 'conversation_labelled'] }), 201);
  const label = await ok<Label>(api.post('/api/labels', { name: 'En vivo' }), 201);
  const [{ contact, conversation }, other] = [await writes('56988880001', 'hola'), await writes('56988880002', 'hola')];
  await ok(api.call('PUT', `/api/conversations/${conversation.id}/labels/${label.id}`));
  await ok(api.call('PATCH', `/api/contacts/${contact.id}`, { body: { name: 'Otra' } }));
  await ok(api.post(`/api/contacts/${contact.id}/merge`, { contact_id: other.contact.id }));
  const told = (): Promise<string[]> => desk.inCompany(async (tx) => (await tx.query<{ type: string; body: string }>('select type, body from {c}.events order by number')).map((r) => {
    eventTypes[r.type as EventType].data.parse((JSON.parse(r.body) as { data: unknown }).data);
    return r.type;
  }));
  assert.deepEqual(await told(), ['contact_created', 'contact_created', 'conversation_labelled', 'contact_updated', 'contact_merged', 'contact_updated']);
  await ok(api.post(`/api/contacts/${contact.id}/erase`, { confirm: contact.id }));
  assert.deepEqual(await told(), ['contact_erased'], 'what was told of them is not kept');
});
