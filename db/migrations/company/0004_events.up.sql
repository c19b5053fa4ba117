-- Events out. What happened is written with the fact, by number, only while somebody subscribes; what each subscriber has
-- still to get is a row of its queue, gone when delivered.

create table {c}.subscriptions (
  id uuid primary key,
  name text not null,
  kind text not null check (kind in ('http', 'rabbitmq')),
  url text,
  -- Sealed. The previous one signs too until its time is over.
  secret text,
  previous_secret text,
  previous_until timestamptz,
  -- Null: all.
  events text[],
  accounts uuid[],
  -- Timeout, acknowledgement, retry; see packages/contracts/src/subscriptions.ts.
  settings jsonb not null default '{}',
  status text not null default 'active' check (status in ('active', 'paused', 'disabled')),
  reason text,
  -- Since when nothing was delivered although something was tried.
  failing_since timestamptz,
  last_error text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table {c}.events (
  number bigint generated always as identity primary key,
  id uuid not null unique,
  type text not null,
  account_id uuid,
  -- What is delivered in order: a conversation, else an account, else the subscription told of.
  ordering_key uuid not null,
  -- The body as it is signed and sent, the same in every try.
  body text not null,
  created_at timestamptz not null default now()
) with (autovacuum_vacuum_insert_scale_factor = 0.1);
create index events_time on {c}.events (created_at);

-- parked: behind an event of the same key that is tried again later or waits for its confirmation.
create table {c}.event_queue (
  subscription_id uuid not null,
  ordering_key uuid not null,
  number bigint not null,
  parked boolean not null default false,
  primary key (subscription_id, ordering_key, number)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);
create index event_queue_ready on {c}.event_queue (subscription_id, number) where not parked;

-- Keys whose first event was not taken (or is not confirmed) yet.
create table {c}.event_stalls (
  subscription_id uuid not null,
  ordering_key uuid not null,
  attempts integer not null,
  first_at timestamptz not null,
  due_at timestamptz not null,
  awaits boolean not null default false,
  primary key (subscription_id, ordering_key)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);
create index event_stalls_due on {c}.event_stalls (subscription_id, due_at);

-- What subscribers answered; the newest of each are kept.
create table {c}.event_log (
  id bigint generated always as identity primary key,
  subscription_id uuid not null,
  event_id uuid not null,
  event_type text not null,
  attempt integer not null,
  outcome text not null,
  status integer,
  duration_ms integer,
  error text,
  response text,
  created_at timestamptz not null default now()
) with (autovacuum_vacuum_insert_scale_factor = 0.1);
create index event_log_subscription on {c}.event_log (subscription_id, id desc);
