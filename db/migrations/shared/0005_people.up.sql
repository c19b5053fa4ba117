-- People and who may: five roles, keys with scopes, businesses below a company, links that let somebody in, issuers of
-- tokens, limits and their counters, the audit log. Who runs the installation is marked on the user or the key.

alter table {s}.companies
  add column suspended_at timestamptz,
  add column suspended_reason text,
  -- { messages_per_day, requests_per_minute, accounts, users }: absent means no limit.
  add column limits jsonb not null default '{}';

alter table {s}.users drop constraint users_role_check;
alter table {s}.users
  add constraint users_role_check check (role in ('administrator', 'supervisor', 'agent', 'developer', 'read_only')),
  -- Over all companies.
  add column platform boolean not null default false,
  -- Null: invited, has not chosen one yet.
  alter column password_hash drop not null,
  add column last_login_at timestamptz;
create index users_company on {s}.users (company_id);

alter table {s}.api_keys drop constraint api_keys_role_check;
alter table {s}.api_keys
  add constraint api_keys_role_check check (role in ('administrator', 'supervisor', 'agent', 'developer', 'read_only')),
  add column platform boolean not null default false,
  -- Permissions the key is held to; null: all of its role.
  add column scopes text[],
  -- Networks it may come from; null: any.
  add column allowed_ips text[],
  add column expires_at timestamptz,
  add column last_used_at timestamptz,
  add column last_used_ip text,
  add column created_by uuid;
create index api_keys_company on {s}.api_keys (company_id);

-- Until now the first administrator and the keys made with them ran the installation.
update {s}.users set platform = true where id = (
  select u.id from {s}.users u join {s}.companies c on c.id = u.company_id where u.role = 'administrator' and u.disabled_at is null order by c.created_at, u.created_at limit 1);
update {s}.api_keys set platform = true where role = 'administrator' and name in ('first', 'CENTRALITA_API_KEY')
  and company_id = (select id from {s}.companies order by created_at, id limit 1);

-- A link an administrator copies: it lets its holder choose a password, once. The link holds the token, the row its SHA-256.
create table {s}.user_links (
  token_hash bytea primary key,
  user_id uuid not null references {s}.users on delete cascade,
  purpose text not null check (purpose in ('invitation', 'password')),
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index user_links_user on {s}.user_links (user_id);

-- A unit of a company. Who belongs to none of them works for all.
create table {s}.businesses (
  id uuid primary key,
  company_id uuid not null references {s}.companies on delete cascade,
  name text not null,
  -- What the company's own systems call it.
  external_id text,
  created_at timestamptz not null default now(),
  unique (company_id, external_id)
);
create unique index businesses_name on {s}.businesses (company_id, lower(name));
create table {s}.user_businesses (
  user_id uuid not null references {s}.users on delete cascade,
  business_id uuid not null references {s}.businesses on delete cascade,
  primary key (user_id, business_id)
);
create index user_businesses_business on {s}.user_businesses (business_id);
alter table {s}.accounts add column business_id uuid references {s}.businesses on delete set null;
create index accounts_business on {s}.accounts (business_id) where business_id is not null;

-- Who signs tokens that we believe, and for which companies. `tenant` is what the issuer calls the company.
create table {s}.token_issuers (
  id uuid primary key,
  issuer text not null unique,
  name text not null,
  jwks_url text not null,
  audience text not null,
  algorithms text[] not null,
  -- The role of a token that names none; null: such a token may nothing.
  default_role text check (default_role in ('administrator', 'supervisor', 'agent', 'developer', 'read_only')),
  -- Whether a token that names no company may choose among the issuer's with X-Tenant-ID.
  header_chooses boolean not null default false,
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);
create table {s}.token_issuer_companies (
  issuer_id uuid not null references {s}.token_issuers on delete cascade,
  company_id uuid not null references {s}.companies on delete cascade,
  tenant text not null,
  primary key (issuer_id, company_id),
  unique (issuer_id, tenant)
);

-- A company's own IAM, asked over HTTP. `headers` is sealed.
create table {s}.iam_services (
  company_id uuid primary key references {s}.companies on delete cascade,
  url text not null,
  headers text,
  cache_seconds integer not null default 30 check (cache_seconds between 0 and 3600),
  updated_at timestamptz not null default now()
);

-- Every change: who, what, before and after without secrets. company_id null: one of the installation itself.
create table {s}.audit (
  id uuid primary key,
  company_id uuid references {s}.companies on delete cascade,
  at timestamptz not null default now(),
  actor_kind text not null check (actor_kind in ('user', 'key', 'token', 'system')),
  actor_id text,
  actor_name text not null,
  ip text,
  request_id text,
  action text not null,
  target_kind text not null,
  target_id text,
  target_name text,
  before jsonb,
  after jsonb
);
create index audit_company on {s}.audit (company_id, id desc);

-- What companies use: by day for their limits and figures, by minute for the pace of their requests.
create table {s}.usage_days (
  company_id uuid not null references {s}.companies on delete cascade,
  day date not null,
  messages_in bigint not null default 0,
  messages_out bigint not null default 0,
  requests bigint not null default 0,
  primary key (company_id, day)
);
create table {s}.usage_minutes (
  company_id uuid not null references {s}.companies on delete cascade,
  minute timestamptz not null,
  requests integer not null default 0,
  primary key (company_id, minute)
);

-- Writes to the audit log. In a company's transaction the entry is that company's, whatever is asked for.
create function {s}.audit_add(company uuid, entry jsonb) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  insert into {s}.audit (id, company_id, actor_kind, actor_id, actor_name, ip, request_id, action, target_kind, target_id, target_name, before, after)
  select (entry->>'id')::uuid, coalesce((select {s}.current_company()), company), entry->>'actor_kind', entry->>'actor_id', entry->>'actor_name', entry->>'ip',
         entry->>'request_id', entry->>'action', entry->>'target_kind', entry->>'target_id', entry->>'target_name', entry->'before', entry->'after'
   where (select {s}.current_company()) is not null or current_setting('role') = 'none'
$$;
revoke all on function {s}.audit_add(uuid, jsonb) from public;
