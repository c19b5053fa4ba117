import type { Runtime } from '../../runtime.ts';
import { keeperOf } from './keeper.ts';
import { isUnlinkedHere, liveHosts, sessionsOf, type HostRow, type SessionRow } from './store.ts';

/** `down`: sessions should run and no host does · `degraded`: some of them need somebody, or are on their way. */
export interface SessionsHealth {
  readonly status: 'ok' | 'degraded' | 'down';
  /** How many sessions are in each state. */
  readonly sessions: Readonly<Record<string, number>>;
  readonly hosts: readonly HostRow[];
  /** Why the last host of this process did not start. */
  readonly problem: string | null;
  readonly rows: readonly SessionRow[];
}

/** How web sessions and their hosts do, of one company or (null) of all. */
export async function sessionsHealth(rt: Runtime, companyId: string | null): Promise<SessionsHealth> {
  const [rows, hosts] = [await sessionsOf(rt.db, companyId), await liveHosts(rt.db)];
  const sessions: Record<string, number> = {};
  for (const { state } of rows) sessions[state] = (sessions[state] ?? 0) + 1;
  const wanted = rows.filter((s) => s.wanted);
  const homeless = wanted.filter((s) => !hosts.some((h) => h.engine === s.engine && h.sandbox === s.sandbox));
  // Ended by themselves: nobody stopped them, and nobody has started them since.
  const lost = rows.filter((s) => ['error', 'conflict', 'logged_out', 'banned'].includes(s.state) && !isUnlinkedHere(s));
  // Without a phone they wait for a person who links one, as long as that takes.
  const away = wanted.filter((s) => s.state !== 'active' && s.phone !== null);
  const status = homeless.length > 0 ? 'down' : lost.length > 0 || away.length > 0 ? 'degraded' : 'ok';
  return { status, sessions, hosts, problem: keeperOf(rt)?.problem ?? null, rows };
}
