import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { answer, api, at } from '../../../api/client.ts';
import type { Conversation } from '../../../api/types.ts';
import { useMay, useMe } from '../../session/me.ts';
import { applyConversations } from '../live/apply.ts';

/** A glance is not reading: the customer sees blue ticks, so the conversation must stay on screen this long. */
const READ_AFTER_MS = 600;

function useLooking(): boolean {
  return useSyncExternalStore(
    (listener) => {
      for (const name of ['focus', 'blur']) window.addEventListener(name, listener);
      document.addEventListener('visibilitychange', listener);
      return () => {
        for (const name of ['focus', 'blur']) window.removeEventListener(name, listener);
        document.removeEventListener('visibilitychange', listener);
      };
    },
    () => document.visibilityState === 'visible' && document.hasFocus(),
  );
}

/** Marks a conversation as read while somebody really looks at its latest messages. */
export function useMarkRead(conversation: Conversation, atLatest: boolean): void {
  const client = useQueryClient();
  const me = useMe().user.id;
  // Who only looks over a shoulder turns no tick blue.
  const mayHandle = useMay()('whatsapp:handle_conversations');
  const looking = useLooking();
  const last = conversation.last_message?.id ?? '';
  const failed = useRef('');
  useEffect(() => {
    if (!mayHandle || conversation.unread === 0 || !looking || !atLatest || failed.current === last) return;
    const timer = setTimeout(() => {
      answer(api.POST('/api/conversations/{id}/read', at({ id: conversation.id }))).then(
        (next) => applyConversations(client, [next], me),
        // Not worth a word to the reader; the next message tries again.
        () => (failed.current = last),
      );
    }, READ_AFTER_MS);
    return () => clearTimeout(timer);
  }, [client, me, mayHandle, conversation.id, conversation.unread, last, looking, atLatest]);
}
