import { TextInput } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

/** A zone of the IANA list, which the browser knows; typing narrows it down. */
export function TimezoneInput({ value, onChange, disabled }: { value: string; onChange: (value: string) => void; disabled?: boolean }) {
  const { t } = useTranslation();
  const list = useId();
  return (
    <>
      <TextInput label={t('company.timezone')} required withAsterisk={false} disabled={disabled} list={list} autoComplete="off" spellCheck={false} value={value} onChange={(e) => onChange(e.currentTarget.value)} />
      <datalist id={list}>{Intl.supportedValuesOf('timeZone').map((zone) => <option key={zone} value={zone} />)}</datalist>
    </>
  );
}
