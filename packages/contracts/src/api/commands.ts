import { z } from 'zod';
import { PublishEvent } from '../custom-events.ts';
import { SendMessage } from './messages.ts';

/**
 * What systems of the company ask by `centralita.commands`. The message's `message_id` makes it repeatable, the header
 * `x-api-key` says who asks.
 */
export const Command = z.discriminatedUnion('command', [
  /** As `POST /api/messages`, not waiting for the carrier. */
  z.object({ command: z.literal('send_message'), data: SendMessage }),
  /** As `POST /api/events`. */
  z.object({ command: z.literal('publish_event'), data: PublishEvent }),
]);
export type Command = z.infer<typeof Command>;

/** The answer, to `reply_to` and to the exchange `centralita.results`. What becomes of the message later is told by events. */
export const CommandResult = z.object({
  /** The `message_id` of the command. */
  command_id: z.string().nullable(),
  command: z.string().nullable(),
  outcome: z.enum(['accepted', 'rejected']),
  /** Accepted: what the same request over HTTP answers. */
  result: z.record(z.string(), z.unknown()).nullable(),
  /** Rejected: why, as problem details. */
  error: z.record(z.string(), z.unknown()).nullable(),
  timestamp: z.string(),
});
export type CommandResult = z.infer<typeof CommandResult>;
