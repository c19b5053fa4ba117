import { ActionIcon } from '@mantine/core';
import { IconTag } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PopMenu } from '../../../ui/pop-menu.tsx';
import { LabelName } from '../../contacts/label-dots.tsx';
import { labelsQuery } from '../../contacts/queries.ts';
import classes from './list-filters.module.css';

/** As many as the API takes. */
const MOST = 10;

/** Puts a label into the address of the list, or takes it out. */
export function useToggle(selected: readonly string[]): (id: string) => void {
  const navigate = useNavigate();
  return (id) => {
    const next = selected.includes(id) ? selected.filter((one) => one !== id) : [...selected, id];
    void navigate({ to: '.', search: (s) => ({ ...s, label: next.length === 0 ? undefined : next.join(',') }) });
  };
}

/** Chooses labels that conversations must wear, all of them. */
export function LabelSelect({ selected }: { selected: readonly string[] }) {
  const { t } = useTranslation();
  const { data: labels = [] } = useQuery(labelsQuery);
  const toggle = useToggle(selected);
  return (
    <PopMenu
      place={{ position: 'bottom-end', width: 220 }}
      target={<ActionIcon size={32} className={classes.byLabel} data-active={selected.length > 0 || undefined} aria-label={t('list.by_label')} title={t('list.by_label')}><IconTag size={18} stroke={1.75} /></ActionIcon>}
      entries={() => (labels.length === 0 ? [{ kind: 'label', key: 'none', label: t('labels.none_defined') }] : labels.map((l) => ({
        kind: 'item', key: l.id, checked: selected.includes(l.id), disabled: selected.length >= MOST && !selected.includes(l.id), keepOpen: true, onClick: () => toggle(l.id), label: <LabelName label={l} />,
      })))}
    />
  );
}
