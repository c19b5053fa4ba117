import type { Message } from '@centralita/contracts';
import { decodeId, encodeId, uuidTime } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { Content } from '../../messaging/index.ts';
import { contactCards, e164OrNull } from '../contacts/index.ts';
import { deliveryStates, matchRemote, type DeliveryRow } from '../delivery/index.ts';
import { mediaFiles, type MediaFile } from '../media/index.ts';
import { errors } from './errors.ts';
import { messagesOnwards } from './store-timeline.ts';
import { messageRows, messagesByRemote, messageTexts, reactionsOf, threadOnwards, threadRows, type MessageRow } from './store-views.ts';
import { shownStatus } from './view-conversations.ts';
import { reaches, type Viewer } from './viewer.ts';

/** Messages as a thread shows them, oldest first. */
export async function viewMessages(viewer: Viewer, tx: Tx, ids: readonly string[]): Promise<Message[]> {
  return ids.length === 0 ? [] : view(viewer, tx, await messageRows(tx, ids));
}

/** The same without what is shown on another message already: reactions, edits and revocations. */
export async function viewEntries(viewer: Viewer, tx: Tx, ids: readonly string[]): Promise<Message[]> {
  return ids.length === 0 ? [] : view(viewer, tx, await entriesOf(tx, await messageRows(tx, ids)));
}

/** Looks for what a page still lacks; a thread of nothing but reactions ends its page early instead. */
const ROUNDS = 5;

/** Which piece of a thread: the newest one, what is older or newer than a message, or a message with what was said before and after it. */
export type ThreadPlace = { readonly at: 'end' } | { readonly at: 'before' | 'after' | 'around'; readonly message: string };
interface ThreadAsked {
  readonly conversation_id: string;
  readonly place: ThreadPlace;
  readonly limit: number;
}
export interface ThreadPiece {
  readonly messages: Message[];
  /** The messages that the pieces before and after it are counted from; null: there is nothing older, or newer. */
  readonly previous: string | null;
  readonly next: string | null;
}

/** At most `limit` messages (one more `around` a message), oldest first. Throws `conversations.message_not_found` where `around` is no message of it. */
export async function viewThread(viewer: Viewer, tx: Tx, { conversation_id: id, place, limit }: ThreadAsked): Promise<ThreadPiece> {
  const piece = async (rows: readonly MessageRow[], ends: Omit<ThreadPiece, 'messages'>): Promise<ThreadPiece> => ({ messages: await view(viewer, tx, rows), ...ends });
  switch (place.at) {
    case 'end': {
      const older = await walk(tx, { id, way: 'older', from: null, limit });
      return piece(older.rows.toReversed(), { previous: older.rest, next: null });
    }
    case 'before': {
      const older = await walk(tx, { id, way: 'older', from: place.message, limit });
      return piece(older.rows.toReversed(), { previous: older.rest, next: older.rows[0]?.id ?? place.message });
    }
    case 'after': {
      const newer = await walk(tx, { id, way: 'newer', from: place.message, limit });
      return piece(newer.rows, { previous: newer.rows[0]?.id ?? place.message, next: newer.rest });
    }
    case 'around': {
      const found = await messageRows(tx, [place.message]);
      if (found[0]?.conversation_id !== id) throw errors.message_not_found();
      const half = Math.ceil(limit / 2);
      const older = await walk(tx, { id, way: 'older', from: place.message, limit: half });
      const newer = await walk(tx, { id, way: 'newer', from: place.message, limit: half });
      return piece([...older.rows.toReversed(), ...await entriesOf(tx, found), ...newer.rows], { previous: older.rest, next: newer.rest });
    }
  }
}

type Walk = { readonly id: string; readonly limit: number } & ({ readonly way: 'older'; readonly from: string | null } | { readonly way: 'newer'; readonly from: string });
/** Entries one way from a message, nearest first; `rest` is where the others are counted from. */
async function walk(tx: Tx, asked: Walk): Promise<{ rows: MessageRow[]; rest: string | null }> {
  const wanted = asked.limit + 1;
  const entries: MessageRow[] = [];
  let from = asked.from;
  let more = true;
  for (let round = 0; round < ROUNDS && more && entries.length < wanted; round++) {
    const rows = asked.way === 'older' ? await threadRows(tx, asked.id, { before: from, limit: wanted }) : await threadOnwards(tx, asked.id, { after: from ?? asked.from, limit: wanted });
    more = rows.length === wanted;
    from = rows.at(-1)?.id ?? from;
    entries.push(...await entriesOf(tx, rows));
  }
  const rows = entries.slice(0, asked.limit);
  return { rows, rest: entries.length > asked.limit ? rows.at(-1)!.id : more ? from : null };
}

