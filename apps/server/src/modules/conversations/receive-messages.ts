import { encodeId, newUuid } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import { contentText, type Content, type InboundMessage } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import type { Route } from '../accounts/index.ts';
import { renameContacts, resolveContacts, type Known } from '../contacts/index.ts';
import { noteInboundMedia } from '../media/index.ts';
import { matchAnswers } from './match-answers.ts';
import { openConversations, pairOf, type Held } from './open-conversations.ts';
import { editMessage, insertMessages, noteArrivals, putReactions, revokeMessage, type Arrival, type HolderKind, type NewMessage } from './store.ts';
import { idsByRemote } from './view-messages.ts';

/** A message of a contact that was not there before. */
export interface Received {
  readonly message_id: string;
  readonly conversation_id: string;
  readonly account_id: string;
  readonly contact_id: string;
  readonly route_id: string;
  /** The conversation is new or was closed: whoever answers first may begin. */
  readonly starts: boolean;
  readonly holder: HolderKind;
  readonly content: Content;
  readonly text: string;
  readonly at: string;
  /** Written in a group: kept, answered by nobody automatically. */
  readonly group_id: string | undefined;
}
export interface Incoming {
  readonly route: Route;
  readonly event: InboundMessage;
  /** Handed in by another system in the contact's name: it opens no window at the carrier and says nothing about the contact's route. */
  readonly handedIn?: boolean;
}

/** What changes an earlier message is no entry of the timeline when that message is there. */
const ABOUT_ANOTHER = new Set<Content['type']>(['reaction', 'edit', 'revoke']);

/**
 * Takes messages into their conversations, in the order given, and makes contacts and conversations where there are none.
 * Messages that are there already (route, remote id) change nothing. Answers the new ones written by contacts.
 */
export async function receiveMessages(rt: Runtime, tx: Tx, given: readonly Incoming[]): Promise<Received[]> {
  if (given.length === 0) return [];
  const people = await resolveContacts(rt, tx, given.map((i) => i.event.peer));
  const contacts = people.map((p) => p.id);
  const conversations = await openConversations(tx, given.map((i, n) => ({ account_id: i.route.account_id, contact_id: contacts[n]!, route_id: i.route.id })));
  const heldBy = given.map((item, n) => conversations.get(pairOf({ account_id: item.route.account_id, contact_id: contacts[n]! }))!);
  const items = await matchAnswers(rt, tx, { items: given, conversationOf: (n) => heldBy[n]!.id });
  const drafts = items.map((item, n) => draft(item, heldBy[n]!));
  const stored = await insertMessages(tx, drafts.map((d) => d.row));
  const fresh = drafts.filter((d) => stored.has(d.row.id));
  if (fresh.length === 0) return [];
  await rename(tx, fresh, people);

  if (rt.log.isLevelEnabled('debug')) {
    for (const d of fresh) rt.log.debug({ event: d.event.key, message: encodeId('msg', d.row.id), conversation: encodeId('conv', d.conversation.id) }, 'message received');
  }
  const files = fresh.filter((d) => d.media !== undefined).map((d) => d.media!);
  if (files.length > 0) await noteInboundMedia(rt, tx, files);
  const touched = await applyToEarlier(tx, fresh);
  const starting = await arrive(tx, fresh);
  if (starting.size > 0) await rt.events.emit(tx, 'conversation.turned', { turn: 'opened', conversations: [...starting] });
  await rt.events.emit(tx, 'message.added', fresh.map((d) => ({ ...d.row, account_id: d.conversation.account_id, contact_id: d.conversation.contact_id, content: d.content })));
  await rt.events.emit(tx, 'conversation.changed', {
    conversations: [...new Set(fresh.map((d) => d.conversation.id))], messages: [...fresh.filter((d) => !ABOUT_ANOTHER.has(d.content.type)).map((d) => d.row.id), ...touched],
  });
  return fresh.filter((d) => d.row.direction === 'in').map((d) => ({
    message_id: d.row.id, conversation_id: d.conversation.id, account_id: d.conversation.account_id, contact_id: d.conversation.contact_id, route_id: d.row.route_id,
    starts: starting.has(d.conversation.id), holder: starting.has(d.conversation.id) ? 'nobody' : d.conversation.holder,
    content: d.content, text: d.row.text, at: d.row.at, group_id: d.event.group_id,
  }));
}

