import type { EventType } from '../../api/types.ts';

/** What is offered, in the order of a conversation's life; the types of the contract but `test`, which is nobody's wish. */
export const EVENT_NAMES = [
  'message_received', 'message_sent', 'message_status', 'media_stored', 'conversation_opened', 'conversation_assigned', 'conversation_closed', 'conversation_merged', 'conversation_labelled', 'contact_created', 'contact_updated', 'contact_merged', 'contact_erased', 'account_event', 'route_down', 'route_degraded', 'route_up', 'subscription_disabled',
] as const satisfies readonly EventType[];
