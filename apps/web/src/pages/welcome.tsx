import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { WelcomeForm } from '../features/companies/welcome-form.tsx';
import { LanguageSwitch } from '../features/session/language-switch.tsx';
import { signedIn } from '../features/session/me.ts';
import { Logo } from '../ui/logo.tsx';
import classes from './login.module.css';

/** Where an invitation leads. What opens it stands behind #, which no server is told. */
export function WelcomePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [token] = useState(() => window.location.hash.slice(1));

  useEffect(() => {
    document.title = `${t('welcome.title')} · ${t('app.name')}`;
  }, [t]);
  // The link stays out of the history: it must not be found there by the next person at this desk.
  useEffect(() => window.history.replaceState(window.history.state, '', window.location.pathname), []);

  return (
    <div className={classes.page}>
      <main className={classes.card}>
        <div className={classes.brand}>
          <Logo size={36} />
          <span>{t('app.name')}</span>
        </div>
        <h1 className={classes.title}>{t('welcome.title')}</h1>
        <WelcomeForm
          token={token}
          onDone={(me) => {
            client.clear();
            signedIn(me);
            void navigate({ to: '/inbox', replace: true });
          }}
        />
      </main>
      <LanguageSwitch />
    </div>
  );
}
