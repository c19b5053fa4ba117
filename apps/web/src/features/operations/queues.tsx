import { Alert, Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconTrashX } from '@tabler/icons-react';
import type { Schema } from '@centralita/sdk';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { useLocale } from '../../i18n/index.ts';
import { notify } from '../../ui/notify.ts';
import { Dialog, Loaded, Section, Tag, useChange } from '../companies/parts.tsx';
import classes from '../companies/parts.module.css';
import { useMay } from '../session/me.ts';
import { History, Shares } from './queue-pictures.tsx';
import own from './queues.module.css';
import { useSamples, type Sample } from './use-samples.ts';

type Scope = Schema<'QueueStats'>['scope'];
type Queue = 'webhook' | 'message';
const KEY = ['operations', 'queues'] as const;
/** All companies are counted one by one: not as often. */
const EVERY_MS = { company: 2_000, platform: 5_000 } as const;
const SET_ASIDE = { webhook: 'failed-webhooks', message: 'dead-letters' } as const;

const statsQuery = (scope: Scope) => ({
  queryKey: [...KEY, scope], staleTime: 0, gcTime: 0, refetchInterval: EVERY_MS[scope],
  queryFn: ({ signal }: { signal: AbortSignal }) => answer(api.GET('/api/queue-monitor/stats', { params: { query: { scope } }, signal })),
});

/** Work on its way, as it is now: of one's company or, for who runs the installation, of all. */
export function Queues() {
  const { t } = useTranslation();
  const operator = useMay()('platform:admin');
  const [scope, setScope] = useState<Scope>(operator ? 'platform' : 'company');
  const choice = operator && (
    <SegmentedControl size="xs" aria-label={t('queues.scope')} value={scope} onChange={(value) => setScope(value === 'platform' ? 'platform' : 'company')} data={[{ value: 'platform', label: t('queues.platform') }, { value: 'company', label: t('queues.company') }]} />
  );
  return <Section hint={t('queues.hint')} action={choice}><Board key={scope} scope={scope} /></Section>;
}

function Board({ scope }: { scope: Scope }) {
  const { t } = useTranslation();
  const stats = useQuery(statsQuery(scope));
  const samples = useSamples(stats.data, stats.dataUpdatedAt);
  return (
    <Loaded query={stats}>
      {(now) => (
        <>
          <div className={own.board}>
            {(['webhook', 'message'] as const).map((queue) => <QueueCard key={queue} queue={queue} scope={scope} figures={now[queue]} paused={now.paused[queue]} samples={samples} />)}
          </div>
          <p className={classes.note}>{t('queues.deduplication', { count: now.deduplication.cachedMessages })}</p>
        </>
      )}
    </Loaded>
  );
}

interface CardProps {
  queue: Queue;
  scope: Scope;
  figures: Schema<'QueueFigures'>;
  paused: boolean;
  samples: readonly Sample[];
}

function QueueCard({ queue, scope, figures, paused, samples }: CardProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [clearing, setClearing] = useState(false);
  const turn = useChange(KEY, () => answer(api.POST(paused ? '/api/queue-monitor/resume' : '/api/queue-monitor/pause', { body: { queue, scope } })));
  const number = (value: number): string => value.toLocaleString(locale);
  const pending = figures.waiting + figures.active + figures.delayed;
  const pace = paceOf(samples, queue);
  const name = t(`queues.${queue}`);
  return (
    <section className={own.card} aria-label={name}>
      <div className={own.head}>
        <h2 className={own.name}>{name}</h2>
        {paused && <Tag tone="warn">{t('queues.paused')}</Tag>}
        <span className={own.actions}>
          <Button
            size="compact-md" variant={paused ? 'filled' : 'default'} loading={turn.isPending} onClick={() => turn.mutate()} aria-label={t(paused ? 'queues.resume_name' : 'queues.pause_name', { name })}
            leftSection={paused ? <IconPlayerPlay size={16} stroke={1.75} aria-hidden /> : <IconPlayerPause size={16} stroke={1.75} aria-hidden />}
          >
            {t(paused ? 'queues.resume' : 'queues.pause')}
          </Button>
          <Button size="compact-md" variant="default" disabled={pending === 0} leftSection={<IconTrashX size={16} stroke={1.75} aria-hidden />} aria-label={t('queues.clear_name', { name })} onClick={() => setClearing(true)}>{t('queues.clear')}</Button>
        </span>
      </div>
      {paused && <Alert color="yellow" variant="light" p="xs">{t(`queues.paused_${queue}`)}</Alert>}
      <div className={own.now}>
        <p className={own.pending}><b>{number(pending)}</b><span>{t('queues.pending')}</span></p>
        <History values={samples.map((s) => s[queue].pending)} label={t('queues.history', { name })} />
      </div>
      <Shares parts={[['active', figures.active], ['waiting', figures.waiting], ['delayed', figures.delayed]]} />
      <dl className={own.figures}>
        {(['active', 'waiting', 'delayed'] as const).map((what) => (
          <div key={what} data-what={what}><dt>{t(`queues.${what}`)}</dt><dd>{number(figures[what])}</dd></div>
        ))}
        <div><dt>{t('queues.completed')}</dt><dd>{number(figures.completed)}{pace !== null && pace > 0 && <small>{t('queues.pace', { count: pace, pace: pace.toLocaleString(locale, { maximumFractionDigits: 1 }) })}</small>}</dd></div>
        <div data-what={figures.failed > 0 ? 'failed' : undefined}>
          <dt>{t('queues.failed')}</dt>
          <dd>{number(figures.failed)}{figures.failed > 0 && <Link to="/operations" search={{ tab: SET_ASIDE[queue] }}>{t('queues.look')}</Link>}</dd>
        </div>
      </dl>
      {clearing && <Clear queue={queue} scope={scope} name={name} onClose={() => setClearing(false)} />}
    </section>
  );
}

/** Done per second while the page was looked at. */
function paceOf(samples: readonly Sample[], queue: Queue): number | null {
  const [first, last] = [samples[0], samples.at(-1)];
  return first && last && last.at > first.at ? ((last[queue].completed - first[queue].completed) * 1000) / (last.at - first.at) : null;
}

function Clear({ queue, scope, name, onClose }: { queue: Queue; scope: Scope; name: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const word = t('queues.word');
  const clear = useChange(KEY, () => answer(api.DELETE('/api/queue-monitor/clear', { params: { query: { queue, scope, confirm: 'true' } } })), {
    after: ({ cleared }) => {
      notify({ message: t('queues.cleared', { count: cleared[queue] }) });
      onClose();
    },
  });
  return (
    <Dialog danger title={t('queues.clear_title', { name })} submit={t('queues.clear')} onClose={onClose} onSubmit={() => clear.mutate()} pending={clear.isPending} error={clear.error} disabled={typed.trim().toLocaleUpperCase() !== word}>
      <p className={classes.note}>{t(`queues.clear_${queue}`)}</p>
      {scope === 'platform' && <Alert color="red" variant="light" p="xs">{t('queues.clear_platform')}</Alert>}
      <TextInput label={t('queues.type', { word })} data-autofocus autoComplete="off" spellCheck={false} value={typed} onChange={(e) => setTyped(e.currentTarget.value)} />
    </Dialog>
  );
}
