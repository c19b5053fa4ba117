import { ActionIcon, Button, Textarea } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../../api/client.ts';
import type { Note } from '../../../api/types.ts';
import { useExplain } from '../../../ui/explain.ts';
import { fullTime } from '../../../ui/format.ts';
import { notify } from '../../../ui/notify.ts';
import { useMay } from '../../session/me.ts';
import { keys } from '../live/apply.ts';
import { useThread } from '../thread/thread-context.ts';
import classes from './details.module.css';

/** What colleagues wrote about the conversation; the customer never sees it. */
export function Notes({ conversationId: id }: { conversationId: string }) {
  const { t } = useTranslation();
  const may = useMay()('whatsapp:handle_conversations');
  const notes = useInfiniteQuery({
    queryKey: keys.notes(id),
    queryFn: ({ pageParam, signal }) => answer(api.GET('/api/conversations/{id}/notes', { params: { path: { id }, query: { cursor: pageParam ?? undefined, limit: 20 } }, signal })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
  const list = notes.data?.pages.flatMap((page) => page.notes) ?? [];
  const add = useSave(id, (text: string) => answer(api.POST('/api/conversations/{id}/notes', { ...at({ id }), body: { text } })));
  return (
    <section className={classes.section} aria-label={t('notes.title')}>
      <h3 className={classes.heading}>{t('notes.title')}</h3>
      {may && <NoteForm key={list[0]?.id ?? 'first'} label={t('notes.write')} submit={t('notes.add')} pending={add.isPending} onSubmit={(text) => add.mutate(text)} />}
      {notes.isSuccess && list.length === 0 && !may && <p className={classes.quiet}>{t('notes.none')}</p>}
      <ul className={classes.notes}>{list.map((note) => <Entry key={note.id} note={note} />)}</ul>
      {notes.hasNextPage && <Button variant="subtle" size="compact-sm" loading={notes.isFetchingNextPage} onClick={() => void notes.fetchNextPage()}>{t('app.more')}</Button>}
    </section>
  );
}

function Entry({ note }: { note: Note }) {
  const { t } = useTranslation();
  const { locale, me } = useThread();
  const [editing, setEditing] = useState(false);
  const own = note.author.user_id === me;
  const where = at({ id: note.conversation_id, note: note.id });
  const save = useSave(note.conversation_id, (text: string) => answer(api.PATCH('/api/conversations/{id}/notes/{note}', { ...where, body: { text } })), () => setEditing(false));
  const drop = useSave(note.conversation_id, () => answer(api.DELETE('/api/conversations/{id}/notes/{note}', where)));
  if (editing) return <li><NoteForm label={t('notes.edit')} text={note.text} submit={t('notes.save')} pending={save.isPending} onSubmit={(text) => save.mutate(text)} onCancel={() => setEditing(false)} /></li>;
  return (
    <li>
      <p className={classes.noteText}>{note.text}</p>
      <p className={classes.noteBy}>
        <span>{own ? t('author.me') : note.author.name} · <time dateTime={note.created_at} title={note.edited_at ? t('notes.edited', { at: fullTime(note.edited_at, locale) }) : undefined}>{fullTime(note.created_at, locale)}</time></span>
        {own && <ActionIcon size={24} aria-label={t('notes.edit')} onClick={() => setEditing(true)}><IconPencil size={14} stroke={1.75} aria-hidden /></ActionIcon>}
        {own && <ActionIcon size={24} aria-label={t('notes.remove')} loading={drop.isPending} onClick={() => drop.mutate('')}><IconTrash size={14} stroke={1.75} aria-hidden /></ActionIcon>}
      </p>
    </li>
  );
}

interface FormProps {
  label: string;
  text?: string;
  submit: string;
  pending: boolean;
  onSubmit: (text: string) => void;
  onCancel?: () => void;
}

function NoteForm({ label, text: given = '', submit, pending, onSubmit, onCancel }: FormProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(given);
  return (
    <form
      className={classes.noteForm}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) onSubmit(text.trim());
      }}
    >
      <Textarea aria-label={label} placeholder={label} rows={2} maxLength={10_000} value={text} autoFocus={onCancel !== undefined} onChange={(e) => setText(e.currentTarget.value)} />
      {(text !== '' || onCancel) && (
        <div className={classes.noteEnd}>
          {onCancel && <Button size="compact-sm" variant="default" onClick={onCancel}>{t('notes.cancel')}</Button>}
          <Button size="compact-sm" type="submit" loading={pending} disabled={text.trim() === ''}>{submit}</Button>
        </div>
      )}
    </form>
  );
}

/** A change of notes; what went wrong is told. */
function useSave<R>(conversationId: string, change: (text: string) => Promise<R>, after?: () => void) {
  const explain = useExplain();
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      after?.();
      await client.invalidateQueries({ queryKey: keys.notes(conversationId) });
    },
    onError: (error) => notify({ tone: 'bad', message: explain(error) }),
  });
}
