import type { SessionState } from '@centralita/contracts/bridge';
import { defineSql, type Database } from '@centralita/platform/database';
import { tellServer } from './leases.ts';

/** Lines of a session's log that are kept. */
const LOG_LINES = 300;

export interface Owned {
  readonly id: string;
  readonly epoch: number;
  readonly company_id: string;
}

export interface StateChange {
  readonly state: SessionState;
  readonly code?: string | undefined;
  readonly text?: string | undefined;
  /** False: it shall not run any more until somebody starts it again; the owner gives it up. */
  readonly wanted?: boolean | undefined;
  readonly reconnected?: boolean | undefined;
  readonly me?: { readonly phone?: string | undefined; readonly lid?: string | undefined; readonly name?: string | undefined } | undefined;
  readonly platform?: string | undefined;
}

const STATE = defineSql('bridge_state', `
  with changed as (
    update {s}.web_sessions set state = $4, reason_code = $5, reason_text = $6, state_since = case when state = $4 then state_since else now() end,
        wanted = wanted and $7, owner = case when $7 then owner else null end, reconnects = reconnects + $8, qr = null, qr_expires_at = null, pairing_code = null, pairing_expires_at = null,
        phone = coalesce($9, phone), lid = coalesce($10, lid), push_name = coalesce($11, push_name), platform = coalesce($12, platform),
        active_since = case when $4 <> 'active' then null else coalesce(active_since, now()) end
     where id = $1 and epoch = $2 and owner = $3 returning id
  ) insert into {s}.web_session_log (session_id, state, code, text, host_id) select id, $4, $5, $6, $3 from changed returning id`);

/** Writes a session's new state with its line of the log; false: it is no longer this host's. */
export async function setState(db: Database, session: Owned, { hostId, change }: { readonly hostId: string; readonly change: StateChange }): Promise<boolean> {
  const rows = await db.query(STATE, [session.id, session.epoch, hostId, change.state, change.code ?? null, change.text ?? null, change.wanted ?? true, change.reconnected ? 1 : 0,
    change.me?.phone ?? null, change.me?.lid ?? null, change.me?.name ?? null, change.platform ?? null]);
  await tellServer(db, { session_id: session.id, company_id: session.company_id, state: change.state });
  return rows.length > 0;
}

/** A line of the session's log that is no change of state. */
export async function note(db: Database, session: Owned, { hostId, state, code, text }: { readonly hostId: string; readonly state: SessionState; readonly code: string; readonly text: string }): Promise<void> {
  await db.query('insert into {s}.web_session_log (session_id, state, code, text, host_id) select id, $3, $4, $5, $6 from {s}.web_sessions where id = $1 and epoch = $2', [session.id, session.epoch, state, code, text, hostId]);
}

export interface Code {
  readonly qr?: string;
  readonly pairingCode?: string;
  readonly expiresInMs: number;
}
/** Shows a QR code or a pairing code in the row; the one does not take the other away. */
export async function showCode(db: Database, session: Owned, { hostId, code }: { readonly hostId: string; readonly code: Code }): Promise<void> {
  const column = code.qr === undefined ? 'pairing_code = $4, pairing_expires_at' : 'qr = $4, qr_expires_at';
  await db.query(`update {s}.web_sessions set ${column} = now() + $5 * interval '1 millisecond' where id = $1 and epoch = $2 and owner = $3`,
    [session.id, session.epoch, hostId, code.qr ?? code.pairingCode, code.expiresInMs]);
  await tellServer(db, { session_id: session.id, company_id: session.company_id, state: 'waiting_qr' });
}

const ACTIVE = defineSql('bridge_active', `
  update {s}.web_sessions s set last_activity_at = u.at from unnest($2::uuid[], $3::timestamptz[]) as u(id, at) where s.id = u.id and s.owner = $1`);
/** When each of these was last heard of. */
export async function noteActivity(db: Database, hostId: string, heard: ReadonlyMap<string, Date>): Promise<void> {
  if (heard.size > 0) await db.query(ACTIVE, [hostId, [...heard.keys()], [...heard.values()]]);
}

export async function noteProfile(db: Database, session: Owned, hostId: string): Promise<void> {
  await db.query('update {s}.web_sessions set profile_stored_at = now() where id = $1 and epoch = $2 and owner = $3', [session.id, session.epoch, hostId]);
}

/** Removes a login: the next start pairs anew. Fenced like every write. */
export async function wipeKeys(db: Database, session: Owned, hostId: string): Promise<void> {
  await db.shared(async (tx) => {
    const held = await tx.query('select id from {s}.web_sessions where id = $1 and epoch = $2 and owner = $3 for update', [session.id, session.epoch, hostId]);
    if (held.length === 0) return;
    await tx.query('delete from {s}.web_session_keys where session_id = $1', [session.id]);
    await tx.query('update {s}.web_sessions set phone = null, lid = null, push_name = null, platform = null, profile_stored_at = null where id = $1', [session.id]);
  });
}

/** Removes old messages and all but the last lines of the logs; some thousands at a time, so that nobody waits. */
export async function tidy(db: Database, messageDays: number): Promise<void> {
  for (;;) {
    const gone = await db.query(`
      delete from {s}.web_session_messages where ctid in (select ctid from {s}.web_session_messages where at < now() - $1 * interval '1 day' limit 5000) returning 1 as n`, [messageDays]);
    if (gone.length < 5000) break;
  }
  await db.query(`
    delete from {s}.web_session_log l using (select session_id, id as last from (select session_id, id, row_number() over (partition by session_id order by id desc) as n from {s}.web_session_log) r where n = $1) k
     where l.session_id = k.session_id and l.id < k.last`, [LOG_LINES]);
}
