import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { LoginForm } from '../features/session/login-form.tsx';
import { signedIn } from '../features/session/me.ts';
import { LanguageSwitch } from '../features/session/language-switch.tsx';
import { Logo } from '../ui/logo.tsx';
import classes from './login.module.css';

export function LoginPage() {
  const { t } = useTranslation();
  const { next, ended } = useSearch({ from: '/login' });
  const navigate = useNavigate();
  const router = useRouter();
  const client = useQueryClient();

  useEffect(() => {
    document.title = `${t('login.title')} · ${t('app.name')}`;
    // The inbox is what comes next; its code is fetched while the password is typed.
    void import('./layout.tsx');
    void import('./inbox.tsx');
  }, [t]);

  return (
    <div className={classes.page}>
      <main className={classes.card}>
        <div className={classes.brand}>
          <Logo size={36} />
          <span>{t('app.name')}</span>
        </div>
        <h1 className={classes.title}>{t('login.title')}</h1>
        <p className={classes.lead}>{t('login.lead')}</p>
        <LoginForm
          ended={ended === true}
          onDone={(me) => {
            client.clear();
            signedIn(me);
            if (next) router.history.replace(next);
            else void navigate({ to: '/inbox', replace: true });
          }}
        />
        <p className={classes.hint}>{t('login.first_run')}</p>
      </main>
      <LanguageSwitch />
    </div>
  );
}
