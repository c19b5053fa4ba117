import type { SendMessage } from '@centralita/contracts/api';
import { AppError, decodeId, groupBy, isAppError } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { MessageClass, OutboundContent } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { routeById, type Route } from '../accounts/index.ts';
import { botsOfAccounts } from '../bots/index.ts';
import { company, usageOf, type Caller } from '../companies/index.ts';
import { contactCards, findPhones, livingContacts, parsePhone, resolveContacts } from '../contacts/index.ts';
import { conversationErrors, lockPairs, openConversations, pairOf, requireWindow, sayIn, setHolder, type ConversationRow, type Saying } from '../conversations/index.ts';
import { fillTemplates, lookUpTemplate, type TemplateWish } from '../templates/index.ts';
import { composeContent, templateOf, withFiles } from './compose-content.ts';
import { errors } from './errors.ts';
import { lineOf, type Line } from './lines.ts';

/** Something to send, checked as far as that goes without the company's rows. */
export interface Order {
  readonly line: Line;
  /** Digits as given; or the contact. */
  readonly phone: string | undefined;
  readonly contact_id: string | undefined;
  readonly said: { readonly content: OutboundContent } | { readonly template: TemplateWish };
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
  readonly author: Saying['author'];
}
/** What was said; JSON, since it is kept under the caller's Idempotency-Key. */
export interface Sent {
  readonly message_id: string;
  readonly conversation_id: string;
  readonly account_id: string;
  /** Digits as given, and as WhatsApp writes them. */
  readonly phone: string | null;
  readonly matched: string | null;
  readonly metadata: Readonly<Record<string, unknown>> | null;
}

/** Not inside a transaction. Throws what is wrong with the request. */
export async function takeOrder(rt: Runtime, caller: Caller, body: SendMessage): Promise<Order> {
  if ((body.phone_number === undefined) === (body.contact_id === undefined)) throw errors.recipient();
  const phone = body.phone_number === undefined ? undefined : phoneOf(body.phone_number);
  const contact_id = body.contact_id === undefined ? undefined : decodeId('ct', body.contact_id);
  if (phone === undefined && contact_id === undefined) throw errors.contact_not_found();
  const template = templateOf(body, caller.company.locale);
  const said = template ? { template } : { content: composeContent(body) };
  const line = await lineOf(rt, caller, body.account_id);
  if (template) await lookUpTemplate(rt, line.account_id, template);
  return { line, phone, contact_id, said, metadata: body.metadata, author: caller.user ? { kind: 'agent', user_id: caller.user.id } : { kind: 'api' } };
}

/** Digits. Throws `api.phone_number`. */
export function phoneOf(text: string): string {
  const phone = parsePhone(text);
  if (phone === undefined) throw errors.phone_number(`“${text}”`);
  return phone;
}

interface Draft {
  readonly index: number;
  readonly order: Order;
  /** A template is filled in for the route it leaves by. */
  readonly content: OutboundContent | undefined;
  /** Undefined: nobody has talked to this number yet. */
  contact_id: string | undefined;
  readonly matched: string | null;
}

/**
 * Says many things to many people in a handful of statements; each is said or answered with its error, in the order given. Nobody
 * becomes a contact for a message that is not said. What is said to new people makes their conversation, the bot's where the account has one.
 */
export async function sendAll(rt: Runtime, tx: Tx, orders: readonly Order[], cls: MessageClass = 'reply'): Promise<(Sent | AppError)[]> {
  const results: (Sent | AppError)[] = [];
  const attempt: Attempt = async (index, fn) => {
    try {
      await fn();
      return true;
    } catch (error) {
      if (!isAppError(error)) throw error;
      results[index] = error;
      return false;
    }
  };
  const drafts = await identify(tx, orders, attempt);
  const known = new Map((await lockPairs(tx, drafts.flatMap((d) => (d.contact_id === undefined ? [] : [{ account_id: d.order.line.account_id, contact_id: d.contact_id }])))).map((c) => [pairOf(c), c]));
  const allowed: Ready[] = [];
  for (const ready of await fillIn(rt, tx, { drafts, known, attempt })) {
    if (await attempt(ready.index, () => permit(rt, ready))) allowed.push(ready);
  }
  await holdToLimit(rt, tx, { allowed, results });
  if (allowed.length === 0) return results;

  const strangers = allowed.filter((d) => d.contact_id === undefined);
  const made = await resolveContacts(rt, tx, strangers.map((d) => ({ addresses: [{ kind: 'phone', value: d.order.phone! }] })));
  strangers.forEach((draft, n) => {
    draft.contact_id = made[n]!.id;
  });
  const pairs = allowed.map((d) => ({ account_id: d.order.line.account_id, contact_id: d.contact_id!, route_id: d.order.line.route.id }));
  const conversations = await openConversations(tx, pairs, [...known.values()]);
  const fresh = [...conversations.values()].filter((c) => c.isNew);
  if (fresh.length > 0) {
    const bots = await botsOfAccounts(tx, [...new Set(fresh.map((c) => c.account_id))]);
    await setHolder(rt, tx, fresh.filter((c) => bots.has(c.account_id)).map((c) => c.id), { kind: 'bot' });
  }
  const where = allowed.map((_, n) => conversations.get(pairOf(pairs[n]!))!);
  const said = await sayIn(rt, tx, {
    items: allowed.map((d, n) => ({ conversation_id: where[n]!.id, author: d.order.author, content: d.content, class: cls, ...(d.order.metadata && { metadata: d.order.metadata }) })),
    conversations: [...conversations.values()], cards: await contactCards(tx, [...new Set(where.map((c) => c.contact_id))]),
  });
  allowed.forEach(({ index, order, matched }, n) => {
    results[index] = {
      message_id: said[n]!.message_id, conversation_id: where[n]!.id, account_id: order.line.account_id, phone: order.phone ?? null, matched, metadata: order.metadata ?? null,
    };
  });
  return results;
}

