import { warnSeldom } from '@centralita/platform/log';
import type { AccountTold, SendOutcome } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { routeById, type Route } from '../accounts/index.ts';
import { askCarrier } from './ask-carrier.ts';
import { breakersOf } from './breakers.ts';

/** States of a web session in which nothing leaves until somebody does something: its messages wait, or go by another number. */
const OUT: Readonly<Record<string, string>> = {
  created: 'The session is not started.', waiting_qr: 'No phone is linked with the session.', closed: 'The session is closed.', error: 'The session failed.',
  conflict: 'Another program uses the login of the session.', logged_out: 'The phone is not linked any more.', unlinked: 'The phone was unlinked here.', banned: 'WhatsApp has blocked the number.',
};
/** As a host says it, and the server where no host had the session: an operator wanted it. */
const isUnlinkedHere = (code: string | undefined): boolean => code === 'logged_out' || code === 'by_us';
/** What its host says opens and closes at once; this often it is asked in case nobody heard. */
const PROBE_MS = 30_000;

const isOut = (state: unknown): state is string => typeof state === 'string' && Object.hasOwn(OUT, state);

/** Follows the states that hosts of web sessions tell: a session that is not active is out, one that is active again goes on at once. */
export function followSessions(rt: Runtime): void {
  const warn = warnSeldom(rt.log);
  rt.events.on('account.told', (tx, told) => {
    // The last word counts.
    const last = new Map(told.filter((t) => t.field === 'session').map((t) => [t.route_id, t]));
    if (last.size === 0) return;
    tx.onCommit(() => {
      for (const one of last.values()) void follow(rt, one).catch((error: Error) => warn({ error: error.message }, 'the state of a session could not be followed'));
    });
  });
}

async function follow(rt: Runtime, { route_id, payload }: AccountTold): Promise<void> {
  const { state: told, reason } = payload as { state?: unknown; reason?: { code?: string; text?: string } };
  const state = told === 'logged_out' && isUnlinkedHere(reason?.code) ? 'unlinked' : told;
  const route = await routeById(rt, route_id);
  if (!route || route.status === 'removed') return;
  if (isOut(state)) return breakersOf(rt).hold(route, { reason: [`session_${state}: ${OUT[state]}`, reason?.text].filter(Boolean).join(' '), probeMs: PROBE_MS });
  // What it was when it was last asked is known to be over; an open breaker closes.
  if (state === 'active') await askCarrier(rt, route);
}

/** A try that found the session out: so it is, whoever missed to say so. */
export async function noteSessionOut(rt: Runtime, route: Route, outcome: SendOutcome): Promise<void> {
  const state = outcome.outcome === 'retry' ? /^session_(.+)$/.exec(outcome.error.code)?.[1] : undefined;
  if (isOut(state)) await breakersOf(rt).hold(route, { reason: `session_${state}: ${OUT[state]}`, probeMs: PROBE_MS });
}
