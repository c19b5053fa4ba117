import { defineSql, type Tx } from '@centralita/platform/database';

export type HolderKind = 'bot' | 'agent' | 'nobody';

export interface ConversationRow {
  readonly id: string;
  readonly account_id: string;
  readonly contact_id: string;
  /** The route the contact last wrote to: answers leave on it. */
  readonly route_id: string;
  readonly status: 'open' | 'closed';
  readonly holder: HolderKind;
  readonly holder_user_id: string | null;
  readonly unread: number;
  readonly troubled: number;
  readonly last_inbound_at: Date | null;
  readonly last_inbound_remote_id: string | null;
  readonly last_message_id: string | null;
  readonly last_message_at: Date;
  readonly created_at: Date;
  readonly updated_at: Date;
}
export const COLUMNS = `id, account_id, contact_id, route_id, status, holder, holder_user_id, unread, troubled,
  last_inbound_at, last_inbound_remote_id, last_message_id, last_message_at, created_at, updated_at`;

// Conversations are always locked in the order of their ids, by every room that locks several.
const LOCK = defineSql('conversation_lock', `select ${COLUMNS} from {c}.conversations where id = any($1) order by id for no key update`);
const LOCK_PAIRS = defineSql('conversation_lock_pairs', `
  select ${COLUMNS} from {c}.conversations
   where (account_id, contact_id) in (select * from unnest($1::uuid[], $2::uuid[])) order by id for no key update`);
const CREATE = defineSql('conversation_create', `
  insert into {c}.conversations (id, account_id, contact_id, route_id) select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[])
  on conflict (account_id, contact_id) do nothing returning ${COLUMNS}`);
const INSERT = defineSql('message_insert', `
  insert into {c}.messages (id, conversation_id, route_id, direction, author, author_user_id, remote_id, content, text, quote_remote_id, referral, extra, client_id, at)
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::jsonb[], $9::text[], $10::text[], $11::jsonb[], $12::jsonb[], $13::text[], $14::timestamptz[])
  on conflict do nothing returning id`);
const ARRIVED = defineSql('conversation_arrived', `
  update {c}.conversations c set unread = c.unread + u.unread, status = case when u.opens then 'open' else c.status end,
      last_inbound_at = greatest(c.last_inbound_at, u.inbound_at),
      last_inbound_remote_id = case when u.inbound_at >= coalesce(c.last_inbound_at, '-infinity') then u.remote_id else c.last_inbound_remote_id end,
      route_id = case when u.inbound_at >= coalesce(c.last_inbound_at, '-infinity') then u.route_id else c.route_id end,
      last_message_id = coalesce(u.last_id, c.last_message_id), last_message_at = case when u.last_id is null then c.last_message_at else now() end, updated_at = now()
    from unnest($1::uuid[], $2::integer[], $3::boolean[], $4::timestamptz[], $5::text[], $6::uuid[], $7::uuid[]) as u(id, unread, opens, inbound_at, remote_id, route_id, last_id)
   where c.id = u.id`);
const SAID = defineSql('conversation_said', `
  update {c}.conversations c set last_message_id = u.last_id, last_message_at = now(), updated_at = now()
    from unnest($1::uuid[], $2::uuid[]) as u(id, last_id) where c.id = u.id`);
const HOLD = defineSql('conversation_hold', `
  update {c}.conversations set holder = $2, holder_user_id = $3, updated_at = now()
   where id = any($1) and (holder, coalesce(holder_user_id::text, '')) is distinct from ($2, coalesce($3::uuid::text, '')) returning id`);
const TROUBLE = defineSql('conversation_trouble', `
  update {c}.conversations c set troubled = greatest(c.troubled + u.n, 0), updated_at = now() from unnest($1::uuid[], $2::integer[]) as u(id, n) where c.id = u.id`);
const CLOSE_WINDOW = defineSql('conversation_close_window', `
  update {c}.conversations c set last_inbound_at = $4, updated_at = now() from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as u(id, route_id, said_at)
   where c.id = u.id and c.route_id = u.route_id and c.last_inbound_at < u.said_at and c.last_inbound_at > $4 returning c.id`);
