import type { BusinessHours } from '@centralita/contracts/api';
import { defineSql, type Tx } from '@centralita/platform/database';
import type { BotSession, CallRequest, Input } from '@centralita/flow-engine';

export type InputKind = Input['kind'];

/** Something that waits for a conversation's turn. A timer is one that is due later and can be withdrawn; its payload is empty. */
export interface InputRow {
  readonly id: number;
  readonly conversation_id: string;
  readonly kind: InputKind;
  readonly timer: boolean;
  readonly payload: unknown;
  readonly due_at: Date;
  /** By the database's clock, which is also the one that wakes lanes. */
  readonly due: boolean;
}
export interface SessionRow {
  readonly conversation_id: string;
  readonly bot_id: string;
  readonly revision_id: string;
  readonly session: BotSession;
}
/** The bot that answers on an account and what new conversations get of it. */
export interface AssignedBot {
  readonly account_id: string;
  readonly bot_id: string;
  readonly revision_id: string;
}

const INPUTS = defineSql('inputs_load', `
  select id, conversation_id, kind, timer, payload, due_at, due_at <= now() as due from {c}.inputs where conversation_id = any($1) order by id`);
const STANDINGS = defineSql('standings_load', `
  select u.id as conversation_id, s.bot_id, s.revision_id, s.session, b.id as assigned_bot_id, b.revision_id as assigned_revision_id, b.config->'business_hours' as hours
    from unnest($1::uuid[], $2::uuid[]) as u(id, account_id) left join {c}.bot_sessions s on s.conversation_id = u.id
    left join {c}.bot_accounts ba on ba.account_id = u.account_id left join {c}.bots b on b.id = ba.bot_id and b.revision_id is not null`);
const SESSIONS = defineSql('sessions_load', 'select conversation_id, bot_id, revision_id, session from {c}.bot_sessions where conversation_id = any($1)');
const ASSIGNED = defineSql('bots_assigned', `
  select ba.account_id, b.id as bot_id, b.revision_id from {c}.bot_accounts ba join {c}.bots b on b.id = ba.bot_id
   where ba.account_id = any($1) and b.revision_id is not null`);
const REVISIONS = defineSql('revisions_load', 'select id, flow from {c}.flow_revisions where id = any($1)');
const ADD = defineSql('inputs_add', `
  insert into {c}.inputs (conversation_id, kind, payload) select u.c, u.k, u.p from unnest($1::uuid[], $2::text[], $3::jsonb[]) with ordinality as u(c, k, p, i) order by u.i`);
// Everything a batch of turns leaves behind, in one statement: the parts touch different rows.
const SAVE = defineSql('turns_save', `
  with used as (delete from {c}.inputs where id = any($1::bigint[])),
       timed as (insert into {c}.inputs (conversation_id, kind, timer, payload, due_at) select u.c, u.k, true, '{}', u.d from unnest($2::uuid[], $3::text[], $4::timestamptz[]) as u(c, k, d)),
       ended as (delete from {c}.bot_sessions where conversation_id = any($5::uuid[])),
       called as (insert into {c}.calls (id, conversation_id, call_id, request) select * from unnest($6::uuid[], $7::uuid[], $8::text[], $9::jsonb[]))
  insert into {c}.bot_sessions (conversation_id, bot_id, revision_id, session) select * from unnest($10::uuid[], $11::uuid[], $12::uuid[], $13::jsonb[])
  on conflict (conversation_id) do update set bot_id = excluded.bot_id, revision_id = excluded.revision_id, session = excluded.session, updated_at = now()`);

