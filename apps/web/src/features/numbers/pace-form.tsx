import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../api/client.ts';
import type { RouteDetails } from '../../api/types.ts';
import { Dialog } from '../companies/parts.tsx';
import { KEY } from './queries.ts';
import { nameOf } from './words.ts';

type Choice = 'carrier' | 'human' | 'plain';

/** As fast as the carrier takes it, or like a person with a phone. */
export function PaceForm({ line, route, onClose }: { line: string; route: RouteDetails; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [choice, setChoice] = useState<Choice>(route.pace.chosen ?? 'carrier');
  const [perDay, setPerDay] = useState<number | string>('');
  const [since, setSince] = useState(route.pace.number_since ?? '');
  const human = choice === 'human' || (choice === 'carrier' && route.pace.chosen === null && route.pace.mode === 'human');
  const save = useMutation({
    mutationFn: () => answer(api.PATCH('/api/accounts/{id}/routes/{route_id}', {
      ...at({ id: line, route_id: route.id }), body: { pace: choice === 'carrier' ? null : choice, ...(human && { ...(perDay !== '' && { per_day: Number(perDay) }), number_since: since === '' ? null : since }) },
    })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: KEY });
      onClose();
    },
  });
  return (
    <Dialog title={t('numbers.pace_title', { name: nameOf(route) })} submit={t('admin.save')} onClose={onClose} onSubmit={() => save.mutate()} pending={save.isPending} error={save.error}>
      <NativeSelect
        label={t('numbers.pace')} description={t(`numbers.pace_${choice}_hint`)} inputWrapperOrder={['label', 'input', 'description']} data-autofocus value={choice} onChange={(e) => setChoice(e.currentTarget.value as Choice)}
        data={(['carrier', 'human', 'plain'] as const).map((value) => ({ value, label: t(`numbers.pace_${value}`) }))}
      />
      {human && (
        <>
          <NumberInput label={t('numbers.per_day')} description={t('numbers.per_day_hint')} min={1} max={100_000} allowDecimal={false} placeholder={String(route.pace.per_day ?? '')} value={perDay} onChange={setPerDay} />
          <TextInput type="date" label={t('numbers.since')} description={t('numbers.since_hint')} value={since} onChange={(e) => setSince(e.currentTarget.value)} />
        </>
      )}
    </Dialog>
  );
}
