import { useCallback } from 'react';
import { newId, now } from '../../../api/runtime.ts';
import type { Message } from '../../../api/types.ts';
import { useOutbox } from '../composer/outbox-context.ts';

/** Reactions go out like messages: in order, kept until confirmed. */
export function useReact(conversationId: string): (message: Message, emoji: string) => void {
  const outbox = useOutbox();
  return useCallback(
    (message, emoji) =>
      outbox.add({
        client_id: newId(), conversation_id: conversationId, content: { type: 'reaction', message_id: message.id, emoji }, quote: null, created_at: new Date(now()).toISOString(),
      }),
    [outbox, conversationId],
  );
}
