import { NativeSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../api/client.ts';
import type { Contact } from '../../api/types.ts';
import { Dialog, useChange } from '../companies/parts.tsx';
import { keys } from '../inbox/live/apply.ts';

const KINDS = ['phone', 'username', 'bsuid', 'lid'] as const;

export function AddressForm({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [kind, setKind] = useState<(typeof KINDS)[number]>('phone');
  const [value, setValue] = useState('');
  const save = useChange(keys.contacts, () => answer(api.POST('/api/contacts/{id}/addresses', { ...at({ id: contact.id }), body: { kind, value: value.trim() } })), {
    after: (saved) => {
      client.setQueryData(keys.contact(contact.id), saved);
      onClose();
    },
  });
  return (
    <Dialog title={t('contacts.address_add')} submit={t('admin.save')} onClose={onClose} onSubmit={() => save.mutate(undefined)} pending={save.isPending} error={save.error}>
      <NativeSelect label={t('contacts.address_kind')} value={kind} onChange={(e) => setKind(e.currentTarget.value as typeof kind)} data={KINDS.map((name) => ({ value: name, label: t(`details.${name}`) }))} />
      <TextInput label={t('contacts.value')} description={kind === 'phone' ? t('contacts.phone_hint') : undefined} inputWrapperOrder={['label', 'input', 'description']} required withAsterisk={false} maxLength={500} data-autofocus value={value} onChange={(e) => setValue(e.currentTarget.value)} />
    </Dialog>
  );
}
