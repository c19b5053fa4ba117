import { useEffect, useRef, type RefObject } from 'react';
import type { Conversation } from '../../../api/types.ts';
import { helpOpen } from '../../shell/shell-state.ts';
import { isTyping } from '../keys.ts';
import type { VirtualRowsHandle } from './virtual-rows.tsx';

interface Parts {
  conversations: readonly Conversation[];
  selected: string | undefined;
  rows: RefObject<VirtualRowsHandle | null>;
  search: RefObject<HTMLInputElement | null>;
  onOpen: (id: string | undefined) => void;
}

/** j, k and the arrows walk the list; Enter opens (the row is a link); / searches; Esc goes back to the list; ? helps. */
export function useListKeys(parts: Parts): void {
  const latest = useRef(parts);
  latest.current = parts;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { conversations, selected, rows, search, onOpen } = latest.current;
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTyping(event)) return;
      const step = (by: 1 | -1): void => {
        event.preventDefault();
        const from = rows.current?.cursor() ?? selected;
        const index = conversations.findIndex((c) => c.id === from);
        const inList = document.activeElement?.closest('[data-id]') !== null;
        // The first key press only shows where one stands.
        const next = index === -1 || (!inList && from !== selected) ? index : index + by;
        rows.current?.focus(conversations[Math.min(Math.max(next, 0), conversations.length - 1)]?.id);
      };
      const inLog = document.activeElement?.closest('[role=log]') !== null;
      switch (event.key) {
        case 'j': return step(1);
        case 'k': return step(-1);
        // In the messages the arrows scroll.
        case 'ArrowDown': return inLog ? undefined : step(1);
        case 'ArrowUp': return inLog ? undefined : step(-1);
        case '/':
          event.preventDefault();
          return search.current?.select();
        case '?': return helpOpen.set(true);
        case 'Escape':
          if (document.activeElement?.closest('[data-id]') && selected) return onOpen(undefined);
          return rows.current?.focus(selected);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
