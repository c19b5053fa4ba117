import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { before, test } from 'node:test';
import type { ConversationPage, Message } from '@centralita/contracts';
import type { BulkAnswer, MessageSearchPage, SentMessage } from '@centralita/contracts/api';
import { gatherSend } from '../../apps/server/src/modules/api/gather-sends.ts';
import { takeOrder } from '../../apps/server/src/modules/api/index.ts';
import { company, type Caller } from '../../apps/server/src/modules/companies/index.ts';
import type { Runtime } from '../../apps/server/src/runtime.ts';
import type { Scope } from '../harness/defer.ts';
import { waitFor } from '../harness/wait.ts';
import { apiClient, type ApiClient } from './api-client.ts';
import { MUNICIPALITY, openDesk, type Desk } from './desk.ts';

// Another system sends, looks, and hands in messages; the sandbox is the carrier.
let desk: Desk;
let api: ApiClient;
before(async (t) => {
  desk = await openDesk(t as unknown as Scope, { bot: MUNICIPALITY, config: { callHttpAllow: ['127.0.0.1'] } });
  api = await apiClient(desk);
});

const ANA = '56974000001';
/** A phone that has just written, so that its window is open; the bot has answered. */
async function open(phone: string): Promise<void> {
  await desk.write(phone, 'hola');
  await desk.hears(phone, 1);
  await desk.settled();
}
const problem = (answer: { json: unknown }): { code: string; status: number; detail?: string; title: string } => answer.json as never;

test('a message goes out and is answered 201 with the carrier’s id, in the document’s shape', async () => {
  await open(ANA);
  const before = (await desk.heard(ANA)).length;
  const sent = await api.post<SentMessage>('/api/messages', { phone_number: `+${ANA}`, type: 'text', content: 'Hola, este es un mensaje de prueba', metadata: { campaign_id: 'onboarding-2025' } });
  assert.equal(sent.status, 201, sent.text);
  assert.match(sent.json.id, /^msg_/);
  assert.match(sent.json.whatsapp_message_id!, /^wamid\./);
  assert.deepEqual([sent.json.phone_number, sent.json.matched_phone_number], [`+${ANA}`, null]);
  assert.ok(['sent', 'delivered', 'read'].includes(sent.json.status), sent.json.status);
  assert.ok(Date.parse(sent.json.sent_at!) > 0);
  assert.equal(sent.headers.get('location'), `/api/messages/${sent.json.id}`);
  await desk.hears(ANA, before + 1);
  assert.equal((await desk.heard(ANA)).at(-1), 'Hola, este es un mensaje de prueba');
  const message = await waitFor(async () => {
    const m = await api.get<Message>(`/api/messages/${sent.json.id}`);
    return m.status === 'delivered' || m.status === 'read' ? m : undefined;
  }, { what: 'the ticks' });
  assert.deepEqual([message.metadata, message.message_type, message.author.kind, message.whatsapp_message_id], [{ campaign_id: 'onboarding-2025' }, 'text', 'api', sent.json.whatsapp_message_id]);
  assert.equal(message.extra, null);
});

test('asked not to wait, the answer is 202 with queued, and the message goes by itself', async () => {
  const sent = await api.post<SentMessage>('/api/messages', { phone_number: ANA, content: 'sin esperar' }, { prefer: 'respond-async' });
  assert.equal(sent.status, 202);
  assert.deepEqual([sent.json.status, sent.json.whatsapp_message_id, sent.json.sent_at], ['queued', null, null]);
  assert.equal(sent.headers.get('preference-applied'), 'respond-async');
  await waitFor(async () => (await desk.heard(ANA)).includes('sin esperar'), { what: 'the message on the phone' });
});

test('the same key sends once: repeated later, and by ten at the same time; another request under it is refused', async () => {
  const body = { phone_number: ANA, content: 'una sola vez' };
  const headers = { 'idempotency-key': 'pedido-1042' };
  const answers = await Promise.all(Array.from({ length: 10 }, () => api.post<SentMessage>('/api/messages', body, headers)));
  const later = await api.post<SentMessage>('/api/messages', { content: 'una sola vez', phone_number: ANA }, headers);
  assert.deepEqual([...new Set([...answers, later].map((a) => a.status))], [201], answers.find((a) => a.status !== 201)?.text);
  assert.equal(new Set([...answers, later].map((a) => a.json.id)).size, 1);
  await desk.settled();
  assert.equal((await desk.heard(ANA)).filter((text) => text === 'una sola vez').length, 1);
  const other = await api.post('/api/messages', { ...body, content: 'otra cosa' }, headers);
  assert.deepEqual([other.status, problem(other).code], [422, 'api.key_reused']);
  await desk.inCompany((tx) => tx.query("update {c}.idempotency_keys set created_at = now() - interval '25 hours'"));
  const nextDay = await api.post<SentMessage>('/api/messages', body, headers);
  assert.equal(nextDay.status, 201);
  assert.notEqual(nextDay.json.id, later.json.id);
});