const REACT = defineSql('reaction_put', `
  insert into {c}.reactions as r (conversation_id, remote_id, side, emoji, at) select distinct on (u.c, u.m, u.s) u.c, u.m, u.s, u.e, u.t
    from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[]) with ordinality as u(c, m, s, e, t, i) order by u.c, u.m, u.s, u.t desc, u.i desc
  on conflict (conversation_id, remote_id, side) do update set emoji = excluded.emoji, at = excluded.at where excluded.at >= r.at`);
const BY_CLIENT = defineSql('message_by_client', 'select m.id, m.conversation_id, m.client_id from unnest($1::uuid[], $2::text[]) as u(c, k) join {c}.messages m on m.conversation_id = u.c and m.client_id = u.k');

export const lockConversations = (tx: Tx, ids: readonly string[]): Promise<ConversationRow[]> => tx.query(LOCK, [ids]);
export const lockPairs = (tx: Tx, pairs: readonly { account_id: string; contact_id: string }[]): Promise<ConversationRow[]> =>
  tx.query(LOCK_PAIRS, [pairs.map((p) => p.account_id), pairs.map((p) => p.contact_id)]);
/** Answers those that were made; the others exist since a moment ago. */
export const createConversations = (tx: Tx, rows: readonly { id: string; account_id: string; contact_id: string; route_id: string }[]): Promise<ConversationRow[]> =>
  tx.query(CREATE, [rows.map((r) => r.id), rows.map((r) => r.account_id), rows.map((r) => r.contact_id), rows.map((r) => r.route_id)]);

export async function removeConversations(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query('delete from {c}.conversations where id = any($1)', [ids]);
}

export interface NewMessage {
  readonly id: string;
  readonly conversation_id: string;
  readonly route_id: string;
  readonly direction: 'in' | 'out';
  readonly author: 'contact' | 'bot' | 'agent' | 'api' | 'echo' | 'system';
  readonly author_user_id?: string | null;
  readonly remote_id?: string | null;
  readonly content: unknown;
  readonly text: string;
  readonly quote_remote_id?: string | null;
  readonly referral?: unknown;
  readonly extra?: unknown;
  readonly client_id?: string | null;
  readonly at: string;
}
/** Answers the ids of those that were new: neither (route, remote id) nor (conversation, client id) was there before. */
export async function insertMessages(tx: Tx, rows: readonly NewMessage[]): Promise<Set<string>> {
  const json = (v: unknown): string | null => (v === undefined || v === null ? null : JSON.stringify(v));
  const stored = await tx.query<{ id: string }>(INSERT, [
    rows.map((r) => r.id), rows.map((r) => r.conversation_id), rows.map((r) => r.route_id), rows.map((r) => r.direction), rows.map((r) => r.author),
    rows.map((r) => r.author_user_id ?? null), rows.map((r) => r.remote_id ?? null), rows.map((r) => JSON.stringify(r.content)), rows.map((r) => r.text),
    rows.map((r) => r.quote_remote_id ?? null), rows.map((r) => json(r.referral)), rows.map((r) => json(r.extra)), rows.map((r) => r.client_id ?? null), rows.map((r) => r.at),
  ]);
  return new Set(stored.map((r) => r.id));
}

/** What a batch of new messages does to its conversation. */
export interface Arrival {
  readonly id: string;
  readonly unread: number;
  readonly opens: boolean;
  /** Of the newest message of the contact; null when there was none: the window, the route and what is marked as read. */
  readonly inbound: { readonly at: string; readonly remote_id: string; readonly route_id: string } | null;
  readonly last_message_id: string | null;
}
export async function noteArrivals(tx: Tx, rows: readonly Arrival[]): Promise<void> {
  await tx.query(ARRIVED, [rows.map((r) => r.id), rows.map((r) => r.unread), rows.map((r) => r.opens), rows.map((r) => r.inbound?.at ?? null),
    rows.map((r) => r.inbound?.remote_id ?? null), rows.map((r) => r.inbound?.route_id ?? null), rows.map((r) => r.last_message_id)]);
}
export async function noteSaid(tx: Tx, rows: readonly { id: string; last_message_id: string }[]): Promise<void> {
  await tx.query(SAID, [rows.map((r) => r.id), rows.map((r) => r.last_message_id)]);
}
/** Answers those whose holder changed. */
export const writeHolder = async (tx: Tx, ids: readonly string[], holder: { readonly kind: HolderKind; readonly user_id?: string | null }): Promise<string[]> =>
  (await tx.query<{ id: string }>(HOLD, [ids, holder.kind, holder.user_id ?? null])).map((r) => r.id);
