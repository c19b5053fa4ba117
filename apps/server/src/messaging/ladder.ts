/** Where an outgoing message stands. `failed` ends unless a higher step than `sending` was already seen from the carrier. */
export const LADDER = ['queued', 'sending', 'accepted', 'sent', 'delivered', 'read', 'played'] as const;
export type MessageStatus = (typeof LADDER)[number] | 'failed' | 'unknown' | 'received';

/** What a carrier can report about a message it accepted. */
export type RemoteStatus = 'sent' | 'delivered' | 'read' | 'played' | 'failed' | 'deleted' | 'warning';

const RANK = new Map<string, number>(LADDER.map((s, i) => [s, i]));

/**
 * Whether `next` is applied over `current`: only upwards. `failed` is applied while nothing above `sent` was seen
 * (providers.md §0.2: failed is terminal unless a higher state was already seen), and nothing but delivered, read
 * or played, which prove that it arrived, is applied over `failed`. `unknown` yields to any word from the carrier.
 */
export function climbs(current: MessageStatus, next: MessageStatus): boolean {
  if (current === next || next === 'received' || current === 'received') return false;
  const to = RANK.get(next);
  if (current === 'unknown') return next === 'failed' || (to ?? -1) >= RANK.get('accepted')!;
  if (current === 'failed') return (to ?? -1) >= RANK.get('delivered')!;
  const from = RANK.get(current)!;
  if (next === 'failed' || next === 'unknown') return from <= RANK.get(next === 'failed' ? 'sent' : 'sending')!;
  return to !== undefined && to > from;
}

/** Nothing more is expected of a message in this status. */
export function isFinal(status: MessageStatus): boolean {
  return status === 'failed' || status === 'read' || status === 'played' || status === 'received';
}
