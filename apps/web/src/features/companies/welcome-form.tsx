import { ProblemError } from '@centralita/sdk';
import { Alert, Button, Loader, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import type { LinkView } from '../../api/types.ts';
import type { Me } from '../../api/types.ts';
import { useExplain } from '../../ui/explain.ts';
import classes from '../session/login-form.module.css';

/** As many as the server asks for. */
export const PASSWORD_LENGTH = 10;

/** Whoever holds the link chooses a password, and is in. */
export function WelcomeForm({ token, onDone }: { token: string; onDone: (me: Me) => void }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const link = useQuery({ queryKey: ['link', token], queryFn: () => answer(api.POST('/api/links/look', { body: { token } })), retry: false, staleTime: Infinity });
  if (link.isPending) return <Loader size={22} aria-label={t('app.loading')} />;
  if (link.isError) {
    const gone = link.error instanceof ProblemError && (link.error.status === 410 || link.error.status === 400);
    return <Alert color="red" variant="light" role="alert">{gone ? t('welcome.gone') : explain(link.error)}</Alert>;
  }
  return <Form token={token} link={link.data} onDone={onDone} />;
}

function Form({ token, link, onDone }: { token: string; link: LinkView; onDone: (me: Me) => void }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const [password, setPassword] = useState('');
  const use = useMutation({ mutationFn: () => answer(api.POST('/api/links/use', { body: { token, password } })), onSuccess: onDone });
  const gone = use.error instanceof ProblemError && use.error.status === 410;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        use.mutate();
      }}
    >
      <p>{link.purpose === 'invitation' ? t('welcome.invited', { name: link.name, company: link.company }) : t('welcome.reset', { name: link.name })}</p>
      {use.isError && <Alert color="red" variant="light" p="xs" role="alert">{gone ? t('welcome.gone') : explain(use.error)}</Alert>}
      <TextInput label={t('login.email')} type="email" name="email" autoComplete="username" readOnly size="md" value={link.email} />
      <PasswordInput
        label={t('welcome.password')} description={t('welcome.length', { count: PASSWORD_LENGTH })} inputWrapperOrder={['label', 'input', 'description']} name="password" autoComplete="new-password" required withAsterisk={false}
        minLength={PASSWORD_LENGTH} maxLength={200} autoFocus size="md" visibilityToggleButtonProps={{ 'aria-label': t('login.show_password') }} value={password} onChange={(e) => setPassword(e.currentTarget.value)}
      />
      <Button type="submit" size="md" mt={6} fullWidth loading={use.isPending} disabled={password.length < PASSWORD_LENGTH}>{t('welcome.submit')}</Button>
    </form>
  );
}
