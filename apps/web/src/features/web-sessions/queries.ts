import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import type { WebSession } from '../../api/types.ts';

/** Read anew upon `session.updated`; by itself too, for memory and what a lost connection did not tell. */
export const KEY = ['web-sessions'] as const;
export const allQuery = queryOptions({ queryKey: [...KEY, 'all'], queryFn: ({ signal }) => answer(api.GET('/api/sessions', { signal })), staleTime: 0, refetchInterval: 10_000 });
export const sessionQuery = (line: string, route: string, every = 10_000) => queryOptions({
  queryKey: [...KEY, line, route], queryFn: ({ signal }) => answer(api.GET('/api/accounts/{id}/session', { params: { path: { id: line }, query: { route_id: route } }, signal })), staleTime: 0, refetchInterval: every, retry: false,
});
/** For requests about one session. */
export const of = (line: string) => ({ params: { path: { id: line } } });

/** Its phone has to be linked before it can be of use. */
export const needsPhone = (status: WebSession['status']): boolean => status === 'waiting_qr' || status === 'logged_out' || status === 'created';
/** Nothing goes on by itself any more. */
export const stopped = (s: Pick<WebSession, 'status' | 'wanted'>): boolean => !s.wanted || s.status === 'closed' || s.status === 'error' || s.status === 'banned' || s.status === 'conflict' || s.status === 'logged_out';
/** Carriers whose numbers are phones linked through WhatsApp Web. */
export const isWebSession = (accountType: string): boolean => accountType === 'baileys' || accountType === 'wwebjs' || accountType === 'venom';
