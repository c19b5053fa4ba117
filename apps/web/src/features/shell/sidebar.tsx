import { IconAddressBook, IconBuildings, IconChevronRight, IconDeviceMobileCog, IconSettings, IconSettingsAutomation, IconTemplate, IconWebhook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FILTERS } from '../../api/types.ts';
import { Logo } from '../../ui/logo.tsx';
import { hueOf } from '../../ui/format.ts';
import { FILTER_ICONS } from '../inbox/filter-icons.ts';
import { accountsQuery, unreadQuery, waitingQuery } from '../inbox/queries.ts';
import { useMay, useMe } from '../session/me.ts';
import { UserMenu } from '../session/user-menu.tsx';
import classes from './sidebar.module.css';

/** Pages beside the inbox, and what opens them: any one of these. */
const PAGES = [
  ['/contacts/{-$contactId}', 'contacts', IconAddressBook, ['whatsapp:read']],
  ['/numbers/{-$lineId}', 'numbers', IconDeviceMobileCog, ['whatsapp:admin', 'whatsapp:operate']],
  ['/templates', 'templates', IconTemplate, ['whatsapp:admin', 'whatsapp:send_message']],
  ['/operations', 'operations', IconSettingsAutomation, ['whatsapp:operate']],
  ['/subscriptions/{-$subscriptionId}', 'subscriptions', IconWebhook, ['whatsapp:manage_subscriptions']],
  ['/settings/{-$section}', 'settings', IconSettings, ['company:manage', 'company:manage_users', 'company:manage_api_keys', 'company:read_audit', 'whatsapp:assign_conversations']],
  ['/platform/{-$section}', 'platform', IconBuildings, ['platform:admin']],
] as const;

export function Sidebar() {
  const { t } = useTranslation();
  const me = useMe();
  const may = useMay();
  const { filter = 'all', account, label } = useSearch({ strict: false });
  const inInbox = useRouterState({ select: (s) => s.location.pathname.startsWith('/inbox') });
  const { data: accounts = [] } = useQuery(accountsQuery);
  const { data: unread = 0 } = useQuery(unreadQuery);
  const { data: waiting } = useQuery(waitingQuery);
  const pages = PAGES.filter(([, , , any]) => any.some((permission) => may(permission)));

  return (
    <div className={classes.side}>
      <div className={classes.brand}>
        <Logo size={26} />
        <span className={classes.company} title={me.company.name}>{me.company.name}</span>
      </div>
      <nav className={classes.nav} aria-label={t('nav.views')}>
        {FILTERS.map((name) => {
          const Mark = FILTER_ICONS[name];
          const here = inInbox && filter === name;
          return (
            <Link key={name} to="/inbox" search={{ filter: name === 'all' ? undefined : name, account, label: inInbox ? label : undefined }} className={classes.item} data-active={here || undefined} aria-current={here ? 'page' : undefined}>
              <Mark size={17} stroke={1.75} aria-hidden />
              <span className={classes.text}>{t(`filter.${name}`)}</span>
              {name === 'unread' && unread > 0 && <span className={classes.count} aria-label={t('list.total_unread', { count: unread })}>{unread}</span>}
              {name === 'unassigned' && waiting !== undefined && waiting.count > 0 && (
                <span className={classes.count} data-waiting aria-label={t('list.total_waiting', { count: waiting.count })}>{waiting.more ? `${waiting.count - 1}+` : waiting.count}</span>
              )}
            </Link>
          );
        })}
      </nav>
      {accounts.length > 1 && (
        <nav className={classes.nav} aria-label={t('nav.accounts')}>
          <p className={classes.heading}>{t('nav.accounts')}</p>
          {[{ id: undefined, name: t('nav.all_accounts') }, ...accounts].map((a) => {
            const here = inInbox && account === a.id;
            return (
              <Link key={a.id ?? 'all'} to="/inbox" search={(s) => ({ ...s, q: undefined, account: a.id })} className={classes.item} data-active={here || undefined} aria-current={here ? 'true' : undefined}>
                <span className={classes.dot} data-all={a.id === undefined || undefined} style={a.id ? ({ '--hue': hueOf(a.id) } as React.CSSProperties) : undefined} aria-hidden />
                <span className={classes.text} title={a.name}>{a.name}</span>
              </Link>
            );
          })}
        </nav>
      )}
      <div className={classes.foot}>
        {pages.length > 0 && (
          <nav className={classes.nav} aria-label={t('nav.main')}>
            {pages.map(([to, name, Mark]) => (
              <Link key={to} to={to} params={{ section: undefined, lineId: undefined, contactId: undefined }} className={classes.item} activeProps={{ 'data-active': true }}>
                <Mark size={17} stroke={1.75} aria-hidden />
                <span className={classes.text}>{t(`nav.${name}`)}</span>
                <IconChevronRight size={14} stroke={1.75} className={classes.chevron} aria-hidden />
              </Link>
            ))}
          </nav>
        )}
        <UserMenu />
      </div>
    </div>
  );
}
