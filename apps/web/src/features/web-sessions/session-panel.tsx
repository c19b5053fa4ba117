import { Alert, Button, Modal, Select } from '@mantine/core';
import { IconArrowsExchange, IconChevronRight, IconLink, IconPlayerPlay, IconPlayerStop, IconRefresh, IconUnlink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import type { SessionHost, WebSession } from '../../api/types.ts';
import { useLocale } from '../../i18n/index.ts';
import { fullTime, phoneNumber, shortTime } from '../../ui/format.ts';
import type { MenuEntry } from '../../ui/menu-entry.ts';
import { useNow } from '../../ui/use-now.ts';
import { Dialog, Loaded, RowMenu, useChange } from '../companies/parts.tsx';
import parts from '../companies/parts.module.css';
import { useMay } from '../session/me.ts';
import { LinkBox } from './link-box.tsx';
import { KEY, needsPhone, of, sessionQuery, stopped } from './queries.ts';
import { StatusTag } from './status-tag.tsx';
import classes from './web-sessions.module.css';

export const hostName = (host: Pick<SessionHost, 'hostname' | 'pid'>): string => `${host.hostname} · ${host.pid}`;
const megabytes = (bytes: number): string => `${Math.round(bytes / 1048576)} MB`;

/** The WhatsApp Web session of a number: how it stands, where it runs, what it went through, and what one can do with it. */
export function SessionPanel({ line, route, name }: { line: string; route: string; name: string }) {
  const session = useQuery(sessionQuery(line, route));
  return <Loaded query={session}>{(s) => <Panel line={line} route={route} name={name} s={s} />}</Loaded>;
}

/** An operator wanted it: nothing is wrong. */
const unlinkedHere = (code: string): boolean => code === 'logged_out' || code === 'by_us';
type Open = 'link' | 'move' | 'logout';

function Panel({ line, route, name, s }: { line: string; route: string; name: string; s: WebSession }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const now = useNow();
  const may = useMay()('whatsapp:admin');
  const [open, setOpen] = useState<Open>();
  const [to, setTo] = useState<string | null>(null);
  const close = (): void => setOpen(undefined);
  const body = { route_id: route };
  const restart = useChange(KEY, () => answer(api.POST('/api/accounts/{id}/session/restart', { ...of(line), body })));
  const stop = useChange(KEY, () => answer(api.POST('/api/accounts/{id}/session/stop', { ...of(line), body })));
  const start = useChange(KEY, () => answer(api.POST('/api/accounts/{id}/session', { ...of(line), body: { ...body, restart: false } })));
  const move = useChange(KEY, (host_id: string | null) => answer(api.POST('/api/accounts/{id}/session/move', { ...of(line), body: { ...body, ...(host_id && { host_id }) } })), { after: close });
  const logout = useChange(KEY, () => answer(api.DELETE('/api/accounts/{id}/session', { params: { path: { id: line }, query: body } })), { after: close });
  const item = (key: string, Mark: typeof IconLink, label: string, onClick: () => void): MenuEntry => ({ kind: 'item', key, icon: <Mark size={16} stroke={1.75} aria-hidden />, label, onClick });
  const ours = s.engine !== null;
  const others = s.hosts.filter((h) => h.id !== s.host?.id && !h.draining);
  const facts: readonly (readonly [string, string | null | false])[] = [
    [t('web_sessions.number'), s.phone_number && phoneNumber(s.phone_number)], [t('web_sessions.profile'), s.profile_name], [t('web_sessions.engine'), s.engine && `${s.engine}${s.sandbox ? ` · ${t('web_sessions.sandbox')}` : ''}`],
    [t('web_sessions.host'), s.host && hostName(s.host)], [t('web_sessions.memory'), s.host && s.host.rss_bytes > 0 && t('web_sessions.shared_memory', { memory: megabytes(s.host.rss_bytes), count: s.host.sessions })],
    [t('web_sessions.reconnects'), ours ? String(s.reconnects) : null], [t('web_sessions.active_since'), s.active_since && fullTime(s.active_since, locale)], [t('web_sessions.last_activity'), s.last_activity_at && shortTime(s.last_activity_at, locale, now)],
    [t('web_sessions.stored'), s.profile_stored_at && fullTime(s.profile_stored_at, locale)], [t('web_sessions.name'), s.name],
  ];
  const idle = stopped(s);
  return (
    <section className={classes.panel} aria-label={t('web_sessions.title')}>
      <div className={classes.head}>
        <StatusTag status={s.status} />
        {s.state_since && <small>{t('web_sessions.since', { time: shortTime(s.state_since, locale, now) })}</small>}
        {may && (
          <span className={classes.actions}>
            {needsPhone(s.status) && <Button size="compact-sm" leftSection={<IconLink size={15} stroke={1.75} aria-hidden />} onClick={() => setOpen('link')}>{t('web_sessions.link')}</Button>}
            {idle && !needsPhone(s.status) && <Button size="compact-sm" leftSection={<IconPlayerPlay size={15} stroke={1.75} aria-hidden />} loading={start.isPending} onClick={() => start.mutate()}>{t('web_sessions.start')}</Button>}
            {ours && (
              <RowMenu
                label={t('web_sessions.menu', { name })}
                entries={() => [
                  item('restart', IconRefresh, t('web_sessions.restart'), () => restart.mutate()),
                  ...(others.length > 0 ? [item('move', IconArrowsExchange, t('web_sessions.move'), () => setOpen('move'))] : []),
                  ...(idle ? [] : [item('stop', IconPlayerStop, t('web_sessions.stop'), () => stop.mutate())]),
                  { kind: 'divider' as const, key: 'line' }, item('logout', IconUnlink, t('web_sessions.log_out'), () => setOpen('logout')),
                ]}
              />
            )}
          </span>
        )}
      </div>
      {s.reason && s.status !== 'active' && <Alert className={classes.reason} color={s.status === 'error' || s.status === 'banned' || s.status === 'conflict' || (s.status === 'logged_out' && !unlinkedHere(s.reason.code)) ? 'red' : 'yellow'} variant="light" p="xs" title={t(`web_sessions.help_${s.status}`, { defaultValue: '' }) || undefined}>{s.reason.text}</Alert>}
      <dl className={parts.facts}>{facts.map(([label, value]) => (value ? <div key={label}><dt>{label}</dt><dd>{value}</dd></div> : null))}</dl>
      {s.log.length > 0 && (
        <details className={classes.log}>
          <summary><IconChevronRight size={14} stroke={1.75} aria-hidden />{t('web_sessions.log')}</summary>
          <ol>{s.log.map((entry, i) => <li key={`${entry.at} ${i}`}><time dateTime={entry.at}>{fullTime(entry.at, locale)}</time><StatusTag status={entry.status} /><span>{entry.text}{entry.code && <code>{entry.code}</code>}</span></li>)}</ol>
        </details>
      )}
      {open === 'link' && (
        <Modal opened onClose={close} title={t('web_sessions.link_title', { name })} size={440} radius="lg" closeButtonProps={{ 'aria-label': t('app.close') }} transitionProps={{ duration: 120 }} classNames={{ title: parts.heading }}>
          <LinkBox line={line} route={route} />
          <div className={parts.end}><Button variant="default" onClick={close}>{t('app.close')}</Button></div>
        </Modal>
      )}
      {open === 'move' && (
        <Dialog title={t('web_sessions.move_title', { name })} submit={t('web_sessions.move_do')} onClose={close} onSubmit={() => move.mutate(to)} pending={move.isPending} error={move.error}>
          <p className={parts.note}>{t('web_sessions.move_note')}</p>
          <Select label={t('web_sessions.host')} placeholder={t('web_sessions.emptiest')} clearable value={to} onChange={setTo} data={others.map((h) => ({ value: h.id, label: `${hostName(h)} · ${h.sessions}/${h.capacity}` }))} />
        </Dialog>
      )}
      {open === 'logout' && (
        <Dialog title={t('web_sessions.log_out_title', { name })} submit={t('web_sessions.log_out')} onClose={close} onSubmit={() => logout.mutate()} pending={logout.isPending} error={logout.error} danger>
          <p className={parts.note}>{t('web_sessions.log_out_note')}</p>
        </Dialog>
      )}
    </section>
  );
}
