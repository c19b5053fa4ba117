import { IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Label } from '../../api/types.ts';
import { PopMenu } from '../../ui/pop-menu.tsx';
import { LabelName } from './label-dots.tsx';
import classes from './labels.module.css';
import { labelsQuery } from './queries.ts';

export function LabelChip({ label, onOff }: { label: Label; onOff?: () => void }) {
  const { t } = useTranslation();
  return (
    <span className={classes.chip} data-colour={label.colour}>
      <span title={label.name}>{label.name}</span>
      {onOff && <button type="button" className={classes.off} onClick={onOff} aria-label={t('labels.take_off', { name: label.name })}><IconX size={12} stroke={2.25} aria-hidden /></button>}
    </span>
  );
}

/** The labels something wears, with the way to put on more. */
export function LabelEditor({ worn, onToggle }: { worn: readonly Label[]; onToggle?: ((label: Label, on: boolean) => void) | undefined }) {
  const { t } = useTranslation();
  const { data: all = [] } = useQuery(labelsQuery);
  const has = new Set(worn.map((l) => l.id));
  return (
    <div className={classes.chips}>
      {worn.map((l) => <LabelChip key={l.id} label={l} onOff={onToggle && (() => onToggle(l, false))} />)}
      {worn.length === 0 && !onToggle && <span>{t('labels.none')}</span>}
      {onToggle && (
        <PopMenu
          place={{ position: 'bottom-start', width: 220 }}
          target={<button type="button" className={classes.add}><IconPlus size={13} stroke={2} aria-hidden />{t('labels.add')}</button>}
          entries={() => (all.length === 0 ? [{ kind: 'label', key: 'none', label: t('labels.none_defined') }] : all.map((l) => ({
            kind: 'item', key: l.id, checked: has.has(l.id), keepOpen: true, onClick: () => onToggle(l, !has.has(l.id)),
            label: <LabelName label={l} />,
          })))}
        />
      )}
    </div>
  );
}