/** As the newest messages call them; those that were there before say nothing new. */
async function rename(tx: Tx, fresh: readonly Draft[], people: readonly Known[]): Promise<void> {
  const names = new Map(people.map((p) => [p.id, p.name]));
  const newest = new Map(fresh.flatMap((d) => (d.event.peer.name === undefined ? [] : [[d.conversation.contact_id, d.event.peer.name]])));
  const changed = [...newest].filter(([id, name]) => names.get(id) !== name).sort(([a], [b]) => (a < b ? -1 : 1));
  if (changed.length > 0) await renameContacts(tx, changed.map(([id, name]) => ({ id, name })));
}

interface Draft {
  readonly conversation: Held;
  readonly event: InboundMessage;
  readonly handedIn: boolean;
  readonly content: Content;
  readonly row: NewMessage;
  readonly media: { id: string; message_id: string; route_id: string; remote_id: string; mime_type: string | null; filename: string | null } | undefined;
}

function draft({ route, event, handedIn = false }: Incoming, conversation: Held): Draft {
  const id = newUuid();
  const remote = 'media' in event.content ? event.content.media.remote_id : undefined;
  const media = 'media' in event.content && remote !== undefined
    ? { id: newUuid(), message_id: id, route_id: route.id, remote_id: remote, mime_type: event.content.media.mime_type ?? null, filename: event.content.media.filename ?? null }
    : undefined;
  const content: Content = media && 'media' in event.content ? { ...event.content, media: { ...event.content.media, id: encodeId('med', media.id) } } : event.content;
  const about = { ...event.extra, ...(event.context?.forwarded && { forwarded: true }), ...(event.context?.extra && { context: event.context.extra }), ...(event.group_id && { group_id: event.group_id }) };
  return {
    conversation, event, handedIn, content, media,
    row: {
      id, conversation_id: conversation.id, route_id: route.id, direction: event.direction === 'in' ? 'in' : 'out',
      author: event.direction === 'echo' ? 'echo' : event.content.type === 'system' ? 'system' : 'contact', remote_id: event.remote_id, content, text: contentText(content),
      quote_remote_id: event.context?.remote_id ?? null, referral: event.referral, extra: Object.keys(about).length > 0 ? about : null, at: event.at,
    },
  };
}

/** Reactions, edits and revocations; answers the ids of the messages they changed. */
async function applyToEarlier(tx: Tx, fresh: readonly Draft[]): Promise<string[]> {
  const touched: string[] = [];
  const reactions = fresh.flatMap((d) => (d.content.type !== 'reaction' ? [] : [{
    conversation_id: d.conversation.id, remote_id: d.content.remote_id, side: d.row.direction === 'in' ? 'contact' as const : 'company' as const, emoji: d.content.emoji, at: d.row.at,
  }]));
  if (reactions.length > 0) await putReactions(tx, reactions);
  touched.push(...(await idsByRemote(tx, fresh.flatMap((d) => (d.content.type === 'reaction' ? [{ route_id: d.row.route_id, remote_id: d.content.remote_id }] : [])))).values());
  for (const d of fresh) {
    const target = d.content.type === 'edit' ? await editMessage(tx, d.row.route_id, { remote_id: d.content.remote_id, text: d.content.text, at: d.row.at })
      : d.content.type === 'revoke' ? await revokeMessage(tx, d.row.route_id, { remote_id: d.content.remote_id, at: d.row.at }) : undefined;
    if (target !== undefined) touched.push(target);
  }
  return touched;
}

/** Counts, window, route and last message of the conversations; answers those that begin (again). */
async function arrive(tx: Tx, fresh: readonly Draft[]): Promise<Set<string>> {
  const starting = new Set<string>();
  const byConversation = new Map<string, { -readonly [K in keyof Arrival]: Arrival[K] }>();
  for (const { conversation, row, content, handedIn } of fresh) {
    const a = byConversation.get(conversation.id) ?? { id: conversation.id, unread: 0, opens: false, inbound: null, last_message_id: null };
    byConversation.set(conversation.id, a);
    const entry = !ABOUT_ANOTHER.has(content.type);
    if (entry) a.last_message_id = row.id;
    if (row.direction !== 'in') continue;
    if (conversation.isNew || (conversation.status === 'closed' && entry)) {
      starting.add(conversation.id);
      a.opens = true;
    }
    // A note of the carrier (number changed, …) is not the person writing.
    if (content.type === 'system') continue;
    if (entry) a.unread += 1;
    if (handedIn) continue;
    if (a.inbound === null || row.at >= a.inbound.at) a.inbound = { at: row.at, remote_id: row.remote_id!, route_id: row.route_id };
  }
  await noteArrivals(tx, [...byConversation.values()].sort((x, y) => (x.id < y.id ? -1 : 1)));
  return starting;
}
