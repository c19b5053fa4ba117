-- The outbox in constant time, however much waits for one contact: of the messages of a contact and class on a route only
-- the first is takeable (state 0), those behind it are blocked (state 3) until it has gone. 0 waiting, 1 sending,
-- 2 outcome unknown (it blocks nobody), 3 blocked.

drop function {s}.outbox_put(uuid[], uuid[], uuid[], smallint[]);
drop function {s}.outbox_take(uuid, integer, uuid[]);
drop function {s}.outbox_settle(uuid[], smallint[], timestamptz[]);
drop function {s}.outbox_next_due(uuid);
drop function {s}.outbox_recover(uuid, interval);
drop index {s}.outbox_contact;
create index outbox_contact on {s}.outbox (route_id, contact_id, class, id) where state <> 2;
create index outbox_blocked on {s}.outbox (route_id) where state = 3;

-- Puts messages into the outbox of a route of this company, in this order. Arrays run in parallel.
create function {s}.outbox_put(messages uuid[], routes uuid[], contacts uuid[], classes smallint[]) returns integer
language sql volatile security definer set search_path = pg_catalog as $$
  with put as (
    insert into {s}.outbox (message_id, company_id, route_id, contact_id, class, state)
    select u.m, r.company_id, u.r, u.c, u.k,
           case when row_number() over (partition by u.r, u.c, u.k order by u.i) > 1
                  or exists (select 1 from {s}.outbox e where e.route_id = u.r and e.contact_id = u.c and e.class = u.k and e.state <> 2) then 3 else 0 end
      from unnest(messages, routes, contacts, classes) with ordinality as u(m, r, c, k, i)
      join {s}.routes r on r.id = u.r and r.company_id = (select {s}.current_company())
     order by u.i
    on conflict (message_id) do nothing returning 1
  ) select count(*)::integer from put
$$;

-- The next messages of a route, marked as being sent: by class, then in order; one per contact and class.
create function {s}.outbox_take(route uuid, wanted integer) returns table (message_id uuid, contact_id uuid, class smallint, attempts integer)
language sql volatile security definer set search_path = pg_catalog as $$
  with next as (
    select o.id from {s}.outbox o
     where o.route_id = route and o.company_id = (select {s}.current_company()) and o.state = 0 and o.due_at <= now()
     order by o.class, o.id limit wanted
  ), taken as (
    update {s}.outbox o set state = 1, attempts = o.attempts + 1 from next where o.id = next.id
    returning o.id, o.message_id, o.contact_id, o.class, o.attempts
  ) select t.message_id, t.contact_id, t.class, t.attempts from taken t order by t.class, t.id
$$;

-- Settles messages: gone (accepted, rejected, given up: 9), waiting again until `due` (0), or unknown until `due` (2).
-- Answers those that make way for the next of their contact, and whether they left the outbox.
create function {s}.outbox_settle(messages uuid[], states smallint[], dues timestamptz[]) returns table (route_id uuid, contact_id uuid, class smallint, gone boolean)
language sql volatile security definer set search_path = pg_catalog as $$
  with gone as (
    delete from {s}.outbox o using unnest(messages, states) as u(m, s)
     where o.message_id = u.m and u.s = 9 and o.company_id = (select {s}.current_company()) returning o.route_id, o.contact_id, o.class
  ), back as (
    update {s}.outbox o set state = u.s, due_at = u.due from unnest(messages, states, dues) as u(m, s, due)
     where o.message_id = u.m and u.s <> 9 and o.company_id = (select {s}.current_company()) returning o.route_id, o.contact_id, o.class, o.state
  ) select route_id, contact_id, class, true from gone union all select route_id, contact_id, class, false from back where state = 2
$$;

-- Lets the next blocked message of each of these contacts go, where none of theirs is waiting or being sent.
create function {s}.outbox_promote(routes uuid[], contacts uuid[], classes smallint[]) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  update {s}.outbox o set state = 0, due_at = now()
    from (select distinct r, c, k from unnest(routes, contacts, classes) as u(r, c, k)) p
   cross join lateral (select h.id, h.state from {s}.outbox h where h.route_id = p.r and h.contact_id = p.c and h.class = p.k and h.state <> 2 order by h.id limit 1) head
   where o.id = head.id and head.state = 3 and o.company_id = (select {s}.current_company())
     and not exists (select 1 from {s}.outbox b where b.route_id = p.r and b.contact_id = p.c and b.class = p.k and b.state in (0, 1))
$$;

-- The same for every contact of these routes. One can be left behind: it was put behind a message whose going was
-- committed in the same moment. The pump looks when it has nothing else to do. Answers the routes that have more to do.
create function {s}.outbox_sweep(routes uuid[]) returns setof uuid
language sql volatile security definer set search_path = pg_catalog as $$
  with freed as (
    update {s}.outbox o set state = 0, due_at = now()
      from (select distinct on (b.route_id, b.contact_id, b.class) b.id from {s}.outbox b
             where b.route_id = any(routes) and b.state = 3 and b.company_id = (select {s}.current_company())
               and not exists (select 1 from {s}.outbox e where e.route_id = b.route_id and e.contact_id = b.contact_id and e.class = b.class and e.state in (0, 1))
             order by b.route_id, b.contact_id, b.class, b.id) left_behind
     where o.id = left_behind.id returning o.route_id
  ) select distinct route_id from freed
$$;

-- Attempts that a dead owner left open: their outcome is unknown until `wait` from now. Call outbox_sweep after it.
create function {s}.outbox_recover(route uuid, wait interval) returns setof uuid
language sql volatile security definer set search_path = pg_catalog as $$
  update {s}.outbox set state = 2, due_at = now() + wait
   where route_id = route and company_id = (select {s}.current_company()) and state = 1 returning message_id
$$;

-- When the pump of a route has something to do next; null when its outbox is empty.
create function {s}.outbox_next_due(route uuid) returns timestamptz
language sql stable security definer set search_path = pg_catalog as $$
  select min(due_at) from {s}.outbox where route_id = route and company_id = (select {s}.current_company()) and state in (0, 2)
$$;

-- What waited before this migration and is not the first of its contact.
update {s}.outbox o set state = 3
 where state = 0 and exists (select 1 from {s}.outbox e where e.route_id = o.route_id and e.contact_id = o.contact_id and e.class = o.class and e.id < o.id and e.state in (0, 1));

revoke all on function {s}.outbox_put(uuid[], uuid[], uuid[], smallint[]), {s}.outbox_take(uuid, integer), {s}.outbox_settle(uuid[], smallint[], timestamptz[]),
  {s}.outbox_promote(uuid[], uuid[], smallint[]), {s}.outbox_sweep(uuid[]), {s}.outbox_recover(uuid, interval), {s}.outbox_next_due(uuid) from public;
