import type { Session, SessionDetails, SessionHost, SessionList } from '@centralita/contracts/api';
import type { SessionState } from '@centralita/contracts/bridge';
import { encodeId } from '@centralita/kernel';
import type { Route } from '../accounts/index.ts';
import { e164OrNull } from '../contacts/index.ts';
import { codesOf, type HostRow, type LogLine, type SessionRow } from '../web-sessions/index.ts';

/** As the source document spells it. */
export const statusOf = (state: SessionState): Session['status'] => (state === 'initialising' ? 'initializing' : state);
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export function showSession(row: SessionRow, route: Pick<Route, 'id' | 'provider' | 'account_id'>): Session {
  const account = encodeId('acc', route.account_id);
  return {
    session_id: encodeId('sess', row.id), account_id: account, route_id: encodeId('rt', route.id), session_type: route.provider, status: statusOf(row.state),
    detail: row.reason_text ?? row.reason_code, qr_url: row.state === 'active' ? null : `/api/accounts/${account}/session/qr`, created_at: row.created_at.toISOString(),
  };
}

export const showHost = ({ url: _url, ...host }: HostRow): SessionHost => ({ ...host, rss_bytes: Number(host.rss_bytes), started_at: new Date(host.started_at).toISOString() });

type Listed = SessionList['sessions'][number];
export function listedSession(row: SessionRow, route: Pick<Route, 'id' | 'provider' | 'account_id'>): Listed {
  return {
    ...showSession(row, route), name: row.name, engine: row.engine, sandbox: row.sandbox, wanted: row.wanted,
    reason: row.reason_code === null ? null : { code: row.reason_code, text: row.reason_text ?? '' },
    state_since: iso(row.state_since), active_since: iso(row.active_since), last_activity_at: iso(row.last_activity_at),
    phone_number: e164OrNull(row.phone), profile_name: row.push_name, platform: row.platform, reconnects: row.reconnects, profile_stored_at: iso(row.profile_stored_at),
    host: row.host && showHost(row.host),
  };
}

export interface Shown {
  readonly log: readonly LogLine[];
  readonly hosts: readonly HostRow[];
  /** Null: who asks may not link phones, or there is no code. */
  readonly picture: string | null;
  readonly mayLink: boolean;
}
export function sessionDetails(row: SessionRow, route: Pick<Route, 'id' | 'provider' | 'account_id'>, { log, hosts, picture, mayLink }: Shown): SessionDetails {
  const { qr, code } = mayLink ? codesOf(row) : { qr: null, code: null };
  return {
    ...listedSession(row, route),
    qr, qr_picture: picture, qr_expires_at: qr === null ? null : iso(row.qr_expires_at), pairing_code: code, pairing_expires_at: code === null ? null : iso(row.pairing_expires_at),
    hosts: hosts.filter((h) => h.engine === row.engine && h.sandbox === row.sandbox && !h.draining && h.id !== row.host?.id).map(showHost),
    log: log.map((l) => ({ at: l.at.toISOString(), status: statusOf(l.state), code: l.code, text: l.text })),
  };
}