/** Every message of a conversation from one on (not included), oldest first: for what reads all of it. */
export async function viewOnwards(viewer: Viewer, tx: Tx, asked: { readonly conversation_id: string; readonly after: string | null; readonly limit: number }): Promise<{ messages: Message[]; next: string | null }> {
  const ids = await messagesOnwards(tx, asked.conversation_id, asked);
  return { messages: await viewMessages(viewer, tx, ids), next: ids.length === asked.limit ? ids.at(-1)! : null };
}

const keyOf = (route: string, remote: string): string => `${route} ${remote}`;
interface Remote {
  readonly route_id: string;
  readonly remote_id: string;
}

/** Our messages by what the carrier calls them, of either direction, as `route remote`. */
export async function idsByRemote(tx: Tx, wanted: readonly Remote[]): Promise<Map<string, string>> {
  if (wanted.length === 0) return new Map();
  const [own, sent] = [await messagesByRemote(tx, wanted), await matchRemote(tx, wanted)];
  return new Map([...own.map((r) => [keyOf(r.route_id, r.remote_id), r.id] as const), ...sent.map((r) => [keyOf(r.route_id, r.remote_id), r.message_id] as const)]);
}

/** Where a message is and what the carrier calls it; null: it has not reached the carrier. */
export async function remoteOf(tx: Tx, id: string): Promise<{ conversation_id: string; route_id: string; remote_id: string | null } | undefined> {
  const [row] = await messageRows(tx, [id]);
  if (!row) return undefined;
  const remote_id = row.remote_id ?? (await deliveryStates(tx, [id]))[0]?.remote_id ?? null;
  return { conversation_id: row.conversation_id, route_id: row.route_id, remote_id };
}

/** Without what is about a message we have; a reaction of ours that did not reach the contact is told nevertheless. */
async function entriesOf(tx: Tx, rows: readonly MessageRow[]): Promise<MessageRow[]> {
  const about = rows.flatMap((row) => (row.content.type === 'reaction' || row.content.type === 'edit' || row.content.type === 'revoke' ? [{ row, route_id: row.route_id, remote_id: row.content.remote_id }] : []));
  if (about.length === 0) return [...rows];
  const targets = await idsByRemote(tx, about);
  const sent = about.filter((a) => a.row.direction === 'out').map((a) => a.row.id);
  const lost = new Set((sent.length === 0 ? [] : await deliveryStates(tx, sent)).filter((d) => d.status === 'failed' || d.status === 'unknown').map((d) => d.message_id));
  const hidden = new Set(about.filter((a) => targets.has(keyOf(a.route_id, a.remote_id)) && !lost.has(a.row.id)).map((a) => a.row.id));
  return rows.filter((r) => !hidden.has(r.id));
}

