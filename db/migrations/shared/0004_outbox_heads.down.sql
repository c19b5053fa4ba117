drop function {s}.outbox_put(uuid[], uuid[], uuid[], smallint[]), {s}.outbox_take(uuid, integer), {s}.outbox_settle(uuid[], smallint[], timestamptz[]),
  {s}.outbox_promote(uuid[], uuid[], smallint[]), {s}.outbox_sweep(uuid[]), {s}.outbox_recover(uuid, interval), {s}.outbox_next_due(uuid);
update {s}.outbox set state = 0 where state = 3;
drop index {s}.outbox_blocked, {s}.outbox_contact;
create index outbox_contact on {s}.outbox (route_id, contact_id, class, id) where state in (0, 1);

-- Puts messages into the outbox of a route of this company. Arrays run in parallel.
create function {s}.outbox_put(messages uuid[], routes uuid[], contacts uuid[], classes smallint[]) returns integer
language sql volatile security definer set search_path = pg_catalog as $$
  with put as (
    insert into {s}.outbox (message_id, company_id, route_id, contact_id, class)
    select u.m, r.company_id, u.r, u.c, u.k
      from unnest(messages, routes, contacts, classes) with ordinality as u(m, r, c, k, i)
      join {s}.routes r on r.id = u.r and r.company_id = (select {s}.current_company())
     order by u.i
    on conflict (message_id) do nothing returning 1
  ) select count(*)::integer from put
$$;

-- The next messages of a route, marked as being sent: by class, then in order; at most one per contact and class in flight.
create function {s}.outbox_take(route uuid, wanted integer, busy uuid[]) returns table (message_id uuid, contact_id uuid, class smallint, attempts integer)
language sql volatile security definer set search_path = pg_catalog as $$
  with next as (
    select o.id from {s}.outbox o
     where o.route_id = route and o.company_id = (select {s}.current_company()) and o.state = 0 and o.due_at <= now()
       and o.contact_id <> all (busy)
       and not exists (select 1 from {s}.outbox e where e.route_id = route and e.contact_id = o.contact_id and e.class = o.class
                         and e.id < o.id and e.state in (0, 1))
     order by o.class, o.id limit wanted
  ), taken as (
    update {s}.outbox o set state = 1, attempts = o.attempts + 1 from next where o.id = next.id
    returning o.id, o.message_id, o.contact_id, o.class, o.attempts
  ) select t.message_id, t.contact_id, t.class, t.attempts from taken t order by t.class, t.id
$$;

-- Attempts that a dead owner left open: their outcome is unknown until `wait` from now.
create function {s}.outbox_recover(route uuid, wait interval) returns setof uuid
language sql volatile security definer set search_path = pg_catalog as $$
  update {s}.outbox set state = 2, due_at = now() + wait
   where route_id = route and company_id = (select {s}.current_company()) and state = 1 returning message_id
$$;

-- Settles messages: gone (accepted, rejected, given up), waiting again until `due`, or unknown until `due`.
create function {s}.outbox_settle(messages uuid[], states smallint[], dues timestamptz[]) returns integer
language sql volatile security definer set search_path = pg_catalog as $$
  with gone as (
    delete from {s}.outbox o using unnest(messages, states) as u(m, s)
     where o.message_id = u.m and u.s = 9 and o.company_id = (select {s}.current_company()) returning 1
  ), back as (
    update {s}.outbox o set state = u.s, due_at = u.due from unnest(messages, states, dues) as u(m, s, due)
     where o.message_id = u.m and u.s <> 9 and o.company_id = (select {s}.current_company()) returning 1
  ) select count(*)::integer from gone
$$;

-- When the pump of a route has something to do next; null when its outbox is empty.
create function {s}.outbox_next_due(route uuid) returns timestamptz
language sql stable security definer set search_path = pg_catalog as $$
  select min(due_at) from {s}.outbox where route_id = route and company_id = (select {s}.current_company()) and state in (0, 2)
$$;

revoke all on function {s}.outbox_put(uuid[], uuid[], uuid[], smallint[]), {s}.outbox_take(uuid, integer, uuid[]), {s}.outbox_settle(uuid[], smallint[], timestamptz[]),
  {s}.outbox_recover(uuid, interval), {s}.outbox_next_due(uuid) from public;
