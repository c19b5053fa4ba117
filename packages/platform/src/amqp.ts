import type { ChannelModel, ConfirmChannel, ConsumeMessage } from 'amqplib';
import type { Logger } from './log.ts';

export interface BrokerMessage {
  readonly exchange: string;
  readonly key: string;
  readonly body: string;
  readonly id: string;
  readonly type?: string;
  readonly correlationId?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
}
export interface BrokerDelivery {
  readonly body: Buffer;
  readonly id: string | undefined;
  readonly correlationId: string | undefined;
  readonly replyTo: string | undefined;
  readonly type: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly redelivered: boolean;
  /** False once its connection is lost: the broker hands it out again, to whomever. */
  isCurrent(): boolean;
}
export interface BrokerOptions {
  readonly url: string;
  /** Shown in the broker's list of connections. */
  readonly name: string;
  readonly log: Logger;
  /** Declares what is used, on every connection; it must be repeatable. */
  setup(channel: ConfirmChannel): Promise<void>;
}

/** A message was not confirmed: whether the broker has it is not known. */
export class BrokerAway extends Error {
  constructor(why: string) {
    super(`RabbitMQ is not there: ${why}`);
    this.name = 'BrokerAway';
  }
}

/** RabbitMQ through one connection that comes back by itself. */
export interface Broker {
  /**
   * Resolves when the broker has the message for good: `taken`, or `unrouted` when no queue is bound to its key. Rejects with
   * BrokerAway when that is not certain after `timeoutMs`.
   */
  publish(message: BrokerMessage, timeoutMs: number): Promise<'taken' | 'unrouted'>;
  /**
   * Hands messages of a queue to `handle`, at most `prefetch` at once, on this connection and every later one. A message is
   * gone when `handle` resolves; when it rejects, the broker hands it out again. Resolves the handlers under way when ended.
   */
  consume(queue: string, prefetch: number, handle: (delivery: BrokerDelivery) => Promise<void>): () => Promise<void>;
  readonly connected: boolean;
  close(): Promise<void>;
}

const FIRST_MS = 100;
const LONGEST_MS = 2000;
const CONNECT_MS = 5000;
/** A connection that is only just being made is waited for. */
const NEAR_MS = 2000;

interface Consumer {
  readonly queue: string;
  readonly prefetch: number;
  readonly handle: (delivery: BrokerDelivery) => Promise<void>;
  readonly running: Set<Promise<void>>;
  cancel: (() => Promise<void>) | undefined;
}
interface Line {
  readonly model: ChannelModel;
  readonly channel: ConfirmChannel;
  /** Told when the line is lost. */
  readonly waiting: Set<(error: BrokerAway) => void>;
  /** Ids of messages that came back because nobody is bound to them; their confirmation follows. */
  readonly returned: Set<string>;
}

