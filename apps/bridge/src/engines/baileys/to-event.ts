import { normalizeMessageContent, type proto, type BaileysEventMap, type WAMessage } from 'baileys';
import type { BridgePerson } from '@centralita/contracts/bridge';
import type { EngineEvent, StoredMessage } from '../../engine.ts';
import { groupOf, isPerson } from './addresses.ts';
import type { People } from './people.ts';
import { contextInfoOf, readContent, textOf } from './read-content.ts';
import { encodeMessage } from './socket.ts';

type MessageEvent = Extract<EngineEvent, { type: 'message' }>;
type StatusEvent = Extract<EngineEvent, { type: 'status' }>;

/** Messages that are kept for quotes and for being asked again; a larger one is known by its name only. */
const MOST_KEPT_BYTES = 64 * 1024;

export const seconds = (value: unknown): string | undefined => {
  const n = Number(value);
  return Number.isFinite(n) && n > 0 ? new Date(n * 1000).toISOString() : undefined;
};
const timed = (at: string | undefined): { at?: string } => (at === undefined ? {} : { at });

export interface MessageView {
  readonly people: People;
  readonly me: BridgePerson;
  readonly backfilled: boolean;
  subject(group: string): string | undefined;
}

/** The chat a key is of, for its other side: the person, or the group. */
export function chatOf(key: WAMessage['key']): string | undefined {
  const jid = key.remoteJid ?? undefined;
  if (jid === undefined || jid === 'status@broadcast' || jid.endsWith('@newsletter')) return undefined;
  // A list that somebody sends to comes as a chat of its own; it is theirs.
  return jid.endsWith('@broadcast') ? key.participant ?? undefined : jid;
}

/** A message as the server hears of it; undefined: it says nothing that anybody wrote. */
export function messageEvent(message: WAMessage, view: MessageView): MessageEvent | undefined {
  const { key } = message;
  const chat = chatOf(key);
  if (!key.id || chat === undefined || !message.message) return undefined;
  const group = groupOf(chat);
  if (group === undefined && !isPerson(chat)) return undefined;
  const content = readContent(message.message, { id: key.id, remoteJid: chat, fromMe: key.fromMe === true, participant: key.participant ?? undefined });
  if (!content) return undefined;
  const mine = key.fromMe === true;
  view.people.pair(key.remoteJid, key.remoteJidAlt);
  view.people.pair(key.participant, key.participantAlt);
  const name = mine ? undefined : message.pushName;
  const peer = group === undefined ? view.people.person(mine ? [chat, key.remoteJidAlt] : [chat, key.remoteJidAlt, key.participant, key.participantAlt], name)
    : mine ? view.me : view.people.person([key.participant, key.participantAlt], name);
  const subject = group === undefined ? undefined : view.subject(group);
  return {
    type: 'message', id: key.id, ...timed(seconds(message.messageTimestamp)), from_me: mine, peer,
    ...(group === undefined ? {} : { group: { id: group, ...(subject ? { subject } : {}) } }),
    content, ...context(message.message, view.people), backfilled: view.backfilled,
  };
}

/** What it answers, whether it was passed on, who is named in it, and which advertisement it came from. */
function context(message: proto.IMessage, people: People): Pick<MessageEvent, 'quote' | 'forwarded' | 'mentions' | 'referral'> {
  const info = contextInfoOf(message);
  if (!info) return {};
  const text = textOf(info.quotedMessage);
  const from = info.participant ? people.person([info.participant]) : undefined;
  const mentions = (info.mentionedJid ?? []).filter(isPerson).map((jid) => people.person([jid]));
  const ad = info.externalAdReply;
  return {
    ...(info.stanzaId ? { quote: { id: info.stanzaId, ...(from && Object.keys(from).length > 0 ? { from } : {}), ...(text ? { text } : {}) } } : {}),
    ...(info.isForwarded ? { forwarded: true } : {}), ...(mentions.length > 0 ? { mentions } : {}),
    ...(ad?.sourceId || ad?.sourceUrl ? { referral: { source_type: ad.sourceType ?? undefined, source_id: ad.sourceId ?? undefined, source_url: ad.sourceUrl ?? undefined, headline: ad.title ?? undefined, body: ad.body ?? undefined, ctwa_clid: ad.ctwaClid ?? undefined } } : {}),
  };
}

/** As it is kept: with its content, if anybody could ask for it again. */
export function storedMessage(message: WAMessage): StoredMessage {
  const { key } = message;
  const said = normalizeMessageContent(message.message);
  const name = { id: key.id ?? '', chat: chatOf(key) ?? '', fromMe: key.fromMe === true, participant: key.participant ?? undefined };
  if (!message.message || !said || said.protocolMessage || said.reactionMessage) return name;
  const content = encodeMessage(message.message);
  return content.length > MOST_KEPT_BYTES ? name : { ...name, content };
}

/** SERVER_ACK comes with the confirmation itself, ERROR with its refusal; both are told from there. */
const STATUSES: Readonly<Record<number, StatusEvent['status']>> = { 3: 'delivered', 4: 'read', 5: 'played' };

