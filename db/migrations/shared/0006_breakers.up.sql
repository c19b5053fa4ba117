-- Routes that failed too often: their waiting messages go to the next route of the account until a probe succeeds. A row is
-- an open breaker; none, a closed one.
create table {s}.breakers (
  route_id uuid primary key references {s}.routes on delete cascade,
  company_id uuid not null,
  reason text not null,
  opened_at timestamptz not null default now(),
  probe_at timestamptz not null
);
-- `fallback_threshold_errors` and `fallback_cooldown_seconds` of the account's chain; absent: 3 and 300.
alter table {s}.accounts add column fallback jsonb not null default '{}';

-- The first messages of a route that wait and were certainly not sent.
create function {s}.outbox_waiting(route uuid, wanted integer) returns table (message_id uuid, class smallint)
language sql stable security definer set search_path = pg_catalog as $$
  select o.message_id, o.class from {s}.outbox o
   where o.route_id = route and o.company_id = (select {s}.current_company()) and o.state in (0, 3)
   order by o.class, o.id limit wanted
$$;

-- Gives waiting messages to another route of this company, in their order; outbox_sweep of that route lets them go.
create function {s}.outbox_move(messages uuid[], target uuid) returns setof uuid
language sql volatile security definer set search_path = pg_catalog as $$
  update {s}.outbox o set route_id = target, state = 3, due_at = now()
   where o.message_id = any(messages) and o.company_id = (select {s}.current_company()) and o.state in (0, 3)
     and exists (select 1 from {s}.routes r where r.id = target and r.company_id = o.company_id)
  returning o.message_id
$$;
create index outbox_waiting on {s}.outbox (route_id, class, id) where state in (0, 3);
revoke all on function {s}.outbox_waiting(uuid, integer), {s}.outbox_move(uuid[], uuid) from public;
