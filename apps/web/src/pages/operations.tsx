import { ActionIcon } from '@mantine/core';
import { IconLock, IconMenu2 } from '@tabler/icons-react';
import { Link, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { DeadLetters } from '../features/operations/dead-letters.tsx';
import { FailedWebhooks } from '../features/operations/failed-webhooks.tsx';
import { Unrouted } from '../features/operations/unrouted.tsx';
import { useMay } from '../features/session/me.ts';
import { navOpen } from '../features/shell/shell-state.ts';
import { Blank } from '../ui/blank.tsx';
import classes from './operations.module.css';

const TABS = [['failed-webhooks', 'failed_webhooks'], ['unrouted', 'unrouted'], ['dead-letters', 'dead_letters']] as const;

export function OperationsPage() {
  const { t } = useTranslation();
  const allowed = useMay()('whatsapp:operate');
  const { tab = 'failed-webhooks' } = useSearch({ from: '/app/operations' });
  useEffect(() => {
    document.title = `${t('operations.title')} · ${t('app.name')}`;
  }, [t]);

  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div className={classes.titleRow}>
          <ActionIcon className={classes.menu} size={40} onClick={() => navOpen.set(true)} aria-label={t('app.menu')}><IconMenu2 size={20} stroke={1.75} /></ActionIcon>
          <h1 className={classes.title}>{t('operations.title')}</h1>
          <Link to="/inbox" className={classes.back}>{t('app.to_inbox')}</Link>
        </div>
        <p className={classes.lead}>{t('operations.lead')}</p>
        {allowed && (
          <nav className={classes.tabs} aria-label={t('operations.title')}>
            {TABS.map(([name, key]) => (
              <Link key={name} to="/operations" search={{ tab: name === 'failed-webhooks' ? undefined : name }} className={classes.tab} data-active={tab === name || undefined} aria-current={tab === name ? 'page' : undefined}>
                {t(`operations.${key}`)}
              </Link>
            ))}
          </nav>
        )}
      </header>
      {!allowed ? <Blank icon={IconLock} title={t('operations.forbidden')} />
        : tab === 'failed-webhooks' ? <FailedWebhooks />
        : tab === 'unrouted' ? <Unrouted />
        : <DeadLetters />}
    </div>
  );
}
