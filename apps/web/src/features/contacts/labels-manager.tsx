import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconPencil, IconPlus, IconTag, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../api/client.ts';
import type { Label } from '../../api/types.ts';
import { Blank } from '../../ui/blank.tsx';
import { Dialog, Loaded, RowMenu, Section, useChange } from '../companies/parts.tsx';
import classes from '../companies/parts.module.css';
import { keys } from '../inbox/live/apply.ts';
import own from './contacts.module.css';
import { LabelChip } from './label-chips.tsx';
import { labelsQuery } from './queries.ts';

const COLOURS = ['gray', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'violet', 'pink'] as const satisfies readonly Label['colour'][];

/** The words a company puts on conversations and contacts. */
export function LabelsManager() {
  const { t } = useTranslation();
  const labels = useQuery(labelsQuery);
  const [editing, setEditing] = useState<Label | 'new'>();
  const [dropping, setDropping] = useState<Label>();
  const drop = useChange(keys.labels, (id: string) => answer(api.DELETE('/api/labels/{id}', at({ id }))), { done: t('admin.saved'), after: () => setDropping(undefined) });
  return (
    <Section hint={t('labels_admin.hint')} action={<Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing('new')}>{t('labels_admin.new')}</Button>}>
      <Loaded query={labels}>
        {(list) => (list.length === 0 ? <Blank icon={IconTag} title={t('labels_admin.empty')} hint={t('labels_admin.empty_hint')} /> : (
          <ul className={classes.rows}>
            {list.map((l) => (
              <li key={l.id} className={classes.row}>
                <span className={classes.text}><span><LabelChip label={l} /></span></span>
                <RowMenu
                  label={t('people.menu', { name: l.name })}
                  entries={() => [
                    { kind: 'item', key: 'edit', icon: <IconPencil size={16} stroke={1.75} aria-hidden />, label: t('people.edit'), onClick: () => setEditing(l) },
                    { kind: 'item', key: 'drop', icon: <IconTrash size={16} stroke={1.75} aria-hidden />, label: t('labels_admin.remove'), onClick: () => setDropping(l) },
                  ]}
                />
              </li>
            ))}
          </ul>
        ))}
      </Loaded>
      {editing !== undefined && <LabelForm label={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
      {dropping && (
        <Dialog danger title={t('labels_admin.remove_title', { name: dropping.name })} submit={t('labels_admin.remove')} onClose={() => setDropping(undefined)} onSubmit={() => drop.mutate(dropping.id)} pending={drop.isPending} error={drop.error}>
          <p className={own.note}>{t('labels_admin.remove_note')}</p>
        </Dialog>
      )}
    </Section>
  );
}

function LabelForm({ label, onClose }: { label: Label | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(label?.name ?? '');
  const [colour, setColour] = useState<Label['colour']>(label?.colour ?? 'blue');
  const save = useChange(keys.labels, () => (label ? answer(api.PATCH('/api/labels/{id}', { ...at({ id: label.id }), body: { name: name.trim(), colour } })) : answer(api.POST('/api/labels', { body: { name: name.trim(), colour } }))), { after: onClose });
  return (
    <Dialog title={label ? label.name : t('labels_admin.new')} submit={t('admin.save')} onClose={onClose} onSubmit={() => save.mutate(undefined)} pending={save.isPending} error={save.error}>
      <TextInput label={t('contacts.name')} required withAsterisk={false} maxLength={50} data-autofocus value={name} onChange={(e) => setName(e.currentTarget.value)} />
      <NativeSelect label={t('labels_admin.colour')} value={colour} onChange={(e) => setColour(e.currentTarget.value as Label['colour'])} data={COLOURS.map((value) => ({ value, label: t(`labels_admin.${value}`) }))} />
      <span><LabelChip label={{ id: '', name: name || t('labels_admin.sample'), colour }} /></span>
    </Dialog>
  );
}