test('forty requests at once: each has its own answer, and the good ones arrive in the order they were asked for', async () => {
  const heard = (await desk.heard(ANA)).length;
  const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => api.post<SentMessage>('/api/messages', {
    // A stranger's window is closed.
    phone_number: n % 10 === 3 ? `5697400${String(1000 + n)}` : ANA, content: `a la vez ${n}`, metadata: { n },
  }, { prefer: 'respond-async', ...(n % 2 === 0 && { 'idempotency-key': `a-la-vez-${n}` }) })));
  answers.forEach((answer, n) => {
    assert.equal(answer.status, n % 10 === 3 ? 409 : 202, answer.text);
    if (answer.status === 202) assert.deepEqual([answer.json.status, answer.json.metadata], ['queued', { n }]);
  });
  const texts = await desk.hears(ANA, heard + 36).then((all) => all.slice(heard).map((m) => String(m['text'])));
  assert.deepEqual([...texts].sort(), answers.flatMap((a, n) => (a.status === 202 ? [`a la vez ${n}`] : [])).sort());
  const ids = new Map(answers.map((a, n) => [`a la vez ${n}`, a.json.id]));
  assert.deepEqual(texts.map((t) => ids.get(t)), texts.map((t) => ids.get(t)!).sort(), 'in the order of their ids');
  const refused = await api.post<SentMessage>('/api/messages', { phone_number: '56974001999', content: 'x' }, { 'idempotency-key': 'a-la-vez-desconocido' });
  assert.equal(refused.status, 409);
  const later = await api.post<SentMessage>('/api/messages', { phone_number: ANA, content: 'x' }, { 'idempotency-key': 'a-la-vez-desconocido' });
  assert.equal(later.status, 201, 'a key under which nothing was made is free');
  await desk.settled();
});

test('of a commit whose answer is lost nothing is said again: those who asked hear that nobody knows', async () => {
  const phone = '56974000077';
  await open(phone);
  const { db } = desk.rt;
  // The commit is real, its answer is not heard.
  const deaf: Runtime = { ...desk.rt, db: { ...db, withCompany: async (...given) => {
    await db.withCompany(...given);
    throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' });
  } } };
  const caller = { company: await company(desk.rt, desk.company.id), businesses: null } as unknown as Caller;
  const asks = await Promise.all(Array.from({ length: 6 }, async (_, n) => ({
    order: await takeOrder(desk.rt, caller, { phone_number: phone, type: 'text', content: `sin respuesta ${n}` }), once: { operation: 'messages', key: undefined, body: undefined }, wait: false,
  })));
  const answers = await Promise.allSettled(asks.map((ask) => gatherSend(deaf, desk.company, ask)));
  assert.deepEqual(answers.map((a) => a.status), Array.from({ length: 6 }, () => 'rejected'));
  const said = await desk.inCompany((tx) => tx.query<{ text: string }>("select text from {c}.messages where text like 'sin respuesta %' order by text"));
  assert.deepEqual(said.map((m) => m.text), Array.from({ length: 6 }, (_, n) => `sin respuesta ${n}`));
  await desk.settled();
});