/** What is over the day's limit of the company is refused, one by one; what was asked for first goes. */
async function holdToLimit(rt: Runtime, tx: Tx, { allowed, results }: { readonly allowed: Draft[]; readonly results: (Sent | AppError)[] }): Promise<void> {
  if (!tx.company || allowed.length === 0) return;
  const whose = await company(rt, tx.company.id);
  const left = await usageOf(rt).messagesLeft(whose);
  const over = left >= allowed.length ? [] : allowed.splice(left);
  if (over.length === 0) return;
  const error = await usageOf(rt).tooMany(whose, over.length);
  for (const { index } of over) results[index] = error;
}

/** Who is meant, as far as anybody knows them. */
async function identify(tx: Tx, orders: readonly Order[], attempt: Attempt): Promise<Draft[]> {
  const phones = await findPhones(tx, orders.flatMap((o) => o.phone ?? []));
  const asked = [...groupBy(orders.flatMap((o) => o.contact_id ?? []), (id) => id).keys()];
  const living = asked.length === 0 ? new Map<string, string>() : await livingContacts(tx, asked);
  const drafts: Draft[] = [];
  for (const [index, order] of orders.entries()) {
    await attempt(index, async () => {
      const match = order.phone === undefined ? undefined : phones.get(order.phone);
      const contact_id = order.contact_id === undefined ? match?.contact_id : living.get(order.contact_id);
      if (order.contact_id !== undefined && contact_id === undefined) throw errors.contact_not_found();
      drafts.push({ index, order, content: 'content' in order.said ? await withFiles(tx, order.said.content) : undefined, contact_id, matched: match && match.phone !== order.phone ? match.phone : null });
    });
  }
  return drafts;
}

type Attempt = (index: number, fn: () => Promise<void> | void) => Promise<boolean>;
interface Ready extends Draft {
  readonly content: OutboundContent;
  readonly conversation: ConversationRow | undefined;
  readonly route: Route;
}

/** With the route each leaves by, and its templates filled in for it. */
async function fillIn(rt: Runtime, tx: Tx, { drafts, known, attempt }: { drafts: readonly Draft[]; known: ReadonlyMap<string, ConversationRow>; attempt: Attempt }): Promise<Ready[]> {
  const found: (Omit<Ready, 'content'> & Pick<Draft, 'content'>)[] = [];
  for (const draft of drafts) {
    await attempt(draft.index, async () => {
      const { line } = draft.order;
      const conversation = draft.contact_id === undefined ? undefined : known.get(pairOf({ account_id: line.account_id, contact_id: draft.contact_id }));
      const route = conversation ? await routeById(rt, conversation.route_id) : line.route;
      if (!route) throw conversationErrors.no_route();
      found.push({ ...draft, conversation, route });
    });
  }
  const wanted = found.flatMap((f) => ('template' in f.order.said ? [{ index: f.index, route: f.route, wish: f.order.said.template }] : []));
  const filled = await fillTemplates(rt, tx, wanted);
  const contents = new Map(wanted.map(({ index }, n) => [index, filled[n]!]));
  const ready: Ready[] = [];
  for (const one of found) {
    await attempt(one.index, () => {
      const content = one.content ?? contents.get(one.index)!;
      if (content instanceof AppError) throw content;
      ready.push({ ...one, content });
    });
  }
  return ready;
}

/** Throws what the carrier would refuse. */
async function permit(rt: Runtime, { content, conversation, route }: Ready): Promise<void> {
  if (content.type !== 'template') await requireWindow(rt, conversation ?? { route_id: route.id, last_inbound_at: null });
  const refusal = rt.providers[route.provider]?.check(content);
  if (refusal) throw conversationErrors.content_refused([refusal.title, refusal.detail].filter(Boolean).join(': '));
}
