-- Shared tables. Hot ones (receipts, lanes, outbox) are readable by no company role: company transactions reach them
-- through the functions of 0002 only. {s} is the shared schema.

create table {s}.companies (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name text not null,
  schema_name text not null unique,
  role_name text not null unique,
  timezone text not null default 'America/Santiago',
  locale text not null default 'es',
  created_at timestamptz not null default now()
);

create table {s}.users (
  id uuid primary key,
  company_id uuid not null references {s}.companies on delete cascade,
  email text not null,
  name text not null,
  role text not null check (role in ('administrator', 'agent')),
  password_hash text not null,
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);
create unique index users_email on {s}.users (lower(email));

-- A browser's login. The cookie holds a random token, the row its SHA-256.
create table {s}.logins (
  token_hash bytea primary key,
  user_id uuid not null references {s}.users on delete cascade,
  csrf text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index logins_user on {s}.logins (user_id);

create table {s}.api_keys (
  id uuid primary key,
  company_id uuid not null references {s}.companies on delete cascade,
  name text not null,
  prefix text not null,
  key_hash bytea not null unique,
  role text not null check (role in ('administrator', 'agent')),
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);

-- A webhook endpoint with its own secret: /webhook/{provider}/{slug}. `secrets` is sealed (key id inside).
create table {s}.apps (
  id uuid primary key,
  company_id uuid not null references {s}.companies on delete cascade,
  provider text not null,
  slug text not null,
  is_default boolean not null default false,
  secrets text not null,
  created_at timestamptz not null default now(),
  unique (provider, slug)
);
create unique index apps_default on {s}.apps (provider) where is_default;

create table {s}.accounts (
  id uuid primary key,
  company_id uuid not null references {s}.companies on delete cascade,
  name text not null,
  phone text,
  status text not null default 'active' check (status in ('active', 'disabled')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index accounts_company on {s}.accounts (company_id);

-- One provider, one sender and its credentials; an account has an ordered chain of them.
create table {s}.routes (
  id uuid primary key,
  company_id uuid not null references {s}.companies on delete cascade,
  account_id uuid not null references {s}.accounts on delete cascade,
  app_id uuid references {s}.apps,
  provider text not null,
  sender_id text not null,
  waba_id text,
  position integer not null default 0,
  credentials text not null,
  settings jsonb not null default '{}',
  status text not null default 'active' check (status in ('active', 'paused', 'stopped')),
  status_reason text,
  created_at timestamptz not null default now(),
  unique (account_id, position)
);
-- One sender of an app is one route: this is what a receipt is routed by.
create unique index routes_app_sender on {s}.routes (app_id, sender_id);
create index routes_account on {s}.routes (account_id, position);

-- Webhook bodies as they came, by day. Kept for RECEIPT_RETENTION_DAYS, partitions dropped whole.
create table {s}.receipts (
  id bigint generated always as identity,
  day date not null default (now() at time zone 'utc')::date,
  app_id uuid not null,
  request_id text not null,
  received_at timestamptz not null default now(),
  body bytea not null,
  primary key (day, id)
) partition by range (day);

-- What of them is not unpacked yet: narrow, so that finishing a receipt never rewrites its body.
create table {s}.receipts_pending (
  app_id uuid not null,
  receipt_id bigint not null,
  day date not null,
  attempts integer not null default 0,
  primary key (app_id, receipt_id)
) with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);

-- Signed but unreadable bodies; the columns are those of the source document (E2).
create table {s}.failed_webhooks (
  id uuid primary key,
  app_id uuid not null references {s}.apps on delete cascade,
  request_id text not null,
  payload bytea not null,
  message_id text,
  error_message text not null,
  error_stack text,
  created_at timestamptz not null default now(),
  replayed_at timestamptz
);
create index failed_webhooks_app on {s}.failed_webhooks (app_id, id desc);

-- Events of a receipt that belong to no route of its app.
create table {s}.unrouted (
  id uuid primary key,
  app_id uuid not null references {s}.apps on delete cascade,
  event_key text not null,
  line text not null,
  kind text not null,
  summary text not null,
  event jsonb not null,
  created_at timestamptz not null default now(),
  unique (app_id, line, event_key)
);
create index unrouted_app on {s}.unrouted (app_id, id desc);

-- Processes that may hold leases; a start frees those of dead processes of its own host.
create table {s}.processes (
  id uuid primary key,
  host text not null,
  pid integer not null,
  pid_started text not null,
  role text not null,
  version text not null,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);

-- A lane: a lease with a doorbell. See docs/life-of-a-message.md.
create table {s}.lanes (
  kind text not null,
  key uuid not null,
  company_id uuid,
  pending integer not null default 0,
  due_at timestamptz not null default now(),
  owner uuid,
  epoch bigint not null default 0,
  lease_until timestamptz,
  attempts integer not null default 0,
  last_error text,
  primary key (kind, key)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);
create index lanes_due on {s}.lanes (kind, due_at) where pending > 0;
create index lanes_owner on {s}.lanes (owner) where owner is not null;

create table {s}.lane_kinds (
  kind text primary key,
  paused_at timestamptz,
  completed bigint not null default 0,
  failed bigint not null default 0
);

-- The outbox index: ids only, drained by one pump per route. state: 0 waiting, 1 sending, 2 outcome unknown.
create table {s}.outbox (
  id bigint generated always as identity primary key,
  message_id uuid not null unique,
  company_id uuid not null,
  route_id uuid not null,
  contact_id uuid not null,
  class smallint not null,
  state smallint not null default 0,
  due_at timestamptz not null default now(),
  attempts integer not null default 0
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);
create index outbox_order on {s}.outbox (route_id, class, id) where state = 0;
create index outbox_contact on {s}.outbox (route_id, contact_id, class, id) where state in (0, 1);
create index outbox_due on {s}.outbox (route_id, due_at) where state in (0, 2);
create index outbox_sending on {s}.outbox (route_id) where state = 1;
