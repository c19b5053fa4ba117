import { IconLock } from '@tabler/icons-react';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DeadLetters } from '../features/operations/dead-letters.tsx';
import { FailedWebhooks } from '../features/operations/failed-webhooks.tsx';
import { Queues } from '../features/operations/queues.tsx';
import { Unrouted } from '../features/operations/unrouted.tsx';
import { useMay } from '../features/session/me.ts';
import { navOpen } from '../features/shell/shell-state.ts';
import { Blank } from '../ui/blank.tsx';
import { TabPage, tabClass } from '../ui/tab-page.tsx';

const TABS = [['queues', 'queues'], ['failed-webhooks', 'failed_webhooks'], ['unrouted', 'unrouted'], ['dead-letters', 'dead_letters']] as const;

/** Work that waits, and what was set aside: why, and another try. */
export function OperationsPage() {
  const { t } = useTranslation();
  const allowed = useMay()('whatsapp:operate');
  const { tab = 'queues' } = useSearch({ from: '/app/operations' });
  const tabs = TABS.map(([name, key]) => (
    <Link key={name} to="/operations" search={{ tab: name === 'queues' ? undefined : name }} className={tabClass} data-active={tab === name || undefined} aria-current={tab === name ? 'page' : undefined}>{t(`operations.${key}`)}</Link>
  ));
  return (
    <TabPage title={t('operations.title')} lead={t('operations.lead')} onMenu={() => navOpen.set(true)} tabs={allowed && tabs}>
      {!allowed ? <Blank icon={IconLock} title={t('operations.forbidden')} />
        : tab === 'queues' ? <Queues />
        : tab === 'failed-webhooks' ? <FailedWebhooks />
        : tab === 'unrouted' ? <Unrouted />
        : <DeadLetters />}
    </TabPage>
  );
}
