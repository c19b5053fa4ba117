import { useEffect, useRef, type RefObject } from 'react';
import type { Conversation } from '../../api/types.ts';
import { toggleDetails } from '../shell/shell-state.ts';
import type { ComposerHandle } from './composer/composer.tsx';
import { isTyping } from './keys.ts';
import type { Turn } from './use-turn.ts';

/** t takes over, b gives to the bot, e closes or reopens, r writes, i shows details. */
export function useConversationKeys(parts: { conversation: Conversation; turn: Turn; composer: RefObject<ComposerHandle | null> }): void {
  const latest = useRef(parts);
  latest.current = parts;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat || event.metaKey || event.ctrlKey || event.altKey || isTyping(event)) return;
      const { conversation, turn, composer } = latest.current;
      const closed = conversation.status === 'closed';
      switch (event.key) {
        case 't':
          if (turn.mayHandle && !turn.mine && !closed) turn.run('take');
          break;
        case 'b':
          if (turn.mayRelease && !closed) turn.run('release');
          break;
        case 'e':
          if (turn.mayHandle) turn.run(closed ? 'reopen' : 'close');
          break;
        case 'r':
          event.preventDefault();
          composer.current?.focus();
          break;
        case 'i':
          toggleDetails();
          break;
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
