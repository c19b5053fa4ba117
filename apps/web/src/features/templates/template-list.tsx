import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconRefresh, IconSearch, IconTemplate } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import type { Template, TemplatePage } from '../../api/types.ts';
import { useLocale } from '../../i18n/index.ts';
import { Blank } from '../../ui/blank.tsx';
import { fullTime } from '../../ui/format.ts';
import { Loaded, Pages, Section, Tag, useChange } from '../companies/parts.tsx';
import { accountsQuery } from '../inbox/queries.ts';
import { useMay } from '../session/me.ts';
import { KEY, listQuery } from './queries.ts';
import { TemplateBubble } from './template-bubble.tsx';
import classes from './templates.module.css';

/** What WhatsApp approved, as each number's carrier has it. */
export function TemplateList() {
  const { t } = useTranslation();
  const may = useMay();
  const [account, setAccount] = useState('');
  const [name, setName] = useState('');
  const [asked] = useDebouncedValue(name.trim(), 250);
  const { data: accounts = [] } = useQuery(accountsQuery);
  const list = useInfiniteQuery(listQuery({ ...(account !== '' && { account_id: account }), ...(asked !== '' && { name: asked }) }));
  const sync = useChange(KEY, () => answer(api.POST('/api/templates/sync', { body: account === '' ? {} : { account_id: account } })), { done: t('templates.synced') });
  return (
    <Section
      hint={t('templates.hint')}
      action={may('whatsapp:admin') && <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} loading={sync.isPending} onClick={() => sync.mutate(undefined)}>{t('templates.sync')}</Button>}
    >
      <div className={classes.tools}>
        <TextInput className={classes.search} aria-label={t('template.search')} placeholder={t('template.search')} leftSection={<IconSearch size={15} aria-hidden />} value={name} onChange={(e) => setName(e.currentTarget.value)} />
        {accounts.length > 1 && <NativeSelect aria-label={t('templates.line')} value={account} onChange={(e) => setAccount(e.currentTarget.value)} data={[{ value: '', label: t('nav.all_accounts') }, ...accounts.map((a) => ({ value: a.id, label: a.name }))]} />}
      </div>
      <Loaded query={list}>{({ pages }) => <Read routes={pages[0]!.routes} />}</Loaded>
      <Pages query={list} items={(page) => page.templates} empty={<Blank icon={IconTemplate} title={t(asked === '' ? 'templates.empty' : 'template.none')} hint={asked === '' ? t('templates.empty_hint') : undefined} />}>
        {(all) => <ul className={classes.cards}>{all.map((one) => <Card key={one.id} template={one} />)}</ul>}
      </Pages>
    </Section>
  );
}

function Read({ routes }: { routes: TemplatePage['routes'] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const failed = routes.filter((r) => r.error !== null);
  const last = routes.map((r) => r.synced_at).filter((at) => at !== null).sort().at(-1);
  if (failed.length > 0) return <p className={classes.reason} role="status">{failed.map((r) => t('templates.failed', { name: r.phone_number ?? r.account_type, reason: r.error })).join(' ')}</p>;
  return last === undefined ? null : <p className={classes.read}>{t('templates.read_at', { when: fullTime(last, locale) })}</p>;
}

function Card({ template: one }: { template: Template }) {
  const { t } = useTranslation();
  const facts = [one.language, one.category && t(`templates.category_${one.category}`), one.phone_number ?? one.account_type, one.quality].filter(Boolean);
  return (
    <li className={classes.card}>
      <div className={classes.head}>
        <div className={classes.words}><h2 className={classes.name}>{one.name}</h2><p className={classes.facts}>{facts.join(' · ')}</p></div>
        {one.status === 'approved' ? <span className={classes.good}>{t('templates.status_approved')}</span>
          : <Tag tone={one.status === 'rejected' || one.status === 'disabled' ? 'bad' : one.status === 'paused' ? 'warn' : undefined}>{t(`templates.status_${one.status}`)}</Tag>}
      </div>
      {one.reason && one.status !== 'approved' && <p className={classes.reason}>{one.reason}</p>}
      <TemplateBubble template={one} />
    </li>
  );
}
