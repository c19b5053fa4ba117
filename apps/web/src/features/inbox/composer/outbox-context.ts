import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Outbox, PendingSend } from './outbox.ts';

export const OutboxContext = createContext<Outbox | null>(null);

export function useOutbox(): Outbox {
  const outbox = useContext(OutboxContext);
  if (!outbox) throw new Error('useOutbox outside the layout');
  return outbox;
}

/** What of a conversation is still on its way to the server. */
export function usePending(conversationId: string): readonly PendingSend[] {
  const outbox = useOutbox();
  return useSyncExternalStore(outbox.subscribe, () => outbox.list(conversationId));
}
