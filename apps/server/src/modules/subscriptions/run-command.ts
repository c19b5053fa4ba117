import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Command, problemOf, type CommandResult } from '@centralita/contracts/api';
import { isAppError } from '@centralita/kernel';
import type { BrokerDelivery } from '@centralita/platform/amqp';
import { whyUnstorable } from '@centralita/platform/storable';
import type { Runtime } from '../../runtime.ts';
import { sendAndWait, showSent, takeOrder } from '../api/index.ts';
import { authenticate, requirePermission, type Caller } from '../companies/index.ts';
import { errors } from './errors.ts';
import { publishEvent } from './publish-event.ts';

/** A command that was done or certainly will not be. */
export interface Outcome {
  /** Whose it was; undefined: nobody we know. */
  readonly company_id: string | undefined;
  readonly answer: CommandResult;
}

const PRINTABLE = /^[\x20-\x7e]{1,200}$/;
const Named = z.object({ command: z.string().max(64) });

/**
 * Does what a message asks. Asked again with the same `message_id` within 24 hours, it answers what was done then. Throws only what
 * may be otherwise later (the database is away).
 */
export async function runCommand(rt: Runtime, delivery: BrokerDelivery): Promise<Outcome> {
  let caller: Caller | undefined;
  let body: unknown;
  const answer = (rest: Pick<CommandResult, 'outcome' | 'result' | 'error'>): Outcome => ({
    company_id: caller?.company.id,
    answer: { command_id: delivery.id ?? null, command: Named.safeParse(body).data?.command ?? null, ...rest, timestamp: new Date(rt.clock.now()).toISOString() },
  });
  try {
    body = parse(delivery.body);
    const why = whyUnstorable(body);
    if (why !== undefined) throw errors.command_invalid(why);
    const apiKey = delivery.headers['x-api-key'];
    if (typeof apiKey !== 'string') throw errors.command_key();
    caller = await authenticate(rt, { apiKey, action: 'whatsapp:send_message' });
    if (delivery.id === undefined || !PRINTABLE.test(delivery.id)) throw errors.command_id();
    const command = Command.parse(body);
    return answer({ outcome: 'accepted', result: await perform(rt, caller, { command, id: delivery.id }), error: null });
  } catch (error) {
    const known = error instanceof z.ZodError ? errors.command_invalid(error.issues.map((i) => `${i.path.map(String).join('.')}: ${i.message}`).join(' ')) : error;
    if (!isAppError(known)) throw error;
    return answer({ outcome: 'rejected', result: null, error: { ...problemOf(known) } });
  }
}

async function perform(rt: Runtime, caller: Caller, { command, id }: { readonly command: Command; readonly id: string }): Promise<Record<string, unknown>> {
  switch (command.command) {
    case 'send_message': {
      requirePermission(caller, 'whatsapp:send_message');
      const { sent, delivery } = await sendAndWait(rt, caller.company, {
        order: await takeOrder(rt, caller, command.data), once: { operation: 'command', key: id, body: command }, wait: false,
      });
      return { ...showSent(sent, delivery) };
    }
    case 'publish_event':
      requirePermission(caller, 'whatsapp:publish_events');
      return { ...await publishEvent(rt, caller, { body: command.data, once: { operation: 'command', key: id, body: command } }) };
  }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw errors.command_invalid('It is not JSON.');
  }
}

/** Commands with the same one are done one after the other: a key of one system, and the person written to or what an event is ordered by. */
export function orderOf(delivery: BrokerDelivery): string {
  const key = createHash('sha256').update(String(delivery.headers['x-api-key'] ?? '')).digest('base64url').slice(0, 16);
  const whom = z.object({ data: z.object({ phone_number: z.string().optional(), contact_id: z.string().optional(), conversation_id: z.string().optional(), order_by: z.string().optional() }) }).safeParse(attempt(delivery.body)).data?.data;
  return `${key} ${whom?.phone_number?.replace(/\D/g, '') ?? whom?.contact_id ?? whom?.conversation_id ?? whom?.order_by ?? ''}`;
}
function attempt(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
