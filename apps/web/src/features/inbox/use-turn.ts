import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../api/client.ts';
import type { Conversation } from '../../api/types.ts';
import { useExplain } from '../../ui/explain.ts';
import { notify } from '../../ui/notify.ts';
import { useMay, useMe } from '../session/me.ts';
import { applyConversations } from './live/apply.ts';

export type TurnAction = 'take' | 'release' | 'close' | 'reopen';
export interface Turn {
  run: (action: TurnAction) => void;
  /** What is under way. */
  pending: TurnAction | null;
  mine: boolean;
  /** Whether this person handles conversations at all. */
  mayHandle: boolean;
  /** What another agent holds, only who assigns conversations gives away. */
  mayRelease: boolean;
}

/** Taking the turn, giving it back, closing and reopening. */
export function useTurn(conversation: Conversation, onDone?: (action: TurnAction) => void): Turn {
  const { t } = useTranslation();
  const explain = useExplain();
  const me = useMe();
  const may = useMay();
  const client = useQueryClient();
  const { mutate, isPending, variables } = useMutation({
    mutationFn: (action: TurnAction) => answer(api.POST(`/api/conversations/{id}/${action}`, at({ id: conversation.id }))),
    // Header and bar say who has the turn, and offer the way back: no notice over them.
    onSuccess: (next, action) => {
      applyConversations(client, [next], me.user.id);
      onDone?.(action);
    },
    onError: (error) => notify({ tone: 'bad', message: t('turn.failed', { reason: explain(error) }) }),
  });
  const { holder } = conversation;
  const mayHandle = may('whatsapp:handle_conversations');
  const mine = holder.kind === 'agent' && holder.user_id === me.user.id;
  return {
    run: useCallback((action) => mutate(action), [mutate]),
    pending: isPending ? variables : null,
    mine,
    mayHandle,
    mayRelease: mayHandle && (mine || holder.kind === 'nobody' || (holder.kind === 'agent' && may('whatsapp:assign_conversations'))),
  };
}
