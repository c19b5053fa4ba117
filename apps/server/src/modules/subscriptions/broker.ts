import { createBroker, type Broker } from '@centralita/platform/amqp';
import type { Runtime } from '../../runtime.ts';
import { COMMANDS, DEAD_COMMANDS_QUEUE, EVENTS_EXCHANGE, RESULTS_EXCHANGE } from './exchange.ts';

interface Shared {
  readonly broker: Broker;
  users: number;
}
const brokers = new WeakMap<Runtime, Shared>();

/** The connection to RabbitMQ that this process shares; undefined without AMQP_URL. It ends with `release` of its last user. */
export function useBroker(rt: Runtime): { readonly broker: Broker; release(): Promise<void> } | undefined {
  const { amqpUrl } = rt.config;
  if (amqpUrl === undefined) return undefined;
  let shared = brokers.get(rt);
  if (!shared) {
    const broker = createBroker({
      url: amqpUrl, name: 'centralita', log: rt.log,
      async setup(channel) {
        await channel.assertExchange(EVENTS_EXCHANGE, 'topic', { durable: true });
        await channel.assertExchange(RESULTS_EXCHANGE, 'topic', { durable: true });
        await channel.assertQueue(DEAD_COMMANDS_QUEUE, { durable: true });
        // One process at a time takes them, so that they keep their order.
        await channel.assertQueue(COMMANDS, { durable: true, arguments: { 'x-single-active-consumer': true } });
        await channel.assertExchange(COMMANDS, 'fanout', { durable: true });
        await channel.bindQueue(COMMANDS, COMMANDS, '');
      },
    });
    brokers.set(rt, shared = { broker, users: 0 });
  }
  const mine = shared;
  mine.users += 1;
  let released = false;
  return {
    broker: mine.broker,
    async release() {
      if (released) return;
      released = true;
      mine.users -= 1;
      if (mine.users > 0) return;
      brokers.delete(rt);
      await mine.broker.close();
    },
  };
}
