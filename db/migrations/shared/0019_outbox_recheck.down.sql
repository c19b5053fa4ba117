-- As they were in 0004.
create or replace function {s}.outbox_take(route uuid, wanted integer) returns table (message_id uuid, contact_id uuid, class smallint, attempts integer)
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
create or replace function {s}.outbox_promote(routes uuid[], contacts uuid[], classes smallint[]) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  update {s}.outbox o set state = 0, due_at = now()
    from (select distinct r, c, k from unnest(routes, contacts, classes) as u(r, c, k)) p
   cross join lateral (select h.id, h.state from {s}.outbox h where h.route_id = p.r and h.contact_id = p.c and h.class = p.k and h.state <> 2 order by h.id limit 1) head
   where o.id = head.id and head.state = 3 and o.company_id = (select {s}.current_company())
     and not exists (select 1 from {s}.outbox b where b.route_id = p.r and b.contact_id = p.c and b.class = p.k and b.state in (0, 1))
$$;
create or replace function {s}.outbox_sweep(routes uuid[]) returns setof uuid
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
