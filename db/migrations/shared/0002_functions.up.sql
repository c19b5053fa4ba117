-- What a company's transaction may do to the shared hot tables. Each function runs as its owner and takes the company
-- from the role of the transaction, never from an argument: a wrong id reaches nothing.

-- Accents and case folded, immutable so that it can be indexed.
create function {s}.fold(t text) returns text language sql immutable parallel safe strict as
$$ select lower(translate(t, 'ÁÀÂÃÄÉÈÊËÍÌÎÏÓÒÔÕÖÚÙÛÜÑÇáàâãäéèêëíìîïóòôõöúùûüñç', 'AAAAAEEEEIIIIOOOOOUUUUNCaaaaaeeeeiiiiooooouuuunc')) $$;

-- The company of the current role; null for the application's own role.
create function {s}.current_company() returns uuid language sql stable security definer set search_path = pg_catalog as
$$ select id from {s}.companies where role_name = current_setting('role') $$;

-- Rings lanes: adds to their pending work and brings their due time forward. Keys must come sorted (lock order).
create function {s}.ring_lanes(k text, keys uuid[], counts integer[], dues timestamptz[]) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  insert into {s}.lanes as l (kind, key, company_id, pending, due_at)
  select k, u.key, (select {s}.current_company()), u.n, coalesce(u.due, now())
    from unnest(keys, counts, dues) with ordinality as u(key, n, due, i) order by u.i
  on conflict (kind, key) do update
    set pending = l.pending + excluded.pending,
        due_at = case when l.pending <= 0 then excluded.due_at else least(l.due_at, excluded.due_at) end
    where l.company_id is not distinct from excluded.company_id
$$;

-- The last statement of an owner's transaction: takes finished work off, sets the next due time (null: leave as it is),
-- keeps or frees the lease. `seen` is the pending count the owner knew of: more means that somebody rang meanwhile, and
-- then the lane is due at once. Answers how many lanes were still ours; fewer than asked means that a lease was lost.
create function {s}.finish_lanes(k text, keys uuid[], epochs bigint[], seen integer[], done integer[], dues timestamptz[], release boolean) returns integer
language sql volatile security definer set search_path = pg_catalog as $$
  with mine as materialized (
    select l.key, u.n, u.due, u.seen from unnest(keys, epochs, seen, done, dues) as u(key, epoch, seen, n, due)
      join {s}.lanes l on l.kind = k and l.key = u.key and l.epoch = u.epoch and l.owner is not null
     order by l.key for update of l
  ), updated as (
    update {s}.lanes l set pending = greatest(l.pending - mine.n, 0), attempts = 0, last_error = null,
        due_at = case when l.pending > mine.seen then now() else coalesce(mine.due, l.due_at) end,
        owner = case when release then null else l.owner end,
        lease_until = case when release then null else l.lease_until end
      from mine where l.kind = k and l.key = mine.key returning 1
  ) select count(*)::integer from updated
$$;

-- The fence of a transaction that does not finish its lane: whether the lease is still ours, held so until commit.
create function {s}.lane_held(k text, lane uuid, e bigint) returns boolean
language sql volatile security definer set search_path = pg_catalog as $$
  select exists (select 1 from {s}.lanes where kind = k and key = lane and epoch = e and owner is not null for share)
$$;

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

-- Messages whose unknown outcome has waited long enough; they leave the outbox.
create function {s}.outbox_expired(route uuid) returns table (message_id uuid, class smallint)
language sql volatile security definer set search_path = pg_catalog as $$
  delete from {s}.outbox where route_id = route and company_id = (select {s}.current_company()) and state = 2 and due_at <= now()
  returning message_id, class
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

do $$ begin
  execute (select string_agg(format('revoke all on function %s from public', p.oid::regprocedure), ';')
             from pg_proc p where p.pronamespace = '{s}'::regnamespace and p.prosecdef);
end $$;
