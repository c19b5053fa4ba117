import { encodeId } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { CarrierError, SendOutcome } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import type { Route } from '../accounts/index.ts';
import { giveUpUnknown } from './settle-outcomes.ts';
import { beginOutbox, lockDeliveries, moveDeliveries, nameDeliveries, putOutbox } from './store.ts';

/** After so many doubtful tries the message waits for a sign of the carrier, as on any other route. */
const REPEATS = 8;
const FIRST_MS = 1_000;
const MOST_MS = 20_000;

const INTERRUPTED: CarrierError = { class: 'unknown', code: 'interrupted', title: 'The process that was sending it ended before the answer came.' };

/** Where the same message has the same id in every try, and nobody sees it twice (design §3.4). */
export const mayRepeat = (rt: Runtime, route: Pick<Route, 'provider' | 'credentials'> | undefined): boolean =>
  route !== undefined && rt.providers[route.provider]?.hosted?.(route.credentials) !== undefined;

/** What to do about a try: a doubtful one on a route that may repeat is tried again soon. It stays on this route. */
export function repeated(rt: Runtime, route: Route, { outcome, attempts }: { readonly outcome: SendOutcome; readonly attempts: number }): SendOutcome {
  if (outcome.outcome !== 'unknown' || attempts >= REPEATS || !mayRepeat(rt, route)) return outcome;
  return { ...outcome, outcome: 'retry', after_ms: Math.min(FIRST_MS * 2 ** (attempts - 1), MOST_MS), max_attempts: Number.MAX_SAFE_INTEGER };
}

/** Where we choose the carrier's ids: their statuses may come before its answer. */
export async function nameBeforehand(rt: Runtime, tx: Tx, going: readonly { readonly message_id: string; readonly route: Route }[]): Promise<void> {
  const named = going.flatMap(({ message_id, route }) => {
    const remote_id = rt.providers[route.provider]?.messageId?.(route.credentials, encodeId('msg', message_id));
    return remote_id === undefined ? [] : [{ message_id, remote_id }];
  });
  if (named.length > 0) await nameDeliveries(tx, named);
}

export interface Swept {
  readonly id: string;
  readonly route: Route | undefined;
  /** Just taken over from somebody who may have died. */
  readonly inherited: boolean;
}

/**
 * At the beginning with routes, and now and then: what their dead owners were sending is unknown for some time, or sent again where that
 * does no harm; what was unknown for long enough is given up. Answers how many messages left the outbox, by route.
 */
export async function sweepUnknown(rt: Runtime, tx: Tx, routes: readonly Swept[]): Promise<Map<string, number>> {
  const gone = new Map<string, number>();
  const count = (route_id: string): void => void gone.set(route_id, (gone.get(route_id) ?? 0) + 1);
  const again = routes.filter((r) => r.inherited && mayRepeat(rt, r.route)).map((r) => r.id);
  if (again.length > 0) {
    const left = await beginOutbox(tx, { inherited: again, all: again }, 0);
    const rows = await lockDeliveries(tx, left.map((l) => l.message_id).sort());
    const open = rows.filter((d) => d.status === 'sending' || d.status === 'queued');
    if (open.length > 0) {
      await moveDeliveries(tx, open.map((d) => ({ message_id: d.message_id, status: 'queued', error: INTERRUPTED })), open.map((d) => ({ message_id: d.message_id, outcome: 'retry', error: INTERRUPTED })));
      await putOutbox(tx, open);
    }
    const back = new Set(open.map((d) => d.message_id));
    for (const { message_id, route_id } of left) if (!back.has(message_id)) count(route_id);
  }
  const rest = routes.filter((r) => !again.includes(r.id));
  const expired = rest.length === 0 ? [] : await beginOutbox(tx, { inherited: rest.filter((r) => r.inherited).map((r) => r.id), all: rest.map((r) => r.id) }, rt.config.unknownWaitSeconds);
  await giveUpUnknown(rt, tx, expired);
  for (const { route_id } of expired) count(route_id);
  return gone;
}
