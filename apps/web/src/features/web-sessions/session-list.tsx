import { IconDeviceMobileOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../i18n/index.ts';
import { Blank } from '../../ui/blank.tsx';
import { phoneNumber, shortTime } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import { Loaded, Section } from '../companies/parts.tsx';
import parts from '../companies/parts.module.css';
import { allQuery } from './queries.ts';
import { hostName } from './session-panel.tsx';
import { StatusTag } from './status-tag.tsx';
import classes from './web-sessions.module.css';

/** Every phone that is linked through WhatsApp Web, and the hosts that run them. */
export function SessionList() {
  const { t } = useTranslation();
  const locale = useLocale();
  const now = useNow();
  const all = useQuery(allQuery);
  return (
    <Section hint={t('web_sessions.hint')}>
      <Loaded query={all}>
        {({ sessions, hosts }) => (sessions.length === 0 ? <Blank icon={IconDeviceMobileOff} title={t('web_sessions.empty')} hint={t('web_sessions.empty_hint')} /> : (
          <>
            <ul className={parts.rows}>
              {sessions.map((s) => (
                <li key={s.session_id} className={parts.row}>
                  <Link to="/numbers/{-$lineId}" params={{ lineId: s.account_id }} className={`${parts.text} ${classes.open}`}>
                    <span className={parts.title}>{s.phone_number ? phoneNumber(s.phone_number) : s.name}</span>
                    <span className={parts.subtitle}>{[s.profile_name, s.engine, s.host && hostName(s.host), s.reason?.text].filter(Boolean).join(' · ')}</span>
                  </Link>
                  <StatusTag status={s.status} />
                  <span className={parts.side}>{s.last_activity_at ? shortTime(s.last_activity_at, locale, now) : ''}</span>
                </li>
              ))}
            </ul>
            {hosts.length > 0 && (
              <section className={classes.hosts} aria-label={t('web_sessions.hosts')}>
                <h2>{t('web_sessions.hosts')}</h2>
                <ul>
                  {hosts.map((h) => (
                    <li key={h.id}>
                      <b>{hostName(h)}</b>
                      <small>{[h.engine, h.sandbox && t('web_sessions.sandbox'), h.draining && t('web_sessions.draining')].filter(Boolean).join(' · ')}</small>
                      <meter min={0} max={h.capacity} value={h.sessions} aria-label={t('web_sessions.load')} />
                      <span>{t('web_sessions.host_figures', { count: h.sessions, capacity: h.capacity, memory: h.rss_bytes > 0 ? Math.round(h.rss_bytes / 1048576) : '–' })}</span>
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </>
        ))}
      </Loaded>
    </Section>
  );
}
