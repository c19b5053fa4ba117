import { Button } from '@mantine/core';
import { IconCircleCheck, IconRefresh } from '@tabler/icons-react';
import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Blank } from '../../ui/blank.tsx';
import { Pages, Section } from '../companies/parts.tsx';
import classes from '../companies/parts.module.css';

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
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetch(pageParam ?? undefined, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
  });
  const refresh = (
    <Button size="compact-md" variant="subtle" leftSection={<IconRefresh size={16} stroke={1.75} aria-hidden />} loading={list.isRefetching} onClick={() => void list.refetch()}>{t('operations.refresh')}</Button>
  );
  return (
    <Section hint={hint} action={refresh}>
      <Pages query={list} items={(page) => page.items} empty={<Blank icon={IconCircleCheck} title={empty} />}>
        {(items) => <ul className={classes.rows}>{items.map((item) => <li key={item.id}>{row(item)}</li>)}</ul>}
      </Pages>
    </Section>
  );
}
