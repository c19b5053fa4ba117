import { ProblemError } from '@centralita/sdk';
import { useCallback, useLayoutEffect, useRef, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useExplain } from '../../../ui/explain.ts';
import { notify } from '../../../ui/notify.ts';
import { END } from '../live/merge-messages.ts';
import { openPiece } from '../queries.ts';
import type { TimelineItem } from './timeline.ts';

interface Log {
  /** The conversation. */
  id: string;
  items: readonly TimelineItem[];
  /** Whether what is loaded goes up to the newest message. */
  toEnd: boolean;
  scroller: RefObject<HTMLElement | null>;
  scrollDown: (behavior: ScrollBehavior) => void;
}

/** Ways through a long thread: to a message wherever it is, and to the end. What is not loaded is fetched, and what was is let go. */
export function usePlaces({ id, items, toEnd, scroller, scrollDown }: Log): { goTo: (message: string) => void; toLatest: (behavior: ScrollBehavior) => void } {
  const { t } = useTranslation();
  const explain = useExplain();
  const atEnd = useRef(toEnd);
  atEnd.current = toEnd;
  /** Where to go as soon as it is there: a message, or the end (null). */
  const wanted = useRef<{ message: string | null; fetched: boolean } | undefined>(undefined);

  useLayoutEffect(() => {
    const way = wanted.current;
    if (!way) return;
    if (way.message === null ? atEnd.current : reveal(scroller.current, way.message)) {
      if (way.message === null) scrollDown('auto');
    } else if (!way.fetched) return;
    wanted.current = undefined;
  }, [items, scroller, scrollDown]);

  const fetch = useCallback((message: string | null) => {
    const way = { message, fetched: false };
    wanted.current = way;
    openPiece(id, message === null ? END : { around: message }).then(
      () => { way.fetched = true; },
      (error: unknown) => {
        if (wanted.current === way) wanted.current = undefined;
        notify({ message: error instanceof ProblemError && error.status < 500 ? t('thread.message_missing') : explain(error), tone: 'warn' });
      },
    );
  }, [id, explain, t]);
  const goTo = useCallback((message: string) => {
    if (!reveal(scroller.current, message)) fetch(message);
  }, [fetch, scroller]);
  const toLatest = useCallback((behavior: ScrollBehavior) => {
    if (atEnd.current) requestAnimationFrame(() => scrollDown(behavior));
    else fetch(null);
  }, [fetch, scrollDown]);
  return { goTo, toLatest };
}

/** Scrolls to a message that is drawn, and marks it for a moment. */
function reveal(scroller: HTMLElement | null, id: string): boolean {
  const row = scroller?.querySelector<HTMLElement>(`[data-message="${CSS.escape(id)}"]`);
  if (!row) return false;
  row.scrollIntoView({ block: 'center' });
  row.dataset.found = '';
  row.addEventListener('animationend', () => delete row.dataset.found, { once: true });
  return true;
}
