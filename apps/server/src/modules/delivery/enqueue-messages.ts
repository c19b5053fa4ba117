import type { Tx } from '@centralita/platform/database';
import { MESSAGE_CLASSES, type MessageClass } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { ringPumps } from './doorbell.ts';
import { insertDeliveries, putOutbox, type DeliveryRequest } from './store.ts';

/** The lane kind of a route's pump; the key is the route. */
export const LANE = 'delivery';

export interface Enqueue extends DeliveryRequest {
  readonly message_id: string;
  readonly conversation_id: string;
  readonly contact_id: string;
  readonly route_id: string;
  readonly class: MessageClass;
  /** It is not to be sent: `refuseMessages` says why. */
  readonly refused?: boolean;
}

/** Puts messages into the outbox, in order, with the transaction that made them. They leave after its commit. */
export async function enqueueMessages(rt: Runtime, tx: Tx, items: readonly Enqueue[]): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map((i) => ({
    message_id: i.message_id, conversation_id: i.conversation_id, contact_id: i.contact_id, route_id: i.route_id,
    class: MESSAGE_CLASSES.indexOf(i.class), request: { to: i.to, content: i.content, quote: i.quote },
  }));
  await insertDeliveries(tx, rows);
  const going = rows.filter((_, n) => items[n]!.refused !== true);
  if (going.length > 0) {
    await putOutbox(tx, going);
    await rt.lanes.ring(tx, LANE, going.map((i) => ({ key: i.route_id })));
    tx.onCommit(() => ringPumps(rt, [...new Set(going.map((i) => i.route_id))]));
  }
}
