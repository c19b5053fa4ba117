import { NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../api/client.ts';
import type { Role, User, UserLink } from '../../api/types.ts';
import { useMay, useMe } from '../session/me.ts';
import { CheckList, Dialog } from './parts.tsx';
import { ROLES } from './permission-names.ts';
import { businessesQuery } from './queries.ts';

/** Somebody new, or what somebody is. */
export function PersonForm({ user, onClose, onInvited }: { user: User | undefined; onClose: () => void; onInvited: (link: UserLink) => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const may = useMay();
  const client = useQueryClient();
  const { data: businesses = [] } = useQuery({ ...businessesQuery, enabled: may('whatsapp:read') });
  const [name, setName] = useState(user?.name ?? '');
  const [email, setEmail] = useState(user?.email ?? '');
  const [role, setRole] = useState<Role>(user?.role ?? 'agent');
  const [held, setHeld] = useState<string[]>(user?.business_ids ?? []);
  const own = user?.id === me.user.id;

  const save = useMutation({
    mutationFn: async (): Promise<UserLink | undefined> => {
      if (!user) return (await answer(api.POST('/api/users', { body: { name: name.trim(), email: email.trim(), role, business_ids: held } }))).link;
      await answer(api.PATCH('/api/users/{id}', { ...at({ id: user.id }), body: { name: name.trim(), business_ids: held, ...(own ? {} : { role }) } }));
      return undefined;
    },
    onSuccess: async (link) => {
      await client.invalidateQueries({ queryKey: ['users'] });
      if (link) onInvited(link);
      else onClose();
    },
  });

  return (
    <Dialog title={user ? t('people.edit_title', { name: user.name }) : t('people.invite')} submit={t(user ? 'admin.save' : 'people.make_link')} onClose={onClose} onSubmit={() => save.mutate()} pending={save.isPending} error={save.error}>
      <TextInput label={t('people.name')} required withAsterisk={false} maxLength={100} data-autofocus value={name} onChange={(e) => setName(e.currentTarget.value)} />
      <TextInput label={t('people.email')} type="email" required withAsterisk={false} disabled={user !== undefined} value={email} onChange={(e) => setEmail(e.currentTarget.value)} />
      <NativeSelect
        label={t('people.role')} description={t(`people.role_${role}`)} inputWrapperOrder={['label', 'input', 'description']} disabled={own} value={role} onChange={(e) => setRole(e.currentTarget.value as Role)}
        data={ROLES.map((value) => ({ value, label: t(`nav.role_${value}`) }))}
      />
      {businesses.length > 0 && <CheckList legend={t('people.businesses')} options={businesses.map((b) => ({ value: b.id, label: b.name }))} chosen={held} onChange={setHeld} />}
    </Dialog>
  );
}
