import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { Message } from '../../../api/types.ts';
import type { TimelineItem } from './timeline.ts';

/** Closer to the end than this counts as reading the latest. */
const NEAR_PX = 60;

interface ReadingPlace {
  scroller: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  atLatest: boolean;
  /** Messages that came while one was reading further up. */
  missed: number;
  scrollDown: (behavior: ScrollBehavior) => void;
}

/**
 * Holds what somebody reads in place. The scroller counts from the bottom (see its styles): what is put in front moves
 * nothing; what is added at the end would push, so its height is taken off again while one reads further up, or something other than what
 * was said last (`toEnd`: nothing newer is left to be fetched).
 */
export function useReadingPlace(items: readonly TimelineItem[], messages: readonly Message[], toEnd: boolean): ReadingPlace {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [atLatest, setAtLatest] = useState(true);
  const [missed, setMissed] = useState(0);
  const before = useRef<{ lastKey: string | undefined; lastBottom: number; last: string | undefined; toEnd: boolean }>({ lastKey: undefined, lastBottom: 0, last: undefined, toEnd });
  const reading = useRef(true);

  useLayoutEffect(() => {
    const pane = scroller.current;
    const list = content.current;
    if (!pane || !list) return;
    const last = messages.at(-1)?.id;
    const { lastKey, last: lastMessage, toEnd: wasEnd } = before.current;
    if (lastKey !== undefined && !(reading.current && wasEnd)) {
      // How much was added below what was the last row.
      const index = items.findIndex((i) => i.key === lastKey);
      const row = index === -1 ? undefined : list.children[index + 1];
      const bottom = row ? below(list, row) : before.current.lastBottom;
      const added = bottom - before.current.lastBottom;
      if (added > 0) pane.scrollTop -= added;
      if (wasEnd && last !== lastMessage) {
        const from = messages.findIndex((m) => m.id === lastMessage);
        if (from !== -1) setMissed((n) => n + messages.slice(from + 1).filter((m) => m.direction === 'in').length);
      }
    }
    const end = list.children[items.length];
    before.current = {
      lastKey: items.at(-1)?.key,
      lastBottom: end ? below(list, end) : 0,
      last,
      toEnd,
    };
  }, [items, messages, toEnd]);

  const ready = items.length > 0;
  useEffect(() => {
    const pane = scroller.current;
    if (!pane) return;
    const onScroll = (): void => {
      const near = pane.scrollTop > -NEAR_PX;
      reading.current = near;
      setAtLatest(near);
      if (near) setMissed(0);
    };
    pane.addEventListener('scroll', onScroll, { passive: true });
    return () => pane.removeEventListener('scroll', onScroll);
  }, [ready]);

  const scrollDown = useCallback((behavior: ScrollBehavior) => {
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    scroller.current?.scrollTo({ top: 0, behavior: calm ? 'auto' : behavior });
  }, []);
  return { scroller, content, atLatest: atLatest && toEnd, missed, scrollDown };
}

/** How much of a list is below one of its rows. Rows in it are counted from the top of the pane, which says nothing once older ones came in. */
const below = (list: HTMLElement, row: Element): number => list.getBoundingClientRect().bottom - row.getBoundingClientRect().bottom;
