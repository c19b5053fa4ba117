import type { ReplayBody } from '@centralita/contracts';
import { decodeId } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import type { Reach } from '../accounts/index.ts';
import { errors } from './errors.ts';
import { ringCouriers } from './record-events.ts';
import { lockSubscription } from './store.ts';
import { clearStalls, eventById, requeueEvent, requeueRange } from './store-queue.ts';

/**
 * Puts events into the queue of a subscription again, at the place of their number: one, whatever the filters say, or those of a time
 * that it wants. Answers how many. `reach`: the accounts whose events may be asked for by id.
 */
export async function replayEvents(rt: Runtime, tx: Tx, { id, body, reach = null }: { readonly id: string; readonly body: ReplayBody; readonly reach?: Reach }): Promise<number> {
  const subscription = await lockSubscription(tx, id);
  if (!subscription) throw errors.not_found();
  let count: number;
  if ('event_id' in body) {
    const eventId = decodeId('evt', body.event_id);
    const event = eventId === undefined ? undefined : await eventById(tx, eventId);
    if (!event || (reach !== null && !reach.has(event.account_id ?? ''))) throw errors.event_not_found();
    count = await requeueEvent(tx, id, event.id);
    // Asked for by hand: now, also when it was to be tried later.
    await clearStalls(tx, id, [event.ordering_key]);
  } else {
    const types = body.events?.filter((type) => subscription.events?.includes(type) ?? true) ?? subscription.events;
    count = await requeueRange(tx, id, { from: new Date(body.from), to: new Date(body.to ?? rt.clock.now()), types, accounts: subscription.accounts });
  }
  await ringCouriers(rt, tx, [id]);
  return count;
}
