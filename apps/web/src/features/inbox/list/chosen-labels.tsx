import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { LabelChip } from '../../contacts/label-chips.tsx';
import { labelsQuery } from '../../contacts/queries.ts';
import { useToggle } from './label-filter.tsx';
import classes from './list-filters.module.css';

/** What the list is narrowed to. One whose label is gone says so: taking it out shows conversations again. */
export function ChosenLabels({ selected }: { selected: readonly string[] }) {
  const { t } = useTranslation();
  const { data: labels = [] } = useQuery(labelsQuery);
  const toggle = useToggle(selected);
  return (
    <div className={classes.chosen} role="group" aria-label={t('list.by_label')}>
      {selected.map((id) => <LabelChip key={id} label={labels.find((l) => l.id === id) ?? { id, name: t('labels.gone'), colour: 'gray' }} onOff={() => toggle(id)} />)}
    </div>
  );
}
