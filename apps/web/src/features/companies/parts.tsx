import { ActionIcon, Alert, Button, Loader, Modal } from '@mantine/core';
import { IconCheck, IconCopy, IconDots, IconPlugConnectedX } from '@tabler/icons-react';
import { useMutation, useQueryClient, type InfiniteData, type QueryKey, type UseInfiniteQueryResult, type UseQueryResult } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../../api/runtime.ts';
import { Blank } from '../../ui/blank.tsx';
import { useExplain } from '../../ui/explain.ts';
import type { MenuEntry } from '../../ui/menu-entry.ts';
import { notify } from '../../ui/notify.ts';
import { PopMenu } from '../../ui/pop-menu.tsx';
import classes from './parts.module.css';

/** One part of a page: what it is, what one can begin here, and the list or form below. */
export function Section({ hint, action, children }: { hint?: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.section}>
      {(hint || action) && <div className={classes.bar}><p className={classes.hint}>{hint}</p>{action}</div>}
      {children}
    </section>
  );
}

/** What was asked for, once it is there; until then that it is awaited, or why it is not there. */
export function Loaded<T>({ query, children }: { query: UseQueryResult<T> | UseInfiniteQueryResult<T>; children: (data: T) => ReactNode }) {
  const { t } = useTranslation();
  const explain = useExplain();
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Blank alert icon={IconPlugConnectedX} title={t('admin.error')} hint={explain(query.error)}><Button variant="light" onClick={() => void query.refetch()}>{t('app.retry')}</Button></Blank>;
  return <div className={classes.waiting}><Loader size={22} aria-label={t('app.loading')} /></div>;
}

interface PagesProps<P, T> {
  query: UseInfiniteQueryResult<InfiniteData<P>>;
  items: (page: P) => readonly T[];
  /** Instead of the list while there is nothing. */
  empty: ReactNode;
  children: (items: T[]) => ReactNode;
}

/** The same for a list that comes a page at a time, with the way to more of it. */
export function Pages<P, T>({ query, items, empty, children }: PagesProps<P, T>) {
  const { t } = useTranslation();
  return (
    <Loaded query={query}>
      {({ pages }) => {
        const all = pages.flatMap(items);
        return (
          <>
            {all.length === 0 ? empty : children(all)}
            {query.hasNextPage && <Button className={classes.more} variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('app.more')}</Button>}
          </>
        );
      }}
    </Loaded>
  );
}

/** A change that the page's lists are read anew after; what went wrong is told. */
export function useChange<V, R>(key: QueryKey, change: (value: V) => Promise<R>, { done, after }: { done?: string; after?: (result: R) => void } = {}) {
  const { t } = useTranslation();
  const explain = useExplain();
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (result) => {
      after?.(result);
      if (done !== undefined) notify({ message: done });
      await client.invalidateQueries({ queryKey: key });
    },
    onError: (error) => notify({ tone: 'bad', message: t('turn.failed', { reason: explain(error) }) }),
  });
}

interface DialogProps {
  title: string;
  submit: string;
  onClose: () => void;
  onSubmit: () => void;
  pending: boolean;
  error: unknown;
  disabled?: boolean;
  danger?: boolean;
  children: ReactNode;
}

/** A form over the page: Enter sends it, Escape closes it, what was refused is said in it. */
export function Dialog({ title, submit, onClose, onSubmit, pending, error, disabled, danger, children }: DialogProps) {
  const { t } = useTranslation();
  const explain = useExplain();
  return (
    <Modal opened onClose={onClose} title={title} size={500} radius="lg" closeButtonProps={{ 'aria-label': t('app.close') }} transitionProps={{ duration: 120 }} classNames={{ title: classes.heading }}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {error !== null && error !== undefined && !pending && <Alert color="red" variant="light" p="xs" role="alert">{explain(error)}</Alert>}
        {children}
        <div className={classes.end}>
          <Button variant="default" onClick={onClose}>{t('admin.cancel')}</Button>
          <Button type="submit" loading={pending} disabled={disabled} color={danger ? 'red' : undefined}>{submit}</Button>
        </div>
      </form>
    </Modal>
  );
}

/** Something that is shown this one time, to be copied. */
export function SecretDialog({ title, note, secret, onClose }: { title: string; note: string; secret: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} title={title} size={560} radius="lg" closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('app.close') }} transitionProps={{ duration: 120 }} classNames={{ title: classes.heading }}>
      <div className={classes.form}>
        <p className={classes.note}>{note}</p>
        <Secret value={secret} label={title} />
        <div className={classes.end}><Button onClick={onClose}>{t('admin.kept')}</Button></div>
      </div>
    </Modal>
  );
}

export function Secret({ value, label }: { value: string; label: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  return (
    <div className={classes.secret}>
      <input readOnly value={value} aria-label={label} onFocus={(e) => e.currentTarget.select()} />
      <Button variant="light" data-autofocus leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />} onClick={() => void copyText(value).then(setCopied)}>
        {t(copied ? 'app.copied' : 'app.copy')}
      </Button>
    </div>
  );
}

export function RowMenu({ label, entries }: { label: string; entries: () => MenuEntry[] }) {
  return <PopMenu place={{ position: 'bottom-end', width: 230 }} entries={entries} target={<ActionIcon aria-label={label}><IconDots size={18} stroke={1.75} /></ActionIcon>} />;
}

export function Tag({ tone, children }: { tone?: 'warn' | 'bad'; children: ReactNode }) {
  return <span className={classes.tag} data-tone={tone}>{children}</span>;
}

interface CheckListProps {
  legend: string;
  options: readonly { value: string; label: string; hint?: string }[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** Any number of these. */
export function CheckList({ legend, options, chosen, onChange }: CheckListProps) {
  return (
    <fieldset className={classes.checks}>
      <legend>{legend}</legend>
      {options.map(({ value, label, hint }) => (
        <label key={value} className={classes.check}>
          <input type="checkbox" checked={chosen.includes(value)} onChange={(e) => onChange(e.currentTarget.checked ? [...chosen, value] : chosen.filter((other) => other !== value))} />
          <span>{label}{hint && <small>{hint}</small>}</span>
        </label>
      ))}
    </fieldset>
  );
}
