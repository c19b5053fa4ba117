import { IconArrowDown, IconArrowUp, IconChevronRight, IconPlayerPause, IconPlayerPlay, IconSend, IconStethoscope, IconTrash, IconUserBolt, IconWebhook } from '@tabler/icons-react';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../api/client.ts';
import type { RouteDetails } from '../../api/types.ts';
import { useLocale } from '../../i18n/index.ts';
import { fullTime, shortTime } from '../../ui/format.ts';
import type { MenuEntry } from '../../ui/menu-entry.ts';
import { notify } from '../../ui/notify.ts';
import { useNow } from '../../ui/use-now.ts';
import { Dialog, RowMenu, useChange } from '../companies/parts.tsx';
import classes from '../companies/parts.module.css';
import { useMay } from '../session/me.ts';
import { isWebSession } from '../web-sessions/queries.ts';
import { SessionPanel } from '../web-sessions/session-panel.tsx';
import own from './numbers.module.css';
import { PaceForm } from './pace-form.tsx';
import { KEY } from './queries.ts';
import { StateTag } from './state-tag.tsx';
import { TestForm } from './test-form.tsx';
import { WebhookDialog } from './webhook-box.tsx';
import { nameOf, useWords } from './words.ts';

type Open = 'test' | 'webhook' | 'pace' | 'remove';

