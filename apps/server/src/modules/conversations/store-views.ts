import { defineSql, type Tx } from '@centralita/platform/database';
import type { Content } from '../../messaging/index.ts';
import { COLUMNS, type ConversationRow } from './store.ts';

/** A conversation with its last message, for showing. */
export interface ConversationCard extends ConversationRow {
  readonly last_direction: 'in' | 'out' | null;
  readonly last_type: string | null;
  readonly last_text: string | null;
  readonly last_author: string | null;
}
export interface MessageRow {
  readonly id: string;
  readonly conversation_id: string;
  readonly account_id: string;
  readonly contact_id: string;
  readonly route_id: string;
  readonly direction: 'in' | 'out';
  readonly author: 'contact' | 'bot' | 'agent' | 'api' | 'echo' | 'system';
  readonly author_user_id: string | null;
  readonly remote_id: string | null;
  readonly content: Content;
  readonly text: string;
  readonly quote_remote_id: string | null;
  readonly referral: Record<string, unknown> | null;
  readonly extra: Record<string, unknown> | null;
  readonly client_id: string | null;
  readonly at: Date;
}
const CARD = COLUMNS.split(',').map((name) => `c.${name.trim()}`).join(', ');
const CARDS = defineSql('conversation_cards', `
  select ${CARD}, m.direction as last_direction, m.content->>'type' as last_type, m.text as last_text, m.author as last_author
    from {c}.conversations c left join {c}.messages m on m.id = c.last_message_id where c.id = any($1)`);
const MESSAGE = `m.id, m.conversation_id, c.account_id, c.contact_id, m.route_id, m.direction, m.author, m.author_user_id, m.remote_id, m.content, m.text,
  m.quote_remote_id, m.referral, m.extra, m.client_id, m.at`;
const MESSAGES = defineSql('message_rows', `select ${MESSAGE} from {c}.messages m join {c}.conversations c on c.id = m.conversation_id where m.id = any($1) order by m.id`);
const THREAD = defineSql('message_thread', `
  select ${MESSAGE} from {c}.messages m join {c}.conversations c on c.id = m.conversation_id
   where m.conversation_id = $1 and ($2::uuid is null or m.id < $2) order by m.id desc limit $3`);
const ONWARDS = defineSql('message_thread_onwards', `
  select ${MESSAGE} from {c}.messages m join {c}.conversations c on c.id = m.conversation_id where m.conversation_id = $1 and m.id > $2 order by m.id limit $3`);
const BY_REMOTE = defineSql('message_by_remote', `
  select m.route_id, m.remote_id, m.id, m.text from unnest($1::uuid[], $2::text[]) as u(route_id, remote_id) join {c}.messages m using (route_id, remote_id)`);
const REACTIONS = defineSql('reactions_of', `
  select r.conversation_id, r.remote_id, r.side, r.emoji from unnest($1::uuid[], $2::text[]) as u(c, remote) join {c}.reactions r on r.conversation_id = u.c and r.remote_id = u.remote
   where r.emoji <> '' order by r.at`);

export const conversationCards = (tx: Tx, ids: readonly string[]): Promise<ConversationCard[]> => tx.query(CARDS, [ids]);
export const messageRows = (tx: Tx, ids: readonly string[]): Promise<MessageRow[]> => tx.query(MESSAGES, [ids]);
/** Newest first, older than `before`. */
export const threadRows = (tx: Tx, conversationId: string, page: { before: string | null; limit: number }): Promise<MessageRow[]> =>
  tx.query(THREAD, [conversationId, page.before, page.limit]);
/** Oldest first, newer than `after`. */
export const threadOnwards = (tx: Tx, conversationId: string, page: { after: string; limit: number }): Promise<MessageRow[]> => tx.query(ONWARDS, [conversationId, page.after, page.limit]);
export const messagesByRemote = (tx: Tx, rows: readonly { route_id: string; remote_id: string }[]): Promise<{ route_id: string; remote_id: string; id: string; text: string }[]> =>
  tx.query(BY_REMOTE, [rows.map((r) => r.route_id), rows.map((r) => r.remote_id)]);
export const reactionsOf = (tx: Tx, rows: readonly { conversation_id: string; remote_id: string }[]): Promise<{ conversation_id: string; remote_id: string; side: 'contact' | 'company'; emoji: string }[]> =>
  tx.query(REACTIONS, [rows.map((r) => r.conversation_id), rows.map((r) => r.remote_id)]);
export const messageTexts = (tx: Tx, ids: readonly string[]): Promise<{ id: string; text: string }[]> => tx.query('select id, text from {c}.messages where id = any($1)', [ids]);

