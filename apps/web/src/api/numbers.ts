import type {
  Account, AddedRoute, Carrier, ChangeRoute, ConnectedAccount, CredentialsCheck, RouteCheck, RouteDetails, RouteList, RouteWebhook, SessionQr, TestProgress, TestResult,
} from '@centralita/contracts/api';
import { get, patch, post, put, remove, withQuery } from './http.ts';

export type { Carrier, CredentialsCheck, RouteDetails, RouteList, RouteWebhook, TestResult };
export type RouteState = RouteDetails['state'];
/** What was typed into the form of a carrier, by the names of its fields. */
export type Credentials = Readonly<Record<string, string>>;

const line = (id: string, ...parts: string[]): string => `/api/accounts/${[id, ...parts].map(encodeURIComponent).join('/')}`;
const route = (id: string, routeId: string, ...parts: string[]): string => line(id, 'routes', routeId, ...parts);

/** Fetched with its page. */
export const numbers = {
  lines: (signal?: AbortSignal) => get<{ accounts: Account[] }>('/api/accounts', signal),
  chain: (id: string, signal?: AbortSignal) => get<RouteList>(line(id, 'routes'), signal),
  change: (id: string, routeId: string, body: ChangeRoute) => patch<RouteDetails>(route(id, routeId), body),
  order: (id: string, route_ids: string[]) => put<RouteList>(line(id, 'routes', 'order'), { route_ids }),
  remove: (id: string, routeId: string) => remove(route(id, routeId)),
  check: (id: string, routeId: string) => post<RouteCheck>(route(id, routeId, 'check')),
  test: (id: string, routeId: string, body: { phone_number: string; text?: string; template?: { name: string; language: string } }) => post<TestResult>(route(id, routeId, 'test'), body),
  progress: (id: string, routeId: string, message: string, signal?: AbortSignal) => get<TestProgress>(withQuery(route(id, routeId, 'test'), { whatsapp_message_id: message }), signal),
  webhook: (id: string, routeId: string, signal?: AbortSignal) => get<RouteWebhook>(route(id, routeId, 'webhook'), signal),
  subscribe: (id: string, routeId: string) => post<RouteWebhook>(route(id, routeId, 'webhook')),
  changeLine: (id: string, body: { name?: string; fallback_threshold_errors?: number; fallback_cooldown_seconds?: number }) => put<Account>(line(id), body),
  pairing: (id: string, signal?: AbortSignal) => get<SessionQr>(line(id, 'session', 'qr'), signal),
  carriers: (signal?: AbortSignal) => get<{ carriers: Carrier[] }>('/api/carriers', signal),
  tryOut: (type: string, credentials: Credentials) => post<CredentialsCheck>(`/api/carriers/${encodeURIComponent(type)}/check`, { credentials }),
  connectLine: (body: { account_type: string; credentials: Credentials; name?: string; verify?: boolean }) => post<ConnectedAccount>('/api/accounts', body),
  connectRoute: (id: string, body: { account_type: string; credentials: Credentials; verify?: boolean }) => post<AddedRoute>(line(id, 'routes'), body),
};
