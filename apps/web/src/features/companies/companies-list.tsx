import { Button, TextInput } from '@mantine/core';
import { IconAdjustments, IconBan, IconBuildingPlus, IconCircleCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../api/client.ts';
import type { Limits, PlatformCompany, UserLink } from '../../api/types.ts';
import { useLocale } from '../../i18n/index.ts';
import { CompanyCreate } from './company-create.tsx';
import { Dialog, Loaded, RowMenu, Section, Tag, useChange } from './parts.tsx';
import classes from './parts.module.css';
import { LinkShown } from './people.tsx';
import { companiesQuery } from './queries.ts';

const ICON = { size: 16, stroke: 1.75, 'aria-hidden': true } as const;

/** Every company of the installation. */
export function CompaniesList() {
  const { t } = useTranslation();
  const companies = useQuery(companiesQuery);
  const [making, setMaking] = useState(false);
  const [link, setLink] = useState<UserLink>();
  const [limiting, setLimiting] = useState<PlatformCompany>();
  const [suspending, setSuspending] = useState<PlatformCompany>();
  return (
    <Section hint={t('platform.companies_hint')} action={<Button leftSection={<IconBuildingPlus {...ICON} />} onClick={() => setMaking(true)}>{t('platform.new_company')}</Button>}>
      <Loaded query={companies}>
        {(list) => <ul className={classes.rows}>{list.map((c) => <Row key={c.id} company={c} onLimits={() => setLimiting(c)} onSuspend={() => setSuspending(c)} />)}</ul>}
      </Loaded>
      {making && (
        <CompanyCreate
          onClose={() => setMaking(false)}
          onMade={(made) => {
            setMaking(false);
            if (made) setLink(made);
          }}
        />
      )}
      {link && <LinkShown link={link} onClose={() => setLink(undefined)} />}
      {limiting && <LimitsForm company={limiting} onClose={() => setLimiting(undefined)} />}
      {suspending && <Suspend company={suspending} onClose={() => setSuspending(undefined)} />}
    </Section>
  );
}

function Row({ company: c, onLimits, onSuspend }: { company: PlatformCompany; onLimits: () => void; onSuspend: () => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const resume = useChange(['platform'], () => answer(api.PATCH('/api/platform/companies/{id}', { ...at({ id: c.id }), body: { suspended_reason: null } })), { done: t('admin.saved') });
  const suspended = c.status === 'suspended';
  return (
    <li className={classes.row} data-off={suspended || undefined}>
      <span className={classes.text}>
        <span className={classes.title}>{c.name} <code>{c.slug}</code></span>
        <span className={classes.subtitle}>{suspended ? c.suspended_reason : [c.timezone, t('platform.users_count', { count: c.users })].join(' · ')}</span>
      </span>
      {suspended && <Tag tone="bad">{t('platform.suspended')}</Tag>}
      <span className={classes.side}>
        {t('platform.today', { in: c.messages_in_today.toLocaleString(locale), out: c.messages_out_today.toLocaleString(locale) })}
        <br />
        {t('platform.month', { out: c.messages_out_30_days.toLocaleString(locale) })}
      </span>
      <RowMenu
        label={t('people.menu', { name: c.name })}
        entries={() => [
          { kind: 'item', key: 'limits', icon: <IconAdjustments {...ICON} />, label: t('platform.limits'), onClick: onLimits },
          { kind: 'item', key: 'off', icon: suspended ? <IconCircleCheck {...ICON} /> : <IconBan {...ICON} />, label: t(suspended ? 'platform.resume' : 'platform.suspend'), onClick: suspended ? () => resume.mutate() : onSuspend },
        ]}
      />
    </li>
  );
}

const LIMITS = ['messages_per_day', 'requests_per_minute', 'accounts', 'users'] as const;

function LimitsForm({ company, onClose }: { company: PlatformCompany; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [values, setValues] = useState<Record<string, string>>(Object.fromEntries(LIMITS.map((name) => [name, String(company.limits[name] ?? '')])));
  const save = useMutation({
    mutationFn: () => answer(api.PATCH('/api/platform/companies/{id}', {
      ...at({ id: company.id }), body: { limits: Object.fromEntries(LIMITS.map((name) => [name, values[name]?.trim() ? Number(values[name]) : null])) as Limits },
    })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['platform'] });
      onClose();
    },
  });
  return (
    <Dialog title={t('platform.limits_of', { name: company.name })} submit={t('admin.save')} onClose={onClose} onSubmit={() => save.mutate()} pending={save.isPending} error={save.error}>
      <p className={classes.note}>{t('platform.limits_note')}</p>
      <div className={classes.pair}>
        {LIMITS.map((name, i) => (
          <TextInput
            key={name} type="number" min={name === 'messages_per_day' || name === 'accounts' ? 0 : 1} step={1} label={t(`platform.limit_${name}`)} data-autofocus={i === 0 || undefined} placeholder={t('platform.unlimited')} value={values[name]}
            onChange={(e) => {
              const { value } = e.currentTarget;
              setValues((all) => ({ ...all, [name]: value }));
            }}
          />
        ))}
      </div>
    </Dialog>
  );
}

function Suspend({ company, onClose }: { company: PlatformCompany; onClose: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const suspend = useChange(['platform'], () => answer(api.PATCH('/api/platform/companies/{id}', { ...at({ id: company.id }), body: { suspended_reason: reason.trim() } })), { after: onClose });
  return (
    <Dialog danger title={t('platform.suspend_name', { name: company.name })} submit={t('platform.suspend')} onClose={onClose} onSubmit={() => suspend.mutate()} pending={suspend.isPending} error={suspend.error}>
      <p className={classes.note}>{t('platform.suspend_note')}</p>
      <TextInput label={t('platform.reason')} required withAsterisk={false} maxLength={300} data-autofocus value={reason} onChange={(e) => setReason(e.currentTarget.value)} />
    </Dialog>
  );
}
