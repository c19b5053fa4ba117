import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/endpoints.ts';
import type { Conversation } from '../../api/types.ts';
import { useExplain } from '../../ui/explain.ts';
import { hideNotice, notify } from '../../ui/notify.ts';
import { useMe } from '../session/me.ts';
import { applyConversations } from './live/apply.ts';

export type TurnAction = 'take' | 'release' | 'close' | 'reopen';
export interface Turn {
  run: (action: TurnAction) => void;
  /** What is under way. */
  pending: TurnAction | null;
  mine: boolean;
}

/** Taking the turn, giving it back, closing and reopening. */
export function useTurn(conversation: Conversation): Turn {
  const { t } = useTranslation();
  const explain = useExplain();
  const me = useMe();
  const client = useQueryClient();
  const { mutate, isPending, variables } = useMutation({
    mutationFn: (action: TurnAction) => api.act(conversation.id, action),
    onSuccess: (next, action) => {
      applyConversations(client, [next], me.user.id);
      if (action === 'close') {
        const id = `closed ${conversation.id}`;
        const undo = (): void => {
          hideNotice(id);
          mutate('reopen');
        };
        notify({ id, message: <Undoable text={t('turn.was_closed')} undo={t('turn.undo')} onUndo={undo} /> });
      }
      if (action === 'take' || action === 'release') notify({ message: t(action === 'take' ? 'turn.taken' : 'turn.released'), stay: 2500 });
    },
    onError: (error) => notify({ tone: 'bad', message: t('turn.failed', { reason: explain(error) }) }),
  });
  return {
    run: useCallback((action) => mutate(action), [mutate]),
    pending: isPending ? variables : null,
    mine: conversation.holder.kind === 'agent' && conversation.holder.user_id === me.user.id,
  };
}

function Undoable({ text, undo, onUndo }: { text: string; undo: string; onUndo: () => void }) {
  return <span style={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between' }}>{text}<Button size="compact-sm" variant="subtle" onClick={onUndo}>{undo}</Button></span>;
}
