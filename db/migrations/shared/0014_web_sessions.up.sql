-- WhatsApp Web sessions. No company role reads any of these: the application's own role does (rooms, hosts of sessions).

-- A process that runs web sessions, one engine each. Its lease covers every session it owns: one row is renewed, however many there are.
create table {s}.bridge_hosts (
  id uuid primary key,
  engine text not null check (engine in ('baileys', 'wwebjs', 'wppconnect', 'venom')),
  -- Where the server reaches its HTTP API.
  url text not null,
  -- It talks to the sandbox, or to WhatsApp: never both.
  sandbox boolean not null,
  hostname text not null,
  pid integer not null,
  version text not null,
  capacity integer not null,
  sessions integer not null default 0,
  rss_bytes bigint not null default 0,
  -- It gives its sessions away and takes no more.
  draining boolean not null default false,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  lease_until timestamptz not null
);

create table {s}.web_sessions (
  id uuid primary key,
  company_id uuid not null references {s}.companies on delete cascade,
  account_id uuid not null references {s}.accounts on delete cascade,
  route_id uuid not null unique references {s}.routes on delete cascade,
  -- What its receipts are appended under.
  app_id uuid not null references {s}.apps,
  -- `session_name` of the source document, and the route's sender_id.
  name text not null,
  engine text not null check (engine in ('baileys', 'wwebjs', 'wppconnect', 'venom')),
  sandbox boolean not null default false,
  -- Whether it should run; a host that sees false closes it and keeps the login.
  wanted boolean not null default true,
  state text not null default 'created' check (state in
    ('created', 'initialising', 'waiting_qr', 'connecting', 'active', 'reconnecting', 'closed', 'error', 'conflict', 'logged_out', 'banned')),
  reason_code text,
  reason_text text,
  state_since timestamptz not null default now(),
  qr text,
  qr_expires_at timestamptz,
  pairing_code text,
  pairing_expires_at timestamptz,
  phone text,
  lid text,
  push_name text,
  platform text,
  -- The lease: a host, as long as that host's lease runs. Every commit of an owner checks the epoch.
  owner uuid,
  epoch bigint not null default 0,
  claimed_at timestamptz,
  -- Where an operator wants it; others leave it alone until then.
  preferred_host uuid,
  preferred_until timestamptz,
  reconnects integer not null default 0,
  active_since timestamptz,
  last_activity_at timestamptz,
  -- Browser engines: when the login was last stored.
  profile_stored_at timestamptz,
  created_at timestamptz not null default now(),
  unique (company_id, name)
) with (fillfactor = 80);
create index web_sessions_name on {s}.web_sessions (name);
create index web_sessions_owner on {s}.web_sessions (owner) where owner is not null;
create index web_sessions_account on {s}.web_sessions (account_id);

-- Logins and Signal keys, each value sealed (key id inside). `type` `creds` with id '' is the login itself.
create table {s}.web_session_keys (
  session_id uuid not null references {s}.web_sessions on delete cascade,
  type text not null,
  id text not null,
  value text not null,
  primary key (session_id, type, id)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 2000);

-- Messages of the last days, for those who ask to have one again, and for quotes, reactions and reading, which name one by its id.
create table {s}.web_session_messages (
  session_id uuid not null references {s}.web_sessions on delete cascade,
  id text not null,
  chat text not null,
  from_me boolean not null,
  participant text,
  -- Sealed. Null: only that it exists is known.
  content text,
  at timestamptz not null default now(),
  primary key (session_id, id)
);
create index web_session_messages_at on {s}.web_session_messages (at);

-- What happened to a session, newest last; some hundred lines of each are kept.
create table {s}.web_session_log (
  id bigint generated always as identity primary key,
  session_id uuid not null references {s}.web_sessions on delete cascade,
  at timestamptz not null default now(),
  state text not null,
  code text,
  text text,
  host_id uuid
);
create index web_session_log_session on {s}.web_session_log (session_id, id desc);

-- Appends receipts in the caller's transaction: bodies end to end in one value, what is pending of them, and the doorbell of unpacking.
create function {s}.append_receipts(apps uuid[], requests text[], sizes integer[], bodies bytea) returns void
language sql volatile as $$
  with stored as (
    insert into {s}.receipts (app_id, request_id, body)
    select u.app, u.request, substring(bodies from (u.up_to - u.size + 1)::integer for u.size)
      from (select app, request, size, n, sum(size) over (order by n) as up_to
              from unnest(apps, requests, sizes) with ordinality as t(app, request, size, n)) u
     order by u.n
    returning id, day, app_id
  ), pending as (
    insert into {s}.receipts_pending (app_id, receipt_id, day) select app_id, id, day from stored
  ), rung as (select app_id, count(*)::integer as n from stored group by app_id order by app_id)
  select {s}.ring_lanes('unpack', array_agg(app_id order by app_id), array_agg(n order by app_id), array_agg(null::timestamptz order by app_id)) from rung having count(*) > 0
$$;
revoke all on function {s}.append_receipts(uuid[], text[], integer[], bytea) from public;
