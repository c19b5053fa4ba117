import { Alert, Button } from '@mantine/core';
import { IconHistory, IconKey, IconPencil, IconPlayerPause, IconPlayerPlay, IconSend, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../api/client.ts';
import type { Subscription } from '../../api/types.ts';
import { useLocale } from '../../i18n/index.ts';
import { fullTime } from '../../ui/format.ts';
import type { MenuEntry } from '../../ui/menu-entry.ts';
import { notify } from '../../ui/notify.ts';
import { Dialog, Loaded, RowMenu, SecretDialog, Section, useChange } from '../companies/parts.tsx';
import classes from '../companies/parts.module.css';
import { KEY, oneQuery } from './queries.ts';
import { ReplayForm } from './replay-form.tsx';
import { StateTag } from './state-tag.tsx';
import { SubscriptionForm } from './subscription-form.tsx';
import { SubscriptionLog } from './subscription-log.tsx';
import own from './subscriptions.module.css';

export function SubscriptionDetail({ id }: { id: string }) {
  const one = useQuery(oneQuery(id));
  return <Loaded query={one}>{(subscription) => <Detail subscription={subscription} />}</Loaded>;
}

type Open = 'edit' | 'rotate' | 'replay' | 'remove';

function Detail({ subscription: s }: { subscription: Subscription }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [open, setOpen] = useState<Open>();
  const [secret, setSecret] = useState<string>();
  const close = (): void => setOpen(undefined);
  const test = useChange(KEY, () => answer(api.POST('/api/subscriptions/{id}/test', at({ id: s.id }))), {
    after: (answer) => notify(answer.outcome === 'delivered' ? { message: t('subscriptions.test_good', { ms: answer.duration_ms ?? 0 }) } : { tone: 'bad', message: t('subscriptions.test_bad', { reason: answer.error ?? '' }) }),
  });
  const turn = useChange(KEY, (status: 'active' | 'paused') => answer(api.PATCH('/api/subscriptions/{id}', { ...at({ id: s.id }), body: { status } })));
  const rotate = useChange(KEY, () => answer(api.POST('/api/subscriptions/{id}/rotate-secret', at({ id: s.id }))), {
    after: (made) => {
      close();
      setSecret(made.secret ?? undefined);
    },
  });
  const drop = useChange(KEY, () => answer(api.DELETE('/api/subscriptions/{id}', at({ id: s.id }))), {
    after: () => {
      client.removeQueries({ queryKey: oneQuery(s.id).queryKey });
      void navigate({ to: '/subscriptions/{-$subscriptionId}', params: { subscriptionId: undefined } });
    },
  });
  const entry = (key: Open, Mark: typeof IconKey, label: string): MenuEntry => ({ kind: 'item', key, icon: <Mark size={16} stroke={1.75} aria-hidden />, label, onClick: () => setOpen(key) });
  const facts: readonly (readonly [string, string | null])[] = [
    [t('subscriptions.url'), s.url], [t('subscriptions.exchange'), s.routing && `${s.routing.exchange} · ${s.routing.key}`],
    [t('subscriptions.events'), s.events ? s.events.join(', ') : t('subscriptions.all_events')],
    [t('subscriptions.waiting_label'), new Intl.NumberFormat(locale).format(s.waiting)],
    [t('subscriptions.old_secret'), s.previous_secret_until && fullTime(s.previous_secret_until, locale)], [t('subscriptions.id'), s.id],
  ];

  return (
    <Section>
      <div className={own.bar}>
        <h2 className={own.name}>{s.name}</h2>
        <StateTag subscription={s} />
        <span className={own.actions}>
          <Button size="compact-md" variant="default" leftSection={<IconSend size={16} stroke={1.75} aria-hidden />} loading={test.isPending} onClick={() => test.mutate()}>{t('subscriptions.test')}</Button>
          {s.status === 'active'
            ? <Button size="compact-md" variant="default" leftSection={<IconPlayerPause size={16} stroke={1.75} aria-hidden />} loading={turn.isPending} onClick={() => turn.mutate('paused')}>{t('subscriptions.pause')}</Button>
            : <Button size="compact-md" leftSection={<IconPlayerPlay size={16} stroke={1.75} aria-hidden />} loading={turn.isPending} onClick={() => turn.mutate('active')}>{t('subscriptions.resume')}</Button>}
          <RowMenu
            label={t('subscriptions.menu', { name: s.name })}
            entries={() => [
              entry('edit', IconPencil, t('subscriptions.edit')), entry('replay', IconHistory, t('subscriptions.replay')),
              ...(s.kind === 'http' ? [entry('rotate', IconKey, t('subscriptions.rotate'))] : []), { kind: 'divider', key: 'line' }, entry('remove', IconTrash, t('subscriptions.remove')),
            ]}
          />
        </span>
      </div>
      {s.status === 'disabled' && <Alert color="red" variant="light" p="sm" role="alert" title={t('subscriptions.disabled_title')}>{s.reason}</Alert>}
      {s.status === 'active' && s.failing_since && <Alert color="yellow" variant="light" p="sm" title={t('subscriptions.failing_title', { at: fullTime(s.failing_since, locale) })}>{s.last_error}</Alert>}
      <dl className={`${classes.facts} ${own.facts}`}>
        {facts.map(([label, value]) => (value ? <div key={label}><dt>{label}</dt><dd>{value}</dd></div> : null))}
      </dl>
      {/* While it is being removed its log is not asked for any more: it would not be found. */}
      {!drop.isPending && !drop.isSuccess && <SubscriptionLog id={s.id} />}

      {open === 'edit' && <SubscriptionForm subscription={s} rabbitmq={false} onClose={close} onMade={close} />}
      {open === 'replay' && <ReplayForm subscription={s} onClose={close} />}
      {open === 'rotate' && (
        <Dialog title={t('subscriptions.rotate')} submit={t('subscriptions.rotate_do')} onClose={close} onSubmit={() => rotate.mutate()} pending={rotate.isPending} error={rotate.error}>
          <p className={classes.note}>{t('subscriptions.rotate_note')}</p>
        </Dialog>
      )}
      {open === 'remove' && (
        <Dialog danger title={t('subscriptions.remove_name', { name: s.name })} submit={t('subscriptions.remove')} onClose={close} onSubmit={() => drop.mutate()} pending={drop.isPending} error={drop.error}>
          <p className={classes.note}>{t('subscriptions.remove_note')}</p>
        </Dialog>
      )}
      {secret !== undefined && <SecretDialog title={t('subscriptions.secret')} note={t('subscriptions.secret_note')} secret={secret} onClose={() => setSecret(undefined)} />}
    </Section>
  );
}
