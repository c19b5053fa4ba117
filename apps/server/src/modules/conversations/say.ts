import { groupBy, newUuid } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import { contentText, type CarrierError, type MessageClass, type OutboundContent } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { routeById } from '../accounts/index.ts';
import { company, usageOf } from '../companies/index.ts';
import { contactCards, type ContactCard } from '../contacts/index.ts';
import { enqueueMessages, refuseMessages } from '../delivery/index.ts';
import { errors } from './errors.ts';
import { insertMessages, lockConversations, messagesByClient, noteSaid, putReactions, type ConversationRow, type NewMessage } from './store.ts';
import { idsByRemote } from './view-messages.ts';

/** Something to say in a conversation. */
export interface Saying {
  readonly conversation_id: string;
  readonly author: { readonly kind: 'bot' | 'agent' | 'api'; readonly user_id?: string };
  readonly content: OutboundContent;
  /** Default `reply`. */
  readonly class?: MessageClass;
  readonly quote_remote_id?: string;
  /** Any text of the caller's, unique in the conversation: said again, it is the same message. */
  readonly client_id?: string;
  /** Kept with the message and given back with it; the carrier never sees it. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}
export interface Said {
  readonly message_id: string;
  readonly conversation_id: string;
  /** False: this `client_id` was said before, nothing was done. */
  readonly fresh: boolean;
}

/**
 * Says things, in the order given: into the timeline and into the outbox of the route the contact last wrote to, in the
 * caller's transaction; they leave after its commit. Throws `conversations.not_found`, `no_route`, and for people and
 * systems `content_refused` when the carrier would refuse it (a bot's is refused at the sending, and set aside).
 */
export async function say(rt: Runtime, tx: Tx, items: readonly Saying[]): Promise<Said[]> {
  if (items.length === 0) return [];
  const conversations = await lockConversations(tx, [...new Set(items.map((i) => i.conversation_id))].sort());
  return sayIn(rt, tx, { items, conversations, cards: await contactCards(tx, [...new Set(conversations.map((r) => r.contact_id))]) });
}

/** What is said, with what the caller has of its conversations already: locked in this transaction, and their contacts' cards. */
export interface SayingIn {
  readonly items: readonly Saying[];
  readonly conversations: readonly ConversationRow[];
  readonly cards: readonly ContactCard[];
}

/** `say` for many conversations at once, two statements shorter. */
export async function sayIn(rt: Runtime, tx: Tx, { items, conversations, cards: known }: SayingIn): Promise<Said[]> {
  if (items.length === 0) return [];
  const rows = new Map(conversations.map((r) => [r.id, r]));
  const cards = new Map(known.map((c) => [c.id, c]));
  const at = new Date(rt.clock.now()).toISOString();
  const drafts: NewMessage[] = [];
  for (const item of items) {
    const conversation = rows.get(item.conversation_id);
    if (!conversation) throw errors.not_found();
    const route = await routeById(rt, conversation.route_id);
    if (!route) throw errors.no_route();
    const refusal = item.author.kind === 'bot' ? undefined : rt.providers[route.provider]?.check(item.content);
    if (refusal) throw errors.content_refused([refusal.title, refusal.detail].filter(Boolean).join(': '));
    drafts.push({
      id: newUuid(), conversation_id: conversation.id, route_id: route.id, direction: 'out', author: item.author.kind, author_user_id: item.author.user_id ?? null,
      content: item.content, text: contentText(item.content), quote_remote_id: item.quote_remote_id ?? null, client_id: item.client_id ?? null, at,
      ...(item.metadata && { extra: { metadata: item.metadata } }),
    });
  }
  const refused = await overLimit(rt, tx, items);
  const stored = await insertMessages(tx, drafts);
  const fresh = items.map((item, n) => ({ item, row: drafts[n]!, conversation: rows.get(item.conversation_id)! })).filter((d) => stored.has(d.row.id));
  await enqueueMessages(rt, tx, fresh.map(({ item, row, conversation }) => ({
    message_id: row.id, conversation_id: conversation.id, contact_id: conversation.contact_id, route_id: row.route_id, class: item.class ?? 'reply',
    to: { addresses: cards.get(conversation.contact_id)?.addresses ?? [] }, content: item.content, quote: item.quote_remote_id, ...(refused.has(item) && { refused: true }),
  })));
  const reactions = fresh.flatMap(({ item, conversation }) => (item.content.type !== 'reaction' ? [] : [
    { conversation_id: conversation.id, remote_id: item.content.remote_id, side: 'company' as const, emoji: item.content.emoji, at },
  ]));
  if (reactions.length > 0) await putReactions(tx, reactions);
  const reacted = await idsByRemote(tx, fresh.flatMap(({ item, row }) => (item.content.type === 'reaction' ? [{ route_id: row.route_id, remote_id: item.content.remote_id }] : [])));
  const entries = fresh.filter(({ item }) => item.content.type !== 'reaction');
  const last = [...groupBy(entries, (e) => e.conversation.id)].map(([id, all]) => ({ id, last_message_id: all.at(-1)!.row.id })).sort((a, b) => (a.id < b.id ? -1 : 1));
  if (last.length > 0) await noteSaid(tx, last);
  if (fresh.length > 0) {
    await rt.events.emit(tx, 'message.added', fresh.map(({ item, row, conversation }) => ({ ...row, account_id: conversation.account_id, contact_id: conversation.contact_id, content: item.content, ...(refused.has(item) && { refused: true }) })));
    await rt.events.emit(tx, 'conversation.changed', { conversations: [...new Set(fresh.map((f) => f.conversation.id))], messages: [...entries.map((e) => e.row.id), ...reacted.values()] });
  }
  await refuseMessages(rt, tx, fresh.flatMap(({ item, row, conversation }) => (refused.has(item) ? [{ message_id: row.id, conversation_id: conversation.id, error: LIMITED }] : [])));
  return answer(tx, drafts, stored);
}

const LIMITED: CarrierError = {
  class: 'permanent', code: 'limit_messages', title: 'The company has sent as many messages today as it may', detail: 'The bot said it, but it was not sent. Send it again when the limit is higher, or tomorrow.',
};

/** What bots say over the day's limit: they cannot be told no, so it stands in the timeline as failed, for a person. Everybody else is refused before. */
async function overLimit(rt: Runtime, tx: Tx, items: readonly Saying[]): Promise<ReadonlySet<Saying>> {
  const said = items.filter((i) => i.author.kind === 'bot');
  if (said.length === 0 || !tx.company) return new Set();
  const left = await usageOf(rt).messagesLeft(await company(rt, tx.company.id));
  return new Set(left === Infinity ? [] : said.slice(left));
}

async function answer(tx: Tx, drafts: readonly NewMessage[], stored: ReadonlySet<string>): Promise<Said[]> {
  const repeated = drafts.filter((d) => !stored.has(d.id) && d.client_id);
  const known = repeated.length === 0 ? [] : await messagesByClient(tx, repeated.map((d) => ({ conversation_id: d.conversation_id, client_id: d.client_id! })));
  const byClient = new Map(known.map((k) => [`${k.conversation_id} ${k.client_id}`, k.id]));
  return drafts.map((d) => ({ message_id: stored.has(d.id) ? d.id : byClient.get(`${d.conversation_id} ${d.client_id}`) ?? d.id, conversation_id: d.conversation_id, fresh: stored.has(d.id) }));
}
