import { Button, Loader } from '@mantine/core';
import { IconArrowDown, IconMessage2, IconPlugConnectedX } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useImperativeHandle, useMemo, useRef, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation, Message } from '../../../api/types.ts';
import { Blank } from '../../../ui/blank.tsx';
import { useExplain } from '../../../ui/explain.ts';
import { useMe } from '../../session/me.ts';
import { usePending } from '../composer/outbox-context.ts';
import { flatten } from '../live/merge-messages.ts';
import { messagesQuery } from '../queries.ts';
import classes from './message-log.module.css';
import { pendingReactions, withPending } from './pending.ts';
import { answeredSince, buildTimeline, firstUnread } from './timeline.ts';
import { TimelineRow } from './timeline-row.tsx';
import { useMarkRead } from './use-mark-read.ts';
import { useReadingPlace } from './use-reading-place.ts';

export interface MessageLogHandle {
  toLatest: () => void;
  /** Scrolls to a message, fetching history until it is there. */
  goTo: (messageId: string) => void;
}

/** A quote of long ago is looked for through this many pages of history, then given up. */
const SEARCH_PAGES = 20;

export function MessageLog({ ref, conversation }: { ref: RefObject<MessageLogHandle | null>; conversation: Conversation }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const history = useInfiniteQuery(messagesQuery(conversation.id));
  const pending = usePending(conversation.id);
  const messages = useMemo(() => flatten(history.data), [history.data]);
  const me = useMe().user.id;
  const { id, account_id } = conversation;
  const shown = useMemo(() => withPending(messages, pending, { id, account_id, me }), [messages, pending, id, account_id, me]);
  const reactions = useMemo(() => pendingReactions(pending), [pending]);
  const line = useUnreadLine(messages, conversation.unread);
  // Whoever answers has read.
  const unread = useMemo(() => (line && !answeredSince(shown, { first: line.first, me }) ? line : null), [line, shown, me]);
  const items = useMemo(() => buildTimeline(shown, unread), [shown, unread]);
  const { scroller, content, atLatest, missed, toLatest } = useReadingPlace(items, shown);
  useMarkRead(conversation, atLatest && history.isSuccess);

  const older = useRef(history);
  older.current = history;
  const loadOlder = useCallback(() => {
    const h = older.current;
    if (h.hasNextPage && !h.isFetchingNextPage && !h.isFetchNextPageError) void h.fetchNextPage();
  }, []);

  useImperativeHandle(ref, () => ({
    toLatest: () => requestAnimationFrame(() => toLatest('auto')),
    goTo: (id) => {
      const find = (): boolean => reveal(scroller.current, id);
      const search = async (): Promise<void> => {
        for (let page = 0; page < SEARCH_PAGES && older.current.hasNextPage; page++) {
          await older.current.fetchNextPage();
          await new Promise((done) => requestAnimationFrame(done));
          if (find()) return;
        }
      };
      if (!find()) void search();
    },
  }));

  if (history.isPending) return <div className={classes.wrap}><ThreadSkeleton /></div>;
  if (history.isError && messages.length === 0) {
    return (
      <Blank alert icon={IconPlugConnectedX} title={t('thread.error')} hint={explain(history.error)}>
        <Button variant="light" loading={history.isFetching} onClick={() => void history.refetch()}>{t('app.retry')}</Button>
      </Blank>
    );
  }
  if (items.length === 0) return <Blank icon={IconMessage2} title={t('thread.empty')} />;

  return (
    <div className={classes.wrap}>
      <div ref={scroller} className={classes.scroller} role="log" aria-label={t('thread.label')} tabIndex={0}>
        <div ref={content} className={classes.content}>
          <History query={history} onReached={loadOlder} root={scroller} />
          {items.map((item) => <TimelineRow key={item.key} item={item} reaction={item.kind === 'message' ? reactions.get(item.message.id) : undefined} />)}
        </div>
      </div>
      {!atLatest && (
        <Button className={classes.latest} size="compact-md" radius="xl" variant={missed > 0 ? 'filled' : 'default'} onClick={() => toLatest('smooth')} leftSection={<IconArrowDown size={16} aria-hidden />} aria-label={t('thread.to_latest')}>
          {missed > 0 ? t('thread.new', { count: missed }) : t('thread.to_latest')}
        </Button>
      )}
    </div>
  );
}

/** The line of the unread ones stays where it was when the conversation was opened. */
function useUnreadLine(messages: readonly Message[], unread: number): { first: string; count: number } | null {
  const line = useRef<{ first: string; count: number } | null | undefined>(undefined);
  if (line.current === undefined && messages.length > 0) line.current = firstUnread(messages, unread);
  return line.current ?? null;
}

function reveal(scroller: HTMLElement | null, id: string): boolean {
  const row = scroller?.querySelector<HTMLElement>(`[data-message="${CSS.escape(id)}"]`);
  if (!row) return false;
  row.scrollIntoView({ block: 'center' });
  row.dataset.found = '';
  row.addEventListener('animationend', () => delete row.dataset.found, { once: true });
  return true;
}

function History({ query, onReached, root }: { query: { hasNextPage: boolean; isFetchingNextPage: boolean; isFetchNextPageError: boolean; fetchNextPage: () => Promise<unknown> }; onReached: () => void; root: RefObject<HTMLElement | null> }) {
  const { t } = useTranslation();
  const mark = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage } = query;
  useEffect(() => {
    if (!hasNextPage || isFetchingNextPage || !mark.current) return;
    const watch = new IntersectionObserver((entries) => entries.some((e) => e.isIntersecting) && onReached(), { root: root.current, rootMargin: '900px 0px 0px' });
    watch.observe(mark.current);
    return () => watch.disconnect();
  }, [hasNextPage, isFetchingNextPage, onReached, root]);

  return (
    <div ref={mark} className={classes.history}>
      {query.isFetchNextPageError ? (
        <span role="alert">{t('thread.older_error')} <Button size="compact-sm" variant="subtle" onClick={() => void query.fetchNextPage()}>{t('app.retry')}</Button></span>
      ) : hasNextPage ? <Loader size={18} aria-label={t('thread.older')} /> : <span>{t('thread.beginning')}</span>}
    </div>
  );
}

function ThreadSkeleton() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('app.loading')} className={classes.skeleton}>
      {[['in', 46, 38], ['in', 30, 38], ['out', 52, 56], ['in', 38, 38], ['out', 34, 38], ['out', 44, 74]].map(([side, width, height], i) => (
        <span key={i} data-side={side} style={{ width: `${width}%`, height }} />
      ))}
    </div>
  );
}

