import { Button, Loader } from '@mantine/core';
import { IconCircleCheck, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';
import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Blank } from '../../ui/blank.tsx';
import { useExplain } from '../../ui/explain.ts';
import classes from './entry-list.module.css';

interface Props<T> {
  queryKey: QueryKey;
  fetch: (cursor: string | undefined, signal: AbortSignal) => Promise<{ items: T[]; next_cursor: string | null }>;
  hint: string;
  empty: string;
  row: (item: T) => ReactNode;
}

/** One list of operations: newest first, a page at a time. */
export function EntryList<T extends { id: string }>({ queryKey, fetch, hint, empty, row }: Props<T>) {
  const { t } = useTranslation();
  const explain = useExplain();
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetch(pageParam ?? undefined, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
  });
  const items = list.data?.pages.flatMap((p) => p.items) ?? [];

  return (
    <div className={classes.list}>
      <div className={classes.bar}>
        <p className={classes.hint}>{hint}</p>
        <Button size="compact-md" variant="subtle" leftSection={<IconRefresh size={16} stroke={1.75} aria-hidden />} loading={list.isRefetching} onClick={() => void list.refetch()}>{t('operations.refresh')}</Button>
      </div>
      {list.isPending ? (
        <div className={classes.waiting}><Loader size={22} aria-label={t('app.loading')} /></div>
      ) : list.isError && items.length === 0 ? (
        <Blank alert icon={IconPlugConnectedX} title={t('operations.error')} hint={explain(list.error)}><Button variant="light" onClick={() => void list.refetch()}>{t('app.retry')}</Button></Blank>
      ) : items.length === 0 ? (
        <Blank icon={IconCircleCheck} title={empty} />
      ) : (
        <>
          <ul className={classes.rows}>{items.map((item) => <li key={item.id}>{row(item)}</li>)}</ul>
          {list.hasNextPage && <Button className={classes.more} variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{t('app.more')}</Button>}
        </>
      )}
    </div>
  );
}
