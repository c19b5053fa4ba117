import { ActionIcon, Button } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { useLocale } from '../../i18n/index.ts';
import { useExplain } from '../../ui/explain.ts';
import { notify } from '../../ui/notify.ts';
import { fullTime } from '../../ui/format.ts';
import classes from '../companies/parts.module.css';
import own from './entry.module.css';

interface Props {
  id: string;
  at: string;
  title: ReactNode;
  subtitle?: ReactNode;
  /** Where it is tried again; absent where it cannot be. */
  replay?: { kind: 'failed-webhooks' | 'unrouted' | 'dead-letters'; replayedAt: string | null; queryKey: QueryKey };
  children: ReactNode;
}

/** A line that unfolds: when, what and why; details and content below. */
export function Entry({ id, at, title, subtitle, replay, children }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const explain = useExplain();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const again = useMutation({
    mutationFn: () => answer(api.POST(`/api/operations/${replay!.kind}/{id}/replay`, { params: { path: { id } } })),
    onSuccess: async ({ replayed }) => {
      // Where it went well, the line says so.
      if (!replayed) notify({ tone: 'warn', message: t(replay!.kind === 'unrouted' ? 'operations.not_connected' : 'operations.replay_not') });
      await client.invalidateQueries({ queryKey: replay!.queryKey });
    },
    onError: (error) => notify({ tone: 'bad', message: t('turn.failed', { reason: explain(error) }) }),
  });

  return (
    <article className={classes.entry} data-open={open || undefined} aria-label={id}>
      <div className={own.line}>
        <ActionIcon className={own.fold} onClick={() => setOpen(!open)} aria-expanded={open} aria-label={t(open ? 'operations.hide' : 'operations.show')}><IconChevronRight size={17} stroke={2} /></ActionIcon>
        <button type="button" className={`${classes.text} ${own.open}`} onClick={() => setOpen(!open)} tabIndex={-1}>
          <span className={classes.title}>{title}</span>
          {subtitle && <span className={classes.subtitle}>{subtitle}</span>}
        </button>
        <time className={classes.side} dateTime={at}>{fullTime(at, locale)}</time>
        {replay && (
          <span className={own.state}>
            {replay.replayedAt ? <span className={own.done} title={fullTime(replay.replayedAt, locale)}>{t('operations.replayed')}</span>
              : <Button size="compact-md" variant="default" loading={again.isPending} onClick={() => again.mutate()}>{t('operations.replay')}</Button>}
          </span>
        )}
      </div>
      {open && <div className={own.body}>{children}</div>}
    </article>
  );
}

/** Named values below an entry; absent ones are left out. */
export function Facts({ rows }: { rows: readonly (readonly [label: string, value: string | null | undefined])[] }) {
  return (
    <dl className={classes.facts}>
      {rows.map(([label, value]) => (value ? <div key={label}><dt>{label}</dt><dd>{value}</dd></div> : null))}
    </dl>
  );
}
