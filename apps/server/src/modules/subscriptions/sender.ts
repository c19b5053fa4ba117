import type { Broker } from '@centralita/platform/amqp';
import type { Runtime } from '../../runtime.ts';
import { sendHttp } from './send-http.ts';
import { sendRabbitmq } from './send-rabbitmq.ts';
import type { Send } from './target.ts';

/** Sends as the subscription wants it. */
export function sender(rt: Runtime, broker: Broker | undefined): Send {
  return (companyId, subscription, parcel) => {
    switch (subscription.kind) {
      case 'http': return sendHttp(rt, subscription, parcel);
      case 'rabbitmq':
        return broker ? sendRabbitmq(broker, companyId, { subscription, parcel })
          : Promise.resolve({ result: 'away', status: null, error: 'This installation has no RabbitMQ any more: AMQP_URL is not set.', response: null });
    }
  };
}
