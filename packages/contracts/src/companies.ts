import { z } from 'zod';
import { Permission, Role } from './permissions.ts';

const at = z.string();
const name = z.string().trim().min(1, 'Write a name.').max(100);
/** An address or a block of them. */
const network = z.string().trim().min(2).max(50);
/** The last id of the page before, as `next_cursor` gave it. */
const paging = { cursor: z.string().optional(), limit: z.coerce.number().int().min(1).max(100).default(50) };

/** `invited`: has not chosen a password yet. */
export const UserStatus = z.enum(['active', 'invited', 'disabled']);
export const User = z.object({
  id: z.string(), name: z.string(), email: z.string(), role: Role, status: UserStatus,
  /** Runs the installation: over all companies. */
  platform: z.boolean(),
  /** The businesses the user works for; empty: all of them. */
  business_ids: z.array(z.string()),
  created_at: at, last_login_at: at.nullable(),
}).meta({ id: 'User' });
export type User = z.infer<typeof User>;
export const UserPage = z.object({ users: z.array(User) });

/** `POST /api/users`. Answer 201 `InvitedUser`. What is not known is refused: a misspelt `business_ids` would reach everything. */
export const InviteUserBody = z.strictObject({ email: z.email('Write an e-mail address.').max(200), name, role: Role, business_ids: z.array(z.string()).max(100).default([]) });
/** A link to copy and hand over: its holder chooses a password with it, once. It is shown this one time. */
export const UserLink = z.object({ url: z.string(), purpose: z.enum(['invitation', 'password']), expires_at: at }).meta({ id: 'UserLink' });
export type UserLink = z.infer<typeof UserLink>;
export const InvitedUser = z.object({ user: User, link: UserLink }).meta({ id: 'InvitedUser' });
/** `PATCH /api/users/{id}`: what is given is changed. `platform` only by who has it. */
export const ChangeUserBody = z.strictObject({ name: name.optional(), role: Role.optional(), business_ids: z.array(z.string()).max(100).optional(), disabled: z.boolean().optional(), platform: z.boolean().optional() });

const password = z.string().min(10, 'Choose a password of at least 10 characters.').max(200);
/** `POST /api/links/look`: whose link it is. */
export const LookAtLinkBody = z.object({ token: z.string().min(20).max(200) });
export const LinkView = z.object({ purpose: z.enum(['invitation', 'password']), name: z.string(), email: z.string(), company: z.string() }).meta({ id: 'LinkView' });
export type LinkView = z.infer<typeof LinkView>;
/** `POST /api/links/use`. The answer is `Me` and the cookie. */
export const UseLinkBody = z.object({ token: z.string().min(20).max(200), password });
/** `POST /api/me/password`: 204; every other login of the user ends. */
export const ChangePasswordBody = z.object({ current: z.string().min(1).max(200), password });

export const ApiKey = z.object({
  id: z.string(), name: z.string(),
  /** How the key begins; the key itself is shown once, when it is made. */
  prefix: z.string(),
  role: Role,
  /** Permissions it is held to; null: all of its role. */
  scopes: z.array(z.string()).nullable(),
  /** Networks it may come from; null: any. */
  allowed_ips: z.array(z.string()).nullable(),
  platform: z.boolean(),
  /** The businesses it is held to; empty: the whole company. */
  business_ids: z.array(z.string()),
  expires_at: at.nullable(), last_used_at: at.nullable(), last_used_ip: z.string().nullable(),
  created_at: at, created_by: z.object({ id: z.string(), name: z.string() }).nullable(), revoked_at: at.nullable(),
}).meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof ApiKey>;
export const ApiKeyPage = z.object({ api_keys: z.array(ApiKey) });
/** `POST /api/api-keys`. Answer 201 `MadeApiKey`. What is not known here is refused: a misspelt allowlist would be none. */
export const CreateApiKeyBody = z.strictObject({
  name, role: Role, scopes: z.array(Permission).min(1, 'Choose at least one permission.').nullable().default(null),
  allowed_ips: z.array(network).max(50).nullable().default(null), expires_at: z.iso.datetime({ offset: true }).nullable().default(null), platform: z.boolean().default(false),
  business_ids: z.array(z.string()).max(100).default([]),
});
export const MadeApiKey = z.object({ api_key: ApiKey, key: z.string() }).meta({ id: 'MadeApiKey' });
/** `PATCH /api/api-keys/{id}`, as strict. */
export const ChangeApiKeyBody = z.strictObject({ name: name.optional(), allowed_ips: z.array(network).max(50).nullable().optional(), expires_at: z.iso.datetime({ offset: true }).nullable().optional(), business_ids: z.array(z.string()).max(100).optional() });