async function view(viewer: Viewer, tx: Tx, found: readonly MessageRow[]): Promise<Message[]> {
  const rows = found.filter((r) => reaches(viewer.reach, r.account_id));
  if (rows.length === 0) return [];
  const sent = rows.filter((r) => r.direction === 'out').map((r) => r.id);
  const deliveries = new Map((sent.length === 0 ? [] : await deliveryStates(tx, sent)).map((d) => [d.message_id, d]));
  const contacts = new Map((await contactCards(tx, [...new Set(rows.map((r) => r.contact_id))])).map((c) => [c.id, c.name]));
  const files = rows.flatMap((r) => mediaIds(r.content));
  const media = new Map((files.length === 0 ? [] : await mediaFiles(tx, files)).map((f) => [f.id, f]));
  const quotes = await quotesOf(tx, rows);
  const remoteOf = (row: MessageRow): string | null => row.remote_id ?? deliveries.get(row.id)?.remote_id ?? null;
  const known = rows.flatMap((row) => (remoteOf(row) === null ? [] : [{ conversation_id: row.conversation_id, remote_id: remoteOf(row)! }]));
  const reactions = Map.groupBy(known.length === 0 ? [] : await reactionsOf(tx, known), (r) => keyOf(r.conversation_id, r.remote_id));
  return rows.map((row) => {
    const delivery = deliveries.get(row.id);
    const remote = remoteOf(row);
    const content = shownContent(row.content, media);
    const { metadata, ...extra } = row.extra ?? {};
    const created_at = new Date(uuidTime(row.id)).toISOString();
    return {
      id: encodeId('msg', row.id), conversation_id: encodeId('conv', row.conversation_id), direction: row.direction,
      author: {
        kind: row.author, user_id: row.author_user_id === null ? null : encodeId('usr', row.author_user_id),
        name: row.author === 'contact' ? contacts.get(row.contact_id) ?? null : row.author_user_id === null ? null : viewer.users.get(row.author_user_id) ?? null,
      },
      message_type: row.content.type, media_url: mediaUrl(content), metadata: isObject(metadata) ? metadata : null,
      content, text: row.text, status: shownStatus(row.direction, delivery?.status), ...trouble(row.content, delivery),
      quote: row.quote_remote_id === null ? null : quotes.get(keyOf(row.route_id, row.quote_remote_id)) ?? { message_id: null, text: '' },
      reactions: remote === null ? [] : (reactions.get(keyOf(row.conversation_id, remote)) ?? []).map((r) => ({ emoji: r.emoji, by: r.side })),
      referral: row.referral, extra: Object.keys(extra).length > 0 ? extra : null, whatsapp_message_id: remote, account_id: encodeId('acc', row.account_id),
      route_id: encodeId('rt', row.route_id), company_number: e164OrNull(viewer.numbers.get(row.route_id) ?? null), client_id: row.client_id,
      // A thread's order is that of its ids, so its times must be theirs. What the carrier says is `sent_at`.
      created_at, updated_at: delivery?.updated_at.toISOString() ?? created_at,
      sent_at: (delivery ? delivery.sent_at : row.at)?.toISOString() ?? null, delivered_at: delivery?.delivered_at?.toISOString() ?? null, read_at: delivery?.read_at?.toISOString() ?? null,
    };
  });
}

function trouble(content: Content, d: DeliveryRow | undefined): Pick<Message, 'error' | 'can_resend'> {
  const bad = d?.status === 'failed' || d?.status === 'unknown';
  if (!d || !bad) return { error: null, can_resend: false };
  return { error: d.error && { code: d.error.code, title: d.error.title, detail: d.error.detail ?? null, class: d.error.class }, can_resend: d.resent_as === null && content.type !== 'system' };
}

async function quotesOf(tx: Tx, rows: readonly MessageRow[]): Promise<Map<string, NonNullable<Message['quote']>>> {
  const quoted = rows.flatMap((r) => (r.quote_remote_id === null ? [] : [{ route_id: r.route_id, remote_id: r.quote_remote_id }]));
  const ids = await idsByRemote(tx, quoted);
  if (ids.size === 0) return new Map();
  const texts = new Map((await messageTexts(tx, [...new Set(ids.values())])).map((m) => [m.id, m.text]));
  return new Map([...ids].map(([key, id]) => [key, { message_id: encodeId('msg', id), text: texts.get(id) ?? '' }]));
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Where the file of a message is fetched: from us (below `/api`), or from the address it was sent with. */
function mediaUrl(content: Message['content']): string | null {
  const media = content['media'];
  if (!isObject(media)) return null;
  return typeof media['id'] === 'string' ? `/api/media/${media['id']}` : typeof media['link'] === 'string' ? media['link'] : null;
}

/** Files of a content, its header's too. */
function mediaIds(content: Content): string[] {
  const ids = 'media' in content ? [content.media.id] : 'header' in content && typeof content.header === 'object' ? [content.header.media.id] : [];
  return ids.map((id) => decodeId('med', id ?? '')).filter((id) => id !== undefined);
}

/** With what is known of its file; where the carrier keeps it is nobody's business outside. */
function shownContent(content: Content, files: ReadonlyMap<string, MediaFile>): Message['content'] {
  const shown = (media: Extract<Content, { media: unknown }>['media']): Record<string, unknown> => {
    const file = files.get(decodeId('med', media.id ?? '') ?? '');
    const { remote_id: _remote, link, sha256: _hash, ...rest } = media;
    if (!file) return { ...rest, ...(media.id === undefined && media.remote_id === undefined && link !== undefined && { link }) };
    return {
      ...rest, state: file.state, ...(file.reason !== null && { reason: file.reason }), ...(file.mime_type !== null && { mime_type: file.mime_type }),
      ...(file.filename !== null && { filename: file.filename }), ...(file.size !== null && { size: file.size }),
    };
  };
  if ('media' in content) return { ...content, media: shown(content.media) };
  if ('header' in content && typeof content.header === 'object') return { ...content, header: { ...content.header, media: shown(content.header.media) } };
  return content;
}
