import { Alert, Button, NumberInput, PasswordInput, TextInput } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import type { Schema } from '@centralita/sdk';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { useExplain } from '../../ui/explain.ts';
import { useMe } from '../session/me.ts';
import { Dialog, Loaded, Section, useChange } from './parts.tsx';
import classes from './parts.module.css';
import { iamQuery } from './queries.ts';

type Service = Schema<'IamService'>;
const KEY = iamQuery.queryKey;
const CACHE_SECONDS = 30;

/** Another system that says what the holder of a token may do; without one, what is set up here decides. */
export function Iam() {
  const { t } = useTranslation();
  const iam = useQuery(iamQuery);
  return <Section hint={t('iam.hint')}><Loaded query={iam}>{({ iam: service }) => <Form key={service?.url ?? ''} service={service} />}</Loaded></Section>;
}

function Form({ service }: { service: Service | null }) {
  const { t } = useTranslation();
  const [url, setUrl] = useState(service?.url ?? '');
  const [header, setHeader] = useState(service?.header_names[0] ?? 'Authorization');
  const [secret, setSecret] = useState('');
  const [seconds, setSeconds] = useState<number | string>(service?.cache_seconds ?? CACHE_SECONDS);
  const [open, setOpen] = useState<'test' | 'remove'>();
  const close = (): void => setOpen(undefined);
  // Left out, the headers that are kept for this address stay.
  const body = { url: url.trim(), ...(secret !== '' && { headers: { [header.trim()]: secret } }) };
  const save = useChange(KEY, () => answer(api.PUT('/api/company/iam', { body: { ...body, cache_seconds: Number(seconds) } })), { done: t('admin.saved'), after: () => setSecret('') });
  const remove = useChange(KEY, () => answer(api.DELETE('/api/company/iam')), { after: close });
  const kept = service !== null && service.header_names.length > 0 && service.url === body.url;
  return (
    <>
      <form
        className={`${classes.form} ${classes.narrow}`}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <p className={classes.note}>{t(service ? 'iam.in_use' : 'iam.none')}</p>
        <TextInput label={t('iam.url')} type="url" required withAsterisk={false} spellCheck={false} value={url} onChange={(e) => setUrl(e.currentTarget.value)} />
        <div className={classes.pair}>
          <TextInput label={t('iam.header')} required={secret !== ''} withAsterisk={false} maxLength={60} pattern="[A-Za-z0-9_\-]+" spellCheck={false} value={header} onChange={(e) => setHeader(e.currentTarget.value)} />
          <PasswordInput label={t('iam.secret')} autoComplete="off" maxLength={4000} placeholder={kept ? t('iam.secret_kept') : 'Bearer …'} visibilityToggleButtonProps={{ 'aria-label': t('login.show_password') }} value={secret} onChange={(e) => setSecret(e.currentTarget.value)} />
        </div>
        <NumberInput label={t('iam.cache')} description={t('iam.cache_hint')} inputWrapperOrder={['label', 'input', 'description']} min={0} max={3600} allowDecimal={false} value={seconds} onChange={setSeconds} />
        <div className={classes.end}>
          {service && <Button variant="subtle" color="red" onClick={() => setOpen('remove')}>{t('iam.remove')}</Button>}
          <Button variant="default" leftSection={<IconShieldCheck size={16} stroke={1.75} aria-hidden />} disabled={body.url === ''} onClick={() => setOpen('test')}>{t('iam.test')}</Button>
          <Button type="submit" loading={save.isPending} disabled={body.url === '' || seconds === ''}>{t('admin.save')}</Button>
        </div>
      </form>
      {open === 'test' && <Test body={body} onClose={close} />}
      {open === 'remove' && (
        <Dialog danger title={t('iam.remove_title')} submit={t('iam.remove')} onClose={close} onSubmit={() => remove.mutate()} pending={remove.isPending} error={remove.error}>
          <p className={classes.note}>{t('iam.remove_note')}</p>
        </Dialog>
      )}
    </>
  );
}

/** Asks as it would be asked for the holder of a token, and shows what it says. */
function Test({ body, onClose }: { body: { url: string; headers?: Record<string, string> }; onClose: () => void }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const me = useMe();
  const [question, setQuestion] = useState({ company_id: me.company.id, user_id: me.user.email, action: 'whatsapp:read' });
  const test = useMutation({ mutationFn: () => answer(api.POST('/api/company/iam/test', { body: { ...body, question } })) });
  const field = (name: keyof typeof question) => (
    <TextInput label={t(`iam.${name}`)} required withAsterisk={false} maxLength={100} spellCheck={false} value={question[name]} onChange={(e) => setQuestion({ ...question, [name]: e.currentTarget.value })} />
  );
  const said = test.data;
  return (
    <Dialog title={t('iam.test')} submit={t('iam.ask')} onClose={onClose} onSubmit={() => test.mutate()} pending={test.isPending} error={null}>
      <p className={classes.note}>{t('iam.test_note', { url: body.url })}</p>
      {field('user_id')}
      <div className={classes.pair}>{field('company_id')}{field('action')}</div>
      {test.error && <Alert color="red" variant="light" p="sm" role="alert">{explain(test.error)}</Alert>}
      {said && !test.isPending && (said.answer ? (
        <Alert color="teal" variant="light" p="sm" role="status" title={t(said.answer.allowed ? 'iam.allowed' : 'iam.refused', { ms: said.milliseconds })}>
          {[said.answer.context.role, said.answer.context.permissions.join(', '), said.answer.context.business_ids.join(', ')].filter(Boolean).join(' · ')}
        </Alert>
      ) : <Alert color="red" variant="light" p="sm" role="alert" title={t('iam.no_answer')}>{said.reason}</Alert>)}
    </Dialog>
  );
}
