import { BRIDGE_CHANNELS, type EngineName, type SessionState } from '@centralita/contracts/bridge';
import type { Database, Tx } from '@centralita/platform/database';

/** A web session, and the host that has it, if that one is alive. */
export interface SessionRow {
  readonly id: string;
  readonly company_id: string;
  readonly account_id: string;
  readonly route_id: string;
  readonly name: string;
  readonly engine: EngineName;
  readonly sandbox: boolean;
  readonly wanted: boolean;
  readonly state: SessionState;
  readonly reason_code: string | null;
  readonly reason_text: string | null;
  readonly state_since: Date;
  readonly qr: string | null;
  readonly qr_expires_at: Date | null;
  readonly pairing_code: string | null;
  readonly pairing_expires_at: Date | null;
  readonly phone: string | null;
  readonly lid: string | null;
  readonly push_name: string | null;
  readonly platform: string | null;
  readonly reconnects: number;
  readonly active_since: Date | null;
  readonly last_activity_at: Date | null;
  readonly profile_stored_at: Date | null;
  readonly created_at: Date;
  /** Of the database's clock, when this was read. */
  readonly now: Date;
  readonly host: HostRow | null;
}
/** Whether somebody logged it out here, rather than on the phone or WhatsApp. */
export const isUnlinkedHere = ({ state, reason_code }: Pick<SessionRow, 'state' | 'reason_code'>): boolean => state === 'logged_out' && (reason_code === 'logged_out' || reason_code === 'by_us');

export interface HostRow {
  readonly id: string;
  readonly engine: EngineName;
  readonly url: string;
  readonly sandbox: boolean;
  readonly hostname: string;
  readonly pid: number;
  readonly version: string;
  readonly capacity: number;
  readonly sessions: number;
  readonly rss_bytes: number;
  readonly draining: boolean;
  readonly started_at: string;
}
const HOST = "'id', h.id, 'engine', h.engine, 'url', h.url, 'sandbox', h.sandbox, 'hostname', h.hostname, 'pid', h.pid, 'version', h.version, 'capacity', h.capacity, 'sessions', h.sessions, 'rss_bytes', h.rss_bytes, 'draining', h.draining, 'started_at', h.started_at";
// What the last host wrote, unless nobody has the session now.
const STATE = `case when h.id is not null or s.state not in ('initialising', 'waiting_qr', 'connecting', 'active', 'reconnecting') then s.state
  when not s.wanted then 'closed' when s.state in ('active', 'reconnecting') then 'reconnecting' else 'created' end`;
const SESSION = `
  select s.id, s.company_id, s.account_id, s.route_id, s.name, s.engine, s.sandbox, s.wanted, ${STATE} as state, s.reason_code, s.reason_text, s.state_since, s.qr, s.qr_expires_at, s.pairing_code, s.pairing_expires_at,
         s.phone, s.lid, s.push_name, s.platform, s.reconnects, s.active_since, s.last_activity_at, s.profile_stored_at, s.created_at, now() as now,
         case when h.id is null then null else jsonb_build_object(${HOST}) end as host
    from {s}.web_sessions s left join {s}.bridge_hosts h on h.id = s.owner and h.lease_until > now()`;

export const sessionOfRoute = async (db: Database, routeId: string): Promise<SessionRow | undefined> => (await db.query<SessionRow>(`${SESSION} where s.route_id = $1`, [routeId]))[0];
export const sessionById = async (db: Database, id: string): Promise<SessionRow | undefined> => (await db.query<SessionRow>(`${SESSION} where s.id = $1`, [id]))[0];
/** Of one company, or (null) of all. */
export const sessionsOf = (db: Database, companyId: string | null): Promise<SessionRow[]> =>
  db.query(`${SESSION} where $1::uuid is null or s.company_id = $1 order by s.created_at, s.id`, [companyId]);

export interface NewSession {
  readonly id: string;
  readonly company_id: string;
  readonly account_id: string;
  readonly route_id: string;
  readonly app_id: string;
  readonly name: string;
  readonly engine: EngineName;
  readonly sandbox: boolean;
}
/** The row of a route's session; one that is there gets the route's settings. Not running until it is started. */
export async function putSession(db: Database, n: NewSession): Promise<void> {
  await db.query(`
    insert into {s}.web_sessions (id, company_id, account_id, route_id, app_id, name, engine, sandbox, wanted) values ($1, $2, $3, $4, $5, $6, $7, $8, false)
    on conflict (route_id) do update set account_id = excluded.account_id, app_id = excluded.app_id, name = excluded.name,
      engine = excluded.engine, sandbox = excluded.sandbox
      where (web_sessions.account_id, web_sessions.app_id, web_sessions.name, web_sessions.engine, web_sessions.sandbox)
        is distinct from (excluded.account_id, excluded.app_id, excluded.name, excluded.engine, excluded.sandbox)`,
  [n.id, n.company_id, n.account_id, n.route_id, n.app_id, n.name, n.engine, n.sandbox]);
}

