import type { Message, Status } from '../../api/types.ts';

const LADDER: readonly Status[] = ['queued', 'sending', 'accepted', 'sent', 'delivered', 'read', 'played'];
const rank = (status: Status): number => LADDER.indexOf(status);

/**
 * Whether a screen showing `current` may go to `next`: the ladder of the server (design §3.5). Live events and fetched
 * pages overtake each other, so an older picture of a message must not undo a newer one.
 */
export function climbs(current: Status, next: Status): boolean {
  if (current === next || current === 'received' || next === 'received') return false;
  if (current === 'unknown') return next === 'failed' || rank(next) >= rank('accepted');
  if (current === 'failed') return rank(next) >= rank('delivered');
  if (next === 'failed') return rank(current) <= rank('sent');
  if (next === 'unknown') return rank(current) <= rank('sending');
  return rank(next) > rank(current);
}

/** What the ticks show: how many, and in which colour. */
export type Tick = 'clock' | 'one' | 'two' | 'read' | 'played' | 'failed' | 'unknown' | 'none';

export function tickOf(status: Status): Tick {
  switch (status) {
    case 'queued': case 'sending': return 'clock';
    case 'accepted': case 'sent': return 'one';
    case 'delivered': return 'two';
    case 'read': return 'read';
    case 'played': return 'played';
    case 'failed': return 'failed';
    case 'unknown': return 'unknown';
    case 'received': return 'none';
  }
}

export const isTrouble = (message: Pick<Message, 'status' | 'direction'>): boolean =>
  message.direction === 'out' && (message.status === 'failed' || message.status === 'unknown');
