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
  toLatest: (behavior: ScrollBehavior) => void;
}

/**
 * Holds what somebody reads in place. The scroller counts from the bottom (see its styles): what is put in front moves
 * nothing; what is added at the end would push, so its height is taken off again while one reads further up.
 */
export function useReadingPlace(items: readonly TimelineItem[], messages: readonly Message[]): ReadingPlace {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [atLatest, setAtLatest] = useState(true);
  const [missed, setMissed] = useState(0);
  const before = useRef<{ lastKey: string | undefined; lastBottom: number; last: string | undefined }>({ lastKey: undefined, lastBottom: 0, last: undefined });
  const reading = useRef(true);

  useLayoutEffect(() => {
    const pane = scroller.current;
    const list = content.current;
    if (!pane || !list) return;
    const last = messages.at(-1)?.id;
    const { lastKey, last: lastMessage } = before.current;
    if (lastKey !== undefined && !reading.current) {
      // How much was added below what was the last row.
      const index = items.findIndex((i) => i.key === lastKey);
      const row = index === -1 ? undefined : list.children[index + 1];
      const bottom = row instanceof HTMLElement ? list.scrollHeight - (row.offsetTop + row.offsetHeight) : before.current.lastBottom;
      const added = bottom - before.current.lastBottom;
      if (added > 0) pane.scrollTop -= added;
      if (last !== lastMessage) {
        const from = messages.findIndex((m) => m.id === lastMessage);
        if (from !== -1) setMissed((n) => n + messages.slice(from + 1).filter((m) => m.direction === 'in').length);
      }
    }
    const end = list.lastElementChild;
    before.current = {
      lastKey: items.at(-1)?.key,
      lastBottom: end instanceof HTMLElement ? list.scrollHeight - (end.offsetTop + end.offsetHeight) : 0,
      last,
    };
  }, [items, messages]);

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

  const toLatest = useCallback((behavior: ScrollBehavior) => {
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    scroller.current?.scrollTo({ top: 0, behavior: calm ? 'auto' : behavior });
  }, []);
  return { scroller, content, atLatest, missed, toLatest };
}
