import { Alert, Button, NumberInput } from '@mantine/core';
import { IconAdjustments, IconDeviceMobileOff, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../api/client.ts';
import type { RouteList } from '../../api/types.ts';
import { Blank } from '../../ui/blank.tsx';
import { Dialog, Loaded, Section } from '../companies/parts.tsx';
import classes from '../companies/parts.module.css';
import { useMay } from '../session/me.ts';
import own from './numbers.module.css';
import { chainQuery, KEY, linesQuery } from './queries.ts';
import { RouteCard } from './route-card.tsx';
import { lineState, StateTag } from './state-tag.tsx';

/** One line: its numbers in the order of choice, how each does, and what one can do about it. */
export function LineDetail({ id }: { id: string }) {
  const { t } = useTranslation();
  const may = useMay()('whatsapp:admin');
  const chain = useQuery(chainQuery(id));
  const { data: lines } = useQuery(linesQuery);
  const navigate = useNavigate();
  const [fallback, setFallback] = useState(false);
  const line = lines?.accounts.find((a) => a.id === id);
  return (
    <Section>
      <Loaded query={chain}>
        {(list) => {
          const state = lineState(list.routes.map((r) => r.state));
          return (
            <>
              <div className={own.bar}>
                <h2 className={own.name}>{line?.name}</h2>
                <StateTag state={state} />
                {may && (
                  <span className={own.actions}>
                    <Button size="compact-md" variant="default" leftSection={<IconAdjustments size={16} stroke={1.75} aria-hidden />} onClick={() => setFallback(true)}>{t('numbers.fallback')}</Button>
                    <Button size="compact-md" leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />} onClick={() => void navigate({ to: '/numbers/{-$lineId}', params: { lineId: 'connect' }, search: { line: id } })}>{t('numbers.add')}</Button>
                  </span>
                )}
              </div>
              {state === 'down' && <Alert color="red" variant="light" p="sm" role="alert" title={t('numbers.line_down')}>{t('numbers.line_down_hint')}</Alert>}
              <p className={classes.note}>{t(list.routes.length > 1 ? 'numbers.order_hint' : 'numbers.single_hint', { errors: list.fallback_threshold_errors, seconds: list.fallback_cooldown_seconds })}</p>
              {list.routes.length === 0
                ? <Blank icon={IconDeviceMobileOff} title={t('numbers.no_routes')} hint={t('numbers.no_routes_hint')} />
                : <ol className={own.chain}>{list.routes.map((route) => <RouteCard key={route.id} line={id} route={route} chain={list.routes} />)}</ol>}
              {fallback && <FallbackForm id={id} list={list} onClose={() => setFallback(false)} />}
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}

function FallbackForm({ id, list, onClose }: { id: string; list: RouteList; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [errors, setErrors] = useState<number | string>(list.fallback_threshold_errors);
  const [seconds, setSeconds] = useState<number | string>(list.fallback_cooldown_seconds);
  const save = useMutation({
    mutationFn: () => answer(api.PUT('/api/accounts/{id}', { ...at({ id }), body: { fallback_threshold_errors: Number(errors), fallback_cooldown_seconds: Number(seconds) } })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: KEY });
      onClose();
    },
  });
  return (
    <Dialog title={t('numbers.fallback')} submit={t('admin.save')} onClose={onClose} onSubmit={() => save.mutate()} pending={save.isPending} error={save.error} disabled={errors === '' || seconds === ''}>
      <p className={classes.note}>{t('numbers.fallback_note')}</p>
      <NumberInput label={t('numbers.fallback_errors')} min={1} max={100} allowDecimal={false} value={errors} onChange={setErrors} data-autofocus />
      <NumberInput label={t('numbers.fallback_seconds')} min={1} max={86_400} allowDecimal={false} value={seconds} onChange={setSeconds} />
    </Dialog>
  );
}