/** Receipts of one other person. */
export function statusEvents(updates: BaileysEventMap['messages.update'], people: People): StatusEvent[] {
  return updates.flatMap(({ key, update }): StatusEvent[] => {
    const status = STATUSES[update.status ?? -1];
    const chat = chatOf(key);
    if (!status || !key.fromMe || !key.id || chat === undefined) return [];
    return [{ type: 'status', id: key.id, ...timed(seconds(update.messageTimestamp)), status, peer: people.person([chat, key.remoteJidAlt]) }];
  });
}

/** Receipts of one participant of a group. */
export function groupStatusEvents(updates: BaileysEventMap['message-receipt.update'], people: People): StatusEvent[] {
  return updates.flatMap(({ key, receipt }): StatusEvent[] => {
    const group = groupOf(key.remoteJid);
    if (group === undefined || !key.fromMe || !key.id || !receipt.userJid) return [];
    const [status, at] = receipt.readTimestamp ? ['read', receipt.readTimestamp] as const : receipt.playedTimestamp ? ['played', receipt.playedTimestamp] as const : ['delivered', receipt.receiptTimestamp] as const;
    return [{ type: 'status', id: key.id, ...timed(seconds(at)), status, peer: people.person([receipt.userJid]), group: { id: group } }];
  });
}

type GroupEvent = Extract<EngineEvent, { type: 'group' }>;
const CHANGES = { add: 'added', remove: 'removed', promote: 'promoted', demote: 'demoted' } as const;

/** Somebody came, went or was given a role. */
export function memberEvent(change: BaileysEventMap['group-participants.update'], people: People, at: string): GroupEvent | undefined {
  const { id, author, authorPn, participants, action } = change;
  if (action === 'modify') return undefined;
  const who = participants.map((p) => {
    people.pair(p.id, p.phoneNumber ?? p.lid);
    return people.person([p.id, p.phoneNumber, p.lid]);
  });
  const by = people.person([author, authorPn]);
  const self = action === 'remove' && who.length === 1 && ((who[0]?.lid !== undefined && who[0].lid === by.lid) || (who[0]?.phone !== undefined && who[0].phone === by.phone));
  return { type: 'group', at, group: { id }, change: self ? 'left' : CHANGES[action], by, participants: who };
}

/** Its subject, description or settings changed. */
export function groupEvents(updates: BaileysEventMap['groups.update'], people: People, at: string): GroupEvent[] {
  return updates.flatMap((update): GroupEvent[] => {
    if (!update.id) return [];
    const base = { type: 'group' as const, at, by: people.person([update.author, update.authorPn]) };
    if (update.subject !== undefined) return [{ ...base, group: { id: update.id, subject: update.subject }, change: 'subject' }];
    if (update.desc !== undefined) return [{ ...base, group: { id: update.id }, change: 'description', description: update.desc }];
    if (update.announce !== undefined || update.restrict !== undefined) return [{ ...base, group: { id: update.id }, change: 'settings' }];
    return [];
  });
}

/** This number was put into a group, or made one. */
export function createdEvents(groups: BaileysEventMap['groups.upsert'], people: People, at: string): GroupEvent[] {
  return groups.map((group) => ({
    type: 'group', at, group: { id: group.id, subject: group.subject }, change: 'created', by: people.person([group.author, group.authorPn, group.owner, group.ownerPn]),
    participants: group.participants.map((p) => {
      people.pair(p.id, p.phoneNumber ?? p.lid);
      return people.person([p.id, p.phoneNumber, p.lid]);
    }),
  }));
}

type ContactsEvent = Extract<EngineEvent, { type: 'contacts' }>;
/** Contacts in one event at most. */
const PAGE = 200;

/** Names of people; those that tell nothing new are left out. */
export function contactEvents(contacts: readonly Partial<BaileysEventMap['contacts.upsert'][number]>[], people: People, at: string): ContactsEvent[] {
  const told = contacts.flatMap((c) => {
    if (!isPerson(c.id) || (!c.name && !c.verifiedName && !c.notify)) return [];
    people.pair(c.id, c.phoneNumber ?? c.lid);
    return [{ ...people.person([c.id, c.phoneNumber, c.lid], c.notify), ...(c.name ? { saved_name: c.name } : {}), ...(c.verifiedName ? { business_name: c.verifiedName } : {}) }];
  });
  return Array.from({ length: Math.ceil(told.length / PAGE) }, (_, n) => ({ type: 'contacts', at, contacts: told.slice(n * PAGE, (n + 1) * PAGE) }));
}

export function callEvents(calls: BaileysEventMap['call'], people: People): EngineEvent[] {
  return calls.filter((c) => ['offer', 'accept', 'reject', 'terminate', 'timeout'].includes(c.status)).map((c) => ({
    type: 'call', at: c.date.toISOString(), id: c.id, peer: people.person([c.from, c.callerPn]), video: c.isVideo === true, status: c.status, ...(c.groupJid ? { group: { id: c.groupJid } } : {}),
  }));
}
