import { ProblemError } from '@centralita/sdk';
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { onUnauthorized } from './api/client.ts';
import { queryClient } from './api/query-client.ts';
import { type Filter, FILTERS } from './api/types.ts';
import type { Activity, ContactsSearch } from './features/contacts/contact-list.tsx';
import { meQuery, signedOut } from './features/session/me.ts';
import { wantAdministration } from './i18n/index.ts';
import { CrashPage } from './pages/crash.tsx';
import { NotFoundPage } from './pages/not-found.tsx';

/** What the address of the inbox says beside the conversation: shared links show the same list. */
export interface InboxSearch {
  filter?: Filter;
  account?: string;
  /** Ids of labels with commas between. */
  label?: string;
  q?: string;
  /** A message of the conversation, to be shown. */
  message?: string;
}

const ACTIVITIES = ['week', 'month', 'quiet_month', 'quiet_quarter'] as const satisfies readonly Activity[];
const OPERATION_TABS = ['queues', 'failed-webhooks', 'unrouted', 'dead-letters'] as const;
export type OperationTab = (typeof OPERATION_TABS)[number];

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined);

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage, errorComponent: CrashPage });

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  component: lazyRouteComponent(() => import('./pages/login.tsx'), 'LoginPage'),
  validateSearch: (search: Record<string, unknown>): { next?: string; ended?: boolean } => ({
    // Only our own pages: an address from elsewhere must not decide where a login leads.
    next: typeof search.next === 'string' && /^\/(?![/\\])/.test(search.next) ? search.next : undefined,
    ended: search.ended === true ? true : undefined,
  }),
});

const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(meQuery);
    } catch (error) {
      if (error instanceof ProblemError && error.status === 401) throw redirect({ to: '/login', search: { next: location.href === '/' ? undefined : location.href } });
      throw error;
    }
  },
  component: lazyRouteComponent(() => import('./pages/layout.tsx'), 'Layout'),
  errorComponent: CrashPage,
});

const home = createRoute({ getParentRoute: () => root, path: '/', beforeLoad: () => { throw redirect({ to: '/inbox' }); } });

const inbox = createRoute({
  getParentRoute: () => app,
  path: '/inbox',
  component: lazyRouteComponent(() => import('./pages/inbox.tsx'), 'InboxPage'),
  validateSearch: (search: Record<string, unknown>): InboxSearch => ({
    filter: FILTERS.find((f) => f === search.filter && f !== 'all'),
    account: text(search.account),
    label: text(search.label),
    q: text(search.q)?.slice(0, 200),
    message: text(search.message),
  }),
});
/** The conversation is part of the inbox page, which reads its id; nothing of its own to show. */
const conversation = createRoute({ getParentRoute: () => inbox, path: '$conversationId' });

const operations = createRoute({
  getParentRoute: () => app,
  path: '/operations',
  component: lazyRouteComponent(() => import('./pages/operations.tsx'), 'OperationsPage'),
  loader: () => wantAdministration(),
  validateSearch: (search: Record<string, unknown>): { tab?: OperationTab } => ({ tab: OPERATION_TABS.find((t) => t === search.tab) }),
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  loader: () => wantAdministration(),
  component: lazyRouteComponent(() => import('./pages/welcome.tsx'), 'WelcomePage'),
});
const settings = createRoute({
  getParentRoute: () => app,
  path: '/settings/{-$section}',
  loader: () => wantAdministration(),
  component: lazyRouteComponent(() => import('./pages/settings.tsx'), 'SettingsPage'),
});
const subscriptions = createRoute({
  getParentRoute: () => app,
  path: '/subscriptions/{-$subscriptionId}',
  loader: () => wantAdministration(),
  component: lazyRouteComponent(() => import('./pages/subscriptions.tsx'), 'SubscriptionsPage'),
});
const numbers = createRoute({
  getParentRoute: () => app,
  path: '/numbers/{-$lineId}',
  validateSearch: (search: Record<string, unknown>): { line?: string } => ({ line: text(search.line) }),
  loader: () => wantAdministration(),
  component: lazyRouteComponent(() => import('./pages/numbers.tsx'), 'NumbersPage'),
});
const templates = createRoute({
  getParentRoute: () => app,
  path: '/templates',
  loader: () => wantAdministration(),
  component: lazyRouteComponent(() => import('./pages/templates.tsx'), 'TemplatesPage'),
});
const contacts = createRoute({
  getParentRoute: () => app,
  path: '/contacts/{-$contactId}',
  validateSearch: (search: Record<string, unknown>): ContactsSearch => ({ q: text(search.q)?.slice(0, 200), label: text(search.label), active: ACTIVITIES.find((a) => a === search.active) }),
  loader: () => wantAdministration(),
  component: lazyRouteComponent(() => import('./pages/contacts.tsx'), 'ContactsPage'),
});
const platform = createRoute({
  getParentRoute: () => app,
  path: '/platform/{-$section}',
  loader: () => wantAdministration(),
  component: lazyRouteComponent(() => import('./pages/platform.tsx'), 'PlatformPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([login, welcome, home, app.addChildren([inbox.addChildren([conversation]), contacts, settings, numbers, templates, subscriptions, platform, operations])]),
  defaultPreload: false,
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

onUnauthorized(() => {
  if (router.state.location.pathname === '/login') return;
  const next = router.state.location.href;
  signedOut();
  void router.navigate({ to: '/login', search: { next, ended: true } });
});
