import { Button } from '@mantine/core';
import { IconChevronRight, IconListDetails } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../api/client.ts';
import type { SubscriptionLogEntry } from '../../api/types.ts';
import { useLocale } from '../../i18n/index.ts';
import { Blank } from '../../ui/blank.tsx';
import { fullTime } from '../../ui/format.ts';
import { notify } from '../../ui/notify.ts';
import { Pages, Tag, useChange } from '../companies/parts.tsx';
import classes from '../companies/parts.module.css';
import { KEY } from './queries.ts';
import own from './subscriptions.module.css';

/** Every try, newest first, and what was answered. */
export function SubscriptionLog({ id }: { id: string }) {
  const { t } = useTranslation();
  const log = useInfiniteQuery({
    queryKey: [...KEY, 'log', id],
    queryFn: ({ pageParam, signal }) => answer(api.GET('/api/subscriptions/{id}/log', { params: { path: { id }, query: { cursor: pageParam ?? undefined } }, signal })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
    refetchInterval: (query) => (query.state.data && query.state.data.pages.length > 1 ? false : 5000),
  });
  return (
    <section aria-label={t('subscriptions.log')} className={own.log}>
      <h3 className={own.heading}>{t('subscriptions.log')}</h3>
      <Pages query={log} items={(page) => page.entries} empty={<Blank compact icon={IconListDetails} title={t('subscriptions.log_empty')} hint={t('subscriptions.log_empty_hint')} />}>
        {(entries) => entries.map((entry) => <Entry key={entry.id} id={id} entry={entry} />)}
      </Pages>
    </section>
  );
}

const TONES = { delivered: undefined, acknowledged: undefined, awaiting_acknowledgement: undefined, unrouted: 'warn', failed: 'bad', given_up: 'bad' } as const;

function Entry({ id, entry: e }: { id: string; entry: SubscriptionLogEntry }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const replay = useChange(KEY, () => answer(api.POST('/api/subscriptions/{id}/replay', { ...at({ id }), body: { event_id: e.event_id } })), { after: ({ replayed }) => notify({ message: t('subscriptions.replayed', { count: replayed }) }) });
  const about = [e.attempt > 1 ? t('subscriptions.attempt', { count: e.attempt }) : '', e.status === null ? '' : String(e.status), e.duration_ms === null ? '' : `${e.duration_ms} ms`].filter(Boolean).join(' · ');
  return (
    <details className={classes.entry}>
      <summary>
        <IconChevronRight size={16} stroke={2} className={classes.fold} aria-hidden />
        <span className={classes.text}>
          <span className={classes.title}><code>{e.event_type}</code></span>
          <span className={classes.subtitle}>{e.error ?? about}</span>
        </span>
        <Tag tone={TONES[e.outcome]}>{t(`subscriptions.outcome_${e.outcome}`)}</Tag>
        <time className={classes.side} dateTime={e.created_at}>{fullTime(e.created_at, locale)}</time>
      </summary>
      <dl className={classes.facts}>
        {([[t('subscriptions.event_id'), e.event_id], [t('subscriptions.try'), about], [t('subscriptions.error'), e.error], [t('subscriptions.response'), e.response]] as const)
          .map(([label, value]) => (value ? <div key={label}><dt>{label}</dt><dd>{value}</dd></div> : null))}
      </dl>
      {e.event_type !== 'test' && <Button className={own.again} size="compact-md" variant="default" loading={replay.isPending} onClick={() => replay.mutate()}>{t('subscriptions.again')}</Button>}
    </details>
  );
}
