import { NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import type { Permission, Role } from '../../api/types.ts';
import { now } from '../../api/runtime.ts';
import { useMay } from '../session/me.ts';
import { CheckList, Dialog } from './parts.tsx';
import classes from './parts.module.css';
import { PERMISSION_NAMES, ROLE_PERMISSIONS, ROLES } from './permission-names.ts';
import { businessesQuery } from './queries.ts';

const DAYS = [30, 90, 365] as const;
const DAY_MS = 86_400_000;

export function KeyForm({ onClose, onMade }: { onClose: () => void; onMade: (key: string) => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const client = useQueryClient();
  // Nobody makes a key that may more than they may themselves.
  const roles = ROLES.filter((role) => ROLE_PERMISSIONS[role].every((permission) => may(permission)));
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>(roles.find((r) => r === 'agent') ?? roles[0] ?? 'read_only');
  const [scopes, setScopes] = useState<string[]>([]);
  const [businesses, setBusinesses] = useState<string[]>([]);
  const { data: offeredBusinesses = [] } = useQuery(businessesQuery);
  const [ips, setIps] = useState('');
  const [days, setDays] = useState('');
  const offered = ROLE_PERMISSIONS[role];
  const networks = ips.split(/[\s,]+/).filter(Boolean);

  const make = useMutation({
    mutationFn: () => answer(api.POST('/api/api-keys', {
      body: {
        name: name.trim(), role, scopes: scopes.length === 0 ? null : scopes as Permission[], allowed_ips: networks.length === 0 ? null : networks, business_ids: businesses,
        expires_at: days === '' ? null : new Date(now() + Number(days) * DAY_MS).toISOString(),
      },
    })),
    onSuccess: async ({ key }) => {
      await client.invalidateQueries({ queryKey: ['api-keys'] });
      onMade(key);
    },
  });

  return (
    <Dialog title={t('keys.new')} submit={t('keys.make')} onClose={onClose} onSubmit={() => make.mutate()} pending={make.isPending} error={make.error}>
      <TextInput label={t('keys.name')} description={t('keys.name_hint')} inputWrapperOrder={['label', 'input', 'description']} required withAsterisk={false} maxLength={100} data-autofocus value={name} onChange={(e) => setName(e.currentTarget.value)} />
      <div className={classes.pair}>
        <NativeSelect
          label={t('people.role')} value={role} data={roles.map((value) => ({ value, label: t(`nav.role_${value}`) }))}
          onChange={(e) => {
            setRole(e.currentTarget.value as Role);
            setScopes([]);
          }}
        />
        <NativeSelect label={t('keys.expires')} value={days} onChange={(e) => setDays(e.currentTarget.value)} data={[{ value: '', label: t('keys.no_expiry') }, ...DAYS.map((n) => ({ value: String(n), label: t('keys.days', { count: n }) }))]} />
      </div>
      <CheckList legend={t('keys.scopes')} options={offered.map((p) => ({ value: p, label: t(PERMISSION_NAMES[p]), hint: p }))} chosen={scopes} onChange={setScopes} />
      {offeredBusinesses.length > 0 && <CheckList legend={t('people.businesses')} options={offeredBusinesses.map((b) => ({ value: b.id, label: b.name, hint: b.external_id ?? undefined }))} chosen={businesses} onChange={setBusinesses} />}
      <TextInput label={t('keys.ips')} description={t('keys.ips_hint')} inputWrapperOrder={['label', 'input', 'description']} value={ips} onChange={(e) => setIps(e.currentTarget.value)} />
    </Dialog>
  );
}
