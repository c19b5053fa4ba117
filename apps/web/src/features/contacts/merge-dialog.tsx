import { TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../api/client.ts';
import type { Contact } from '../../api/types.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { phoneNumber } from '../../ui/format.ts';
import { notify } from '../../ui/notify.ts';
import { Dialog } from '../companies/parts.tsx';
import { keys } from '../inbox/live/apply.ts';
import own from './contacts.module.css';
import { contactsQuery } from './queries.ts';

/** Which other contact is the same person. */
export function MergeDialog({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [q, setQ] = useState('');
  const [other, setOther] = useState<string>();
  const wanted = q.trim() || undefined;
  const found = useInfiniteQuery({ ...contactsQuery({ q: wanted }), enabled: wanted !== undefined });
  const people = wanted === undefined ? [] : (found.data?.pages.flatMap((page) => page.contacts) ?? []).filter((c) => c.id !== contact.id);
  const merge = useMutation({
    mutationFn: (contact_id: string) => answer(api.POST('/api/contacts/{id}/merge', { ...at({ id: contact.id }), body: { contact_id } })),
    onSuccess: async (merged) => {
      client.setQueryData(keys.contact(contact.id), merged);
      notify({ message: t('contacts.merged') });
      onClose();
      await Promise.all([client.invalidateQueries({ queryKey: keys.contacts }), client.invalidateQueries({ queryKey: keys.contact(contact.id) }), client.invalidateQueries({ queryKey: ['conversations'] })]);
    },
  });
  const name = (c: Contact): string => c.name ?? c.phone_number ?? t('list.unnamed');
  return (
    <Dialog title={t('contacts.merge_title', { name: name(contact) })} submit={t('contacts.merge_do')} onClose={onClose} onSubmit={() => other && merge.mutate(other)} pending={merge.isPending} error={merge.error} disabled={other === undefined}>
      <p className={own.note}>{t('contacts.merge_note')}</p>
      <TextInput type="search" label={t('contacts.merge_search')} maxLength={200} data-autofocus value={q} onChange={(e) => { setQ(e.currentTarget.value); setOther(undefined); }} />
      {wanted !== undefined && !found.isPending && people.length === 0 && <p className={own.none}>{t('contacts.none_found')}</p>}
      {people.length > 0 && (
        <fieldset className={own.found} aria-label={t('contacts.merge_search')}>
          {people.slice(0, 20).map((c) => (
            <label key={c.id}>
              <input type="radio" name="other" checked={other === c.id} onChange={() => setOther(c.id)} />
              <Avatar id={c.id} name={c.name} size={30} />
              <span className={own.grow}>{name(c)}<small>{c.phone_number ? phoneNumber(c.phone_number) : c.addresses[0]?.value}</small></span>
            </label>
          ))}
        </fieldset>
      )}
    </Dialog>
  );
}
