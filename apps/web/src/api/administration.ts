import type {
  ApiKey, AuditEntry, AuditPage, Business, ChangeUserBody, CompanyView, CreateApiKeyBody, CreateCompanyBody, LinkView, Limits, Me, PlatformCompany, TokenIssuer, TokenIssuerBody, User, UserLink,
} from '@centralita/contracts';
import { get, patch, post, put, quiet, remove, withQuery } from './http.ts';

export type { ApiKey, AuditEntry, AuditPage, Business, CompanyView, LinkView, Limits, PlatformCompany, TokenIssuer, User, UserLink };
export type Role = User['role'];
export type Permission = Me['permissions'][number];
type Input<S extends { _zod: { input: unknown } }> = S['_zod']['input'];
export type NewApiKey = Input<typeof CreateApiKeyBody>;
export type NewCompany = Input<typeof CreateCompanyBody>;
export type UserChange = Input<typeof ChangeUserBody>;
export type IssuerInput = Input<typeof TokenIssuerBody>;

export const ROLES = ['administrator', 'supervisor', 'agent', 'developer', 'read_only'] as const satisfies readonly Role[];

const at = (...parts: string[]): string => `/api/${parts.map(encodeURIComponent).join('/')}`;

/** What administrators and operators ask; fetched with their pages, not with the inbox. */
export const administration = {
  users: (signal?: AbortSignal) => get<{ users: User[] }>('/api/users', signal),
  invite: (body: { name: string; email: string; role: Role; business_ids: string[] }) => post<{ user: User; link: UserLink }>('/api/users', body),
  changeUser: (id: string, body: UserChange) => patch<User>(at('users', id), body),
  linkUser: (id: string) => post<UserLink>(at('users', id, 'link')),
  lookAtLink: (token: string) => quiet.post<LinkView>('/api/links/look', { token }),
  useLink: (token: string, password: string) => quiet.post<Me>('/api/links/use', { token, password }),
  changePassword: (current: string, password: string) => quiet.post<void>('/api/me/password', { current, password }),
  apiKeys: (signal?: AbortSignal) => get<{ api_keys: ApiKey[] }>('/api/api-keys', signal),
  createKey: (body: NewApiKey) => post<{ api_key: ApiKey; key: string }>('/api/api-keys', body),
  revokeKey: (id: string) => remove(at('api-keys', id)),
  company: (signal?: AbortSignal) => get<CompanyView>('/api/company', signal),
  changeCompany: (body: { name?: string; timezone?: string; locale?: string }) => patch<CompanyView>('/api/company', body),
  businesses: (signal?: AbortSignal) => get<{ businesses: Business[] }>('/api/businesses', signal),
  createBusiness: (body: { name: string; external_id: string | null }) => post<Business>('/api/businesses', body),
  changeBusiness: (id: string, body: { name: string; external_id: string | null }) => patch<Business>(at('businesses', id), body),
  removeBusiness: (id: string) => remove(at('businesses', id)),
  audit: (where: 'company' | 'platform', query: { cursor?: string; action?: string }, signal?: AbortSignal) => get<AuditPage>(withQuery(where === 'company' ? '/api/audit' : '/api/platform/audit', query), signal),
  companies: (signal?: AbortSignal) => get<{ companies: PlatformCompany[] }>('/api/platform/companies', signal),
  createCompany: (body: NewCompany) => post<{ company: PlatformCompany; link: UserLink | null }>('/api/platform/companies', body),
  changePlatformCompany: (id: string, body: { limits?: Limits; suspended_reason?: string | null }) => patch<PlatformCompany>(at('platform', 'companies', id), body),
  issuers: (signal?: AbortSignal) => get<{ issuers: TokenIssuer[] }>('/api/platform/issuers', signal),
  createIssuer: (body: IssuerInput) => post<TokenIssuer>('/api/platform/issuers', body),
  changeIssuer: (id: string, body: IssuerInput) => put<TokenIssuer>(at('platform', 'issuers', id), body),
  removeIssuer: (id: string) => remove(at('platform', 'issuers', id)),
};
