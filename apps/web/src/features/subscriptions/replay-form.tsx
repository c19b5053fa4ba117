import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { now } from '../../api/runtime.ts';
import { answer, api, at } from '../../api/client.ts';
import type { Subscription } from '../../api/types.ts';
import { notify } from '../../ui/notify.ts';
import { Dialog, useChange } from '../companies/parts.tsx';
import classes from '../companies/parts.module.css';
import { KEY } from './queries.ts';

const HOUR_MS = 3_600_000;
/** As an input of the browser wants it: local time without seconds. */
function local(ms: number): string {
  const date = new Date(ms);
  return new Date(ms - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** What happened in a time is sent again. */
export function ReplayForm({ subscription, onClose }: { subscription: Subscription; onClose: () => void }) {
  const { t } = useTranslation();
  const [from, setFrom] = useState(() => local(now() - HOUR_MS));
  const [to, setTo] = useState(() => local(now()));
  const replay = useChange(KEY, () => answer(api.POST('/api/subscriptions/{id}/replay', { ...at({ id: subscription.id }), body: { from: new Date(from).toISOString(), to: new Date(`${to}:59.999`).toISOString() } })), {
    after: ({ replayed }) => {
      notify({ message: t('subscriptions.replayed', { count: replayed }) });
      onClose();
    },
  });
  return (
    <Dialog title={t('subscriptions.replay')} submit={t('subscriptions.replay_do')} onClose={onClose} onSubmit={() => replay.mutate()} pending={replay.isPending} error={replay.error} disabled={from === '' || to === '' || from > to}>
      <p className={classes.note}>{t('subscriptions.replay_note')}</p>
      <div className={classes.pair}>
        <TextInput type="datetime-local" label={t('subscriptions.from')} required withAsterisk={false} value={from} onChange={(e) => setFrom(e.currentTarget.value)} />
        <TextInput type="datetime-local" label={t('subscriptions.to')} required withAsterisk={false} value={to} onChange={(e) => setTo(e.currentTarget.value)} />
      </div>
    </Dialog>
  );
}
