import { Alert, Button, Loader, TextInput } from '@mantine/core';
import { IconCheck, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { useExplain } from '../../ui/explain.ts';
import { phoneNumber } from '../../ui/format.ts';
import { KEY, of, sessionQuery, stopped } from './queries.ts';
import { StatusTag } from './status-tag.tsx';
import classes from './web-sessions.module.css';

/** Live events bring every change; asked as well, for connections that bring none. */
const EVERY_MS = 2500;

/** Links a phone: the picture to scan as it changes, or a code to type; until the phone is linked. Starts the session when it is not running. */
export function LinkBox({ line, route }: { line: string; route: string }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const client = useQueryClient();
  const { data: s, error } = useQuery(sessionQuery(line, route, EVERY_MS));
  const [byCode, setByCode] = useState(false);
  const [phone, setPhone] = useState('');
  const start = useMutation({
    mutationFn: (phone_number: string | undefined) => answer(api.POST('/api/accounts/{id}/session', { ...of(line), body: { route_id: route, restart: false, ...(phone_number !== undefined && { phone_number }) } })),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
  const begun = useRef(false);
  const { mutate } = start;
  useEffect(() => {
    if (begun.current || !s || !(stopped(s) || s.status === 'created')) return;
    begun.current = true;
    mutate(undefined);
  }, [s, mutate]);

  if (s?.status === 'active') {
    return (
      <div className={classes.linked} role="status">
        <IconCheck size={30} stroke={2} aria-hidden />
        <b>{t('web_sessions.linked')}</b>
        <span>{[s.phone_number && phoneNumber(s.phone_number), s.profile_name].filter(Boolean).join(' · ')}</span>
      </div>
    );
  }
  const failed = error ?? start.error;
  return (
    <div className={classes.link}>
      {failed !== null && <Alert color="red" variant="light" p="sm" role="alert">{explain(failed)}</Alert>}
      {s && stopped(s) && !start.isPending && begun.current && (
        <Alert color="yellow" variant="light" p="sm" title={t(`web_sessions.help_${s.status}`, { defaultValue: '' }) || undefined}>
          {s.reason?.text}
          <Button mt={8} size="compact-sm" variant="default" leftSection={<IconRefresh size={15} aria-hidden />} onClick={() => start.mutate(undefined)}>{t('web_sessions.again')}</Button>
        </Alert>
      )}
      {byCode ? (
        <form
          className={classes.code}
          onSubmit={(event) => {
            event.preventDefault();
            start.mutate(phone);
          }}
        >
          <TextInput label={t('web_sessions.phone')} description={t('web_sessions.phone_hint')} type="tel" inputMode="tel" autoComplete="tel" value={phone} onChange={(e) => setPhone(e.currentTarget.value)} data-autofocus />
          <Button type="submit" loading={start.isPending} disabled={phone.replaceAll(/\D/g, '').length < 8}>{t('web_sessions.get_code')}</Button>
          {s?.pairing_code && <output aria-label={t('web_sessions.code')}>{s.pairing_code.replace(/^(.{4})(.{4})$/, '$1-$2')}</output>}
          {s?.pairing_code && <p>{t('web_sessions.code_steps')}</p>}
        </form>
      ) : (
        <>
          <div className={classes.picture}>
            {s?.qr_picture ? <img src={s.qr_picture} width={256} height={256} alt={t('web_sessions.picture')} data-qr={s.qr ?? undefined} /> : <Loader size={30} aria-label={t('app.loading')} />}
          </div>
          <p>{s && !s.qr_picture && s.status !== 'waiting_qr' ? <StatusTag status={s.status} /> : t('web_sessions.steps')}</p>
          {s?.sandbox && <p>{t('web_sessions.sandbox_hint')}</p>}
        </>
      )}
      <Button variant="subtle" size="compact-sm" onClick={() => setByCode(!byCode)}>{t(byCode ? 'web_sessions.by_picture' : 'web_sessions.by_code')}</Button>
    </div>
  );
}