/** From now on it shall run; what ended before begins anew. */
export async function want(db: Database, id: string): Promise<void> {
  await db.query(`
    update {s}.web_sessions set wanted = true,
        state = case when owner is null or state in ('closed', 'error', 'conflict', 'logged_out', 'banned') then 'created' else state end,
        state_since = case when owner is null or state in ('closed', 'error', 'conflict', 'logged_out', 'banned') then now() else state_since end,
        reason_code = case when state in ('closed', 'error', 'conflict', 'logged_out', 'banned') then null else reason_code end,
        reason_text = case when state in ('closed', 'error', 'conflict', 'logged_out', 'banned') then null else reason_text end
     where id = $1`, [id]);
  await tellHosts(db);
}
/** It shall not run: its host closes it and keeps the login. */
export async function unwant(db: Database, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.query('update {s}.web_sessions set wanted = false where id = any($1)', [ids]);
  await tellHosts(db);
}
/** Of those that should not run any more: nobody has them, so nobody else will say that they ended. */
export async function closeUnowned(db: Database): Promise<void> {
  await db.query(`
    update {s}.web_sessions s set state = 'closed', state_since = now(), owner = null, qr = null, pairing_code = null, active_since = null
     where not s.wanted and s.state in ('initialising', 'waiting_qr', 'connecting', 'active', 'reconnecting')
       and not exists (select 1 from {s}.bridge_hosts h where h.id = s.owner and h.lease_until > now())`);
}
/** Removes the login of a session that no host has; false: one has it. */
export async function wipeUnowned(db: Database, id: string): Promise<boolean> {
  return db.shared(async (tx: Tx) => {
    const free = await tx.query(`
      update {s}.web_sessions s set wanted = false, owner = null, epoch = epoch + 1, state = 'logged_out', state_since = now(), reason_code = 'by_us', reason_text = null, qr = null, pairing_code = null,
          phone = null, lid = null, push_name = null, platform = null, active_since = null, profile_stored_at = null
       where s.id = $1 and not exists (select 1 from {s}.bridge_hosts h where h.id = s.owner and h.lease_until > now()) returning id`, [id]);
    if (free.length === 0) return false;
    await tx.query('delete from {s}.web_session_keys where session_id = $1', [id]);
    await tx.query("insert into {s}.web_session_log (session_id, state, code, text) values ($1, 'logged_out', 'by_us', 'The login was removed here; the phone still lists the device until it is removed there.')", [id]);
    return true;
  });
}

export const tellHosts = (db: Database): Promise<object[]> => db.query('select pg_notify($1, $2)', [BRIDGE_CHANNELS.hosts, '']);

export interface LogLine {
  readonly session_id: string;
  readonly at: Date;
  readonly state: SessionState;
  readonly code: string | null;
  readonly text: string | null;
}
/** The last lines of each, the newest first. */
export const logOf = (db: Database, ids: readonly string[], lines: number): Promise<LogLine[]> => db.query(`
  select l.session_id, l.at, l.state, l.code, l.text from unnest($1::uuid[]) as u(id)
    cross join lateral (select * from {s}.web_session_log x where x.session_id = u.id order by x.id desc limit $2) l`, [ids, lines]);

/** Hosts whose lease runs. */
export const liveHosts = (db: Database): Promise<HostRow[]> => db.query(`
  select h.id, h.engine, h.url, h.sandbox, h.hostname, h.pid, h.version, h.capacity, h.sessions, h.rss_bytes::float8 as rss_bytes, h.draining, h.started_at
    from {s}.bridge_hosts h where h.lease_until > now() order by h.started_at, h.id`);

export interface Demand {
  readonly engine: EngineName;
  readonly sandbox: boolean;
  readonly sessions: number;
}
/** Sessions that should run, by the kind of host that can. */
export const demand = (db: Database): Promise<Demand[]> =>
  db.query('select engine, sandbox, count(*)::integer as sessions from {s}.web_sessions where wanted group by engine, sandbox');
/** A host whose process is certainly dead: others may have its sessions now, not only when its lease has run out. */
export async function buryHost(db: Database, host: { readonly hostname: string; readonly pid: number }): Promise<void> {
  await db.query(`
    with gone as (delete from {s}.bridge_hosts where hostname = $1 and pid = $2 returning id)
    update {s}.web_sessions s set owner = null from gone where s.owner = gone.id`, [host.hostname, host.pid]);
  await tellHosts(db);
}
