import { BRIDGE_CHANNELS, type EngineName, type SessionNotice, type SessionState } from '@centralita/contracts/bridge';
import { defineSql, type Database } from '@centralita/platform/database';

/** A host as the others see it. */
export interface HostRow {
  readonly id: string;
  readonly engine: EngineName;
  readonly url: string;
  readonly sandbox: boolean;
  readonly hostname: string;
  readonly pid: number;
  readonly version: string;
  readonly capacity: number;
}

/** A session as it was claimed. */
export interface Claimed {
  readonly id: string;
  readonly company_id: string;
  readonly app_id: string;
  readonly name: string;
  readonly epoch: number;
  readonly state: SessionState;
  readonly phone: string | null;
  readonly lid: string | null;
  readonly reconnects: number;
  readonly last_activity_at: Date | null;
}

export async function enterHost(db: Database, host: HostRow, leaseMs: number): Promise<void> {
  await db.query(`
    insert into {s}.bridge_hosts (id, engine, url, sandbox, hostname, pid, version, capacity, lease_until)
    values ($1, $2, $3, $4, $5, $6, $7, $8, now() + $9 * interval '1 millisecond')`,
  [host.id, host.engine, host.url, host.sandbox, host.hostname, host.pid, host.version, host.capacity, leaseMs]);
  // Hosts that went without a word are history after a day.
  await db.query("delete from {s}.bridge_hosts h where lease_until < now() - interval '1 day' and not exists (select 1 from {s}.web_sessions where owner = h.id)");
}

const BEAT = defineSql('bridge_beat', `
  update {s}.bridge_hosts set seen_at = now(), lease_until = now() + $2 * interval '1 millisecond', sessions = $3, rss_bytes = $4, draining = $5 where id = $1 returning id`);
/** Renews the lease over all sessions of the host; false: its row is gone. */
export async function beat(db: Database, hostId: string, now: { readonly leaseMs: number; readonly sessions: number; readonly rss: number; readonly draining: boolean }): Promise<boolean> {
  return (await db.query(BEAT, [hostId, now.leaseMs, now.sessions, now.rss, now.draining])).length > 0;
}

/** Other hosts see at once that this one is gone. */
export async function leaveHost(db: Database, hostId: string): Promise<void> {
  await db.query('update {s}.web_sessions set owner = null where owner = $1', [hostId]);
  await db.query('delete from {s}.bridge_hosts where id = $1', [hostId]);
  await tellHosts(db);
}

const FREE = `s.wanted and s.engine = $2 and s.sandbox = $3 and (s.owner is null or h.id is null or h.lease_until < now())
  and (s.preferred_host is null or s.preferred_host = $1 or s.preferred_until < now())`;
// Active is only what its new host says to be.
const CLAIM = defineSql('bridge_claim', `
  update {s}.web_sessions w set owner = $1, epoch = w.epoch + 1, claimed_at = now(), preferred_host = null, preferred_until = null,
         state = case w.state when 'active' then 'reconnecting' else w.state end
    from (select s.id from {s}.web_sessions s left join {s}.bridge_hosts h on h.id = s.owner
           where ${FREE} and s.owner is distinct from $1 order by s.claimed_at nulls first, s.id limit $4 for update of s skip locked) c
   where w.id = c.id
  returning w.id, w.company_id, w.app_id, w.name, w.epoch, w.state, w.phone, w.lid, w.reconnects, w.last_activity_at`);
const SHARE = defineSql('bridge_share', `
  select (select count(*)::integer from {s}.web_sessions where wanted and engine = $2 and sandbox = $3) as wanted,
         (select count(*)::integer from {s}.bridge_hosts where engine = $2 and sandbox = $3 and not draining and lease_until > now()) as hosts,
         (select count(*)::integer from {s}.web_sessions s left join {s}.bridge_hosts h on h.id = s.owner where ${FREE} and s.owner is distinct from $1) as free`);

export interface Share {
  readonly wanted: number;
  readonly hosts: number;
  readonly free: number;
}
/** How many sessions of this engine there are for how many hosts, and how many of them nobody runs. */
export async function share(db: Database, host: HostRow): Promise<Share> {
  return (await db.query<Share>(SHARE, [host.id, host.engine, host.sandbox]))[0]!;
}
/** Takes up to `limit` sessions that nobody runs, those that waited longest first. */
export const claimSessions = (db: Database, host: HostRow, limit: number): Promise<Claimed[]> => db.query<Claimed>(CLAIM, [host.id, host.engine, host.sandbox, limit]);

const OWNED = defineSql('bridge_owned', 'select id, epoch, wanted, name, app_id from {s}.web_sessions where owner = $1');
/** What the rows say this host owns; a session that is not `wanted` is to be closed. */
export const ownedSessions = (db: Database, hostId: string): Promise<{ id: string; epoch: number; wanted: boolean; name: string; app_id: string }[]> => db.query(OWNED, [hostId]);

/** Gives a session back; another host may take it at once, `to` has the first choice for ten seconds. */
export async function releaseSession(db: Database, session: { readonly id: string; readonly epoch: number }, { hostId, to }: { readonly hostId: string; readonly to?: string | undefined }): Promise<void> {
  await db.query(`
    update {s}.web_sessions set owner = null, preferred_host = $4, preferred_until = case when $4::uuid is null then null else now() + interval '10 seconds' end
     where id = $1 and epoch = $2 and owner = $3`, [session.id, session.epoch, hostId, to ?? null]);
  await tellHosts(db);
}

export const tellHosts = (db: Database): Promise<object[]> => db.query('select pg_notify($1, $2)', [BRIDGE_CHANNELS.hosts, '']);
export const tellServer = (db: Database, notice: SessionNotice): Promise<object[]> => db.query('select pg_notify($1, $2)', [BRIDGE_CHANNELS.server, JSON.stringify(notice)]);