test('a stranger can only get a template; then there is a contact and a conversation, the bot’s when they answer', async () => {
  const phone = '56974000002';
  const refused = await api.post('/api/messages', { phone_number: phone, content: 'hola' });
  assert.deepEqual([refused.status, problem(refused).code], [409, 'conversations.window_closed']);
  assert.match(problem(refused).title, /template/);
  assert.equal((await api.get<ConversationPage>(`/api/conversations?q=${phone}`)).conversations.length, 0, 'nobody becomes a contact for a message that is not sent');

  const made = await desk.sandbox.graph('POST', `/${desk.sandbox.config.waba_id}/message_templates`, {
    name: 'bienvenida', language: 'es', category: 'UTILITY', parameter_format: 'named',
    components: [{ type: 'BODY', text: 'Hola {{name}}, bienvenido a {{company}}.', example: { body_text_named_params: [{ param_name: 'name', example: 'Juan' }, { param_name: 'company', example: 'MiEmpresa' }] } }],
  });
  assert.equal(made.status, 200, JSON.stringify(made.body));
  await waitFor(async () => JSON.stringify((await desk.sandbox.graph('GET', `/${desk.sandbox.config.waba_id}/message_templates?name=bienvenida`)).body).includes('APPROVED'), { what: 'the approval' });
  const sent = await api.post<SentMessage>('/api/messages', {
    phone_number: `+${phone}`, type: 'text', content: 'se ignora', template_id: 'bienvenida', language: 'es', variables: { name: 'Juan', company: 'MiEmpresa' },
  });
  assert.equal(sent.status, 201, sent.text);
  const [heard] = await desk.hears(phone, 1);
  assert.match(JSON.stringify(heard), /Hola Juan, bienvenido a MiEmpresa\./);
  await desk.write(phone, 'hola');
  await desk.hears(phone, 2);
  const [conversation] = (await api.get<ConversationPage>(`/api/conversations?q=${phone}`)).conversations;
  assert.deepEqual([conversation!.id, conversation!.holder.kind, conversation!.contact_phone], [sent.json.conversation_id, 'bot', `+${phone}`]);
});

test('what WhatsApp refuses at once is an error with its words; what it takes too long for is 202', async () => {
  await desk.sandbox.call('POST', '/sandbox/faults', { kind: 'error', code: 131051 });
  const refused = await api.post<{ carrier: { code: string }; message_id: string; code: string }>('/api/messages', { phone_number: ANA, content: 'no va' });
  assert.deepEqual([refused.status, refused.json.code, refused.json.carrier.code], [422, 'api.refused_by_carrier', '131051']);
  assert.equal((await api.get<Message>(`/api/messages/${refused.json.message_id}`)).status, 'failed');
  await desk.sandbox.call('POST', '/sandbox/faults', { kind: 'latency', ms: 5600 });
  const slow = await api.post<SentMessage>('/api/messages', { phone_number: ANA, content: 'despacio' });
  await desk.sandbox.call('DELETE', '/sandbox/faults');
  assert.deepEqual([slow.status, slow.json.status], [202, 'queued']);
  await waitFor(async () => (await api.get<Message>(`/api/messages/${slow.json.id}`)).whatsapp_message_id, { what: 'the carrier’s answer' });
});

test('numbers of Brazil are matched both ways and told', async () => {
  const known = '551188887777';
  await open(known);
  const sent = await api.post<SentMessage>('/api/messages', { phone_number: '+5511988887777', content: 'olá' });
  assert.equal(sent.status, 201, sent.text);
  assert.deepEqual([sent.json.phone_number, sent.json.matched_phone_number], ['+5511988887777', `+${known}`]);
  await waitFor(async () => (await desk.heard(known)).includes('olá'), { what: 'the message' });
});

test('wrong requests say what is wrong', async () => {
  const cases: [body: unknown, status: number, code: string][] = [
    [{ phone_number: 'no es', content: 'x' }, 422, 'api.phone_number'],
    [{ content: 'x' }, 422, 'api.recipient'],
    [{ phone_number: ANA }, 422, 'api.content'],
    [{ phone_number: ANA, type: 'image' }, 422, 'api.content'],
    [{ phone_number: ANA, type: 'buttons', content: { body: 'x', buttons: [] } }, 422, 'api.content'],
    [{ phone_number: ANA, type: 'image', media_id: 'med_00000000000000000000000000' }, 404, 'api.file_not_found'],
    [{ phone_number: ANA, content: 'x', account_id: 'abc123' }, 404, 'accounts.not_found'],
    [{ phone_number: ANA, content: 'x'.repeat(5000) }, 400, 'request.invalid'],
    [{ phone_number: ANA, type: 'humo', content: 'x' }, 400, 'request.invalid'],
    [{ contact_id: 'ct_00000000000000000000000000', content: 'x' }, 404, 'api.contact_not_found'],
  ];
  for (const [body, status, code] of cases) {
    const answer = await api.post('/api/messages', body);
    assert.deepEqual([answer.status, problem(answer).code], [status, code], JSON.stringify(body).slice(0, 100));
  }
  assert.equal((await api.call('GET', '/api/messages/msg_00000000000000000000000000')).status, 404);
  assert.equal((await api.post('/api/messages', { phone_number: ANA, content: 'x' }, { 'idempotency-key': 'ñ'.repeat(300) })).status, 400);
});

