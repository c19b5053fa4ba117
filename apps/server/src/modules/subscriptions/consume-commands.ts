import { setTimeout as sleep } from 'node:timers/promises';
import { encodeId, newUuid } from '@centralita/kernel';
import { BrokerAway, type Broker, type BrokerDelivery } from '@centralita/platform/amqp';
import { isDatabaseAway } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { COMMANDS, DEAD_COMMANDS_QUEUE, RESULTS_EXCHANGE, routingKey } from './exchange.ts';
import { orderOf, runCommand, type Outcome } from './run-command.ts';

/** Commands in hand. */
const PREFETCH = 64;
const CONFIRM_MS = 10_000;
const AWAY_MS = 1000;
/** Queues that a client gets from the broker for itself. */
const OWN = /^amq\.(rabbitmq\.reply-to|gen)/;

/**
 * Takes commands from the broker: done, answered and only then gone. What was done and not answered because somebody died comes
 * again, is not done twice, and is answered. Answers how to end.
 */
export function consumeCommands(rt: Runtime, broker: Broker): () => Promise<void> {
  const last = new Map<string, Promise<void>>();
  return broker.consume(COMMANDS, PREFETCH, (delivery) => {
    // In the order of the queue for each person; people side by side.
    const key = orderOf(delivery);
    const mine = (last.get(key) ?? Promise.resolve()).catch(() => undefined).then(() => handle(rt, broker, delivery));
    last.set(key, mine);
    return mine.finally(() => {
      if (last.get(key) === mine) last.delete(key);
    });
  });
}

async function handle(rt: Runtime, broker: Broker, delivery: BrokerDelivery): Promise<void> {
  if (!delivery.isCurrent()) throw new BrokerAway('the connection this command came on was lost');
  let outcome: Outcome;
  try {
    outcome = await runCommand(rt, delivery);
  } catch (error) {
    if (error instanceof BrokerAway) throw error;
    // Handed out again, but not in a circle.
    await sleep(AWAY_MS);
    if (isDatabaseAway(error) || !delivery.redelivered) throw error;
    rt.log.error({ error, command: delivery.id }, 'a command failed twice and was set aside');
    rt.metrics.commands.inc({ outcome: 'failed' });
    return toDead(broker, delivery, { reason: 'failed', detail: 'It failed on our side. Look for it in the log of the server.' });
  }
  const { answer } = outcome;
  rt.metrics.commands.inc({ outcome: answer.outcome });
  await reply(broker, delivery, outcome);
  if (answer.error) await toDead(broker, delivery, { reason: String(answer.error['code']), detail: String(answer.error['detail'] ?? answer.error['title']) });
}

async function reply(broker: Broker, delivery: BrokerDelivery, { company_id, answer }: Outcome): Promise<void> {
  const message = { body: JSON.stringify(answer), type: 'command_result', correlationId: delivery.correlationId ?? delivery.id };
  if (company_id !== undefined) await broker.publish({ ...message, exchange: RESULTS_EXCHANGE, key: routingKey(company_id, answer.command ?? 'unknown'), id: encodeId('req', newUuid()) }, CONFIRM_MS);
  // Any other queue than the asker's own is somebody else's, such as ours.
  const to = delivery.replyTo;
  if (to !== undefined && (OWN.test(to) || (company_id !== undefined && to.startsWith(`${encodeId('co', company_id)}.`)))) {
    // Whoever asked may be gone; the answer is on the exchange too.
    await broker.publish({ ...message, exchange: '', key: to, id: encodeId('req', newUuid()) }, CONFIRM_MS).catch((error: unknown) => {
      if (error instanceof BrokerAway) throw error;
    });
  }
}

/** Kept as it came, without its key. */
async function toDead(broker: Broker, delivery: BrokerDelivery, why: { readonly reason: string; readonly detail: string }): Promise<void> {
  const { 'x-api-key': _key, ...headers } = delivery.headers;
  await broker.publish({
    exchange: '', key: DEAD_COMMANDS_QUEUE, body: delivery.body.toString('utf8'), id: delivery.id ?? encodeId('req', newUuid()), correlationId: delivery.correlationId,
    headers: { ...headers, 'x-reason': why.reason, 'x-detail': why.detail },
  }, CONFIRM_MS);
}
