import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import type { CompanyView } from '../../api/types.ts';
import { useLocale } from '../../i18n/index.ts';
import { LANGUAGE_CODES, LANGUAGES } from '../../i18n/language.ts';
import { meQuery, useMay } from '../session/me.ts';
import { Loaded, Section, useChange } from './parts.tsx';
import classes from './parts.module.css';
import { companyQuery } from './queries.ts';
import { TimezoneInput } from './timezone-input.tsx';

export function CompanyForm() {
  const company = useQuery(companyQuery);
  return <Section><Loaded query={company}>{(data) => <Form key={data.id} company={data} />}</Loaded></Section>;
}

function Form({ company }: { company: CompanyView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const mayChange = useMay()('company:manage');
  const [name, setName] = useState(company.name);
  const [timezone, setTimezone] = useState(company.timezone);
  const [locale, setLocale] = useState(company.locale);
  const save = useChange(['company'], () => answer(api.PATCH('/api/company', { body: { name: name.trim(), timezone: timezone.trim(), locale } })), {
    done: t('admin.saved'), after: () => void client.invalidateQueries({ queryKey: meQuery.queryKey }),
  });
  const same = name === company.name && timezone === company.timezone && locale === company.locale;
  const languages = LANGUAGE_CODES.map((value) => ({ value: value as string, label: LANGUAGES[value] as string }));
  return (
    <>
      <form
        className={`${classes.form} ${classes.narrow}`}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <TextInput mt={16} label={t('company.name')} required withAsterisk={false} maxLength={100} disabled={!mayChange} value={name} onChange={(e) => setName(e.currentTarget.value)} />
        <TimezoneInput disabled={!mayChange} value={timezone} onChange={setTimezone} />
        <NativeSelect
          label={t('company.language')} description={t('company.language_hint')} inputWrapperOrder={['label', 'input', 'description']} disabled={!mayChange} value={locale} onChange={(e) => setLocale(e.currentTarget.value)}
          data={languages.some((l) => l.value === company.locale) ? languages : [{ value: company.locale, label: company.locale }, ...languages]}
        />
        {mayChange && <div><Button type="submit" loading={save.isPending} disabled={same}>{t('admin.save')}</Button></div>}
      </form>
      <Figures company={company} />
    </>
  );
}

function Figures({ company: { usage, limits, id } }: { company: CompanyView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const number = (value: number): string => value.toLocaleString(locale);
  const of = (limit: number | null | undefined) => (limit === null || limit === undefined ? null : <small> {t('company.of', { limit: number(limit) })}</small>);
  return (
    <dl className={classes.figures}>
      <div><dt>{t('company.received_today')}</dt><dd>{number(usage.messages_in_today)}</dd></div>
      <div><dt>{t('company.sent_today')}</dt><dd>{number(usage.messages_out_today)}{of(limits.messages_per_day)}</dd></div>
      <div><dt>{t('company.users')}</dt><dd>{number(usage.users)}{of(limits.users)}</dd></div>
      {limits.requests_per_minute !== null && limits.requests_per_minute !== undefined && <div><dt>{t('company.pace')}</dt><dd>{number(limits.requests_per_minute)}</dd></div>}
      <div><dt>{t('company.id')}</dt><dd><small>{id}</small></dd></div>
    </dl>
  );
}
