import { PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { notify } from '../../ui/notify.ts';
import { Dialog } from './parts.tsx';
import { PASSWORD_LENGTH } from './welcome-form.tsx';

export function ChangePassword({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const change = useMutation({
    mutationFn: () => answer(api.POST('/api/me/password', { body: { current, password } })),
    onSuccess: () => {
      notify({ message: t('welcome.changed') });
      onClose();
    },
  });
  const toggle = { 'aria-label': t('login.show_password') };
  return (
    <Dialog title={t('welcome.change')} submit={t('admin.save')} onClose={onClose} onSubmit={() => change.mutate()} pending={change.isPending} error={change.error} disabled={password.length < PASSWORD_LENGTH}>
      <PasswordInput label={t('welcome.current')} autoComplete="current-password" required withAsterisk={false} data-autofocus visibilityToggleButtonProps={toggle} value={current} onChange={(e) => setCurrent(e.currentTarget.value)} />
      <PasswordInput
        label={t('welcome.password')} description={t('welcome.length', { count: PASSWORD_LENGTH })} inputWrapperOrder={['label', 'input', 'description']} autoComplete="new-password" required withAsterisk={false}
        minLength={PASSWORD_LENGTH} maxLength={200} visibilityToggleButtonProps={toggle} value={password} onChange={(e) => setPassword(e.currentTarget.value)}
      />
    </Dialog>
  );
}
