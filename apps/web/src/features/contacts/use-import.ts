import type { Schema } from '@centralita/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { answer, api } from '../../api/client.ts';
import { keys } from '../inbox/live/apply.ts';
import { csvParts, type CsvPart } from './csv-parts.ts';

/** How far a file is. `stopped`: it can be gone on with, from where it was. */
export interface Import {
  state: 'running' | 'stopping' | 'stopped' | 'done';
  /** Rows. */
  total: number;
  done: number;
  created: number;
  changed: number;
  /** By line of the file. */
  errors: Schema<'ImportedContacts'>['errors'];
  /** Why it stopped by itself. */
  error: unknown;
}

/** Imports a file of contacts part after part. What was done stays done when it is stopped, or its dialog closed. */
export function useImport(): { progress: Import | undefined; start: (file: File) => void; goOn: () => void; stop: () => void } {
  const client = useQueryClient();
  const [progress, setProgress] = useState<Import>();
  const parts = useRef<readonly CsvPart[]>([]);
  const next = useRef(0);
  const wanted = useRef(true);
  useEffect(() => {
    wanted.current = true;
    return () => { wanted.current = false; };
  }, []);

  const goOn = async (): Promise<void> => {
    wanted.current = true;
    setProgress((p) => p && { ...p, state: 'running', error: undefined });
    let error: unknown;
    // One part at a time: a number that stands twice in the file is changed by its second row.
    for (let part = parts.current[next.current]; part && wanted.current && error === undefined; part = parts.current[next.current]) {
      const { text, rows, shift } = part;
      try {
        const told = await answer(api.POST('/api/contacts/import', { body: new Blob([text]), headers: { 'content-type': 'text/csv' } }));
        next.current += 1;
        setProgress((p) => p && {
          ...p, done: p.done + rows, created: p.created + told.created, changed: p.changed + told.changed, errors: [...p.errors, ...told.errors.map((e) => ({ ...e, line: e.line + shift }))],
        });
      } catch (reason) {
        error = reason;
      }
    }
    setProgress((p) => p && { ...p, state: next.current === parts.current.length ? 'done' : 'stopped', error });
    await client.invalidateQueries({ queryKey: keys.contacts });
  };
  const start = async (file: File): Promise<void> => {
    parts.current = csvParts(decode(await file.arrayBuffer()));
    next.current = 0;
    setProgress({ state: 'running', total: parts.current.reduce((n, p) => n + p.rows, 0), done: 0, created: 0, changed: 0, errors: [], error: undefined });
    await goOn();
  };
  return {
    progress,
    start: (file) => void start(file),
    goOn: () => void goOn(),
    stop: () => {
      wanted.current = false;
      setProgress((p) => p && { ...p, state: 'stopping' });
    },
  };
}

/** UTF-8, or what Excel means by plain CSV: read as UTF-8 without a word, every accent in that would be lost. */
function decode(file: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file);
  } catch {
    return new TextDecoder('windows-1252').decode(file);
  }
}
