import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../api/types.ts';
import { authorKey } from '../names.ts';

/** Who said a message, in words: "You", a name, or the kind of author. */
export function useAuthorName(): (message: Message, me: string) => string {
  const { t } = useTranslation();
  return useCallback(
    (message, me) => {
      const { kind, user_id, name } = message.author;
      if (kind === 'agent' && user_id === me) return t('author.me');
      return name ?? t(authorKey(kind));
    },
    [t],
  );
}
