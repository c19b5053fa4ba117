import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconAddressBook, IconDownload, IconPlus, IconSearch, IconUpload } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { now } from '../../api/runtime.ts';
import type { Contact } from '../../api/types.ts';
import { useLocale } from '../../i18n/index.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Blank } from '../../ui/blank.tsx';
import { phoneNumber, shortTime } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import { Pages, RowMenu, Section } from '../companies/parts.tsx';
import classes from '../companies/parts.module.css';
import { useMay } from '../session/me.ts';
import { ContactForm } from './contact-form.tsx';
import own from './contacts.module.css';
import { ImportDialog } from './import-dialog.tsx';
import { LabelChip } from './label-chips.tsx';
import { contactsQuery, labelsQuery, type ContactsAsked } from './queries.ts';

/** By when something was last said, in days. `quiet`: nothing since then. */
export const ACTIVITY = { week: 7, month: 30, quiet_month: 30, quiet_quarter: 90 } as const;
export type Activity = keyof typeof ACTIVITY;
export interface ContactsSearch {
  q?: string | undefined;
  label?: string | undefined;
  active?: Activity | undefined;
}
/** Typing is looked up after this pause. */
const PAUSE_MS = 250;
const DAY_MS = 86_400_000;

/** The beginning of the day counts, so that the same question is asked until tomorrow. */
function askedOf({ q, label, active }: ContactsSearch): ContactsAsked {
  const day = active && new Date(Math.floor(now() / DAY_MS) * DAY_MS - ACTIVITY[active] * DAY_MS).toISOString();
  return { q, label_id: label, ...(day && (active.startsWith('quiet') ? { active_to: day } : { active_from: day })) };
}

export function ContactList({ search }: { search: ContactsSearch }) {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const asked = askedOf(search);
  const list = useInfiniteQuery(contactsQuery(asked));
  const { data: labels = [] } = useQuery(labelsQuery);
  const [adding, setAdding] = useState(false);
  const [importing, setImporting] = useState(false);
  const look = (change: Partial<ContactsSearch>): void => void navigate({ to: '.', search: (s) => ({ ...s, ...change }), replace: true });
  const narrowed = search.q !== undefined || search.label !== undefined || search.active !== undefined;
  const manages = may('whatsapp:manage_contacts');
  const file = `/api/contacts/export?${new URLSearchParams(Object.entries(asked).filter((e): e is [string, string] => e[1] !== undefined)).toString()}`;

  return (
    <Section>
      <div className={own.bar}>
        <SearchField value={search.q ?? ''} onChange={(q) => look({ q: q || undefined })} />
        <NativeSelect aria-label={t('contacts.by_label')} value={search.label ?? ''} onChange={(e) => look({ label: e.currentTarget.value || undefined })} data={[{ value: '', label: t('contacts.any_label') }, ...labels.map((l) => ({ value: l.id, label: l.name }))]} />
        <NativeSelect
          aria-label={t('contacts.by_activity')} value={search.active ?? ''} onChange={(e) => look({ active: (e.currentTarget.value || undefined) as Activity | undefined })}
          data={[{ value: '', label: t('contacts.any_time') }, ...(Object.keys(ACTIVITY) as Activity[]).map((name) => ({ value: name, label: t(`contacts.active_${name}`) }))]}
        />
        {manages && (
          <span className={own.actions}>
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>{t('contacts.new')}</Button>
            <RowMenu
              label={t('contacts.more')}
              entries={() => [
                { kind: 'item', key: 'import', icon: <IconUpload size={16} stroke={1.75} aria-hidden />, label: t('contacts.import'), onClick: () => setImporting(true) },
                { kind: 'item', key: 'export', icon: <IconDownload size={16} stroke={1.75} aria-hidden />, label: t('contacts.export_list'), onClick: () => window.location.assign(file) },
              ]}
            />
          </span>
        )}
      </div>
      <Pages query={list} items={(page) => page.contacts} empty={<Blank icon={IconAddressBook} title={t(narrowed ? 'contacts.none_found' : 'contacts.empty')} hint={t(narrowed ? 'contacts.none_found_hint' : 'contacts.empty_hint')} />}>
        {(contacts) => <ul className={classes.rows} aria-label={t('nav.contacts')}>{contacts.map((c) => <Row key={c.id} contact={c} search={search} />)}</ul>}
      </Pages>
      {adding && <ContactForm onClose={() => setAdding(false)} onSaved={(c) => void navigate({ to: '/contacts/{-$contactId}', params: { contactId: c.id }, search })} />}
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
    </Section>
  );
}

function SearchField({ value, onChange }: { value: string; onChange: (q: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => latest.current(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value]);
  return <TextInput type="search" className={own.search} aria-label={t('contacts.search')} placeholder={t('contacts.search')} leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />} maxLength={200} value={text} onChange={(e) => setText(e.currentTarget.value)} />;
}

function Row({ contact: c, search }: { contact: Contact; search: ContactsSearch }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const at = useNow();
  return (
    <li className={classes.row}>
      <Avatar id={c.id} name={c.name} size={34} />
      <Link to="/contacts/{-$contactId}" params={{ contactId: c.id }} search={search} className={`${classes.text} ${own.open}`}>
        <span className={classes.title}>{c.name ?? t('list.unnamed')}</span>
        <span className={classes.subtitle}>{c.phone_number ? phoneNumber(c.phone_number) : c.addresses[0]?.value}</span>
      </Link>
      <span className={own.labels}>{c.labels.slice(0, 3).map((l) => <LabelChip key={l.id} label={l} />)}</span>
      <time className={`${classes.side} ${own.when}`} dateTime={c.last_active_at} title={t('contacts.last_active')}>{shortTime(c.last_active_at, locale, at)}</time>
    </li>
  );
}
