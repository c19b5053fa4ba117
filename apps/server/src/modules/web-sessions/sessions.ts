import { setTimeout as sleep } from 'node:timers/promises';
import { PairingCodeAnswer, QrAnswer, type SessionState } from '@centralita/contracts/bridge';
import { encodeId, isAppError } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import type { Route } from '../accounts/index.ts';
import { callHost, jsonOf } from './call-host.ts';
import { ensureSession, hostedOf } from './ensure-session.ts';
import { errors } from './errors.ts';
import { keeperOf } from './keeper.ts';
import { closeUnowned, liveHosts, logOf, sessionById, sessionsOf, tellHosts, unwant, want, wipeUnowned, type HostRow, type LogLine, type SessionRow } from './store.ts';

/** A session as an operator sees it. */
export interface SessionView {
  readonly session: SessionRow;
  /** The last lines, the newest first. */
  readonly log: readonly LogLine[];
}
const LINES = 30;
const LOOK_MS = 150;
/** A host that has to be started first needs some two seconds. */
const PATIENCE_MS = 12_000;
const UNDER_WAY = new Set<SessionState>(['created', 'initialising', 'connecting', 'reconnecting']);

const pathOf = ({ id }: SessionRow): string => `/sessions/${encodeId('sess', id)}`;
const isCode = (at: Date | null, { now }: SessionRow): boolean => at !== null && at > now;

/** What a session shows to be linked with, as long as it is good. */
export const codesOf = (session: SessionRow): { readonly qr: string | null; readonly code: string | null } => ({
  qr: isCode(session.qr_expires_at, session) ? session.qr : null, code: isCode(session.pairing_expires_at, session) ? session.pairing_code : null,
});

/** The session of a route with its log; undefined: the route is no web session of ours. */
export async function viewSession(rt: Runtime, route: Route): Promise<SessionView | undefined> {
  const session = await ensureSession(rt, route);
  return session && { session, log: await logOf(rt.db, [session.id], LINES) };
}

/** The sessions of a company; null: of all. Without the log. */
export const listSessions = (rt: Runtime, companyId: string | null): Promise<SessionRow[]> => sessionsOf(rt.db, companyId);
export const listHosts = (rt: Runtime): Promise<HostRow[]> => liveHosts(rt.db);

/**
 * Starts the session of a route, and a host for it where none has room. Answers when there is something to scan, it is active or has ended,
 * or after twelve seconds. `phone` (digits): asks for a code to type. Throws `web-sessions.no_code`, `no_host` when a code cannot be asked for.
 */
export async function startSession(rt: Runtime, route: Route, { phone }: { readonly phone?: string | undefined } = {}): Promise<SessionRow> {
  const session = await need(rt, route);
  if (!session.wanted || session.host === null) await want(rt.db, session.id);
  keeperOf(rt)?.look();
  const begun = await settled(rt, session, (s) => !UNDER_WAY.has(s.state) && (s.state !== 'waiting_qr' || codesOf(s).qr !== null));
  if (begun.host === null && begun.state === 'created') throw errors.no_host(keeperOf(rt)?.problem);
  if (phone === undefined || begun.state === 'active') return begun;
  if (begun.state !== 'waiting_qr') throw errors.no_code(`It is ${begun.state}.`);
  PairingCodeAnswer.parse(jsonOf(await callHost(rt, begun, { method: 'POST', path: `${pathOf(begun)}/pairing-code`, json: { phone } })));
  return (await sessionById(rt.db, session.id)) ?? begun;
}

/** A new connection with the same login; one that does not run is started. */
export async function restartSession(rt: Runtime, route: Route): Promise<SessionRow> {
  const session = await need(rt, route);
  if (!session.wanted || !session.host) return startSession(rt, route);
  await callHost(rt, session, { method: 'POST', path: `${pathOf(session)}/restart` });
  return settled(rt, session, (s) => !UNDER_WAY.has(s.state));
}

