import { Button, Loader, Modal, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Template } from '../../api/types.ts';
import { useExplain } from '../../ui/explain.ts';
import { isComplete, shownOf } from './filled.ts';
import { sendableQuery } from './queries.ts';
import { TemplateBubble } from './template-bubble.tsx';
import classes from './templates.module.css';

/** A template ready to go. `preview`: what the reader will see. */
export interface Picked {
  name: string;
  language: string;
  variables: Record<string, string>;
  preview: string;
}
interface Props {
  account: string;
  onClose: () => void;
  onPick: (picked: Picked) => void;
}

/** Chooses a template of the line, and fills it in. */
export function TemplatePicker({ account, onClose, onPick }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Template>();
  return (
    <Modal opened onClose={onClose} title={chosen?.name ?? t('template.pick')} size="md">
      {chosen ? <Fill template={chosen} onBack={() => setChosen(undefined)} onPick={onPick} /> : <Choose account={account} onChoose={setChosen} />}
    </Modal>
  );
}

function Choose({ account, onChoose }: { account: string; onChoose: (template: Template) => void }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const [name, setName] = useState('');
  const [asked] = useDebouncedValue(name.trim(), 250);
  const list = useQuery(sendableQuery(account, asked));
  // The numbers of a line may have the same: each is offered once.
  const offered = [...new Map((list.data?.templates ?? []).map((one) => [`${one.name} ${one.language}`, one])).values()];
  return (
    <>
      <TextInput data-autofocus aria-label={t('template.search')} placeholder={t('template.search')} leftSection={<IconSearch size={15} aria-hidden />} value={name} onChange={(e) => setName(e.currentTarget.value)} />
      {list.isPending && <Loader size={20} mt="md" aria-label={t('app.loading')} />}
      {list.isError && <p role="alert" className={classes.reason}>{explain(list.error)}</p>}
      {list.data && offered.length === 0 && <p className={classes.facts}>{t('template.none')}</p>}
      <ul className={classes.choices}>
        {offered.map((one) => (
          <li key={one.id}>
            <button type="button" className={classes.choice} onClick={() => onChoose(one)}>
              <span className={classes.name}>{one.name}</span> <span className={classes.facts}>{one.language}</span>
              <span className={classes.excerpt}>{one.text}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Fill({ template, onBack, onPick }: { template: Template; onBack: () => void; onPick: (picked: Picked) => void }) {
  const { t } = useTranslation();
  const [values, setValues] = useState<Record<string, string>>({});
  const label = (v: Template['variables'][number]): string => (v.where === 'header' ? t('template.header') : v.where === 'button' ? t('template.button', { n: v.name.replace('button_', '') }) : t('template.variable', { name: v.name }));
  return (
    <form
      className={classes.fill}
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete(template, values)) onPick({ name: template.name, language: template.language, variables: values, preview: shownOf(template, values).body });
      }}
    >
      {template.variables.map((v, i) => (
        <TextInput key={v.name} label={label(v)} description={v.kind === 'text' ? undefined : t(v.kind === 'location' ? 'template.location_hint' : 'template.file_hint')} placeholder={v.example ?? undefined} data-autofocus={i === 0 || undefined} maxLength={1024}
          value={values[v.name] ?? ''} onChange={(e) => setValues({ ...values, [v.name]: e.currentTarget.value })} />
      ))}
      <TemplateBubble template={template} values={values} />
      <div className={classes.end}>
        <Button variant="default" onClick={onBack}>{t('template.other')}</Button>
        <Button type="submit" disabled={!isComplete(template, values)}>{t('template.send')}</Button>
      </div>
    </form>
  );
}
