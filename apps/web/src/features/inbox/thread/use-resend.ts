import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../../api/client.ts';
import type { Message } from '../../../api/types.ts';
import { useExplain } from '../../../ui/explain.ts';
import { notify } from '../../../ui/notify.ts';
import { applyMessage, keys } from '../live/apply.ts';

/** Sends a message again that failed or whose outcome is unknown. */
export function useResend(): (message: Message) => Promise<void> {
  const { t } = useTranslation();
  const explain = useExplain();
  const client = useQueryClient();
  return useCallback(
    async (message) => {
      try {
        const again = await answer(api.POST('/api/messages/{id}/resend', at({ id: message.id })));
        // The old one is looked after now; a new one stands for it, unless the server sends the same one again.
        if (again.id !== message.id) applyMessage(client, { ...message, can_resend: false });
        applyMessage(client, again);
        void client.invalidateQueries({ queryKey: keys.messages(message.conversation_id) });
      } catch (error) {
        notify({ tone: 'bad', message: t('turn.failed', { reason: explain(error) }) });
      }
    },
    [client, explain, t],
  );
}