export const loadInputs = (tx: Tx, conversationIds: readonly string[]): Promise<InputRow[]> => tx.query(INPUTS, [conversationIds]);
export const loadSessions = (tx: Tx, conversationIds: readonly string[]): Promise<SessionRow[]> => tx.query(SESSIONS, [conversationIds]);
/** Where conversations stand, and what the bot of their account is. */
export async function loadStandings(tx: Tx, conversations: readonly { id: string; account_id: string }[]): Promise<Map<string, { session: SessionRow | undefined; assigned: Omit<AssignedBot, 'account_id'> | undefined; hours: BusinessHours | null }>> {
  const rows = await tx.query<SessionRow & { assigned_bot_id: string | null; assigned_revision_id: string; hours: BusinessHours | null }>(STANDINGS, [conversations.map((c) => c.id), conversations.map((c) => c.account_id)]);
  return new Map(rows.map(({ assigned_bot_id, assigned_revision_id, hours, ...session }) => [session.conversation_id, {
    hours,
    session: session.session === null ? undefined : session,
    assigned: assigned_bot_id === null ? undefined : { bot_id: assigned_bot_id, revision_id: assigned_revision_id },
  }]));
}
export const assignedBots = (tx: Tx, accountIds: readonly string[]): Promise<AssignedBot[]> => tx.query(ASSIGNED, [accountIds]);
export const loadRevisions = (tx: Tx, ids: readonly string[]): Promise<{ id: string; flow: unknown }[]> => tx.query(REVISIONS, [ids]);
export async function addInputs(tx: Tx, rows: readonly { conversation_id: string; input: Input }[]): Promise<void> {
  await tx.query(ADD, [rows.map((r) => r.conversation_id), rows.map((r) => r.input.kind), rows.map((r) => JSON.stringify(r.input))]);
}

/** What a batch of turns changes. */
export interface Changes {
  /** Inputs that were used up or withdrawn. */
  readonly used: readonly number[];
  readonly timers: readonly { conversation_id: string; kind: InputKind; due_at: string }[];
  /** Conversations whose session is over. */
  readonly ended: readonly string[];
  readonly calls: readonly { id: string; conversation_id: string; call_id: string; request: CallRequest }[];
  readonly sessions: readonly SessionRow[];
}
export async function saveTurns(tx: Tx, c: Changes): Promise<void> {
  await tx.query(SAVE, [
    c.used, c.timers.map((t) => t.conversation_id), c.timers.map((t) => t.kind), c.timers.map((t) => t.due_at), c.ended,
    c.calls.map((x) => x.id), c.calls.map((x) => x.conversation_id), c.calls.map((x) => x.call_id), c.calls.map((x) => JSON.stringify(x.request)),
    c.sessions.map((s) => s.conversation_id), c.sessions.map((s) => s.bot_id), c.sessions.map((s) => s.revision_id), c.sessions.map((s) => JSON.stringify(s.session)),
  ]);
}
/**
 * Conversations (of these, or of all) in which everything that waits for a turn was due longer ago than this; `wrote`: a message of the
 * contact is among it.
 */
export const staleInputs = (tx: Tx, { hours, limit, among = null }: { readonly hours: number; readonly limit: number; readonly among?: readonly string[] | null }): Promise<{ conversation_id: string; wrote: boolean }[]> =>
  tx.query(`select conversation_id, bool_or(kind = 'message') as wrote from {c}.inputs where $3::uuid[] is null or conversation_id = any($3)
    group by conversation_id having max(due_at) < now() - $1 * interval '1 hour' order by conversation_id limit $2`, [hours, limit, among]);
/** Ends the sessions of these conversations and forgets what waited for them. Lock the conversations first. */
export async function dropSessions(tx: Tx, conversationIds: readonly string[]): Promise<void> {
  await tx.query('with i as (delete from {c}.inputs where conversation_id = any($1)) delete from {c}.bot_sessions where conversation_id = any($1)', [conversationIds]);
}

/** Everything bots know of these conversations, calls under way too. */
export async function eraseSessions(tx: Tx, conversationIds: readonly string[]): Promise<void> {
  await dropSessions(tx, conversationIds);
  await tx.query('delete from {c}.calls where conversation_id = any($1)', [conversationIds]);
}
/** Where conversations stand with a bot, as it is kept. */
export const standingsOf = (tx: Tx, conversationIds: readonly string[]): Promise<{ conversation_id: string; bot_id: string; session: unknown }[]> =>
  tx.query('select conversation_id, bot_id, session from {c}.bot_sessions where conversation_id = any($1)', [conversationIds]);

export interface BotRow {
  readonly id: string;
  readonly name: string;
  readonly revision_id: string | null;
}
export const botById = async (tx: Tx, id: string): Promise<BotRow | undefined> => (await tx.query<BotRow>('select id, name, revision_id from {c}.bots where id = $1 for update', [id]))[0];
export const botByName = async (tx: Tx, name: string): Promise<BotRow | undefined> =>
  (await tx.query<BotRow>('select id, name, revision_id from {c}.bots where name = $1 order by created_at, id limit 1 for update', [name]))[0];