export type Filter = 'all' | 'unread' | 'mine' | 'unassigned' | 'bot' | 'troubled';
export interface ListQuery {
  readonly filter: Filter;
  /** For `mine`. */
  readonly user_id?: string;
  readonly account_id?: string;
  readonly accounts?: readonly string[];
  readonly contact_id?: string;
  /** They wear all of these. */
  readonly label_ids?: readonly string[];
  /** Only conversations of these contacts, or these themselves. */
  readonly found?: { readonly contacts: readonly string[]; readonly conversations: readonly string[] };
  readonly after?: Place;
  readonly limit: number;
}
/** A place in the list: microseconds matter, so the time stays text. */
export interface Place {
  readonly at: string;
  readonly id: string;
}
/** One walk along the index of the filter (migration 0002), newest first. */
export async function conversationPage(tx: Tx, query: ListQuery): Promise<Place[]> {
  const values: unknown[] = [query.limit];
  const value = (v: unknown): string => `$${values.push(v)}`;
  const where = [filterSql(query, value)];
  if (query.account_id) where.push(`account_id = ${value(query.account_id)}`);
  if (query.accounts) where.push(`account_id = any(${value(query.accounts)}::uuid[])`);
  if (query.contact_id) where.push(`contact_id = ${value(query.contact_id)}`);
  for (const id of query.label_ids ?? []) where.push(`exists (select 1 from {c}.conversation_labels l where l.conversation_id = c.id and l.label_id = ${value(id)})`);
  if (query.found) where.push(`(contact_id = any(${value(query.found.contacts)}::uuid[]) or id = any(${value(query.found.conversations)}::uuid[]))`);
  if (query.after) where.push(`(last_message_at, id) < (${value(query.after.at)}::timestamptz, ${value(query.after.id)}::uuid)`);
  return tx.query(`select id, last_message_at::text as at from {c}.conversations c where ${where.join(' and ')} order by last_message_at desc, id desc limit $1`, values);
}
function filterSql(query: ListQuery, value: (v: unknown) => string): string {
  switch (query.filter) {
    case 'all': return 'true';
    case 'unread': return 'unread > 0';
    case 'mine': return query.user_id ? `holder_user_id = ${value(query.user_id)}` : 'false';
    case 'unassigned': return "holder = 'nobody' and status = 'open'";
    case 'bot': return "holder = 'bot' and status = 'open'";
    case 'troubled': return 'troubled > 0';
  }
}
/** How many have something unread; counted up to 1000. */
export const unreadConversations = async (tx: Tx, accounts: ReadonlySet<string> | null): Promise<number> =>
  (await tx.query<{ n: number }>('select count(*)::integer as n from (select 1 from {c}.conversations where unread > 0 and ($1::uuid[] is null or account_id = any($1)) limit 1000) u',
    [accounts && [...accounts]]))[0]!.n;

/**
 * Conversations in which these words were said, each with the newest message that has them: the last word may be unfinished. Of at most 20,000 messages found the newest
 * 1,000 count, so that a word in every message costs no more than one page of a rare one. What was edited is found where it was said.
 */
export async function searchMessages(tx: Tx, q: string): Promise<Map<string, string>> {
  const words = (q.match(/[\p{L}\p{N}]+/gu) ?? []).filter((w) => w.length > 1);
  if (words.length === 0) return new Map();
  const rows = await tx.query<{ conversation_id: string; id: string }>(`
    select distinct on (conversation_id) conversation_id, id from (
      select conversation_id, id from (select conversation_id, id from {c}.messages
        where to_tsvector('simple', {s}.fold(text)) @@ (to_tsquery('simple', {s}.fold($1)) || plainto_tsquery('simple', {s}.fold($2)))
          and content->>'type' <> 'edit' limit 20000) found
       order by id desc limit 1000) newest order by conversation_id, id desc`, [words.map((w) => `${w}:*`).join(' & '), q]);
  return new Map(rows.map((r) => [r.conversation_id, r.id]));
}

export interface TimelineSearch {
  readonly q: string;
  readonly conversation_id?: string;
  readonly account_id?: string;
  readonly accounts?: ReadonlySet<string> | null;
  readonly direction?: 'in' | 'out';
  /** Times as ISO 8601; by when we had it. */
  readonly from?: string;
  readonly to?: string;
  /** Older than this message. */
  readonly before?: string;
  readonly limit: number;
}
/** Messages in which these words were said, newest first; the last word may be unfinished. At most 20,000 of a very common word are looked at. */
export async function searchTimeline(tx: Tx, s: TimelineSearch): Promise<string[]> {
  const words = (s.q.match(/[\p{L}\p{N}]+/gu) ?? []).map((w) => `${w}:*`).join(' & ');
  if (words === '') return [];
  const values: unknown[] = [s.limit, words];
  const value = (v: unknown): string => `$${values.push(v)}`;
  const where = [
    ...(s.conversation_id ? [`m.conversation_id = ${value(s.conversation_id)}`] : []),
    ...(s.account_id ? [`exists (select 1 from {c}.conversations c where c.id = m.conversation_id and c.account_id = ${value(s.account_id)})`] : []),
    ...(s.accounts ? [`exists (select 1 from {c}.conversations c where c.id = m.conversation_id and c.account_id = any(${value([...s.accounts])}::uuid[]))`] : []),
    ...(s.direction ? [`m.direction = ${value(s.direction)}`] : []),
    ...(s.from ? [`m.created_at >= ${value(s.from)}`] : []),
    ...(s.to ? [`m.created_at < ${value(s.to)}`] : []),
    ...(s.before ? [`m.id < ${value(s.before)}`] : []),
  ];
  const rows = await tx.query<{ id: string }>(`
    select id from (select m.id from {c}.messages m where to_tsvector('simple', {s}.fold(m.text)) @@ to_tsquery('simple', {s}.fold($2))
      ${where.map((w) => `and ${w}`).join(' ')} limit 20000) found order by id desc limit $1`, values);
  return rows.map((r) => r.id);
}