/** Closes the session and keeps its login: starting it again needs no phone. */
export async function stopSession(rt: Runtime, route: Route): Promise<SessionRow> {
  const session = await need(rt, route);
  await unwant(rt.db, [session.id]);
  if (!session.host) await closeUnowned(rt.db);
  return settled(rt, session, (s) => ['created', 'closed', 'error', 'conflict', 'logged_out', 'banned'].includes(s.state));
}

/** Gives the session to another host of its kind: the one named, or any. Throws `web-sessions.no_target`. */
export async function moveSession(rt: Runtime, route: Route, to?: string): Promise<SessionRow> {
  const session = await need(rt, route);
  if (!session.host) throw errors.no_host();
  const others = (await liveHosts(rt.db)).filter((h) => h.engine === session.engine && h.sandbox === session.sandbox && !h.draining && h.id !== session.host?.id && h.sessions < h.capacity);
  const target = to === undefined ? others.sort((a, b) => a.sessions - b.sessions)[0] : others.find((h) => h.id === to);
  if (!target) throw errors.no_target();
  const there = (s: SessionRow): boolean => s.host !== null && s.host.id !== session.host!.id;
  // A host that is busy may answer late, and has let go all the same: where the session is then says so.
  const late = await callHost(rt, session, { method: 'POST', path: `${pathOf(session)}/release`, json: { to: target.id } }).then(() => undefined, (error: Error) => error);
  if (late !== undefined && !(isAppError(late) && late.code === 'web-sessions.no_host')) throw late;
  const now = await settled(rt, session, (s) => there(s) && !UNDER_WAY.has(s.state));
  if (late !== undefined && !there(now)) throw late;
  return now;
}

/** Unlinks the device and removes its login. Where no host has the session, the phone has to be told by hand. */
export async function logoutSession(rt: Runtime, route: Route): Promise<SessionRow> {
  const session = await need(rt, route);
  if (session.host) await callHost(rt, session, { method: 'DELETE', path: `/session/${encodeId('sess', session.id)}` });
  else if (!await wipeUnowned(rt.db, session.id)) throw errors.no_host();
  else await tellHosts(rt.db);
  return (await sessionById(rt.db, session.id)) ?? session;
}

/** The picture of the code to scan, as a data URL; null: there is none now. */
export async function pictureOf(rt: Runtime, session: SessionRow): Promise<string | null> {
  if (!session.host || codesOf(session).qr === null) return null;
  try {
    return QrAnswer.parse(jsonOf(await callHost(rt, session, { method: 'GET', path: `/qr/${encodeId('sess', session.id)}?format=json` }))).picture;
  } catch {
    // It was scanned in this moment, or the host is going: what the code says is there all the same.
    return null;
  }
}

/** Something on an active session. Throws `web-sessions.not_active`, `unsupported`. */
export async function onSession(rt: Runtime, route: Route, call: { readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'; readonly path: string; readonly json?: unknown }): Promise<unknown> {
  const session = hostedOf(rt, route) && await ensureSession(rt, route);
  if (!session) throw errors.unsupported();
  if (session.state !== 'active') throw errors.not_active(`It is ${session.state}.`);
  return jsonOf(await callHost(rt, session, { ...call, path: pathOf(session) + call.path }));
}

async function need(rt: Runtime, route: Route): Promise<SessionRow> {
  const session = await ensureSession(rt, route);
  if (!session) throw errors.unsupported();
  if (!rt.config.bridges && !session.host && !(await liveHosts(rt.db)).some((h) => h.engine === session.engine && h.sandbox === session.sandbox)) throw errors.off();
  return session;
}

async function settled(rt: Runtime, session: SessionRow, done: (session: SessionRow) => boolean): Promise<SessionRow> {
  const until = rt.clock.now() + PATIENCE_MS;
  for (;;) {
    await sleep(LOOK_MS);
    const now = await sessionById(rt.db, session.id);
    if (!now) return session;
    if (done(now) || rt.clock.now() > until) return now;
  }
}
