import { Button, TextInput } from '@mantine/core';
import { IconBuildingStore, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../api/client.ts';
import type { Business } from '../../api/types.ts';
import { Blank } from '../../ui/blank.tsx';
import { Dialog, Loaded, RowMenu, Section, useChange } from './parts.tsx';
import classes from './parts.module.css';
import { businessesQuery } from './queries.ts';

export function Businesses() {
  const { t } = useTranslation();
  const businesses = useQuery(businessesQuery);
  const [editing, setEditing] = useState<Business | 'new'>();
  const drop = useChange(['businesses'], (id: string) => answer(api.DELETE('/api/businesses/{id}', at({ id }))), { done: t('admin.saved') });
  return (
    <Section hint={t('businesses.hint')} action={<Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing('new')}>{t('businesses.new')}</Button>}>
      <Loaded query={businesses}>
        {(list) => (list.length === 0 ? <Blank icon={IconBuildingStore} title={t('businesses.empty')} hint={t('businesses.empty_hint')} /> : (
          <ul className={classes.rows}>
            {list.map((b) => (
              <li key={b.id} className={classes.row}>
                <span className={classes.text}>
                  <span className={classes.title}>{b.name}</span>
                  <span className={classes.subtitle}>{[b.external_id, b.id].filter(Boolean).join(' · ')}</span>
                </span>
                <RowMenu
                  label={t('people.menu', { name: b.name })}
                  entries={() => [
                    { kind: 'item', key: 'edit', icon: <IconPencil size={16} stroke={1.75} aria-hidden />, label: t('people.edit'), onClick: () => setEditing(b) },
                    { kind: 'item', key: 'drop', icon: <IconTrash size={16} stroke={1.75} aria-hidden />, label: t('businesses.remove'), onClick: () => drop.mutate(b.id) },
                  ]}
                />
              </li>
            ))}
          </ul>
        ))}
      </Loaded>
      {editing !== undefined && <BusinessForm business={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </Section>
  );
}

function BusinessForm({ business, onClose }: { business: Business | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState(business?.name ?? '');
  const [externalId, setExternalId] = useState(business?.external_id ?? '');
  const save = useMutation({
    mutationFn: () => {
      const body = { name: name.trim(), external_id: externalId.trim() || null };
      return business ? answer(api.PATCH('/api/businesses/{id}', { ...at({ id: business.id }), body })) : answer(api.POST('/api/businesses', { body }));
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['businesses'] });
      onClose();
    },
  });
  return (
    <Dialog title={business ? business.name : t('businesses.new')} submit={t('admin.save')} onClose={onClose} onSubmit={() => save.mutate()} pending={save.isPending} error={save.error}>
      <TextInput label={t('company.name')} required withAsterisk={false} maxLength={100} data-autofocus value={name} onChange={(e) => setName(e.currentTarget.value)} />
      <TextInput label={t('businesses.external_id')} description={t('businesses.external_id_hint')} inputWrapperOrder={['label', 'input', 'description']} maxLength={100} value={externalId} onChange={(e) => setExternalId(e.currentTarget.value)} />
    </Dialog>
  );
}
