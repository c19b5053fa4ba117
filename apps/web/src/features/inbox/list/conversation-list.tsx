import { ActionIcon } from '@mantine/core';
import { IconMenu2, IconPlugConnectedX, IconSearchOff, IconTagOff } from '@tabler/icons-react';
import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { lazy, memo, Suspense, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListQuery } from '../../../api/types.ts';
import { Blank } from '../../../ui/blank.tsx';
import { useExplain } from '../../../ui/explain.ts';
import { useMe } from '../../session/me.ts';
import { FILTER_ICONS } from '../filter-icons.ts';
import { navOpen } from '../../shell/shell-state.ts';
import { flattenConversations, matchesOf } from '../live/merge-conversations.ts';
import { accountsQuery, conversationsQuery } from '../queries.ts';
import { AccountSelect, FilterChips } from './list-filters.tsx';
import classes from './conversation-list.module.css';
import { LabelSelect } from './label-filter.tsx';
import { ListSkeleton } from './list-skeleton.tsx';
import { SearchBox } from './search-box.tsx';
import { useListKeys } from './use-list-keys.ts';
import { VirtualRows, type VirtualRowsHandle } from './virtual-rows.tsx';

const ChosenLabels = lazy(() => import('./chosen-labels.tsx').then((m) => ({ default: m.ChosenLabels })));

interface Props {
  query: ListQuery;
  selected: string | undefined;
  onOpen: (id: string | undefined, message?: string) => void;
}

export const ConversationList = memo(function ConversationList({ query, selected, onOpen }: Props) {
  const { t } = useTranslation();
  const explain = useExplain();
  const me = useMe();
  const list = useInfiniteQuery(conversationsQuery(query, me.user.id));
  const { data: accounts = [] } = useQuery(accountsQuery);
  const conversations = useMemo(() => flattenConversations(list.data), [list.data]);
  const matches = useMemo(() => matchesOf(list.data), [list.data]);
  const labels = useMemo(() => query.label_id?.split(',') ?? [], [query.label_id]);
  const rows = useRef<VirtualRowsHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  useListKeys({ conversations, selected, rows, search, onOpen });

  return (
    <section className={classes.pane} aria-label={t('list.label')}>
      <header className={classes.head}>
        <div className={classes.titleRow}>
          <ActionIcon className={classes.menu} size={40} onClick={() => navOpen.set(true)} aria-label={t('app.menu')}><IconMenu2 size={20} stroke={1.75} /></ActionIcon>
          <h1 className={classes.title}>{t(query.filter === 'all' ? 'nav.inbox' : `filter.${query.filter}`)}</h1>
          <LabelSelect selected={labels} />
          {accounts.length > 1 && <AccountSelect accounts={accounts} selected={query.account_id} />}
        </div>
        <SearchBox ref={search} value={query.q ?? ''} onLeave={() => rows.current?.focus(conversations[0]?.id)} />
        <FilterChips selected={query.filter} />
        {labels.length > 0 && <Suspense><ChosenLabels selected={labels} /></Suspense>}
      </header>
      {list.isPending ? (
        <ListSkeleton />
      ) : list.isError && conversations.length === 0 ? (
        <Blank alert compact icon={IconPlugConnectedX} title={t('list.error')} hint={explain(list.error)}>
          <Button variant="light" loading={list.isFetching} onClick={() => void list.refetch()}>{t('app.retry')}</Button>
        </Blank>
      ) : conversations.length === 0 ? (
        <Nothing query={query} />
      ) : (
        <VirtualRows
          ref={rows} key={JSON.stringify(query)} conversations={conversations} matches={matches} selected={selected} me={me.user.id} accountShown={accounts.length > 1 && !query.account_id} onOpen={onOpen}
          more={list.hasNextPage && !list.isFetchNextPageError ? () => void list.fetchNextPage() : undefined} loadingMore={list.isFetchingNextPage}
          moreError={list.isFetchNextPageError ? () => void list.fetchNextPage() : undefined}
        />
      )}
    </section>
  );
});

function Nothing({ query }: { query: ListQuery }) {
  const { t } = useTranslation();
  if (query.q) return <Blank compact icon={IconSearchOff} title={t('list.empty_search', { query: query.q })} hint={t('list.empty_search_hint')} />;
  if (query.label_id) return <Blank compact icon={IconTagOff} title={t('list.empty_label')} hint={t('list.empty_label_hint')} />;
  const hint = query.filter === 'all' ? t('list.empty_all_hint') : query.filter === 'mine' ? t('list.empty_mine_hint') : query.filter === 'troubled' ? t('list.empty_troubled_hint') : undefined;
  return <Blank compact icon={FILTER_ICONS[query.filter]} title={t(`list.empty_${query.filter}`)} hint={hint} />;
}
