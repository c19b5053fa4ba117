import type { BridgeSession, EngineName, SessionState } from '@centralita/contracts/bridge';
import { decodeId, encodeId } from '@centralita/kernel';
import { defineSql, type Database } from '@centralita/platform/database';

/** A session's row as callers see it, whoever runs it. */
export interface SessionRow {
  readonly id: string;
  readonly name: string;
  readonly engine: EngineName;
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
  readonly owner: string | null;
  readonly host_url: string | null;
  readonly reconnects: number;
  readonly last_activity_at: Date | null;
  readonly profile_stored_at: Date | null;
}

const COLUMNS = `s.id, s.name, s.engine, s.state, s.reason_code, s.reason_text, s.state_since, s.phone, s.lid, s.push_name, s.reconnects, s.last_activity_at, s.profile_stored_at,
  case when s.qr_expires_at > now() then s.qr end as qr, s.qr_expires_at, case when s.pairing_expires_at > now() then s.pairing_code end as pairing_code, s.pairing_expires_at,
  case when h.lease_until > now() then s.owner end as owner, case when h.lease_until > now() then h.url end as host_url`;
const FIND = defineSql('bridge_find', `
  select ${COLUMNS} from {s}.web_sessions s left join {s}.bridge_hosts h on h.id = s.owner where s.engine = $1 and s.sandbox = $2 and (s.id = $3::uuid or s.name = $4) limit 2`);
const LIST = defineSql('bridge_list', `
  select ${COLUMNS} from {s}.web_sessions s left join {s}.bridge_hosts h on h.id = s.owner where s.engine = $1 and s.sandbox = $2 order by s.name, s.id`);
const WANT = defineSql('bridge_want', `
  update {s}.web_sessions set wanted = true, reason_code = null, reason_text = null where id = $1 and not wanted returning id`);

export interface Scope {
  readonly engine: EngineName;
  readonly sandbox: boolean;
}

/** Sessions called so, by id (`sess_…`) or name; two when the name is not enough to tell. */
export const findSessions = (db: Database, scope: Scope, named: string): Promise<SessionRow[]> => {
  const id = decodeId('sess', named);
  return db.query<SessionRow>(FIND, [scope.engine, scope.sandbox, id ?? null, id === undefined ? named : null]);
};
export const listSessions = (db: Database, scope: Scope): Promise<SessionRow[]> => db.query<SessionRow>(LIST, [scope.engine, scope.sandbox]);
/** It shall run: some host takes it up in a moment. False: it was to run already. */
export const wantSession = async (db: Database, id: string): Promise<boolean> => (await db.query(WANT, [id])).length > 0;

/** `here`: the id of the host that answers. */
export function viewOf(row: SessionRow, here: string): BridgeSession {
  return {
    id: encodeId('sess', row.id), session_name: row.name, engine: row.engine, state: row.state, connected: row.state === 'active' && row.owner !== null,
    reason: row.reason_code === null ? null : { code: row.reason_code, text: row.reason_text ?? '' },
    state_since: row.state_since.toISOString(), phone: row.phone, lid: row.lid, name: row.push_name, has_qr: row.qr !== null,
    here: row.owner === here, host: row.owner === null || row.host_url === null ? null : { id: row.owner, url: row.host_url },
    reconnects: row.reconnects, last_activity_at: row.last_activity_at?.toISOString() ?? null, profile_stored_at: row.profile_stored_at?.toISOString() ?? null,
  };
}
