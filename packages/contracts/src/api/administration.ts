import { z } from 'zod';
import {
  ApiKey, ApiKeyPage, AuditPage, AuditQuery, Business, BusinessPage, ChangeApiKeyBody, ChangeBusinessBody, ChangeCompanyBody, ChangePasswordBody, ChangePlatformCompanyBody, ChangeUserBody,
  CompanyView, CreateApiKeyBody, CreateBusinessBody, CreateCompanyBody, CreatedCompany, IamAnswer, IamQuestion, IamService, IamServiceBody, IamTest, IamTestBody, InvitedUser, InviteUserBody, LinkView,
  LookAtLinkBody, MadeApiKey, PlatformCompany, PlatformCompanyPage, TokenIssuer, TokenIssuerBody, TokenIssuerPage, UseLinkBody, User, UserLink, UserPage,
} from '../companies.ts';
import { LoginBody, Me } from '../session.ts';
import type { Endpoint } from './endpoint.ts';

const user = {
  id: 'usr_01kah0s0xbe7rtq1rq7mpv0a6e', name: 'Lea Rojas', email: 'lea@ejemplo.cl', role: 'agent', status: 'active', platform: false, business_ids: [], created_at: '2026-04-10T15:30:45.120Z',
  last_login_at: null,
};
const gone = { description: 'Done.' };
const IamOrNone = z.object({ iam: IamService.nullable() });

export const sessionEndpoints: readonly Endpoint[] = [
  {
    id: 'login', method: 'post', path: '/api/login', tag: 'session', permission: 'public', summary: 'Sign in',
    description: 'For browsers: the answer sets a cookie. Other systems send an API key.',
    body: { schema: LoginBody, example: { email: 'lea@ejemplo.cl', password: 'una clave larga' } }, answers: { 200: { description: 'Who is signed in.', schema: Me } },
    problems: ['companies.wrong_password', 'companies.too_many_tries', 'companies.suspended'],
  },
  { id: 'logout', method: 'post', path: '/api/logout', tag: 'session', permission: 'public', summary: 'Sign out', answers: { 204: gone }, problems: ['companies.csrf'] },
  { id: 'getMe', method: 'get', path: '/api/me', tag: 'session', summary: 'Who is signed in', answers: { 200: { description: 'The person, the company, what they may do.', schema: Me } }, problems: ['companies.no_person'] },
  {
    id: 'changePassword', method: 'post', path: '/api/me/password', tag: 'session', summary: 'Change one’s own password', description: 'Every other login of the person ends.',
    body: { schema: ChangePasswordBody }, answers: { 204: gone }, problems: ['companies.wrong_password', 'companies.no_person'],
  },
  {
    id: 'lookAtLink', method: 'post', path: '/api/links/look', tag: 'session', permission: 'public', summary: 'Whose link this is', description: 'The token is what stands behind # in the link.',
    body: { schema: LookAtLinkBody }, answers: { 200: { description: 'For whom it is.', schema: LinkView } }, problems: ['companies.link_gone'],
  },
  {
    id: 'useLink', method: 'post', path: '/api/links/use', tag: 'session', permission: 'public', summary: 'Choose a password with a link',
    body: { schema: UseLinkBody }, answers: { 200: { description: 'Signed in.', schema: Me } }, problems: ['companies.link_gone'],
  },
];

