import { isTransient, ProblemError } from '@centralita/sdk';
import { Outlet } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../api/client.ts';
import { now, storage } from '../api/runtime.ts';
import { useStore } from '../api/store.ts';
import { OutboxContext } from '../features/inbox/composer/outbox-context.ts';
import { createOutbox } from '../features/inbox/composer/outbox.ts';
import { applyMessage, forgetRecent } from '../features/inbox/live/apply.ts';
import { startLive } from '../features/inbox/live/live.ts';
import { useMe } from '../features/session/me.ts';
import { ConnectionBar } from '../features/shell/connection-bar.tsx';
import { Sidebar } from '../features/shell/sidebar.tsx';
import { helpOpen, navOpen } from '../features/shell/shell-state.ts';
import classes from './layout.module.css';

const Shortcuts = lazy(() => import('../features/shell/shortcuts.tsx').then((m) => ({ default: m.Shortcuts })));
const NavDrawer = lazy(() => import('../features/shell/nav-drawer.tsx').then((m) => ({ default: m.NavDrawer })));

/** Everything behind the login: navigation at the side, the live connection, messages on their way out. */
export function Layout() {
  const { t } = useTranslation();
  const me = useMe();
  const client = useQueryClient();
  const help = useStore(helpOpen);
  const nav = useStore(navOpen);
  const outbox = useMemo(
    () =>
      createOutbox(me.user.id, {
        post: (id, body) => answer(api.POST('/api/conversations/{id}/messages', { ...at({ id }), body })),
        sent: (message) => applyMessage(client, message),
        isTransient,
        isSignedOut: (error) => error instanceof ProblemError && error.status === 401,
        storage,
        now,
        later: (run, ms) => setTimeout(run, ms),
      }),
    [client, me.user.id],
  );

  useEffect(() => startLive(client, me.user.id, outbox.kick), [client, me.user.id, outbox]);
  useEffect(() => forgetRecent, [me.user.id]);

  return (
    <OutboxContext value={outbox}>
      <a className={classes.skip} href="#content">{t('app.skip')}</a>
      <ConnectionBar />
      <div className={classes.columns}>
        <aside className={classes.side}><Sidebar /></aside>
        <main className={classes.main} id="content" tabIndex={-1}><Outlet /></main>
      </div>
      {nav && <Suspense><NavDrawer /></Suspense>}
      {help && <Suspense><Shortcuts onClose={() => helpOpen.set(false)} /></Suspense>}
    </OutboxContext>
  );
}
