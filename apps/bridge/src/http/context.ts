import type { FastifyInstance } from 'fastify';
import { decodeId } from '@centralita/kernel';
import { errors } from '../errors.ts';
import type { Files } from '../files.ts';
import type { Host } from '../host.ts';
import type { WebSession } from '../session.ts';
import { findSessions, type SessionRow } from '../store/find-session.ts';

/** What the routes of a host work with. */
export interface Api {
  readonly app: FastifyInstance;
  readonly host: Host;
  readonly files: Files;
}

/** The session of this name or id, whoever runs it. Throws `session_unknown`, `session_ambiguous`. */
export async function sessionRow({ host }: Api, named: string): Promise<SessionRow> {
  const [row, other] = await findSessions(host.rt.db, { engine: host.engine.name, sandbox: host.sandbox }, named);
  if (!row) throw errors.session_unknown();
  if (other) throw errors.session_ambiguous();
  return row;
}

/** The session that runs here. Throws `not_here` with the host that runs it. */
export async function sessionHere(api: Api, named: string): Promise<WebSession> {
  const id = decodeId('sess', named);
  // Its own sessions are known without asking: every send comes this way.
  const known = id === undefined ? unique(api.host.sessions.filter((s) => s.row.name === named)) : api.host.session(id);
  if (known && !known.over) return known;
  const row = await sessionRow(api, named);
  const own = api.host.session(row.id);
  if (own && !own.over) return own;
  throw errors.not_here(undefined, { host: row.owner === null ? null : { id: row.owner, url: row.host_url }, state: row.state });
}

const unique = <T>(found: readonly T[]): T | undefined => (found.length === 1 ? found[0] : undefined);