export const administrationEndpoints: readonly Endpoint[] = [
  { id: 'listUsers', method: 'get', path: '/api/users', tag: 'administration', permission: 'company:manage_users', summary: 'Users', answers: { 200: { description: 'By name.', schema: UserPage, example: { users: [user] } } } },
  {
    id: 'inviteUser', method: 'post', path: '/api/users', tag: 'administration', permission: 'company:manage_users', summary: 'Invite somebody',
    description: 'The answer has a link to hand over; with it they choose a password. It is shown once and ends after a week.',
    body: { schema: InviteUserBody, example: { email: 'lea@ejemplo.cl', name: 'Lea Rojas', role: 'agent' } }, answers: { 201: { description: 'The user and the link.', schema: InvitedUser } },
    problems: ['companies.email_taken', 'companies.limit_users', 'companies.business_not_found'],
  },
  {
    id: 'changeUser', method: 'patch', path: '/api/users/{id}', tag: 'administration', permission: 'company:manage_users', summary: 'Change a user', description: 'Name, role, businesses; `disabled` ends their access.',
    body: { schema: ChangeUserBody, example: { role: 'supervisor' } }, answers: { 200: { description: 'The user.', schema: User, example: { ...user, role: 'supervisor' } } },
    problems: ['companies.user_not_found', 'companies.own_user', 'companies.last_administrator'],
  },
  {
    id: 'linkUser', method: 'post', path: '/api/users/{id}/link', tag: 'administration', permission: 'company:manage_users', summary: 'A new link for a user',
    description: 'An invitation for who never came in, a new password for the others. Links made before end.', answers: { 201: { description: 'The link, shown once.', schema: UserLink } },
    problems: ['companies.user_not_found', 'companies.user_disabled'],
  },
  { id: 'listApiKeys', method: 'get', path: '/api/api-keys', tag: 'administration', permission: 'company:manage_api_keys', summary: 'API keys', answers: { 200: { description: 'Those in force first.', schema: ApiKeyPage } } },
  {
    id: 'createApiKey', method: 'post', path: '/api/api-keys', tag: 'administration', permission: 'company:manage_api_keys', summary: 'Make an API key',
    description: 'The key is in this answer and nowhere else. Nobody makes a key that may more than they may themselves.',
    body: { schema: CreateApiKeyBody, example: { name: 'Sitio web', role: 'agent', scopes: ['whatsapp:send_message'], allowed_ips: ['203.0.113.0/24'] } },
    answers: { 201: { description: 'The key.', schema: MadeApiKey } }, problems: ['companies.bad_network', 'companies.past_expiry'],
  },
  {
    id: 'changeApiKey', method: 'patch', path: '/api/api-keys/{id}', tag: 'administration', permission: 'company:manage_api_keys', summary: 'Change an API key', body: { schema: ChangeApiKeyBody },
    answers: { 200: { description: 'The key.', schema: ApiKey } }, problems: ['companies.key_not_found', 'companies.bad_network', 'companies.past_expiry'],
  },
  { id: 'revokeApiKey', method: 'delete', path: '/api/api-keys/{id}', tag: 'administration', permission: 'company:manage_api_keys', summary: 'Revoke an API key', answers: { 204: gone }, problems: ['companies.key_not_found'] },
  { id: 'getCompany', method: 'get', path: '/api/company', tag: 'administration', permission: 'whatsapp:read', summary: 'The company', answers: { 200: { description: 'Its settings, limits and use.', schema: CompanyView } } },
  {
    id: 'changeCompany', method: 'patch', path: '/api/company', tag: 'administration', permission: 'company:manage', summary: 'Change the company', body: { schema: ChangeCompanyBody, example: { timezone: 'America/Guayaquil' } },
    answers: { 200: { description: 'The company.', schema: CompanyView } }, problems: ['companies.bad_timezone', 'companies.bad_locale', 'companies.settings_too_large'],
  },
  { id: 'listBusinesses', method: 'get', path: '/api/businesses', tag: 'administration', permission: 'whatsapp:read', summary: 'Businesses', answers: { 200: { description: 'By name.', schema: BusinessPage } } },
  {
    id: 'createBusiness', method: 'post', path: '/api/businesses', tag: 'administration', permission: 'company:manage', summary: 'Add a business', body: { schema: CreateBusinessBody, example: { name: 'Sucursal centro', external_id: 'business_789' } },
    answers: { 201: { description: 'The business.', schema: Business } }, problems: ['companies.business_taken'],
  },
  {
    id: 'changeBusiness', method: 'patch', path: '/api/businesses/{id}', tag: 'administration', permission: 'company:manage', summary: 'Change a business', body: { schema: ChangeBusinessBody },
    answers: { 200: { description: 'The business.', schema: Business } }, problems: ['companies.business_not_found', 'companies.business_taken'],
  },
  {
    id: 'removeBusiness', method: 'delete', path: '/api/businesses/{id}', tag: 'administration', permission: 'company:manage', summary: 'Remove a business', answers: { 204: gone },
    problems: ['companies.business_not_found', 'companies.business_in_use'],
  },
  { id: 'listAudit', method: 'get', path: '/api/audit', tag: 'administration', permission: 'company:read_audit', summary: 'The audit log', query: AuditQuery, answers: { 200: { description: 'Newest first.', schema: AuditPage } }, problems: ['companies.bad_cursor'] },
  {
    id: 'checkPermission', method: 'post', path: '/api/iam/check', tag: 'administration', permission: 'whatsapp:read', summary: 'May somebody do something?',
    description: 'A person (`usr_…` or their e-mail) or an API key (`key_…`) of the company. Where the company has its own IAM, that is asked.',
    body: { schema: IamQuestion, example: { action: 'whatsapp:send_message', account_id: 'acc_01kah0rz2pe7rtq1rq7mpv0a6e', company_id: 'co_01kah0rz2pe7rtq1rq7mpv0a6e', user_id: user.id } },
    answers: { 200: { description: 'Whether, and what is known about them.', schema: IamAnswer } }, problems: ['companies.invalid_tenant', 'companies.iam_away'],
  },
  { id: 'getIam', method: 'get', path: '/api/company/iam', tag: 'administration', permission: 'company:manage', summary: 'The company’s own IAM', answers: { 200: { description: 'Null: ours decides.', schema: IamOrNone } } },
  {
    id: 'setIam', method: 'put', path: '/api/company/iam', tag: 'administration', permission: 'company:manage', summary: 'Ask the company’s own IAM',
    description: 'It is asked what the holder of a token may do, with the question of `/api/iam/check`. Without an answer nobody gets in.',
    body: { schema: IamServiceBody, example: { url: 'https://iam.ejemplo.cl/check', cache_seconds: 30 } }, answers: { 200: { description: 'What is kept.', schema: IamOrNone } }, problems: ['companies.not_https'],
  },
  {
    id: 'testIam', method: 'post', path: '/api/company/iam/test', tag: 'administration', permission: 'company:manage', summary: 'Ask an IAM without keeping it', description: 'Not from memory, and nothing is remembered.',
    body: { schema: IamTestBody, example: { url: 'https://iam.ejemplo.cl/check', question: { action: 'whatsapp:read', company_id: 'municipalidad', user_id: 'ana' } } },
    answers: { 200: { description: 'What it said, or what stood in the way.', schema: IamTest } }, problems: ['companies.not_https'],
  },
  { id: 'removeIam', method: 'delete', path: '/api/company/iam', tag: 'administration', permission: 'company:manage', summary: 'Decide here again', answers: { 204: gone } },
  {
    id: 'listCompanies', method: 'get', path: '/api/platform/companies', tag: 'administration', permission: 'platform:admin', summary: 'Every company of the installation',
    answers: { 200: { description: 'The oldest first.', schema: PlatformCompanyPage } },
  },
  {
    id: 'createCompany', method: 'post', path: '/api/platform/companies', tag: 'administration', permission: 'platform:admin', summary: 'Make a company', description: 'With its own schema and database role, in one call.',
    body: { schema: CreateCompanyBody, example: { slug: 'municipalidad', name: 'Municipalidad', administrator: { email: 'ana@municipalidad.cl', name: 'Ana Soto' } } },
    answers: { 201: { description: 'The company, and the link that lets its administrator in.', schema: CreatedCompany } }, problems: ['companies.slug_taken', 'companies.email_taken', 'companies.bad_timezone'],
  },
  {
    id: 'changePlatformCompany', method: 'patch', path: '/api/platform/companies/{id}', tag: 'administration', permission: 'platform:admin', summary: 'Limits of a company; suspend it or let it in again',
    body: { schema: ChangePlatformCompanyBody, example: { limits: { messages_per_day: 10000 } } }, answers: { 200: { description: 'The company.', schema: PlatformCompany } }, problems: ['companies.not_found'],
  },
  { id: 'listPlatformAudit', method: 'get', path: '/api/platform/audit', tag: 'administration', permission: 'platform:admin', summary: 'The audit log of the installation', query: AuditQuery, answers: { 200: { description: 'Newest first.', schema: AuditPage } }, problems: ['companies.bad_cursor'] },
  { id: 'listIssuers', method: 'get', path: '/api/platform/issuers', tag: 'administration', permission: 'platform:admin', summary: 'Who signs tokens that are believed', answers: { 200: { description: 'By name.', schema: TokenIssuerPage } } },
  {
    id: 'createIssuer', method: 'post', path: '/api/platform/issuers', tag: 'administration', permission: 'platform:admin', summary: 'Believe the tokens of an issuer',
    description: 'Tokens are sent as `Authorization: Bearer`. Fixed algorithms and audience; an issuer speaks only for the companies listed, by its own names for them (claims `tenant_id`, `company_id`, `tenant_ids`, `company_ids`).',
    body: { schema: TokenIssuerBody, example: { name: 'Keycloak', issuer: 'https://id.ejemplo.cl/realms/main', jwks_url: 'https://id.ejemplo.cl/realms/main/protocol/openid-connect/certs', audience: 'centralita', algorithms: ['RS256'], companies: [{ company_id: 'co_01kah0rz2pe7rtq1rq7mpv0a6e', tenant: 'company_456' }] } },
    answers: { 201: { description: 'The issuer.', schema: TokenIssuer } }, problems: ['companies.issuer_taken', 'companies.not_https', 'companies.not_found'],
  },
  {
    id: 'changeIssuer', method: 'put', path: '/api/platform/issuers/{id}', tag: 'administration', permission: 'platform:admin', summary: 'Change an issuer', body: { schema: TokenIssuerBody },
    answers: { 200: { description: 'The issuer.', schema: TokenIssuer } }, problems: ['companies.issuer_not_found', 'companies.issuer_taken', 'companies.not_https', 'companies.not_found'],
  },
  { id: 'removeIssuer', method: 'delete', path: '/api/platform/issuers/{id}', tag: 'administration', permission: 'platform:admin', summary: 'Believe an issuer no more', answers: { 204: gone }, problems: ['companies.issuer_not_found'] },
];
