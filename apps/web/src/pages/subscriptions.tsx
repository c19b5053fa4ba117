import { IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../features/session/me.ts';
import { navOpen } from '../features/shell/shell-state.ts';
import { listQuery } from '../features/subscriptions/queries.ts';
import { SubscriptionDetail } from '../features/subscriptions/subscription-detail.tsx';
import { SubscriptionsList } from '../features/subscriptions/subscription-list.tsx';
import { Blank } from '../ui/blank.tsx';
import { TabPage, tabClass } from '../ui/tab-page.tsx';

/** Where events are sent: all of them, or one with its log. */
export function SubscriptionsPage() {
  const { t } = useTranslation();
  const allowed = useMay()('whatsapp:manage_subscriptions');
  const { subscriptionId } = useParams({ strict: false });
  const { data } = useQuery({ ...listQuery, enabled: allowed });
  const here = data?.subscriptions.find((s) => s.id === subscriptionId);
  const tab = (id: string | undefined, label: string) => (
    <Link key={id ?? 'all'} to="/subscriptions/{-$subscriptionId}" params={{ subscriptionId: id }} className={tabClass} data-active={id === subscriptionId || undefined} aria-current={id === subscriptionId ? 'page' : undefined}>{label}</Link>
  );
  return (
    <TabPage title={t('subscriptions.title')} lead={t('subscriptions.lead')} onMenu={() => navOpen.set(true)} tabs={allowed && [tab(undefined, t('subscriptions.all')), here && tab(here.id, here.name)]}>
      {!allowed ? <Blank icon={IconLock} title={t('admin.forbidden')} /> : subscriptionId === undefined ? <SubscriptionsList /> : <SubscriptionDetail key={subscriptionId} id={subscriptionId} />}
    </TabPage>
  );
}