export async function insertBot(tx: Tx, bot: { id: string; name: string }): Promise<void> {
  await tx.query('insert into {c}.bots (id, name) values ($1, $2)', [bot.id, bot.name]);
}
/** The bot's current revision when it is this very flow. */
export const sameRevision = async (tx: Tx, bot: BotRow, flow: unknown): Promise<{ id: string; number: number } | undefined> =>
  (await tx.query<{ id: string; number: number }>('select id, number from {c}.flow_revisions where id = $1 and flow = $2::jsonb', [bot.revision_id, JSON.stringify(flow)]))[0];
/** Adds the bot's next revision and makes it the current one; answers its number. The bot's row is locked. */
export async function insertRevision(tx: Tx, revision: { id: string; bot_id: string; flow: unknown }): Promise<number> {
  const rows = await tx.query<{ number: number }>(`
    insert into {c}.flow_revisions (id, bot_id, number, flow)
    select $1, $2, coalesce(max(number), 0) + 1, $3 from {c}.flow_revisions where bot_id = $2 returning number`, [revision.id, revision.bot_id, JSON.stringify(revision.flow)]);
  await tx.query('update {c}.bots set revision_id = $2 where id = $1', [revision.bot_id, revision.id]);
  return rows[0]!.number;
}
export async function assign(tx: Tx, accountId: string, botId: string | null): Promise<void> {
  if (botId === null) await tx.query('delete from {c}.bot_accounts where account_id = $1', [accountId]);
  else await tx.query('insert into {c}.bot_accounts (account_id, bot_id) values ($1, $2) on conflict (account_id) do update set bot_id = excluded.bot_id', [accountId, botId]);
}

export interface CallRow {
  readonly id: string;
  readonly conversation_id: string;
  readonly call_id: string;
  readonly request: CallRequest;
}
export const callById = async (tx: Tx, id: string): Promise<CallRow | undefined> =>
  (await tx.query<CallRow>('select id, conversation_id, call_id, request from {c}.calls where id = $1', [id]))[0];
/** Answers the conversation the call belongs to now; undefined: it is settled already. */
export const removeCall = async (tx: Tx, id: string): Promise<string | undefined> =>
  (await tx.query<{ conversation_id: string }>('delete from {c}.calls where id = $1 returning conversation_id', [id]))[0]?.conversation_id;

export const sealedSecrets = (tx: Tx, names: readonly string[]): Promise<{ name: string; sealed: string }[]> =>
  tx.query('select name, sealed from {c}.secrets where name = any($1)', [names]);
export const secretNames = async (tx: Tx): Promise<string[]> => (await tx.query<{ name: string }>('select name from {c}.secrets order by name')).map((r) => r.name);
export async function putSecret(tx: Tx, name: string, sealed: string): Promise<void> {
  await tx.query('insert into {c}.secrets (name, sealed) values ($1, $2) on conflict (name) do update set sealed = excluded.sealed, updated_at = now()', [name, sealed]);
}
export async function removeSecret(tx: Tx, name: string): Promise<void> {
  await tx.query('delete from {c}.secrets where name = $1', [name]);
}

/** Everything of one conversation becomes the other's, which has no session of its own. Answers how many inputs moved. */
export async function moveSession(tx: Tx, from: string, into: string): Promise<number> {
  await tx.query('update {c}.bot_sessions set conversation_id = $2 where conversation_id = $1', [from, into]);
  return moveInputs(tx, from, into);
}
/** Messages and ended calls go along, timers do not outlive the session that set them. */
export async function moveMessages(tx: Tx, from: string, into: string): Promise<number> {
  await tx.query('delete from {c}.bot_sessions where conversation_id = $1', [from]);
  await tx.query('delete from {c}.inputs where conversation_id = $1 and timer', [from]);
  return moveInputs(tx, from, into);
}
async function moveInputs(tx: Tx, from: string, into: string): Promise<number> {
  await tx.query('update {c}.calls set conversation_id = $2 where conversation_id = $1', [from, into]);
  return (await tx.query('update {c}.inputs set conversation_id = $2 where conversation_id = $1 returning 1', [from, into])).length;
}
