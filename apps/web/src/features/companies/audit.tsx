import { NativeSelect } from '@mantine/core';
import { IconChevronRight, IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import type { AuditEntry } from '../../api/types.ts';
import { useLocale } from '../../i18n/index.ts';
import { Blank } from '../../ui/blank.tsx';
import { fullTime } from '../../ui/format.ts';
import { Pages, Section } from './parts.tsx';
import classes from './parts.module.css';

/** Actions by what they are about; their own names are stable and shown as they are. */
const KINDS = { company: ['user.', 'api_key.', 'company.', 'business.', 'account.', 'bot.', 'subscription.', 'iam.'], platform: ['company.', 'token_issuer.'] } as const;

/** What was changed, by whom, newest first. */
export function Audit({ where }: { where: 'company' | 'platform' }) {
  const { t } = useTranslation();
  const [action, setAction] = useState('');
  const log = useInfiniteQuery({
    queryKey: ['audit', where, action],
    queryFn: ({ pageParam, signal }) => answer(api.GET(where === 'company' ? '/api/audit' : '/api/platform/audit', { params: { query: { cursor: pageParam ?? undefined, action: action || undefined } }, signal })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
  });
  return (
    <Section
      hint={t('audit.hint')}
      action={<NativeSelect size="sm" aria-label={t('audit.filter')} value={action} onChange={(e) => setAction(e.currentTarget.value)} data={[{ value: '', label: t('audit.all') }, ...KINDS[where].map((kind) => ({ value: kind, label: t(`audit.kind_${kind.slice(0, -1) as Kind}`) }))]} />}
    >
      <Pages query={log} items={(page) => page.entries} empty={<Blank icon={IconHistory} title={t('audit.empty')} />}>
        {(entries) => <div>{entries.map((entry) => <Entry key={entry.id} entry={entry} />)}</div>}
      </Pages>
    </Section>
  );
}
type Kind = 'user' | 'api_key' | 'company' | 'business' | 'account' | 'bot' | 'subscription' | 'iam' | 'token_issuer';

function Entry({ entry: e }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const fields = [...new Set([...Object.keys(e.before ?? {}), ...Object.keys(e.after ?? {})])];
  return (
    <details className={classes.entry}>
      <summary>
        <IconChevronRight size={16} stroke={2} className={classes.fold} aria-hidden />
        <span className={classes.text}>
          <span className={classes.title}>{e.target.name ?? e.target.id ?? e.target.kind}</span>
          <span className={classes.subtitle}><code>{e.action}</code> · {e.actor.kind === 'system' ? t('audit.system') : e.actor.name}</span>
        </span>
        <time className={classes.side} dateTime={e.at}>{fullTime(e.at, locale)}</time>
      </summary>
      <dl className={classes.facts}>
        {fields.map((field) => (
          <div key={field}>
            <dt>{field}</dt>
            <dd>{e.before && field in e.before && <><del>{shown(e.before[field])}</del> → </>}<ins>{e.after && field in e.after ? shown(e.after[field]) : '—'}</ins></dd>
          </div>
        ))}
        {e.ip && <div><dt>{t('audit.ip')}</dt><dd>{e.ip}</dd></div>}
        {e.request_id && <div><dt>{t('audit.request')}</dt><dd>{e.request_id}</dd></div>}
      </dl>
    </details>
  );
}

function shown(value: unknown): string {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return '—';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
