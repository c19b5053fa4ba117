import { Alert, Button, Loader, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../api/client.ts';
import type { RouteDetails, RouteWebhook } from '../../api/types.ts';
import { Loaded, Secret, useChange } from '../companies/parts.tsx';
import classes from '../companies/parts.module.css';
import own from './numbers.module.css';
import { carriersQuery, chainQuery, KEY } from './queries.ts';
import { nameOf, useWords } from './words.ts';

/** Where the carrier shall call, to be copied, and whether it does. */
export function WebhookBox({ line, route, webhook }: { line: string; route: Pick<RouteDetails, 'id' | 'account_type'>; webhook: RouteWebhook }) {
  const { t } = useTranslation();
  const words = useWords();
  const { data: kinds } = useQuery(carriersQuery);
  const { data: chain } = useQuery(chainQuery(line));
  const kind = kinds?.carriers.find((c) => c.account_type === route.account_type);
  const received = chain?.routes.find((r) => r.id === route.id)?.health.last_received_at ?? null;
  const subscribe = useChange(KEY, () => answer(api.POST('/api/accounts/{id}/routes/{route_id}/webhook', at({ id: line, route_id: route.id }))));
  const state = subscribe.data ?? webhook;
  return (
    <div className={classes.form}>
      {state.subscribed
        ? <Alert color="teal" variant="light" p="sm" role="status">{t('connect.subscribed', { carrier: words.kind(route.account_type) })}</Alert>
        : <Alert color="yellow" variant="light" p="sm" role="status" title={t('connect.not_subscribed', { carrier: words.kind(route.account_type) })}>{state.reason ?? t('connect.by_hand')}</Alert>}
      <p className={own.label}>{t('connect.address')}</p>
      <Secret value={state.url} label={t('connect.address')} />
      {kind?.verify_token && <><p className={own.label}>{t('connect.verify_token')}</p><Secret value={state.verify_token} label={t('connect.verify_token')} /></>}
      {kind?.webhook === 'automatic' && !state.subscribed && <Button variant="default" loading={subscribe.isPending} onClick={() => subscribe.mutate()}>{t('connect.subscribe', { carrier: words.kind(route.account_type) })}</Button>}
      <p className={own.listening} role="status">
        {received === null ? <><Loader size={14} aria-hidden />{t('connect.listening')}</> : <b>{t('connect.heard')}</b>}
      </p>
    </div>
  );
}

export function WebhookDialog({ line, route, onClose }: { line: string; route: RouteDetails; onClose: () => void }) {
  const { t } = useTranslation();
  const webhook = useQuery({ queryKey: [...KEY, 'webhook', route.id], queryFn: ({ signal }) => answer(api.GET('/api/accounts/{id}/routes/{route_id}/webhook', { ...at({ id: line, route_id: route.id }), signal })), staleTime: 0 });
  return (
    <Modal opened onClose={onClose} title={t('numbers.webhook_title', { name: nameOf(route) })} size={560} radius="lg" closeButtonProps={{ 'aria-label': t('app.close') }} transitionProps={{ duration: 120 }} classNames={{ title: classes.heading }}>
      <Loaded query={webhook}>{(found) => <WebhookBox line={line} route={route} webhook={found} />}</Loaded>
    </Modal>
  );
}
