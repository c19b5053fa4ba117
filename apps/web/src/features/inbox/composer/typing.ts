import { answer, api, at } from '../../../api/client.ts';
import { now } from '../../../api/runtime.ts';
import type { Conversation } from '../../../api/types.ts';

/** Carriers show it for up to 25 s, or until something is sent. */
const EVERY_MS = 20_000;
/** Where it was refused (a number that was cut off meanwhile) nobody asks again so soon. */
const AFTER_REFUSAL_MS = 5 * 60_000;

type Shown = Pick<Conversation, 'id' | 'can_show_typing'>;

/** Tells contacts that somebody writes, as often as carriers need to be told and never where they cannot show it. */
export function createTyping(show: (id: string) => Promise<unknown>, clock: () => number): (conversation: Shown) => void {
  const next = new Map<string, number>();
  return ({ id, can_show_typing }) => {
    const at = clock();
    if (!can_show_typing || at < (next.get(id) ?? 0)) return;
    next.set(id, at + EVERY_MS);
    // A courtesy: whether it worked changes nothing for who writes.
    show(id).catch(() => next.set(id, at + AFTER_REFUSAL_MS));
  };
}

export const showTyping = createTyping((id) => answer(api.POST('/api/conversations/{id}/typing', at({ id }))), now);
