import { Alert, SegmentedControl, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../api/client.ts';
import type { RouteDetails, TestResult } from '../../api/types.ts';
import { Dialog } from '../companies/parts.tsx';
import classes from '../companies/parts.module.css';
import { nameOf } from './words.ts';

const ENDS = ['read', 'played', 'failed'];
const EVERY_MS = 1500;

/** A message by this number and no other; its ticks are shown as they come. */
export function TestForm({ line, route, onClose }: { line: string; route: RouteDetails; onClose: () => void }) {
  const { t } = useTranslation();
  const [phone, setPhone] = useState('');
  const [kind, setKind] = useState<'text' | 'template'>('text');
  const [text, setText] = useState(t('numbers.test_text'));
  const [template, setTemplate] = useState('hello_world');
  const [language, setLanguage] = useState('en_US');
  const send = useMutation({
    mutationFn: () => answer(api.POST('/api/accounts/{id}/routes/{route_id}/test', {
      ...at({ id: line, route_id: route.id }), body: { phone_number: phone.trim(), ...(kind === 'text' ? { text: text.trim() } : { template: { name: template.trim(), language: language.trim() } }) },
    })),
  });
  return (
    <Dialog title={t('numbers.test_title', { name: nameOf(route) })} submit={t('numbers.test_send')} onClose={onClose} onSubmit={() => send.mutate()} pending={send.isPending} error={send.error}>
      <p className={classes.note}>{t('numbers.test_note')}</p>
      <TextInput label={t('numbers.test_to')} type="tel" required withAsterisk={false} data-autofocus value={phone} onChange={(e) => setPhone(e.currentTarget.value)} />
      <SegmentedControl aria-label={t('numbers.test_kind')} value={kind} onChange={(value) => setKind(value === 'text' ? 'text' : 'template')} data={[{ value: 'text', label: t('numbers.test_as_text') }, { value: 'template', label: t('numbers.test_as_template') }]} />
      {kind === 'text'
        ? <TextInput label={t('numbers.test_words')} required withAsterisk={false} maxLength={1000} value={text} onChange={(e) => setText(e.currentTarget.value)} />
        : (
          <div className={classes.pair}>
            <TextInput label={t('numbers.test_template')} required withAsterisk={false} value={template} onChange={(e) => setTemplate(e.currentTarget.value)} />
            <TextInput label={t('numbers.test_language')} required withAsterisk={false} value={language} onChange={(e) => setLanguage(e.currentTarget.value)} />
          </div>
        )}
      {send.data && !send.isPending && <Outcome line={line} route={route} result={send.data} />}
    </Dialog>
  );
}

function Outcome({ line, route, result }: { line: string; route: RouteDetails; result: TestResult }) {
  const { t } = useTranslation();
  const id = result.whatsapp_message_id;
  const progress = useQuery({
    queryKey: ['numbers', 'test', route.id, id], enabled: id !== null, staleTime: 0,
    queryFn: ({ signal }) => answer(api.GET('/api/accounts/{id}/routes/{route_id}/test', { params: { path: { id: line, route_id: route.id }, query: { whatsapp_message_id: id ?? '' } }, signal })),
    refetchInterval: (query) => (query.state.data?.statuses.some((s) => ENDS.includes(s.status)) ? false : EVERY_MS),
  });
  const words = (error: TestResult['error']): string => (error ? `${[error.title, error.detail].filter(Boolean).join(' ')} (${error.code})` : '');
  if (id === null) return <Alert color="red" variant="light" p="sm" role="status" title={t('numbers.test_bad')}>{words(result.error)}</Alert>;
  const last = progress.data?.statuses.at(-1);
  if (last?.status === 'failed') return <Alert color="red" variant="light" p="sm" role="status" title={t('numbers.test_failed')}>{words(last.error)}</Alert>;
  return (
    <Alert color="teal" variant="light" p="sm" role="status" title={t('numbers.test_good', { ms: result.milliseconds })}>
      {last === undefined ? t('numbers.test_no_status') : last.status === 'sent' || last.status === 'delivered' || last.status === 'read' || last.status === 'played' ? t(`status.${last.status}`) : last.status}
    </Alert>
  );
}
