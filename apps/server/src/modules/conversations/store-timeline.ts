import { defineSql, type Tx } from '@centralita/platform/database';

const ONWARDS = defineSql('messages_onwards', 'select id from {c}.messages where conversation_id = $1 and ($2::uuid is null or id > $2) order by id limit $3');
/** Oldest first. */
export const messagesOnwards = async (tx: Tx, conversationId: string, page: { readonly after: string | null; readonly limit: number }): Promise<string[]> =>
  (await tx.query<{ id: string }>(ONWARDS, [conversationId, page.after, page.limit])).map((r) => r.id);

/** The account of each. */
export const accountsOfConversations = async (tx: Tx, ids: readonly string[]): Promise<Map<string, string>> =>
  new Map((await tx.query<{ id: string; account_id: string }>('select id, account_id from {c}.conversations where id = any($1)', [ids])).map((r) => [r.id, r.account_id]));
/** Everything that was sent from here in these conversations, by id. */
export const sentIn = async (tx: Tx, conversations: readonly string[]): Promise<string[]> =>
  (await tx.query<{ id: string }>("select id from {c}.messages where conversation_id = any($1) and direction = 'out' order by id", [conversations])).map((r) => r.id);
export const conversationsOf = (tx: Tx, contacts: readonly string[]): Promise<{ id: string; account_id: string }[]> =>
  tx.query('select id, account_id from {c}.conversations where contact_id = any($1) order by id', [contacts]);
/** Of these contacts, those whose every conversation is on other accounts than these; who has none is not among them. */
export const contactsBeyond = async (tx: Tx, contacts: readonly string[], accounts: readonly string[]): Promise<Set<string>> =>
  new Set((await tx.query<{ id: string }>(
    'select contact_id as id from {c}.conversations where contact_id = any($1) group by contact_id having not bool_or(account_id = any($2))', [contacts, accounts])).map((r) => r.id));

// A file is in the content or in its header.
const FILE = "coalesce(content->'media'->>'id', content->'header'->'media'->>'id')";
/** Ids (as in contents) of files in these conversations that no other conversation shows. */
export const filesOnlyIn = async (tx: Tx, conversations: readonly string[]): Promise<string[]> => {
  const own = (await tx.query<{ id: string }>(`select distinct ${FILE} as id from {c}.messages where conversation_id = any($1) and ${FILE} is not null`, [conversations])).map((r) => r.id);
  if (own.length === 0) return [];
  const elsewhere = new Set((await tx.query<{ id: string }>(`select distinct ${FILE} as id from {c}.messages where conversation_id <> all($1) and ${FILE} = any($2)`, [conversations, own])).map((r) => r.id));
  return own.filter((id) => !elsewhere.has(id));
};

/** What was said is gone; that something was, by whom and when, stays. Conversations are closed. Answers how many messages and notes. */
export async function eraseTimelines(tx: Tx, conversations: readonly string[], content: unknown): Promise<{ messages: number; notes: number }> {
  const messages = await tx.query(`
    update {c}.messages set content = $2, text = '', remote_id = null, quote_remote_id = null, referral = null, extra = null, client_id = null where conversation_id = any($1) returning id`,
  [conversations, JSON.stringify(content)]);
  const notes = await tx.query('delete from {c}.notes where conversation_id = any($1) returning id', [conversations]);
  await tx.query('delete from {c}.reactions where conversation_id = any($1)', [conversations]);
  await tx.query('delete from {c}.conversation_labels where conversation_id = any($1)', [conversations]);
  await tx.query(`
    update {c}.conversations set status = 'closed', holder = 'nobody', holder_user_id = null, unread = 0, troubled = 0, last_inbound_at = null, last_inbound_remote_id = null, updated_at = now()
     where id = any($1)`, [conversations]);
  return { messages: messages.length, notes: notes.length };
}
/** Of what the contact wrote: how much came after this message. */
export const writtenAfter = async (tx: Tx, conversationId: string, messageId: string): Promise<number> =>
  (await tx.query<{ n: number }>(`
    select count(*)::integer as n from {c}.messages where conversation_id = $1 and id > $2 and author = 'contact' and content->>'type' not in ('reaction', 'edit', 'revoke')`, [conversationId, messageId]))[0]!.n;
/** The newest message of the contact up to this one, as its carrier calls it. */
export const lastWritten = async (tx: Tx, conversationId: string, upTo: string): Promise<{ remote_id: string; route_id: string } | undefined> =>
  (await tx.query<{ remote_id: string; route_id: string }>(`
    select remote_id, route_id from {c}.messages where conversation_id = $1 and id <= $2 and author = 'contact' and remote_id is not null order by id desc limit 1`, [conversationId, upTo]))[0];