/** Absent or null: no limit; what is misspelt is refused. */
export const Limits = z.strictObject({
  messages_per_day: z.number().int().min(0).nullable().optional(), requests_per_minute: z.number().int().min(1).nullable().optional(),
  accounts: z.number().int().min(0).nullable().optional(), users: z.number().int().min(1).nullable().optional(),
}).meta({ id: 'Limits' });
export type Limits = z.infer<typeof Limits>;
export const CompanyUsage = z.object({ messages_in_today: z.number(), messages_out_today: z.number(), requests_today: z.number(), users: z.number() });
export const CompanyView = z.object({
  id: z.string(), slug: z.string(), name: z.string(), timezone: z.string(), locale: z.string(), settings: z.record(z.string(), z.json()), limits: Limits, usage: CompanyUsage,
  status: z.enum(['active', 'suspended']), created_at: at,
}).meta({ id: 'CompanyView' });
export type CompanyView = z.infer<typeof CompanyView>;
/** Settings that rooms read, and what they hold; a company keeps anything else there too. */
export const KNOWN_SETTINGS = {
  /** Days that events told to subscriptions are kept for replays. Without it EVENT_RETENTION_DAYS of the installation. */
  'events.retention_days': z.int().min(1).max(90),
  /** Days that the log of what subscribers answered is kept. */
  'events.log_days': z.int().min(1).max(90),
} as const;

function checkKnown(settings: Readonly<Record<string, unknown>>, problem: (key: string, message: string) => void): void {
  for (const [key, schema] of Object.entries(KNOWN_SETTINGS)) {
    const value = settings[key];
    const checked = value === undefined || value === null ? undefined : schema.safeParse(value);
    if (checked?.success === false) problem(key, checked.error.issues[0]?.message ?? 'It cannot hold this.');
  }
}

/** `PATCH /api/company`. `settings` is merged by key; null takes one away. */
export const ChangeCompanyBody = z.object({
  name: name.optional(), timezone: z.string().max(64).optional(), locale: z.string().max(35).optional(),
  settings: z.record(z.string().regex(/^[a-z][a-z0-9_.]{0,63}$/, 'Small letters, digits, _ and .'), z.json())
    .superRefine((settings, ctx) => checkKnown(settings, (key, message) => ctx.addIssue({ code: 'custom', path: [key], message }))).optional(),
});

export const Business = z.object({ id: z.string(), name: z.string(), external_id: z.string().nullable(), created_at: at }).meta({ id: 'Business' });
export type Business = z.infer<typeof Business>;
export const BusinessPage = z.object({ businesses: z.array(Business) });
export const CreateBusinessBody = z.object({ name, external_id: z.string().trim().min(1).max(100).nullable().default(null) });
export const ChangeBusinessBody = z.object({ name: name.optional(), external_id: z.string().trim().min(1).max(100).nullable().optional() });

export const AuditEntry = z.object({
  id: z.string(), at,
  /** Who: a person, an API key, a token of another system, or the installation itself. */
  actor: z.object({ kind: z.enum(['user', 'key', 'token', 'system']), id: z.string().nullable(), name: z.string() }),
  ip: z.string().nullable(), request_id: z.string().nullable(),
  /** What: `user.invited`, `api_key.revoked`, … */
  action: z.string(),
  target: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
  /** What changed, without secrets. */
  before: z.record(z.string(), z.json()).nullable(), after: z.record(z.string(), z.json()).nullable(),
}).meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof AuditEntry>;
/** `GET /api/audit`, newest first. `action` is a whole one or its beginning (`user.`). */
export const AuditQuery = z.object({ action: z.string().max(60).optional(), actor_id: z.string().max(60).optional(), target_id: z.string().max(60).optional(), ...paging });
export const AuditPage = z.object({ entries: z.array(AuditEntry), next_cursor: z.string().nullable() }).meta({ id: 'AuditPage' });
export type AuditPage = z.infer<typeof AuditPage>;

