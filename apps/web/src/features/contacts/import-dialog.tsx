import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { Dialog } from '../companies/parts.tsx';
import { keys } from '../inbox/live/apply.ts';
import own from './contacts.module.css';

/** Errors shown; the rest is counted. */
const MOST_SHOWN = 50;

/** A file of contacts, and what became of its lines. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [file, setFile] = useState<File>();
  const send = useMutation({
    mutationFn: (body: File) => answer(api.POST('/api/contacts/import', { body, headers: { 'content-type': 'text/csv' } })),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.contacts }),
  });
  const done = send.data;
  return (
    <Dialog title={t('contacts.import')} submit={t(done ? 'app.close' : 'contacts.import_do')} onClose={onClose} onSubmit={() => (done ? onClose() : file && send.mutate(file))} pending={send.isPending} error={send.error} disabled={file === undefined}>
      <p className={own.note}>{t('contacts.import_note')}</p>
      {!done && <input type="file" accept=".csv,text/csv" aria-label={t('contacts.import_file')} data-autofocus onChange={(e) => setFile(e.currentTarget.files?.[0])} />}
      {done && <p className={own.note} role="status"><strong>{t('contacts.import_done', { created: done.created, changed: done.changed })}</strong></p>}
      {done && done.errors.length > 0 && (
        <>
          <p className={own.note}>{t('contacts.import_errors', { count: done.errors.length })}</p>
          <ul className={own.list}>{done.errors.slice(0, MOST_SHOWN).map((e) => <li key={e.line}><span className={own.kind}>{t('contacts.import_line', { line: e.line })}</span><span className={own.grow}>{e.detail}</span></li>)}</ul>
        </>
      )}
    </Dialog>
  );
}
