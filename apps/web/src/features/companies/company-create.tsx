import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import type { UserLink } from '../../api/types.ts';
import { currentLanguage } from '../../i18n/index.ts';
import { useMe } from '../session/me.ts';
import { Dialog } from './parts.tsx';
import classes from './parts.module.css';
import { TimezoneInput } from './timezone-input.tsx';

/** `Municipalidad de Ñuñoa` → `municipalidad-de-nunoa` */
const slugOf = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 40);

export function CompanyCreate({ onClose, onMade }: { onClose: () => void; onMade: (link: UserLink | null) => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [slug, setSlug] = useState<string>();
  const [timezone, setTimezone] = useState(me.company.timezone);
  const [admin, setAdmin] = useState({ name: '', email: '' });
  const make = useMutation({
    mutationFn: () => answer(api.POST('/api/platform/companies', {
      body: { name: name.trim(), slug: slug ?? slugOf(name), timezone, locale: currentLanguage(), administrator: { name: admin.name.trim(), email: admin.email.trim() } },
    })),
    onSuccess: async ({ link }) => {
      await client.invalidateQueries({ queryKey: ['platform'] });
      onMade(link);
    },
  });
  return (
    <Dialog title={t('platform.new_company')} submit={t('platform.make')} onClose={onClose} onSubmit={() => make.mutate()} pending={make.isPending} error={make.error}>
      <TextInput label={t('company.name')} required withAsterisk={false} maxLength={100} data-autofocus value={name} onChange={(e) => setName(e.currentTarget.value)} />
      <div className={classes.pair}>
        <TextInput label={t('platform.slug')} required withAsterisk={false} maxLength={40} pattern="[a-z0-9]([a-z0-9\-]*[a-z0-9])?" spellCheck={false} value={slug ?? slugOf(name)} onChange={(e) => setSlug(e.currentTarget.value)} />
        <TimezoneInput value={timezone} onChange={setTimezone} />
      </div>
      <div className={classes.pair}>
        <TextInput label={t('platform.admin_name')} required withAsterisk={false} maxLength={100} value={admin.name} onChange={(e) => setAdmin({ ...admin, name: e.currentTarget.value })} />
        <TextInput label={t('people.email')} type="email" required withAsterisk={false} value={admin.email} onChange={(e) => setAdmin({ ...admin, email: e.currentTarget.value })} />
      </div>
    </Dialog>
  );
}
