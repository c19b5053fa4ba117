import { Loader, Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../../api/client.ts';
import type { Message, StatusStep } from '../../../api/types.ts';
import { fullTime } from '../../../ui/format.ts';
import classes from './status-mark.module.css';
import { useThread } from './thread-context.ts';

/** Every step a message took, in a box beside its ticks. */
export function StatusHistory({ message, target, onClose }: { message: Message; target: ReactElement; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Popover opened onChange={(open) => !open && onClose()} position="top-end" width={300} trapFocus returnFocus withinPortal>
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('status.history')}><History message={message} /></Popover.Dropdown>
    </Popover>
  );
}

function History({ message }: { message: Message }) {
  const { t } = useTranslation();
  const { locale } = useThread();
  // The status in the key: each step asks anew while the popover is open.
  const query = useQuery({ queryKey: ['statuses', message.id, message.status], queryFn: ({ signal }) => answer(api.GET('/api/messages/{id}/statuses', { ...at({ id: message.id }), signal })), staleTime: 0, placeholderData: (old) => old });
  return (
    <div className={classes.history} tabIndex={-1} data-autofocus>
      <p className={classes.title}>{t('status.history')}</p>
      {query.isPending ? <Loader size={18} aria-label={t('app.loading')} /> : query.isError && !query.data ? (
        <button type="button" className={classes.retry} onClick={() => void query.refetch()}>{t('status.history_error')} · {t('app.retry')}</button>
      ) : query.data?.statuses.length === 0 ? <p className={classes.empty}>{t('status.history_empty')}</p> : (
        <ol className={classes.steps}>
          {query.data?.statuses.map((step, i) => <Step key={`${step.at} ${step.status} ${i}`} step={step} locale={locale} />)}
        </ol>
      )}
    </div>
  );
}

const NAMED = new Set(['received', 'queued', 'sending', 'accepted', 'sent', 'delivered', 'read', 'played', 'failed', 'unknown', 'deleted', 'warning']);
type Named = Message['status'] | 'deleted' | 'warning';

function Step({ step, locale }: { step: StatusStep; locale: string }) {
  const { t } = useTranslation();
  const bad = step.status === 'failed' || step.status === 'unknown';
  return (
    <li className={classes.step} data-bad={bad || undefined}>
      <span className={classes.name}>{NAMED.has(step.status) ? t(`status.${step.status as Named}`) : step.status}</span>
      <time className={classes.at} dateTime={step.at}>{fullTime(step.at, locale)}</time>
      {(step.title || step.code) && <span className={classes.why}>{[step.title, step.code && t('trouble.code', { code: step.code })].filter(Boolean).join(' · ')}</span>}
      {step.detail && <span className={classes.why}>{step.detail}</span>}
    </li>
  );
}
