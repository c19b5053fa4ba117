import { Button } from '@mantine/core';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Subscription } from '../../api/types.ts';
import { Blank } from '../../ui/blank.tsx';
import { Loaded, SecretDialog, Section } from '../companies/parts.tsx';
import classes from '../companies/parts.module.css';
import { listQuery } from './queries.ts';
import { StateTag } from './state-tag.tsx';
import { SubscriptionForm } from './subscription-form.tsx';
import own from './subscriptions.module.css';

export function SubscriptionsList() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = useQuery(listQuery);
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<{ id: string; secret: string }>();
  const open = (id: string): void => void navigate({ to: '/subscriptions/{-$subscriptionId}', params: { subscriptionId: id } });
  return (
    <Section hint={t('subscriptions.hint')} action={<Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>{t('subscriptions.new')}</Button>}>
      <Loaded query={list}>
        {({ subscriptions }) => (subscriptions.length === 0 ? <Blank icon={IconWebhook} title={t('subscriptions.empty')} hint={t('subscriptions.empty_hint')} />
          : <ul className={classes.rows}>{subscriptions.map((s) => <Row key={s.id} subscription={s} />)}</ul>)}
      </Loaded>
      {making && (
        <SubscriptionForm
          rabbitmq={list.data?.rabbitmq_available ?? false} onClose={() => setMaking(false)}
          onMade={({ id, secret }) => {
            setMaking(false);
            if (secret === null) open(id);
            else setMade({ id, secret });
          }}
        />
      )}
      {made && <SecretDialog title={t('subscriptions.secret')} note={t('subscriptions.secret_note')} secret={made.secret} onClose={() => open(made.id)} />}
    </Section>
  );
}

function Row({ subscription: s }: { subscription: Subscription }) {
  const { t } = useTranslation();
  return (
    <li className={classes.row} data-off={s.status !== 'active' || undefined}>
      <Link to="/subscriptions/{-$subscriptionId}" params={{ subscriptionId: s.id }} className={`${classes.text} ${own.open}`}>
        <span className={classes.title}>{s.name}</span>
        <span className={classes.subtitle}>{s.url ?? s.routing?.exchange}</span>
      </Link>
      <StateTag subscription={s} />
      <span className={classes.side}>
        {s.events ? t('subscriptions.some_events', { count: s.events.length }) : t('subscriptions.all_events')}
        {s.waiting > 0 && <><br />{t('subscriptions.waiting', { count: s.waiting })}</>}
      </span>
    </li>
  );
}
