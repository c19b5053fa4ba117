import { encodeId } from '@centralita/kernel';
import type { SendOutcome, StatusUpdate } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';

// With LOG_LEVEL=debug a message can be followed from the webhook's request id to the last tick: receipt → event keys →
// message and conversation → tries → statuses. Ids are made only when somebody reads them.

/** One try and what came of it. */
export function traceSend(rt: Runtime, one: { readonly message_id: string; readonly conversation_id: string; readonly number: number; readonly route: { readonly id: string } }, outcome: SendOutcome): void {
  if (!rt.log.isLevelEnabled('debug')) return;
  const result = outcome.outcome === 'accepted' ? { remote_id: outcome.remote_id } : { code: outcome.error.code, reason: outcome.error.title };
  rt.log.debug({ message: encodeId('msg', one.message_id), conversation: encodeId('conv', one.conversation_id), attempt: one.number, route: one.route.id, outcome: outcome.outcome, ...result }, 'send tried');
}

/** The carrier's word about a message. */
export function traceStatus(rt: Runtime, event: StatusUpdate, messageId: string | null): void {
  if (!rt.log.isLevelEnabled('debug')) return;
  rt.log.debug({ message: messageId && encodeId('msg', messageId), event: event.key, remote_id: event.remote_id, status: event.status }, 'status applied');
}
