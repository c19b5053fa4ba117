import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { answer, api, at } from '../../api/client.ts';
import type { Contact } from '../../api/types.ts';
import { notify } from '../../ui/notify.ts';
import { Dialog } from '../companies/parts.tsx';
import { keys } from '../inbox/live/apply.ts';
import own from './contacts.module.css';

/** Whoever erases writes whom. */
export function EraseDialog({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [typed, setTyped] = useState('');
  const word = contact.name ?? contact.phone_number ?? contact.id;
  const erase = useMutation({
    mutationFn: () => answer(api.POST('/api/contacts/{id}/erase', { ...at({ id: contact.id }), body: { confirm: contact.id } })),
    onSuccess: async (erased) => {
      notify({ message: t('contacts.erased_done', { count: erased.messages, files: erased.files }), stay: 8000 });
      onClose();
      await Promise.all([keys.contact(contact.id), keys.contacts, ['conversations'], ['messages']].map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  });
  return (
    <Dialog danger title={t('contacts.erase_title', { name: word })} submit={t('contacts.erase_do')} onClose={onClose} onSubmit={() => erase.mutate()} pending={erase.isPending} error={erase.error} disabled={typed.trim() !== word}>
      <p className={own.note}>{t('contacts.erase_note')}</p>
      <p className={own.note}><Trans i18nKey="contacts.erase_type" values={{ word }} components={{ b: <strong /> }} /></p>
      <TextInput aria-label={t('contacts.erase_word')} autoComplete="off" data-autofocus value={typed} onChange={(e) => setTyped(e.currentTarget.value)} />
    </Dialog>
  );
}
