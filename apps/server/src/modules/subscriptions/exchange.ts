import { encodeId } from '@centralita/kernel';

/** Topic exchange of all events, and of what became of commands. */
export const EVENTS_EXCHANGE = 'centralita.events';
export const RESULTS_EXCHANGE = 'centralita.results';
/** Exchange and queue: a user of the broker may be let to the one without reaching any other queue. */
export const COMMANDS = 'centralita.commands';
/** Commands that could not be done, with the reason in their headers. */
export const DEAD_COMMANDS_QUEUE = 'centralita.commands.dead';

/** `co_….message_received`: the company comes first, so that a broker's topic permissions can hold a user to one company. */
export function routingKey(companyId: string, type: string): string {
  return `${encodeId('co', companyId)}.${type}`;
}
