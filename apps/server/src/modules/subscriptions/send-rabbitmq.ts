import { encodeId } from '@centralita/kernel';
import { BrokerAway, type Broker } from '@centralita/platform/amqp';
import { EVENTS_EXCHANGE, routingKey } from './exchange.ts';
import type { SubscriptionRow } from './store.ts';
import type { Answer, Parcel } from './target.ts';

/** One confirmed message. A broker that is away is no fault of the event: it waits, its tries are not counted. */
export async function sendRabbitmq(broker: Broker, companyId: string, { subscription, parcel }: { readonly subscription: SubscriptionRow; readonly parcel: Parcel }): Promise<Answer> {
  try {
    const result = await broker.publish({
      exchange: EVENTS_EXCHANGE, key: routingKey(companyId, parcel.type), body: parcel.body, id: encodeId('evt', parcel.id), type: parcel.type,
    }, subscription.settings.timeout_seconds * 1000);
    return { result, status: null, error: result === 'unrouted' ? `No queue is bound to ${routingKey(companyId, parcel.type)}.` : null, response: null };
  } catch (error) {
    if (error instanceof BrokerAway) return { result: 'away', status: null, error: error.message, response: null };
    throw error;
  }
}
