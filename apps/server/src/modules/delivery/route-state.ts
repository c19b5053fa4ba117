import type { CarrierError } from '../../messaging/index.ts';
import type { ChainRoute } from '../accounts/index.ts';

/** What the carrier answered when it was asked last. */
export interface ProbeNote {
  readonly ok: boolean;
  /** The number as the carrier writes it. */
  readonly display?: string;
  readonly error?: CarrierError;
  /** Where it calls us. */
  readonly webhook?: { readonly state: 'here' | 'elsewhere' | 'none' | 'unknown'; readonly detail?: string };
}
export interface HealthRow {
  readonly route_id: string;
  readonly received_at: Date | null;
  readonly status_at: Date | null;
  readonly accepted_at: Date | null;
  readonly failed_at: Date | null;
  readonly last_error: CarrierError | null;
  readonly failures: number;
  readonly unanswered_since: Date | null;
  readonly probed_at: Date | null;
  readonly probe: ProbeNote | null;
  readonly probe_at: Date;
  readonly told: readonly RouteProblem[];
}
/** What one process saw of a route since it last wrote it down. Times in milliseconds. */
export interface RouteNews {
  readonly route_id: string;
  received?: number;
  status?: number;
  accepted?: number;
  /** The first message accepted after the last status. */
  first?: number;
  failed?: number;
  error?: CarrierError;
  /** Failures of the route after it last worked, or in addition to those known. */
  failures: number;
  /** It worked in between. */
  worked: boolean;
}

/** Failures one after the other that make a route count as failing, whether or not another could take over. */
export const FAILING = 3;

/** Words for a web session that is out because somebody wants it so, or is about to link it: nobody is called for that. */
const WAITING: ReadonlySet<string> = new Set(['session_created', 'session_waiting_qr', 'session_closed', 'session_unlinked']);
/** Whether this reason (`code`, or `code: words`) says that a number waits for a person, and nothing is wrong with it. */
export const waitsForPerson = (reason: string | null | undefined): boolean => WAITING.has(reason?.split(':', 1)[0] ?? '');

/**
 * `waiting`: its web session waits for somebody to link a phone or start it, which is no failure · `session`: its web session ended by
 * itself and needs somebody · `stopped`: its credentials were refused, and it waits for somebody · `breaker`: it failed too often, its messages go by the next
 * one · `failing`: the same, but there is no next one · `credentials`: the carrier refuses them when it is asked · `unreachable`: the
 * carrier does not answer · `silent`: messages are accepted, but no status comes · `webhook`: the carrier does not call us.
 */
export type ProblemCode = 'waiting' | 'session' | 'stopped' | 'breaker' | 'failing' | 'credentials' | 'unreachable' | 'silent' | 'webhook';
export interface RouteProblem {
  readonly code: ProblemCode;
  readonly detail: string | null;
}
const DOWN: readonly ProblemCode[] = ['session', 'stopped', 'breaker', 'failing', 'credentials'];

/** `waiting`: for a person, as a paused one; nothing is wrong · `unknown`: nothing was seen of it yet. */
export type RouteState = 'up' | 'degraded' | 'down' | 'waiting' | 'paused' | 'unknown';

export interface Seen {
  readonly route: ChainRoute;
  readonly health: HealthRow | undefined;
  readonly breaker: { readonly reason: string } | undefined;
  /** Milliseconds. */
  readonly now: number;
  /** How long statuses may stay away. */
  readonly silenceMs: number;
}

const isSession = (reason: string): boolean => reason.startsWith('session_');
const said = (error: CarrierError | null | undefined): string | null => (error ? `${error.code}: ${error.title}` : null);

/** What is wrong with a route, as far as can be seen from here; the worst first. */
export function problemsOf({ route, health, breaker, now, silenceMs }: Seen): RouteProblem[] {
  const found: RouteProblem[] = [];
  const add = (code: ProblemCode, detail: string | null): void => void found.push({ code, detail });
  const reason = breaker?.reason ?? said(health?.probe?.ok === false ? health.probe.error : undefined);
  if (route.status === 'active' && waitsForPerson(reason)) return [{ code: 'waiting', detail: reason }];
  if (route.status === 'stopped') add('stopped', route.status_reason);
  const session = health?.probe?.error?.class === 'config' && isSession(health.probe.error.code) && !health.probe.ok;
  if (breaker) add(isSession(breaker.reason) ? 'session' : 'breaker', breaker.reason);
  else if (session) add('session', reason);
  if (!health) return found;
  const { probe } = health;
  const fails = !breaker && route.status === 'active' && health.failures >= FAILING;
  // A session on its way comes back by itself, in another host or with a new connection: no reason to wake anybody.
  const away = fails && health.last_error?.class === 'retry' && (isSession(health.last_error.code) || health.last_error.code.startsWith('bridge.'));
  if (away && probe?.ok !== false) add('unreachable', said(health.last_error));
  else if (fails && !away) add('failing', said(health.last_error));
  if (probe?.ok === false && !session && route.status !== 'stopped') add(probe.error?.class === 'credentials' || probe.error?.class === 'config' ? 'credentials' : 'unreachable', said(probe.error));
  if (health.unanswered_since && now - health.unanswered_since.getTime() > silenceMs) add('silent', null);
  if (probe?.webhook?.state === 'elsewhere' || probe?.webhook?.state === 'none') add('webhook', probe.webhook.detail ?? null);
  return found;
}

export function stateOf(seen: Seen, problems = problemsOf(seen)): RouteState {
  if (seen.route.status === 'paused') return 'paused';
  if (problems[0]?.code === 'waiting') return 'waiting';
  if (problems.some((p) => DOWN.includes(p.code))) return 'down';
  if (problems.length > 0) return 'degraded';
  return seen.health?.probed_at || seen.health?.accepted_at || seen.health?.received_at ? 'up' : 'unknown';
}

/** Whether there is news: details may change a hundred times. */
export const sameProblems = (a: readonly RouteProblem[], b: readonly RouteProblem[]): boolean =>
  a.length === b.length && a.every((p) => b.some((q) => q.code === p.code));
