import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  BulkMessages, FedMessage, MessageSearch, problemOf, SendMessage, type BulkAnswer, type BulkResult, type MessageSearchPage, type SentMessage,
} from '@centralita/contracts/api';
import type { Message } from '@centralita/contracts';
import { AppError, decodeId, encodeId, isAppError } from '@centralita/kernel';
import type { CompanyRef } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { reachOf } from '../accounts/index.ts';
import { callerOf, ownBusiness } from '../companies/index.ts';
import { e164OrNull } from '../contacts/index.ts';
import { conversationErrors, requireMessage, searchTimeline, viewerFor, viewMessages } from '../conversations/index.ts';
import type { DeliveryRow } from '../delivery/index.ts';
import { awaitDelivery, deliveriesOf, isSettled, readDelivery } from './await-delivery.ts';
import { errors } from './errors.ts';
import { FEED_LIMIT, feedMessage } from './feed-message.ts';
import { gatherSend, type Ask } from './gather-sends.ts';
import { idempotencyKey, once } from './idempotency.ts';
import { ownAccount } from './lines.ts';
import { sendAll, takeOrder, type Order, type Sent } from './send-messages.ts';

export function messageRoutes(app: FastifyInstance, rt: Runtime): void {
  app.post('/api/messages', async (request, reply): Promise<SentMessage> => {
    const caller = await callerOf(rt, request, 'whatsapp:send_message');
    const body = SendMessage.parse(request.body);
    const { sent, delivery } = await sendAndWait(rt, caller.company, { order: await takeOrder(rt, caller, body), once: { operation: 'messages', key: idempotencyKey(request), body }, wait: !prefersAsync(request) });
    void reply.code(delivery.remote_id === null ? 202 : 201).header('location', `/api/messages/${encodeId('msg', sent.message_id)}`);
    if (prefersAsync(request)) void reply.header('preference-applied', 'respond-async');
    return shown(sent, delivery);
  });

  app.post('/api/messages/bulk', { bodyLimit: BULK_LIMIT }, async (request, reply): Promise<BulkAnswer> => {
    const caller = await callerOf(rt, request, 'whatsapp:send_bulk');
    const body = BulkMessages.parse(request.body);
    const orders = await Promise.all(body.messages.map((m) => takeOrder(rt, caller, { ...m, account_id: m.account_id ?? body.account_id }).catch(appError)));
    const good = orders.flatMap((order, index) => (order instanceof AppError ? [] : [{ order, index }]));
    const { value: results } = await rt.db.withCompany(caller.company, (tx) => once(tx, { operation: 'bulk', key: idempotencyKey(request), body }, async () => {
      const sent = await sendAll(rt, tx, good.map((g) => g.order), 'bulk');
      const byIndex = new Map(good.map((g, n) => [g.index, sent[n]!]));
      return orders.map((order, index) => bulkResult(index, order, byIndex.get(index)));
    }));
    const queued = results.filter((r) => r.status === 'queued').length;
    void reply.code(202);
    return { queued, rejected: results.length - queued, results };
  });

  app.get('/api/messages', async (request): Promise<MessageSearchPage> => {
    const caller = await callerOf(rt, request, 'whatsapp:read');
    const query = MessageSearch.parse(request.query);
    const before = query.cursor === undefined ? undefined : decodeId('msg', query.cursor);
    if (query.cursor !== undefined && before === undefined) throw errors.bad_cursor();
    const conversation_id = query.conversation_id === undefined ? undefined : decodeId('conv', query.conversation_id);
    if (query.conversation_id !== undefined && conversation_id === undefined) throw conversationErrors.not_found();
    const account_id = query.account_id === undefined ? undefined : await ownAccount(rt, caller, query.account_id);
    const business = query.business_id === undefined ? undefined : await ownBusiness(rt, caller, query.business_id);
    const viewer = await viewerFor(rt, caller);
    const accounts = business === undefined ? viewer.reach : await reachOf(rt, caller, business ?? undefined);
    return rt.db.withCompany(caller.company, async (tx) => {
      const ids = await searchTimeline(tx, { q: query.q, conversation_id, account_id, accounts, direction: query.direction, from: query.from, to: query.to, before, limit: query.limit + 1 });
      const page = ids.slice(0, query.limit);
      return { messages: (await viewMessages(viewer, tx, page)).reverse(), next_cursor: ids.length > page.length ? encodeId('msg', page.at(-1)!) : null };
    });
  });

  app.get('/api/messages/:id', async (request: FastifyRequest<{ Params: { id: string } }>): Promise<Message> => {
    const caller = await callerOf(rt, request, 'whatsapp:read');
    const id = decodeId('msg', request.params.id);
    if (id === undefined) throw conversationErrors.message_not_found();
    await requireMessage(rt, caller, id);
    const viewer = await viewerFor(rt, caller);
    const [message] = await rt.db.withCompany(caller.company, (tx) => viewMessages(viewer, tx, [id]));
    if (!message) throw conversationErrors.message_not_found();
    return message;
  });

  app.post('/v1/messages', { bodyLimit: FEED_LIMIT }, async (request, reply) => {
    const caller = await callerOf(rt, request, 'whatsapp:send_message');
    await feedMessage(rt, caller, { body: FedMessage.parse(request.body), key: idempotencyKey(request) });
    return reply.type('text/plain; charset=utf-8').send('processed');
  });
}