/** Whether it was another before. Lock the conversation first. */
export async function writeStatus(tx: Tx, id: string, status: 'open' | 'closed'): Promise<boolean> {
  const [row] = await tx.query<{ turned: boolean }>(`
    update {c}.conversations c set status = $2, troubled = case $2 when 'closed' then 0 else c.troubled end, updated_at = now()
      from {c}.conversations o where c.id = $1 and o.id = c.id returning o.status <> c.status as turned`, [id, status]);
  return row?.turned ?? false;
}
/** What is left unread; never more than before. */
export async function writeRead(tx: Tx, id: string, left: number): Promise<void> {
  await tx.query('update {c}.conversations set unread = $2, updated_at = now() where id = $1 and unread > $2', [id, left]);
}
export async function addTrouble(tx: Tx, rows: readonly { id: string; n: number }[]): Promise<void> {
  await tx.query(TROUBLE, [rows.map((r) => r.id), rows.map((r) => r.n)]);
}
/** As if the contact had last written at `at`, unless they wrote after `said_at` or by another number. Answers those that changed. */
export async function closeWindowsOf(tx: Tx, rows: readonly { id: string; route_id: string; said_at: Date }[], at: Date): Promise<string[]> {
  const changed = await tx.query<{ id: string }>(CLOSE_WINDOW, [rows.map((r) => r.id), rows.map((r) => r.route_id), rows.map((r) => r.said_at), at]);
  return changed.map((r) => r.id);
}
export interface ReactionRow {
  readonly conversation_id: string;
  readonly remote_id: string;
  readonly side: 'contact' | 'company';
  readonly emoji: string;
  readonly at: string;
}
/** The newest of each side stands; an empty emoji is one taken back. */
export async function putReactions(tx: Tx, rows: readonly ReactionRow[]): Promise<void> {
  await tx.query(REACT, [rows.map((r) => r.conversation_id), rows.map((r) => r.remote_id), rows.map((r) => r.side), rows.map((r) => r.emoji), rows.map((r) => r.at)]);
}
export const messagesByClient = (tx: Tx, rows: readonly { conversation_id: string; client_id: string }[]): Promise<{ id: string; conversation_id: string; client_id: string }[]> =>
  tx.query(BY_CLIENT, [rows.map((r) => r.conversation_id), rows.map((r) => r.client_id)]);

/** The person changed what they wrote: the newest words are shown, the first ones kept. Answers the message, if we have it and it changed. */
export const editMessage = async (tx: Tx, routeId: string, e: { remote_id: string; text: string; at: string }): Promise<string | undefined> =>
  (await tx.query<{ id: string }>(`
    update {c}.messages set text = $3, extra = coalesce(extra, '{}') || jsonb_build_object('edited_at', $4::text, 'before_edit', coalesce(extra->'before_edit', to_jsonb(text))),
        content = content || case when content ? 'caption' or content ? 'media' then jsonb_build_object('caption', $3::text) when content ? 'body' then jsonb_build_object('body', $3::text) else jsonb_build_object('text', $3::text) end
     where route_id = $1 and remote_id = $2 and coalesce(extra->>'edited_at', '') <= $4 returning id`, [routeId, e.remote_id, e.text, e.at]))[0]?.id;
/** The person took it back. It is marked, not removed: what was said to the company stays on record. */
export const revokeMessage = async (tx: Tx, routeId: string, r: { remote_id: string; at: string }): Promise<string | undefined> =>
  (await tx.query<{ id: string }>("update {c}.messages set extra = coalesce(extra, '{}') || jsonb_build_object('revoked_at', $3::text) where route_id = $1 and remote_id = $2 returning id",
    [routeId, r.remote_id, r.at]))[0]?.id;

export const outgoingOf = async (tx: Tx, id: string): Promise<string[]> =>
  (await tx.query<{ id: string }>("select id from {c}.messages where conversation_id = $1 and direction = 'out' and author <> 'echo'", [id])).map((r) => r.id);
