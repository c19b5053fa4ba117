import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../companies/parts.tsx';
import own from './contacts.module.css';
import { type Import, useImport } from './use-import.ts';

/** Errors shown; the rest is counted. */
const MOST_SHOWN = 200;

/** A file of contacts, how far it is, and what became of its lines. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File>();
  const { progress, start, goOn, stop } = useImport();
  const state = progress?.state ?? 'none';
  // Nothing of it was taken: another file can be chosen.
  const choosing = progress === undefined || (state === 'stopped' && progress.done === 0);
  const begin = (): void => {
    if (file) start(file);
    setFile(undefined);
  };
  const act = { none: begin, running: stop, stopping: () => {}, stopped: () => (choosing ? begin() : goOn()), done: onClose }[state];
  const word = { none: 'contacts.import_do', running: 'contacts.import_stop', stopping: 'contacts.import_stop', stopped: choosing ? 'contacts.import_do' : 'contacts.import_go_on', done: 'app.close' } as const;
  return (
    <Dialog title={t('contacts.import')} submit={t(word[state])} onClose={onClose} onSubmit={act} pending={state === 'stopping'} error={progress?.error} disabled={choosing && file === undefined}>
      <p className={own.note}>{t('contacts.import_note')}</p>
      {choosing && <input type="file" accept=".csv,text/csv" aria-label={t('contacts.import_file')} data-autofocus onChange={(e) => setFile(e.currentTarget.files?.[0])} />}
      {!choosing && progress && <Progress of={progress} />}
    </Dialog>
  );
}

function Progress({ of: { state, total, done, created, changed, errors } }: { of: Import }) {
  const { t, i18n } = useTranslation();
  const number = (n: number): string => n.toLocaleString(i18n.language);
  const rows = t('contacts.import_rows', { done: number(done), total: number(total) });
  const over = state === 'done' || state === 'stopped';
  return (
    <>
      <div className={own.progress}>
        <progress aria-label={t('contacts.import')} max={total} value={done} />
        <span>{rows}</span>
      </div>
      <p className={own.note} role={over ? 'status' : undefined}>
        {state === 'stopped' && `${t('contacts.import_stopped')} `}
        <strong>{t('contacts.import_done', { created: number(created), changed: number(changed) })}</strong>
      </p>
      {errors.length > 0 && (
        <>
          <p className={own.note}>{t('contacts.import_errors', { count: errors.length })}</p>
          <ul className={own.refused}>{errors.slice(0, MOST_SHOWN).map((e) => <li key={e.line}><span className={own.kind}>{t('contacts.import_line', { line: e.line })}</span><span className={own.grow}>{e.detail}</span></li>)}</ul>
          {errors.length > MOST_SHOWN && <p className={own.note}>{t('contacts.import_more', { count: errors.length - MOST_SHOWN })}</p>}
        </>
      )}
    </>
  );
}