/** `POST /api/iam/check`, as 4.2 of the source document prints it; a company's own IAM is asked the same. */
export const IamQuestion = z.object({ action: z.string().min(1).max(100), account_id: z.string().max(100).nullish(), company_id: z.string().min(1).max(100), user_id: z.string().min(1).max(200) }).meta({ id: 'IamQuestion' });
export const IamAnswer = z.object({
  allowed: z.boolean(),
  context: z.object({ company_id: z.string(), business_ids: z.array(z.string()).default([]), role: z.string().nullable().default(null), permissions: z.array(z.string()).default([]) }),
}).meta({ id: 'IamAnswer' });
export type IamAnswer = z.infer<typeof IamAnswer>;
/** `PUT /api/company/iam`: the company's own IAM. `headers` (such as Authorization) are never shown again; left out they stay. */
export const IamServiceBody = z.object({
  url: z.url({ protocol: /^https?$/ }).max(500), cache_seconds: z.number().int().min(0).max(3600).default(30), headers: z.record(z.string().regex(/^[\w-]{1,60}$/), z.string().max(4000)).optional(),
});
export const IamService = z.object({ url: z.string(), cache_seconds: z.number().int(), header_names: z.array(z.string()) }).meta({ id: 'IamService' });
export type IamService = z.infer<typeof IamService>;
/** `POST /api/company/iam/test`: what would be kept, and a question. Headers left out are those that are kept for this address. */
export const IamTestBody = IamServiceBody.omit({ cache_seconds: true }).extend({ question: IamQuestion });
/** `answer` null: there was none that can be used, and `reason` says why. */
export const IamTest = z.object({ answer: IamAnswer.nullable(), reason: z.string().nullable(), milliseconds: z.number().int() }).meta({ id: 'IamTest' });
export type IamTest = z.infer<typeof IamTest>;

/** Algorithms with a public key; one shared secret would let every reader of it sign. */
export const TokenAlgorithm = z.enum(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']);
/** Who signs tokens that are believed here, for which companies. `tenant` is what the issuer calls the company. */
export const TokenIssuerBody = z.object({
  name, issuer: z.string().trim().min(1).max(300), jwks_url: z.url({ protocol: /^https?$/ }).max(500), audience: z.string().trim().min(1).max(300),
  algorithms: z.array(TokenAlgorithm).min(1).default(['RS256']), default_role: Role.nullable().default(null), header_chooses: z.boolean().default(false), disabled: z.boolean().default(false),
  companies: z.array(z.object({ company_id: z.string(), tenant: z.string().trim().min(1).max(100) })).max(1000),
});
export const TokenIssuer = TokenIssuerBody.extend({ id: z.string(), created_at: at }).meta({ id: 'TokenIssuer' });
export type TokenIssuer = z.infer<typeof TokenIssuer>;
export const TokenIssuerPage = z.object({ issuers: z.array(TokenIssuer) });

/** A company as those who run the installation see it. */
export const PlatformCompany = z.object({
  id: z.string(), slug: z.string(), name: z.string(), timezone: z.string(), locale: z.string(), limits: Limits, status: z.enum(['active', 'suspended']), suspended_reason: z.string().nullable(),
  created_at: at, users: z.number().int(), messages_in_today: z.number(), messages_out_today: z.number(), messages_out_30_days: z.number(),
}).meta({ id: 'PlatformCompany' });
export type PlatformCompany = z.infer<typeof PlatformCompany>;
export const PlatformCompanyPage = z.object({ companies: z.array(PlatformCompany) });
/** `POST /api/platform/companies`. With an administrator's e-mail the answer has the link that lets them in. */
export const CreateCompanyBody = z.object({
  slug: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, '1 to 40 small letters, digits and hyphens, such as: municipalidad'), name,
  timezone: z.string().max(64).default('America/Santiago'), locale: z.string().max(35).default('es'), limits: Limits.default({}),
  administrator: z.object({ email: z.email('Write an e-mail address.').max(200), name }).nullable().default(null),
});
export const CreatedCompany = z.object({ company: PlatformCompany, link: UserLink.nullable() }).meta({ id: 'CreatedCompany' });
/** `PATCH /api/platform/companies/{id}`. A reason suspends the company, null lets it in again. */
export const ChangePlatformCompanyBody = z.object({ name: name.optional(), limits: Limits.optional(), suspended_reason: z.string().trim().min(1).max(300).nullable().optional() });
