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
import { flatten, reachesEnd } from '../live/merge-messages.ts';
import { messagesQuery } from '../queries.ts';
import classes from './message-log.module.css';
import { pendingReactions, withPending } from './pending.ts';
import { answeredSince, buildTimeline, firstUnread } from './timeline.ts';
import { TimelineRow } from './timeline-row.tsx';
import { useMarkRead } from './use-mark-read.ts';
import { usePlaces } from './use-places.ts';
import { useReadingPlace } from './use-reading-place.ts';

export interface MessageLogHandle {
  toLatest: () => void;
  /** Scrolls to a message; what was said around it is fetched where it is not loaded. */
  goTo: (messageId: string) => void;
}

interface Props {
  ref: RefObject<MessageLogHandle | null>;
  conversation: Conversation;
  /** A message to show; asked for again with another `at`. */
  jump: Jump | undefined;
}
export interface Jump {
  readonly message: string;
  readonly at: number;
}

export function MessageLog({ ref, conversation, jump }: Props) {
  const { t } = useTranslation();
  const explain = useExplain();
  const history = useInfiniteQuery(messagesQuery(conversation.id, jump?.message));
  const pending = usePending(conversation.id);
  const messages = useMemo(() => flatten(history.data), [history.data]);
  const toEnd = history.data !== undefined && reachesEnd(history.data);
  const me = useMe().user.id;
  const { id, account_id } = conversation;
  const shown = useMemo(() => (toEnd ? withPending(messages, pending, { id, account_id, me }) : messages), [messages, pending, toEnd, id, account_id, me]);
  const reactions = useMemo(() => pendingReactions(pending), [pending]);
  const line = useUnreadLine(toEnd ? messages : [], conversation.unread);
  // Whoever answers has read.
  const unread = useMemo(() => (line && !answeredSince(shown, { first: line.first, me }) ? line : null), [line, shown, me]);
  const items = useMemo(() => buildTimeline(shown, unread), [shown, unread]);
  const { scroller, content, atLatest, missed, scrollDown } = useReadingPlace(items, shown, toEnd);
  useMarkRead(conversation, atLatest && history.isSuccess);
  const { goTo, toLatest } = usePlaces({ id, items, toEnd, scroller, scrollDown });
  useImperativeHandle(ref, () => ({ toLatest: () => toLatest('auto'), goTo }));
  const ready = history.isSuccess;
  useEffect(() => {
    if (ready && jump) goTo(jump.message);
  }, [ready, jump, goTo]);

  const latest = useRef(history);
  latest.current = history;
  const loadOlder = useCallback(() => {
    const h = latest.current;
    if (h.hasNextPage && !h.isFetching && !h.isFetchNextPageError) void h.fetchNextPage();
  }, []);
  const loadNewer = useCallback(() => {
    const h = latest.current;
    if (h.hasPreviousPage && !h.isFetching && !h.isFetchPreviousPageError) void h.fetchPreviousPage();
  }, []);

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
          <Edge onReached={loadOlder} root={scroller} more={history.hasNextPage} busy={history.isFetching} failed={history.isFetchNextPageError ? () => void history.fetchNextPage() : undefined} words={OLDER} />
          {items.map((item) => <TimelineRow key={item.key} item={item} reaction={item.kind === 'message' ? reactions.get(item.message.id) : undefined} />)}
          {!toEnd && <Edge onReached={loadNewer} root={scroller} more busy={history.isFetching} failed={history.isFetchPreviousPageError ? () => void history.fetchPreviousPage() : undefined} words={NEWER} />}
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

const OLDER = { error: 'thread.older_error', loading: 'thread.older' } as const;
const NEWER = { error: 'thread.newer_error', loading: 'thread.newer' } as const;
/** What is left below or above is fetched when it is nearer than this. */
const AHEAD_PX = 900;

/** Where what is loaded ends: more comes when somebody gets near. */
function Edge({ onReached, root, more, busy, failed, words }: { onReached: () => void; root: RefObject<HTMLElement | null>; more: boolean; busy: boolean; failed: (() => void) | undefined; words: typeof OLDER | typeof NEWER }) {
  const { t } = useTranslation();
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!more || busy || !mark.current) return;
    const watch = new IntersectionObserver((entries) => entries.some((e) => e.isIntersecting) && onReached(), { root: root.current, rootMargin: `${AHEAD_PX}px 0px` });
    watch.observe(mark.current);
    return () => watch.disconnect();
  }, [more, busy, onReached, root]);

  return (
    <div ref={mark} className={classes.history}>
      {failed ? (
        <span role="alert">{t(words.error)} <Button size="compact-sm" variant="subtle" onClick={failed}>{t('app.retry')}</Button></span>
      ) : more ? <Loader size={18} aria-label={t(words.loading)} /> : <span>{t('thread.beginning')}</span>}
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

