import { NativeSelect, NumberInput, SegmentedControl, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../api/client.ts';
import type { EventType, Subscription } from '../../api/types.ts';
import { CheckList, Dialog } from '../companies/parts.tsx';
import classes from '../companies/parts.module.css';
import { accountsQuery } from '../inbox/queries.ts';
import { EVENT_NAMES } from './event-names.ts';
import { KEY } from './queries.ts';

interface Props {
  /** Absent: a new one. */
  subscription?: Subscription;
  rabbitmq: boolean;
  onClose: () => void;
  onMade: (made: { id: string; secret: string | null }) => void;
}

/** What the company itself tells, by `POST /api/events`: such a type has a dot, which ours never have. */
const isOwn = (type: string): boolean => /^[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)+$/.test(type) && type.length <= 100;

const NUMBERS = ['timeout_seconds', 'retry_first_seconds', 'retry_max_seconds', 'retry_hours'] as const;
const DEFAULTS = { timeout_seconds: 10, retry_first_seconds: 5, retry_max_seconds: 3600, retry_hours: 24, acknowledge_seconds: 60 };

export function SubscriptionForm({ subscription: s, rabbitmq, onClose, onMade }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data: accounts = [] } = useQuery(accountsQuery);
  const [kind, setKind] = useState<'http' | 'rabbitmq'>(s?.kind ?? 'http');
  const [name, setName] = useState(s?.name ?? '');
  const [url, setUrl] = useState(s?.url ?? '');
  const [events, setEvents] = useState<string[]>(s?.events ?? []);
  const [own, setOwn] = useState(() => events.filter(isOwn).join(' '));
  const ownTypes = [...new Set(own.split(/[\s,;]+/).filter(Boolean))];
  const wrong = ownTypes.find((type) => !isOwn(type));
  const [only, setOnly] = useState<string[]>(s?.account_ids ?? []);
  const [explicit, setExplicit] = useState(s?.settings.acknowledgement === 'explicit');
  const [numbers, setNumbers] = useState<Record<keyof typeof DEFAULTS, number>>({ ...DEFAULTS, ...s?.settings });
  const save = useMutation({
    mutationFn: async () => {
      const wanted = [...events.filter((type) => !isOwn(type)), ...ownTypes];
      const common = {
        name: name.trim(), events: wanted.length === 0 ? null : wanted as EventType[], account_ids: only.length === 0 ? null : only,
        settings: { ...numbers, acknowledgement: explicit && kind === 'http' ? 'explicit' as const : 'response' as const },
      };
      if (s) return { ...await answer(api.PATCH('/api/subscriptions/{id}', { ...at({ id: s.id }), body: { ...common, ...(s.kind === 'http' && { url: url.trim() }) } })), secret: null };
      return answer(api.POST('/api/subscriptions', { body: kind === 'http' ? { kind, url: url.trim(), ...common } : { kind, ...common } }));
    },
    onSuccess: async (saved) => {
      await client.invalidateQueries({ queryKey: KEY });
      onMade(saved);
    },
  });
  const number = (field: keyof typeof DEFAULTS) => (
    <NumberInput key={field} label={t(`subscriptions.${field}`)} min={0} allowNegative={false} value={numbers[field]} onChange={(value) => setNumbers((all) => ({ ...all, [field]: Number(value) }))} />
  );

  return (
    <Dialog title={s ? s.name : t('subscriptions.new')} submit={t('admin.save')} onClose={onClose} onSubmit={() => save.mutate()} pending={save.isPending} error={save.error} disabled={wrong !== undefined}>
      {!s && rabbitmq && (
        <SegmentedControl aria-label={t('subscriptions.kind')} value={kind} onChange={(value) => setKind(value as typeof kind)} data={[{ value: 'http', label: t('subscriptions.kind_http') }, { value: 'rabbitmq', label: t('subscriptions.kind_rabbitmq') }]} />
      )}
      <TextInput label={t('subscriptions.name')} required withAsterisk={false} maxLength={100} data-autofocus value={name} onChange={(e) => setName(e.currentTarget.value)} />
      {kind === 'http' ? (
        <TextInput label={t('subscriptions.url')} description={t('subscriptions.url_hint')} inputWrapperOrder={['label', 'input', 'description']} type="url" required withAsterisk={false} value={url} onChange={(e) => setUrl(e.currentTarget.value)} />
      ) : <p className={classes.note}>{t('subscriptions.rabbitmq_note')}</p>}
      <CheckList legend={t('subscriptions.events')} options={EVENT_NAMES.map((value) => ({ value, label: t(`subscriptions.event_${value}`), hint: value }))} chosen={events} onChange={setEvents} />
      <TextInput
        label={t('subscriptions.own_events')} description={t('subscriptions.own_events_hint')} inputWrapperOrder={['label', 'input', 'error', 'description']} autoCapitalize="none" spellCheck={false}
        value={own} onChange={(e) => setOwn(e.currentTarget.value)} error={wrong && t('subscriptions.own_event_wrong', { type: wrong })}
      />
      {accounts.length > 1 && <CheckList legend={t('subscriptions.accounts')} options={accounts.map((a) => ({ value: a.id, label: a.name }))} chosen={only} onChange={setOnly} />}
      {kind === 'http' && (
        <NativeSelect
          label={t('subscriptions.acknowledgement')} value={explicit ? 'explicit' : 'response'} onChange={(e) => setExplicit(e.currentTarget.value === 'explicit')}
          data={[{ value: 'response', label: t('subscriptions.ack_response') }, { value: 'explicit', label: t('subscriptions.ack_explicit') }]}
        />
      )}
      {kind === 'http' && explicit && number('acknowledge_seconds')}
      {kind === 'http' && <div className={classes.pair}>{NUMBERS.map(number)}</div>}
    </Dialog>
  );
}
