import type { Runtime } from '../../runtime.ts';
import { sendHttp } from './send-http.ts';
import type { Send } from './target.ts';

/** Sends as the subscription wants it. */
export function sender(rt: Runtime): Send {
  return (subscription, parcel) => {
    switch (subscription.kind) {
      case 'http': return sendHttp(rt, subscription, parcel);
      case 'rabbitmq': return Promise.resolve({ result: 'away', status: null, error: 'RabbitMQ is not connected.', response: null });
    }
  };
}