/** One number of a line. */
export function RouteCard({ line, route, chain }: { line: string; route: RouteDetails; chain: readonly RouteDetails[] }) {
  const { t } = useTranslation();
  const words = useWords();
  const locale = useLocale();
  const now = useNow();
  const may = useMay()('whatsapp:admin');
  const [open, setOpen] = useState<Open>();
  const close = (): void => setOpen(undefined);
  const here = at({ id: line, route_id: route.id });
  const check = useChange(KEY, () => answer(api.POST('/api/accounts/{id}/routes/{route_id}/check', here)), {
    after: (answer) => notify(answer.ok ? { message: t('numbers.check_good') } : { tone: 'bad', message: t('numbers.check_bad', { reason: [answer.error?.title, answer.error?.detail].filter(Boolean).join(' ') }) }),
  });
  const turn = useChange(KEY, (status: 'active' | 'paused') => answer(api.PATCH('/api/accounts/{id}/routes/{route_id}', { ...here, body: { status } })));
  const order = useChange(KEY, (route_ids: string[]) => answer(api.PUT('/api/accounts/{id}/routes/order', { ...at({ id: line }), body: { route_ids } })));
  const drop = useChange(KEY, () => answer(api.DELETE('/api/accounts/{id}/routes/{route_id}', here)), { after: close });
  const moved = (by: number): string[] => {
    const ids = chain.map((r) => r.id).filter((id) => id !== route.id);
    ids.splice(route.position + by, 0, route.id);
    return ids;
  };
  const item = (key: string, Mark: typeof IconSend, label: string, onClick: () => void): MenuEntry => ({ kind: 'item', key, icon: <Mark size={16} stroke={1.75} aria-hidden />, label, onClick });
  const { health, last_24_hours: day, pace } = route;
  const time = (at: string | null): string => (at === null ? t('numbers.never') : shortTime(at, locale, now));
  const figures: readonly (readonly [string, string])[] = [
    [t('numbers.accepted'), String(day.accepted)], [t('numbers.failed'), String(day.refused + day.unknown + day.failed_later)], [t('numbers.waiting'), route.waiting >= 1000 ? '1000+' : String(route.waiting)],
    [t('numbers.last_received'), time(health.last_received_at)], [t('numbers.last_status'), time(health.last_status_at)],
  ];
  const facts: readonly (readonly [string, string | null])[] = [
    [t('numbers.checked'), health.checked_at && `${fullTime(health.checked_at, locale)}${health.check?.ok === false && health.check.error ? ` · ${health.check.error.title}` : ''}`],
    [t('numbers.webhook'), health.check?.webhook ? t(`numbers.webhook_${health.check.webhook.state}`) : null],
    [t('numbers.probe_at'), route.breaker && fullTime(route.breaker.next_probe_at, locale)],
    [t('numbers.last_error'), health.last_error && `${health.last_error.code} · ${health.last_error.title}${health.last_failed_at ? ` · ${fullTime(health.last_failed_at, locale)}` : ''}`],
    [t('numbers.pace'), pace.mode === 'human' ? t('numbers.pace_human_fact', { begun: pace.begun_last_24_hours ?? 0, most: pace.per_day ?? 0 }) : t('numbers.pace_plain_fact', { count: pace.per_second ?? 0 })],
    [t('numbers.sender_id'), route.sender_id], [t('numbers.id'), route.id],
  ];

  return (
    <li className={own.card} data-state={route.state} aria-label={nameOf(route)}>
      <div className={own.cardHead}>
        <span className={own.place} title={t('numbers.place', { place: route.position + 1 })}>{route.position + 1}</span>
        <span className={classes.text}>
          <span className={classes.title}>{nameOf(route)}</span>
          <span className={classes.subtitle}>{words.kind(route.account_type)}</span>
        </span>
        <StateTag state={route.state} />
        {may && (
          <span className={own.cardActions}>
            {route.status === 'active'
              ? <Button size="compact-sm" variant="default" leftSection={<IconSend size={15} stroke={1.75} aria-hidden />} onClick={() => setOpen('test')}>{t('numbers.test')}</Button>
              : <Button size="compact-sm" leftSection={<IconPlayerPlay size={15} stroke={1.75} aria-hidden />} loading={turn.isPending} onClick={() => turn.mutate('active')}>{t('numbers.resume')}</Button>}
            <RowMenu
              label={t('numbers.menu', { name: nameOf(route) })}
              entries={() => [
                item('check', IconStethoscope, t('numbers.check'), () => check.mutate()), item('webhook', IconWebhook, t('numbers.webhook_open'), () => setOpen('webhook')),
                item('pace', IconUserBolt, t('numbers.pace_open'), () => setOpen('pace')),
                ...(route.position > 0 ? [item('up', IconArrowUp, t('numbers.up'), () => order.mutate(moved(-1)))] : []),
                ...(route.position < chain.length - 1 ? [item('down', IconArrowDown, t('numbers.down'), () => order.mutate(moved(1)))] : []),
                ...(route.status === 'active' ? [item('pause', IconPlayerPause, t('numbers.pause'), () => turn.mutate('paused'))] : [item('test', IconSend, t('numbers.test'), () => setOpen('test'))]),
                { kind: 'divider', key: 'line' }, item('remove', IconTrash, t('numbers.remove'), () => setOpen('remove')),
              ]}
            />
          </span>
        )}
      </div>
      {route.problems.length > 0 && route.state !== 'waiting' && (
        <ul className={own.problems}>
          {route.problems.map((p) => <li key={p.code}><b>{words.problem(p.code)}</b>{p.detail && <span>{p.detail}</span>}</li>)}
        </ul>
      )}
      {isWebSession(route.account_type) && <SessionPanel line={line} route={route.id} name={nameOf(route)} />}
      <dl className={own.figures}>{figures.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
      <details className={own.more}>
        <summary><IconChevronRight size={14} stroke={1.75} className={own.fold} aria-hidden />{t('numbers.details')}</summary>
        <dl className={classes.facts}>{facts.map(([label, value]) => (value ? <div key={label}><dt>{label}</dt><dd>{value}</dd></div> : null))}</dl>
        {day.errors.length > 0 && (
          <table className={own.errors}>
            <caption>{t('numbers.errors')}</caption>
            <tbody>{day.errors.map((e) => <tr key={e.code}><td>{e.n}×</td><td>{e.title ?? e.code} <code>{e.code}</code></td><td>{shortTime(e.last_at, locale, now)}</td></tr>)}</tbody>
          </table>
        )}
      </details>
      {open === 'test' && <TestForm line={line} route={route} onClose={close} />}
      {open === 'webhook' && <WebhookDialog line={line} route={route} onClose={close} />}
      {open === 'pace' && <PaceForm line={line} route={route} onClose={close} />}
      {open === 'remove' && (
        <Dialog title={t('numbers.remove_title', { name: nameOf(route) })} submit={t('numbers.remove')} onClose={close} onSubmit={() => drop.mutate()} pending={drop.isPending} error={drop.error} danger>
          <p className={classes.note}>{t('numbers.remove_note')}</p>
        </Dialog>
      )}
    </li>
  );
}