test('many at once: each with its own answer, in order, and repeatable', async () => {
  const phones = ['56974000011', '56974000012', '56974000013'];
  for (const phone of phones) await open(phone);
  const body = { messages: [
    ...phones.map((phone) => ({ phone_number: phone, content: `aviso para ${phone}` })),
    { phone_number: 'mal', content: 'x' }, { phone_number: '56974000099', content: 'desconocido' }, { phone_number: phones[0], content: 'segundo' },
  ] };
  const first = await api.post<BulkAnswer>('/api/messages/bulk', body, { 'idempotency-key': 'tanda-1' });
  assert.equal(first.status, 202, first.text);
  assert.deepEqual([first.json.queued, first.json.rejected], [4, 2]);
  assert.deepEqual(first.json.results.map((r) => r.error?.code ?? r.status), ['queued', 'queued', 'queued', 'api.phone_number', 'conversations.window_closed', 'queued']);
  assert.deepEqual((await api.post<BulkAnswer>('/api/messages/bulk', body, { 'idempotency-key': 'tanda-1' })).json, first.json);
  await waitFor(async () => (await desk.heard(phones[0]!)).slice(-2).join() === `aviso para ${phones[0]},segundo`, { what: 'both in order' });
  await desk.settled();
  for (const phone of phones) assert.equal((await desk.heard(phone)).filter((text) => text === `aviso para ${phone}`).length, 1);
  assert.equal((await api.post('/api/messages/bulk', { messages: Array.from({ length: 501 }, () => ({ phone_number: ANA, content: 'x' })) })).status, 400);
});

test('messages are found by their words, page by page', async () => {
  const first = await api.get<MessageSearchPage>('/api/messages?q=aviso%20para&limit=2&direction=out');
  assert.equal(first.messages.length, 2);
  const second = await api.get<MessageSearchPage>(`/api/messages?q=aviso%20para&limit=2&direction=out&cursor=${first.next_cursor}`);
  assert.equal(second.messages.length, 1);
  assert.equal(second.next_cursor, null);
  assert.equal(new Set([...first.messages, ...second.messages].map((m) => m.id)).size, 3);
  assert.equal((await api.call('GET', '/api/messages?q=aviso&cursor=nada')).status, 400);
});

test('what a user wrote elsewhere reaches the bot, an attachment reaches it as a document, once per key', async (t) => {
  const phone = '56974000003';
  await open(phone);
  const before = (await desk.heard(phone)).length;
  const fed = await api.post('/v1/messages', { number: `+${phone}`, message: 'hola de nuevo' });
  assert.deepEqual([fed.status, fed.text], [200, 'processed']);
  await desk.hears(phone, before + 1);
  const [conversation] = (await api.get<ConversationPage>(`/api/conversations?q=${phone}`)).conversations;
  const thread = async (): Promise<Message[]> => (await api.get<{ messages: Message[] }>(`/api/conversations/${conversation!.id}/messages`)).messages;
  assert.ok((await thread()).some((m) => m.direction === 'in' && m.text === 'hola de nuevo'));

  const server = createServer((_, answer) => answer.setHeader('content-type', 'application/pdf').end('%PDF-1.4 curriculum'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/cv%20ana.pdf`;
  for (let i = 0; i < 2; i++) {
    const handed = await api.post('/v1/messages', { number: phone, message: 'mi currículo', attachments: [url, { data: Buffer.from('%PDF-1.4 carta').toString('base64'), filename: 'carta.pdf' }] }, { 'idempotency-key': 'cv-1' });
    assert.equal(handed.text, 'processed');
  }
  const documents = (await thread()).filter((m) => m.message_type === 'document');
  assert.deepEqual(documents.map((m) => [(m.content['media'] as { filename: string }).filename, m.text]), [['cv ana.pdf', 'mi currículo'], ['carta.pdf', 'carta.pdf']]);
  const file = await fetch(desk.url + documents[0]!.media_url!, { headers: { 'x-api-key': api.key } });
  assert.equal(await file.text(), '%PDF-1.4 curriculum');

  assert.deepEqual([problem(await api.post('/v1/messages', { number: phone })).code, problem(await api.post('/v1/messages', { number: phone, attachments: ['http://169.254.169.254/'] })).code], ['api.nothing_said', 'api.attachment']);
});

test('who may not send cannot; what belongs to another company is not there', async () => {
  const reader = await apiClient(desk, 'read_only');
  assert.equal((await reader.post('/api/messages', { phone_number: ANA, content: 'x' })).status, 403);
  const bearer = await fetch(`${desk.url}/api/messages?q=aviso`, { headers: { authorization: `Bearer ${reader.key}` } });
  assert.equal(bearer.status, 200);
  assert.equal((await fetch(`${desk.url}/api/messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })).status, 401);
});
