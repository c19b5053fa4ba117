import { ProblemError } from '@centralita/sdk';
import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { now } from '../../api/runtime.ts';
import type { Me } from '../../api/types.ts';
import { useExplain } from '../../ui/explain.ts';
import classes from './login-form.module.css';

/** Without a word of the server about how long. */
const DEFAULT_WAIT_S = 60;

export function LoginForm({ ended, onDone }: { ended: boolean; onDone: (me: Me) => void }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [blockedUntil, setBlockedUntil] = useState(0);
  const passwordField = useRef<HTMLInputElement>(null);
  const wait = useCountdown(blockedUntil);

  const login = useMutation({
    mutationFn: () => answer(api.POST('/api/login', { body: { email: email.trim(), password } })),
    onSuccess: onDone,
    onError: (error) => {
      if (error instanceof ProblemError && error.status === 429) setBlockedUntil(now() + (error.retryAfter ?? DEFAULT_WAIT_S) * 1000);
      passwordField.current?.select();
    },
  });

  const message = (): string | null => {
    if (wait > 0) return t('login.limited', { count: wait });
    const error = login.error;
    if (error instanceof ProblemError && error.status === 429) return null;
    if (error instanceof ProblemError && (error.status === 401 || error.status === 400 || error.status === 422)) return t('login.wrong');
    if (error) return explain(error);
    return null;
  };
  const problem = login.isPending ? null : message();

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        login.mutate();
      }}
    >
      {ended && !problem && !login.isPending && <Alert color="petrol" variant="light" p="xs">{t('login.ended')}</Alert>}
      {problem && <Alert color="red" variant="light" p="xs" role="alert">{problem}</Alert>}
      <TextInput
        label={t('login.email')} type="email" name="email" autoComplete="username" inputMode="email" required withAsterisk={false} autoFocus size="md"
        value={email} onChange={(e) => setEmail(e.currentTarget.value)}
      />
      <PasswordInput
        ref={passwordField} label={t('login.password')} name="password" autoComplete="current-password" required withAsterisk={false} size="md"
        visibilityToggleButtonProps={{ 'aria-label': t('login.show_password') }}
        value={password} onChange={(e) => setPassword(e.currentTarget.value)}
      />
      <Button type="submit" size="md" mt={6} fullWidth loading={login.isPending} disabled={wait > 0}>{t('login.submit')}</Button>
    </form>
  );
}

/** Whole seconds until `until`; 0 when it is over. */
function useCountdown(until: number): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const tick = (): void => setLeft(Math.max(0, Math.ceil((until - now()) / 1000)));
    tick();
    if (until <= now()) return;
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}
