-- A route that was taken out of its chain stays as `removed`, without credentials: its past messages and late statuses still know it.
alter table {s}.routes drop constraint routes_status_check;
alter table {s}.routes add constraint routes_status_check check (status in ('active', 'paused', 'stopped', 'removed'));

-- Each route's own number, which was known as its account's.
update {s}.routes r set settings = r.settings || jsonb_build_object('phone', a.phone) from {s}.accounts a
 where a.id = r.account_id and r.position = 0 and a.phone is not null and not r.settings ? 'phone';

-- How each route does, as seen from outside: written at most once a second for each, by the processes that send and unpack.
create table {s}.route_health (
  route_id uuid primary key references {s}.routes on delete cascade,
  company_id uuid not null,
  received_at timestamptz,
  status_at timestamptz,
  accepted_at timestamptz,
  failed_at timestamptz,
  last_error jsonb,
  -- Failures of the route itself since the last message it took.
  failures integer not null default 0,
  -- The first message accepted after the last status of any.
  unanswered_since timestamptz,
  -- The last question to the carrier: credentials, and where it calls us.
  probed_at timestamptz,
  probe jsonb,
  probe_at timestamptz not null default now(),
  -- When somebody shall look whether there is news to tell, and what was told.
  look_at timestamptz not null default now(),
  told jsonb not null default '[]',
  told_at timestamptz
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);
create index route_health_probe on {s}.route_health (probe_at);
create index route_health_look on {s}.route_health (look_at);
create index route_health_unanswered on {s}.route_health (unanswered_since) where unanswered_since is not null;

-- What became of tries, by the hour; kept for two days.
create table {s}.route_counts (
  route_id uuid not null references {s}.routes on delete cascade,
  hour timestamptz not null,
  kind text not null,
  code text not null default '',
  title text,
  n integer not null,
  last_at timestamptz not null,
  primary key (route_id, hour, kind, code)
);
create index route_counts_hour on {s}.route_counts (hour);

-- Writes down what is told of a route, in the transaction that tells it; false: another process told it.
create function {s}.tell_route(route uuid, before jsonb, news jsonb) returns boolean
language sql volatile security definer set search_path = pg_catalog as $$
  with told as (
    update {s}.route_health set told = news, told_at = now()
     where route_id = route and told = before and company_id = (select {s}.current_company()) returning 1
  ) select exists (select 1 from told)
$$;
revoke all on function {s}.tell_route(uuid, jsonb, jsonb) from public;
