import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconCertificate, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import type { Body } from '@centralita/sdk';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../api/client.ts';
import type { PlatformCompany, Role, TokenIssuer } from '../../api/types.ts';
import { Blank } from '../../ui/blank.tsx';
import { CheckList, Dialog, Loaded, RowMenu, Section, Tag, useChange } from './parts.tsx';
import classes from './parts.module.css';
import { ROLES } from './permission-names.ts';
import { companiesQuery, issuersQuery } from './queries.ts';

const ICON = { size: 16, stroke: 1.75, 'aria-hidden': true } as const;
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const;

/** Who signs tokens that are believed here. */
export function Issuers() {
  const { t } = useTranslation();
  const issuers = useQuery(issuersQuery);
  const companies = useQuery(companiesQuery);
  const [editing, setEditing] = useState<TokenIssuer | 'new'>();
  const drop = useChange(['platform', 'issuers'], (id: string) => answer(api.DELETE('/api/platform/issuers/{id}', at({ id }))), { done: t('admin.saved') });
  const names = new Map(companies.data?.map((c) => [c.id, c.name]));
  return (
    <Section hint={t('issuers.hint')} action={<Button leftSection={<IconPlus {...ICON} />} disabled={!companies.data} onClick={() => setEditing('new')}>{t('issuers.new')}</Button>}>
      <Loaded query={issuers}>
        {(list) => (list.length === 0 ? <Blank icon={IconCertificate} title={t('issuers.empty')} hint={t('issuers.empty_hint')} /> : (
          <ul className={classes.rows}>
            {list.map((i) => (
              <li key={i.id} className={classes.row} data-off={i.disabled || undefined}>
                <span className={classes.text}>
                  <span className={classes.title}>{i.name}</span>
                  <span className={classes.subtitle}>{i.issuer} · {i.companies.map((c) => names.get(c.company_id) ?? c.tenant).join(', ') || t('issuers.nobody')}</span>
                </span>
                {i.disabled && <Tag>{t('issuers.disabled')}</Tag>}
                <span className={classes.side}>{i.algorithms.join(', ')}</span>
                <RowMenu
                  label={t('people.menu', { name: i.name })}
                  entries={() => [
                    { kind: 'item', key: 'edit', icon: <IconPencil {...ICON} />, label: t('people.edit'), onClick: () => setEditing(i) },
                    { kind: 'item', key: 'drop', icon: <IconTrash {...ICON} />, label: t('issuers.remove'), onClick: () => drop.mutate(i.id) },
                  ]}
                />
              </li>
            ))}
          </ul>
        ))}
      </Loaded>
      {editing !== undefined && companies.data && <IssuerForm issuer={editing === 'new' ? undefined : editing} companies={companies.data} onClose={() => setEditing(undefined)} />}
    </Section>
  );
}

function IssuerForm({ issuer, companies, onClose }: { issuer: TokenIssuer | undefined; companies: readonly PlatformCompany[]; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [form, setForm] = useState({
    name: issuer?.name ?? '', issuer: issuer?.issuer ?? '', jwks_url: issuer?.jwks_url ?? '', audience: issuer?.audience ?? 'centralita', algorithm: issuer?.algorithms[0] ?? 'RS256',
    default_role: (issuer?.default_role ?? '') as Role | '', options: [...(issuer?.header_chooses ? ['header'] : []), ...(issuer?.disabled ? ['disabled'] : [])],
  });
  const [bound, setBound] = useState<string[]>(issuer?.companies.map((c) => c.company_id) ?? []);
  const tenants = new Map(issuer?.companies.map((c) => [c.company_id, c.tenant]));
  const [named, setNamed] = useState<Record<string, string>>({});
  const tenantOf = (c: PlatformCompany): string => named[c.id] ?? tenants.get(c.id) ?? c.slug;
  const save = useMutation({
    mutationFn: () => {
      const body: Body<'/api/platform/issuers', 'post'> = {
        name: form.name.trim(), issuer: form.issuer.trim(), jwks_url: form.jwks_url.trim(), audience: form.audience.trim(),
        // More than one algorithm is for the API; what it has set stays.
        algorithms: issuer && issuer.algorithms[0] === form.algorithm ? issuer.algorithms : [form.algorithm], default_role: form.default_role === '' ? null : form.default_role,
        header_chooses: form.options.includes('header'), disabled: form.options.includes('disabled'),
        companies: companies.filter((c) => bound.includes(c.id)).map((c) => ({ company_id: c.id, tenant: tenantOf(c).trim() })),
      };
      return issuer ? answer(api.PUT('/api/platform/issuers/{id}', { ...at({ id: issuer.id }), body })) : answer(api.POST('/api/platform/issuers', { body }));
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['platform', 'issuers'] });
      onClose();
    },
  });
  const text = (field: 'name' | 'issuer' | 'jwks_url' | 'audience') => ({
    required: true, withAsterisk: false, value: form[field], onChange: (e: React.ChangeEvent<HTMLInputElement>) => setForm({ ...form, [field]: e.currentTarget.value }),
  });
  return (
    <Dialog title={issuer ? issuer.name : t('issuers.new')} submit={t('admin.save')} onClose={onClose} onSubmit={() => save.mutate()} pending={save.isPending} error={save.error}>
      <TextInput label={t('company.name')} maxLength={100} data-autofocus {...text('name')} />
      <TextInput label={t('issuers.issuer')} description={t('issuers.issuer_hint')} inputWrapperOrder={['label', 'input', 'description']} spellCheck={false} {...text('issuer')} />
      <TextInput label={t('issuers.jwks')} type="url" spellCheck={false} {...text('jwks_url')} />
      <div className={classes.pair}>
        <TextInput label={t('issuers.audience')} spellCheck={false} {...text('audience')} />
        <NativeSelect label={t('issuers.algorithm')} value={form.algorithm} data={[...ALGORITHMS]} onChange={(e) => setForm({ ...form, algorithm: e.currentTarget.value as (typeof ALGORITHMS)[number] })} />
      </div>
      <NativeSelect
        label={t('issuers.default_role')} value={form.default_role} onChange={(e) => setForm({ ...form, default_role: e.currentTarget.value as Role | '' })}
        data={[{ value: '', label: t('issuers.no_role') }, ...ROLES.map((value) => ({ value, label: t(`nav.role_${value}`) }))]}
      />
      <CheckList legend={t('issuers.companies')} options={companies.map((c) => ({ value: c.id, label: c.name, hint: c.slug }))} chosen={bound} onChange={setBound} />
      {companies.filter((c) => bound.includes(c.id)).map((c) => (
        <TextInput key={c.id} label={t('issuers.tenant', { name: c.name })} required withAsterisk={false} maxLength={100} spellCheck={false} value={tenantOf(c)} onChange={(e) => setNamed({ ...named, [c.id]: e.currentTarget.value })} />
      ))}
      <CheckList
        legend={t('issuers.options')} chosen={form.options} onChange={(options) => setForm({ ...form, options })}
        options={[{ value: 'header', label: t('issuers.header') }, { value: 'disabled', label: t('issuers.off') }]}
      />
    </Dialog>
  );
}
