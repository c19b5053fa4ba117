import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../api/client.ts';
import type { Contact } from '../../api/types.ts';
import { Dialog } from '../companies/parts.tsx';
import { keys } from '../inbox/live/apply.ts';
import own from './contacts.module.css';

interface Field {
  readonly key: number;
  readonly name: string;
  readonly value: string;
}

/** A new contact, or what is known about one. */
export function ContactForm({ contact, onClose, onSaved }: { contact?: Contact; onClose: () => void; onSaved?: (contact: Contact) => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState(contact?.name ?? '');
  const [phone, setPhone] = useState('');
  const [language, setLanguage] = useState(contact?.language ?? '');
  const [fields, setFields] = useState<Field[]>(Object.entries(contact?.fields ?? {}).map(([field, value], key) => ({ key, name: field, value: String(value) })));
  const save = useMutation({
    mutationFn: () => {
      const wanted = fieldsOf(fields);
      if (!contact) return answer(api.POST('/api/contacts', { body: { name: name.trim() || undefined, phone_number: phone.trim(), language: language.trim() || undefined, fields: wanted } }));
      // A value that was not touched keeps its kind: a number stays one.
      const kept = Object.fromEntries(Object.entries(wanted).filter(([field, value]) => String(contact.fields[field] ?? '') !== value));
      const gone = Object.fromEntries(Object.keys(contact.fields).filter((field) => !(field in wanted)).map((field) => [field, null]));
      const renamed = name.trim() !== (contact.name ?? '');
      return answer(api.PATCH('/api/contacts/{id}', { ...at({ id: contact.id }), body: { ...(renamed && { name: name.trim() || null }), language: language.trim() || null, fields: { ...kept, ...gone } } }));
    },
    onSuccess: async (saved) => {
      client.setQueryData(keys.contact(saved.id), saved);
      await client.invalidateQueries({ queryKey: keys.contacts });
      onClose();
      onSaved?.(saved);
    },
  });
  const change = (key: number, part: Partial<Field>): void => setFields((all) => all.map((f) => (f.key === key ? { ...f, ...part } : f)));
  return (
    <Dialog title={t(contact ? 'contacts.edit' : 'contacts.new')} submit={t('admin.save')} onClose={onClose} onSubmit={() => save.mutate()} pending={save.isPending} error={save.error}>
      <TextInput label={t('contacts.name')} description={contact?.named_by === 'agent' ? t('contacts.name_hint') : undefined} inputWrapperOrder={['label', 'input', 'description']} maxLength={200} data-autofocus value={name} onChange={(e) => setName(e.currentTarget.value)} />
      {!contact && <TextInput label={t('contacts.phone')} description={t('contacts.phone_hint')} inputWrapperOrder={['label', 'input', 'description']} type="tel" required withAsterisk={false} maxLength={40} value={phone} onChange={(e) => setPhone(e.currentTarget.value)} />}
      <TextInput label={t('contacts.language')} description={t('contacts.language_hint')} inputWrapperOrder={['label', 'input', 'description']} maxLength={30} value={language} onChange={(e) => setLanguage(e.currentTarget.value)} />
      {fields.map((f) => (
        <div key={f.key} className={own.field}>
          <TextInput aria-label={t('contacts.field_name')} placeholder={t('contacts.field_name')} maxLength={63} value={f.name} onChange={(e) => change(f.key, { name: e.currentTarget.value })} />
          <TextInput aria-label={t('contacts.field_value', { name: f.name })} placeholder={t('contacts.value')} maxLength={1000} value={f.value} onChange={(e) => change(f.key, { value: e.currentTarget.value })} />
          <ActionIcon aria-label={t('contacts.field_drop', { name: f.name })} onClick={() => setFields((all) => all.filter((other) => other.key !== f.key))}><IconTrash size={16} stroke={1.75} aria-hidden /></ActionIcon>
        </div>
      ))}
      <div><Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setFields((all) => [...all, { key: (all.at(-1)?.key ?? -1) + 1, name: '', value: '' }])}>{t('contacts.field_add')}</Button></div>
    </Dialog>
  );
}

const fieldsOf = (fields: readonly Field[]): Record<string, string> => Object.fromEntries(fields.filter((f) => f.name.trim() !== '' && f.value.trim() !== '').map((f) => [f.name.trim(), f.value.trim()]));
