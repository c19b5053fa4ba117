import { z } from 'zod';

/** A signed webhook body that could not be read; the columns are those of the source document (E2). */
export const FailedWebhook = z.object({
  id: z.string(), request_id: z.string(), message_id: z.string().nullable(),
  payload: z.unknown(), error_message: z.string(), error_stack: z.string().nullable(),
  created_at: z.string(), replayed_at: z.string().nullable(),
});
export type FailedWebhook = z.infer<typeof FailedWebhook>;
export const FailedWebhookPage = z.object({ failed_webhooks: z.array(FailedWebhook), next_cursor: z.string().nullable() });

/** An event of a receipt that belongs to no account of its app. */
export const UnroutedEvent = z.object({ id: z.string(), app: z.string(), line: z.string(), kind: z.string(), summary: z.string(), payload: z.unknown(), created_at: z.string() });
export type UnroutedEvent = z.infer<typeof UnroutedEvent>;
export const UnroutedPage = z.object({ unrouted: z.array(UnroutedEvent), next_cursor: z.string().nullable() });

/** A message to send, or a turn, that was set aside with its reason. */
export const DeadLetter = z.object({
  id: z.string(), kind: z.string(), reason: z.string(), detail: z.string().nullable(), conversation_id: z.string().nullable(), message_id: z.string().nullable(),
  attempts: z.number().int(), created_at: z.string(), replayed_at: z.string().nullable(),
});
export type DeadLetter = z.infer<typeof DeadLetter>;
export const DeadLetterPage = z.object({ dead_letters: z.array(DeadLetter), next_cursor: z.string().nullable() });

/** `POST /api/operations/{failed-webhooks|dead-letters}/{id}/replay`. */
export const ReplayAnswer = z.object({ replayed: z.boolean() });
