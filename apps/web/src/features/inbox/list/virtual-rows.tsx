import { Button, Loader } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation, SearchMatch } from '../../../api/types.ts';
import { useLocale } from '../../../i18n/index.ts';
import { useNow } from '../../../ui/use-now.ts';
import { ConversationRow } from './conversation-row.tsx';
import classes from './virtual-rows.module.css';

export const ROW_PX = 68;
/** The next page is asked for when fewer rows than this remain below. */
const AHEAD = 12;

export interface VirtualRowsHandle {
  /** Scrolls a conversation into view and gives it the keyboard. */
  focus: (id: string | undefined) => void;
  /** The conversation that has, or last had, the keyboard. */
  cursor: () => string | undefined;
}

interface Props {
  ref: RefObject<VirtualRowsHandle | null>;
  conversations: readonly Conversation[];
  matches: ReadonlyMap<string, SearchMatch>;
  selected: string | undefined;
  me: string;
  accountShown: boolean;
  onOpen: (id: string, message: string | undefined) => void;
  more?: () => void;
  loadingMore: boolean;
  moreError?: () => void;
}

export function VirtualRows({ ref, conversations, matches, selected, me, accountShown, onOpen, more, loadingMore, moreError }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const now = useNow();
  const scroller = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<string | undefined>(selected);
  const wanted = useRef<string | undefined>(undefined);
  const virtual = useVirtualizer({
    count: conversations.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: useCallback((index: number) => conversations[index]!.id, [conversations]),
    overscan: 6,
  });
  const items = virtual.getVirtualItems();
  useStillRows(scroller, conversations);

  const end = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && !loadingMore && end >= conversations.length - AHEAD) more();
  }, [more, loadingMore, end, conversations.length]);

  const focusRow = (id: string): boolean => {
    const row = scroller.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`);
    row?.focus({ preventScroll: true });
    return row !== null && row !== undefined;
  };
  useImperativeHandle(ref, () => ({
    cursor: () => cursor,
    focus: (id) => {
      const index = conversations.findIndex((c) => c.id === (id ?? cursor));
      const target = conversations[index === -1 ? 0 : index];
      if (!target) return;
      setCursor(target.id);
      virtual.scrollToIndex(Math.max(0, index), { align: 'auto' });
      // Outside the drawn part it is focused as soon as it is drawn.
      if (!focusRow(target.id)) wanted.current = target.id;
    },
  }));
  useEffect(() => {
    if (wanted.current && focusRow(wanted.current)) wanted.current = undefined;
  });
  useEffect(() => {
    if (!selected) return;
    setCursor(selected);
  }, [selected]);

  const reachable = cursor && conversations.some((c) => c.id === cursor) ? cursor : conversations[0]?.id;
  return (
    <div ref={scroller} className={classes.scroller}>
      <ul className={classes.list} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const conversation = conversations[item.index]!;
          return (
            <li key={item.key} className={classes.item} style={{ transform: `translateY(${item.start}px)`, height: ROW_PX }} aria-setsize={conversations.length} aria-posinset={item.index + 1}>
              <ConversationRow
                conversation={conversation} match={matches.get(conversation.id)} selected={conversation.id === selected} reachable={conversation.id === reachable} me={me} locale={locale} now={now}
                accountShown={accountShown} onOpen={onOpen} onFocus={setCursor}
              />
            </li>
          );
        })}
      </ul>
      {loadingMore && <div className={classes.more}><Loader size={18} aria-label={t('app.loading')} /></div>}
      {moreError && (
        <div className={classes.more} role="alert">
          {t('list.more_error')} <Button size="compact-sm" variant="subtle" onClick={moreError}>{t('app.retry')}</Button>
        </div>
      )}
    </div>
  );
}

/**
 * Rows that come in or move above what somebody looks at must not push it away: the first row in view stays where it is.
 * At the top of the list nothing is held, so that new conversations show.
 */
function useStillRows(scroller: RefObject<HTMLDivElement | null>, conversations: readonly Conversation[]): void {
  const before = useRef<readonly Conversation[]>(conversations);
  useLayoutEffect(() => {
    const old = before.current;
    before.current = conversations;
    const pane = scroller.current;
    if (!pane || old === conversations || pane.scrollTop < ROW_PX / 2) return;
    const index = Math.floor(pane.scrollTop / ROW_PX);
    // The row itself may be the one that moved away; then the next one below is held.
    for (const row of old.slice(index, index + 8)) {
      const from = old.indexOf(row);
      const to = conversations.findIndex((c) => c.id === row.id);
      if (to === -1 || to < index - 3 && from >= index) continue;
      if (to !== from) pane.scrollTop += (to - from) * ROW_PX;
      return;
    }
  }, [conversations, scroller]);
}