export const conversationsOfContact = (tx: Tx, contactId: string): Promise<ConversationRow[]> =>
  tx.query(`select ${COLUMNS} from {c}.conversations where contact_id = $1 order by id for no key update`, [contactId]);
export async function moveContact(tx: Tx, id: string, contactId: string): Promise<void> {
  await tx.query('update {c}.conversations set contact_id = $2, updated_at = now() where id = $1', [id, contactId]);
}
/** Moves the timeline of one conversation into another, whose counters take the sum; the first is removed. */
export async function mergeTimelines(tx: Tx, from: string, into: string): Promise<void> {
  await tx.query('update {c}.messages set conversation_id = $2 where conversation_id = $1 and (client_id is null or client_id not in (select client_id from {c}.messages where conversation_id = $2 and client_id is not null))', [from, into]);
  await tx.query('update {c}.messages set conversation_id = $2, client_id = null where conversation_id = $1', [from, into]);
  await tx.query('insert into {c}.conversation_labels (conversation_id, label_id, created_at) select $2, label_id, created_at from {c}.conversation_labels where conversation_id = $1 on conflict do nothing', [from, into]);
  await tx.query('update {c}.notes set conversation_id = $2 where conversation_id = $1', [from, into]);
  await tx.query(`insert into {c}.reactions select $2, remote_id, side, emoji, at from {c}.reactions where conversation_id = $1 on conflict do nothing`, [from, into]);
  await tx.query(`
    update {c}.conversations i set unread = i.unread + f.unread, troubled = i.troubled + f.troubled, updated_at = now(),
        status = case when 'open' in (i.status, f.status) then 'open' else 'closed' end,
        last_inbound_at = greatest(i.last_inbound_at, f.last_inbound_at),
        last_inbound_remote_id = case when f.last_inbound_at > coalesce(i.last_inbound_at, '-infinity') then f.last_inbound_remote_id else i.last_inbound_remote_id end,
        route_id = case when f.last_inbound_at > coalesce(i.last_inbound_at, '-infinity') then f.route_id else i.route_id end,
        last_message_id = case when i.last_message_id is null or (f.last_message_at, f.last_message_id) > (i.last_message_at, i.last_message_id) then f.last_message_id else i.last_message_id end,
        last_message_at = greatest(i.last_message_at, f.last_message_at)
      from {c}.conversations f where i.id = $2 and f.id = $1`, [from, into]);
  await removeConversations(tx, [from]);
}

/** When the contact of each conversation last wrote on this route: the carrier's window is that of the number. */
export const lastWrittenOn = async (tx: Tx, routeId: string, conversations: readonly string[]): Promise<Map<string, Date>> =>
  new Map((await tx.query<{ id: string; at: Date }>(`
    select c.id, m.at from unnest($2::uuid[]) as c(id) cross join lateral (
      select at from {c}.messages where conversation_id = c.id and route_id = $1 and direction = 'in' and author = 'contact' order by id desc limit 1) m`,
  [routeId, conversations])).map((r) => [r.id, r.at]));
/** Of messages to be sent: when their contact last wrote, and whether anything was said before. */
export const acquaintances = async (tx: Tx, messages: readonly { message_id: string; conversation_id: string }[]): Promise<Map<string, { wrote_at: Date | null; earlier: boolean }>> =>
  new Map((await tx.query<{ id: string; wrote_at: Date | null; earlier: boolean }>(`
    select u.m as id, c.last_inbound_at as wrote_at, exists (select 1 from {c}.messages x where x.conversation_id = u.c and x.id < u.m and x.direction = 'out') as earlier
      from unnest($1::uuid[], $2::uuid[]) as u(m, c) join {c}.conversations c on c.id = u.c`,
  [messages.map((m) => m.message_id), messages.map((m) => m.conversation_id)])).map(({ id, ...rest }) => [id, rest]));
/** Messages that leave by another number after all. Answers their conversations. */
export const moveMessages = async (tx: Tx, ids: readonly string[], routeId: string): Promise<string[]> =>
  [...new Set((await tx.query<{ conversation_id: string }>('update {c}.messages set route_id = $2, quote_remote_id = null where id = any($1) returning conversation_id', [ids, routeId])).map((r) => r.conversation_id))];
