import { encodeId } from '@centralita/kernel';

/** Topic exchange of all events. */
export const EVENTS_EXCHANGE = 'centralita.events';

/** `co_….message_received`: the company comes first, so that a broker's topic permissions can hold a user to one company. */
export function routingKey(companyId: string, type: string): string {
  return `${encodeId('co', companyId)}.${type}`;
}
