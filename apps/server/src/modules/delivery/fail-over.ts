import { uuidTime } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import { MESSAGE_CLASSES, type TemplateContent } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { chainOf, type Route } from '../accounts/index.ts';
import { refitTemplates } from '../templates/index.ts';
import { breakersOf } from './breakers.ts';
import { ringPumps } from './doorbell.ts';
import { LANE } from './enqueue-messages.ts';
import { settleOutcomes } from './settle-outcomes.ts';
import { sweepOutbox } from './store.ts';
import { moveWaiting, rewriteContents, waitingByIds, waitingOf, type Waiting } from './store-breakers.ts';
import { mayWriteOn } from './window-rule.ts';

/** Messages moved in one transaction. */
const AT_ONCE = 200;
/** How long a message waits for a route of its account to come back. A code is of no use any more after ten minutes. */
const PATIENCE_MS = { otp: 10 * 60_000, reply: 24 * 3_600_000, bulk: 24 * 3_600_000 } as const;

export interface FailedOver {
  /** Messages that left this route. */
  readonly left: number;
  /** There may be more to move. */
  readonly more: boolean;
}

/**
 * Gives what waits on a route that is out to the next route of its account that can take it, in order: certainly unsent
 * messages only, and none that the carrier of the other number would refuse (content, 24-hour window; a template goes as the other
 * number's own of the same name and language). What no route can
 * take waits for the probe, and fails with the reason when it has waited too long. `only`: these messages, of a route that
 * works but cannot send them.
 */
export async function failOver(rt: Runtime, tx: Tx, { route, only }: { readonly route: Route; readonly only?: readonly string[] }): Promise<FailedOver> {
  const breakers = breakersOf(rt);
  const { routes } = await chainOf(rt, route.account_id);
  const others = routes.filter((r) => r.id !== route.id && breakers.usable(r));
  const waiting = only ? await waitingByIds(tx, only) : await waitingOf(tx, route.id, AT_ONCE);
  if (waiting.length === 0) return { left: 0, more: false };
  let rest: readonly Waiting[] = waiting;
  let left = 0;
  for (const other of others) {
    const takes = await takeable(rt, tx, { route, other }, rest.filter((w) => !w.doubtful));
    if (takes.length === 0) continue;
    const moved = new Set(await moveWaiting(tx, takes.map((w) => w.message_id), other.id));
    if (moved.size === 0) continue;
    const rewritten = takes.filter((w) => w.as !== undefined && moved.has(w.message_id));
    if (rewritten.length > 0) await rewriteContents(tx, rewritten.map((w) => ({ message_id: w.message_id, content: w.as! })));
    await sweepOutbox(tx, [other.id]);
    await rt.lanes.ring(tx, LANE, [{ key: other.id, count: moved.size }]);
    await rt.events.emit(tx, 'delivery.moved', { route_id: other.id, messages: [...moved] });
    tx.onCommit(() => {
      rt.log.info({ from: route.id, to: other.id, messages: moved.size }, 'messages go by another route');
      ringPumps(rt, [other.id]);
    });
    left += moved.size;
    rest = rest.filter((w) => !moved.has(w.message_id));
  }
  if (!only) left += await giveUp(rt, tx, { route, rest });
  return { left, more: !only && left > 0 && waiting.length === AT_ONCE };
}

interface Takeable extends Waiting {
  /** What it says on the other route, where that is not the same. */
  readonly as?: TemplateContent;
}
async function takeable(rt: Runtime, tx: Tx, { route, other }: { route: Route; other: Route }, waiting: readonly Waiting[]): Promise<Takeable[]> {
  const provider = rt.providers[other.provider];
  const templates = waiting.flatMap(({ message_id, request: { content } }) => (content.type === 'template' ? [{ message_id, content }] : []));
  const refitted = await refitTemplates(rt, tx, { route: other, from: route, contents: templates.map((t) => t.content) });
  const as = new Map(templates.map(({ message_id }, n) => [message_id, refitted[n]]));
  const free = waiting.filter((w) => !as.has(w.message_id));
  const open = free.length > 0 ? await mayWriteOn(rt, tx, { route: other, conversations: [...new Set(free.map((w) => w.conversation_id))] }) : new Set<string>();
  return waiting.flatMap((w): Takeable[] => {
    const own = as.get(w.message_id);
    if (as.has(w.message_id) ? own === undefined : !open.has(w.conversation_id)) return [];
    return provider?.check(own ?? w.request.content) === undefined ? [{ ...w, ...(own && { as: own }) }] : [];
  });
}

/** What has waited too long while no route could take it; at a number that was removed there is nothing to wait for. */
async function giveUp(rt: Runtime, tx: Tx, { route, rest }: { route: Route; rest: readonly Waiting[] }): Promise<number> {
  const now = rt.clock.now();
  const late = route.status === 'removed' ? rest : rest.filter((w) => now - uuidTime(w.message_id) > PATIENCE_MS[MESSAGE_CLASSES[w.class] ?? 'reply']);
  if (late.length === 0) return 0;
  const reason = route.status === 'active' ? breakersOf(rt).open(route.id)?.reason : route.status === 'removed' ? 'The number was removed.' : route.status_reason;
  const gone = await settleOutcomes(rt, tx, late.map((w) => ({
    message_id: w.message_id, route_id: route.id, attempts: 0,
    outcome: { outcome: 'rejected', error: { class: 'fall_back', code: 'no_route', title: 'No number of this account could send it in time', ...(reason && { detail: reason }) } },
  })));
  return gone.get(route.id) ?? 0;
}