/** Constructing does no IO: the first message or consumer connects. */
export function createBroker(options: BrokerOptions): Broker {
  const { log } = options;
  const consumers = new Set<Consumer>();
  let line: Line | undefined;
  let connecting: Promise<void> | undefined;
  let closed = false;
  let wake: (() => void) | undefined;
  let lastError = 'the first connection is being made';

  async function open(): Promise<void> {
    // Whoever has no broker does not load its client.
    const { connect } = await import('amqplib');
    const model = await connect(withHeartbeat(options.url), { timeout: CONNECT_MS, clientProperties: { connection_name: options.name } });
    let own: Line | undefined;
    // Without listeners an error event would end the process; what it means is told by close.
    model.on('error', (error: Error) => {
      lastError = error.message;
    });
    model.on('close', () => lose(own));
    try {
      own = await prepare(model, () => lose(own));
    } catch (error) {
      await model.close().catch(() => undefined);
      throw error;
    }
    line = own;
    for (const consumer of consumers) await listen(own, consumer);
    log.info('connected to RabbitMQ');
  }

  async function prepare(model: ChannelModel, onClose: () => void): Promise<Line> {
    const channel = await model.createConfirmChannel();
    channel.on('error', (error: Error) => {
      lastError = error.message;
    });
    channel.on('close', () => {
      onClose();
      // A channel that the broker closed leaves a connection of no use.
      model.close().catch(() => undefined);
    });
    await options.setup(channel);
    const returned = new Set<string>();
    channel.on('return', (message) => {
      if (typeof message.properties.messageId === 'string') returned.add(message.properties.messageId);
    });
    return { model, channel, waiting: new Set(), returned };
  }

  function lose(lost: Line | undefined): void {
    if (!lost || line !== lost) return;
    line = undefined;
    for (const reject of lost.waiting) reject(new BrokerAway(lastError));
    lost.waiting.clear();
    if (closed) return;
    log.warn({ error: lastError }, 'the connection to RabbitMQ was lost; connecting again');
    void keepConnecting();
  }

  function keepConnecting(): Promise<void> {
    connecting ??= (async () => {
      for (let ms = FIRST_MS; !closed && !line; ms = Math.min(ms * 2, LONGEST_MS)) {
        try {
          await open();
        } catch (error) {
          lastError = (error as Error).message;
          log.debug({ error: lastError }, 'RabbitMQ does not answer; trying again');
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, ms);
            wake = () => {
              clearTimeout(timer);
              resolve();
            };
          });
        }
      }
    })().finally(() => {
      connecting = undefined;
    });
    return connecting;
  }

  async function near(): Promise<Line> {
    if (closed) throw new BrokerAway('the client is closed');
    if (!line) {
      const connected = keepConnecting();
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([connected, new Promise<void>((resolve) => {
        timer = setTimeout(resolve, NEAR_MS);
      })]);
      clearTimeout(timer);
    }
    if (!line) throw new BrokerAway(lastError);
    return line;
  }

  async function listen(on: Line, consumer: Consumer): Promise<void> {
    const channel = await on.model.createChannel();
    channel.on('error', (error: Error) => {
      lastError = error.message;
    });
    // A queue that was deleted, or a handler's failure: with a new connection everything is as it should be.
    channel.on('close', () => {
      if (line === on && !closed && consumers.has(consumer)) on.model.close().catch(() => undefined);
    });
    await channel.prefetch(consumer.prefetch);
    const { consumerTag } = await channel.consume(consumer.queue, (message) => {
      if (!message) {
        channel.close().catch(() => undefined);
        return;
      }
      const one: Promise<void> = consumer.handle(deliveryOf(message, () => line === on)).then(() => channel.ack(message), (error: unknown) => {
        if (line === on) log.warn({ error, queue: consumer.queue }, 'a message of RabbitMQ was not processed and is handed out again');
        channel.nack(message);
      }).catch(() => undefined).finally(() => consumer.running.delete(one));
      consumer.running.add(one);
    });
    consumer.cancel = async () => {
      await channel.cancel(consumerTag).catch(() => undefined);
      await Promise.allSettled(consumer.running);
      await channel.close().catch(() => undefined);
    };
  }

  return {
    get connected() {
      return line !== undefined;
    },
    async publish(message, timeoutMs) {
      const { channel, waiting, returned } = await near();
      return new Promise((resolve, reject) => {
        const settle = (fn: () => void): void => {
          clearTimeout(timer);
          waiting.delete(lost);
          fn();
        };
        const lost = (error: BrokerAway): void => settle(() => reject(error));
        const timer = setTimeout(() => lost(new BrokerAway(`no confirmation within ${timeoutMs} ms`)), timeoutMs);
        waiting.add(lost);
        try {
          channel.publish(message.exchange, message.key, Buffer.from(message.body), {
            persistent: true, mandatory: true, contentType: 'application/json', contentEncoding: 'utf-8', messageId: message.id, type: message.type, correlationId: message.correlationId,
            timestamp: Math.floor(Date.now() / 1000), headers: message.headers,
          }, (error: unknown) => settle(() => {
            if (error) reject(new BrokerAway('it refused the message'));
            else resolve(returned.delete(message.id) ? 'unrouted' : 'taken');
          }));
        } catch (error) {
          // The channel is closed, or an option cannot be put on the wire.
          lost(new BrokerAway((error as Error).message));
        }
      });
    },
    consume(queue, prefetch, handle) {
      const consumer: Consumer = { queue, prefetch, handle, running: new Set(), cancel: undefined };
      consumers.add(consumer);
      if (line) listen(line, consumer).catch((error: unknown) => log.warn({ error, queue }, 'a queue of RabbitMQ cannot be listened to'));
      else void keepConnecting();
      return async () => {
        consumers.delete(consumer);
        await consumer.cancel?.();
        await Promise.allSettled(consumer.running);
      };
    },
    async close() {
      closed = true;
      wake?.();
      await connecting;
      const last = line;
      line = undefined;
      for (const reject of last?.waiting ?? []) reject(new BrokerAway('the client is closed'));
      await last?.model.close().catch(() => undefined);
    },
  };
}

/** A dead broker is noticed within some 20 s even when its machine vanished. */
function withHeartbeat(url: string): string {
  const parsed = new URL(url);
  if (!parsed.searchParams.has('heartbeat')) parsed.searchParams.set('heartbeat', '10');
  return parsed.toString();
}

function deliveryOf({ content, fields, properties }: ConsumeMessage, isCurrent: () => boolean): BrokerDelivery {
  const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
  return {
    body: content, id: text(properties.messageId), correlationId: text(properties.correlationId), replyTo: text(properties.replyTo), type: text(properties.type),
    headers: (properties.headers ?? {}) as Record<string, unknown>, redelivered: fields.redelivered, isCurrent,
  };
}