/** 500 messages of the longest text with their metadata. */
const BULK_LIMIT = 8 * 1024 * 1024;

export const prefersAsync = (request: FastifyRequest): boolean => /(^|[,;\s])respond-async($|[,;\s])/i.test(String(request.headers['prefer'] ?? ''));
const appError = (error: unknown): AppError => {
  if (isAppError(error)) return error;
  throw error;
};

/** One message, and what became of it. Throws `api.refused_by_carrier` when WhatsApp said no meanwhile. */
export async function sendAndWait(rt: Runtime, company: CompanyRef, ask: Ask): Promise<{ sent: Sent; delivery: DeliveryRow }> {
  const { sent, queued, expected } = await gatherSend(rt, company, ask);
  let delivery = queued ?? (expected === undefined ? await readDelivery(rt, company, sent.message_id) : await awaitDelivery(rt, company, { message_id: sent.message_id, expected }));
  // Asked again while the first is still on its way.
  if (ask.wait && expected === undefined && !isSettled(delivery)) {
    delivery = await awaitDelivery(rt, company, { message_id: sent.message_id, expected: deliveriesOf(rt).expect(sent.message_id) });
  }
  if (delivery.status === 'failed') {
    const error = delivery.error ?? undefined;
    throw errors.refused_by_carrier(error ? [error.title, error.detail].filter(Boolean).join(': ') : undefined, {
      message_id: encodeId('msg', sent.message_id), ...(error && { carrier: { code: error.code, title: error.title, detail: error.detail ?? null, class: error.class } }),
    });
  }
  return { sent, delivery };
}

/** In the words of the source document: what WhatsApp has taken is `sent`. */
export function shown(sent: Sent, delivery: DeliveryRow): SentMessage {
  const { status } = delivery;
  return {
    id: encodeId('msg', sent.message_id), whatsapp_message_id: delivery.remote_id,
    status: status === 'accepted' ? 'sent' : status === 'sending' || status === 'received' ? 'queued' : status,
    sent_at: (delivery.sent_at ?? delivery.accepted_at)?.toISOString() ?? null,
    account_id: encodeId('acc', sent.account_id), phone_number: e164OrNull(sent.phone), matched_phone_number: e164OrNull(sent.matched),
    conversation_id: encodeId('conv', sent.conversation_id), metadata: sent.metadata === null ? null : { ...sent.metadata },
  };
}

function bulkResult(index: number, order: Order | AppError, sent: Sent | AppError | undefined): BulkResult {
  const line = order instanceof AppError ? { phone_number: null, account_id: null } : { phone_number: e164OrNull(order.phone), account_id: encodeId('acc', order.line.account_id) };
  if (sent !== undefined && !(sent instanceof AppError)) return { index, status: 'queued', id: encodeId('msg', sent.message_id), ...line, error: null };
  return { index, status: 'rejected', id: null, ...line, error: problemOf(order instanceof AppError ? order : sent!) };
}
