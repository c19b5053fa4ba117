-- A row that another transaction holds is waited for, and then PostgreSQL checks again only what the statement says of the row itself
-- (read committed: "the search condition is re-evaluated to see if the updated version of the row still matches"). What a subquery read
-- of it before is not read again. Two of these named the row by its id alone: a message that was blocked when the status of the one
-- before it was looked at, let go and taken by the pump meanwhile, was then set back to waiting, and sent a second time. So each change
-- says of its own row which state it leaves. It says so by `state + 0`, which no index has, and names the rows by an array: before the
-- first statistics of a young table, the index of all blocked messages looked as good as the key, and each of them was joined with
-- every contact (279 ms for 40 contacts and 1,800 messages, now 1).

create or replace function {s}.outbox_take(route uuid, wanted integer) returns table (message_id uuid, contact_id uuid, class smallint, attempts integer)
language sql volatile security definer set search_path = pg_catalog as $$
  with taken as (
    update {s}.outbox o set state = 1, attempts = o.attempts + 1
     where o.id = any (array(
             select n.id from {s}.outbox n
              where n.route_id = route and n.company_id = (select {s}.current_company()) and n.state = 0 and n.due_at <= now()
              order by n.class, n.id limit wanted))
       and o.state + 0 = 0 and o.route_id = route
    returning o.id, o.message_id, o.contact_id, o.class, o.attempts
  ) select t.message_id, t.contact_id, t.class, t.attempts from taken t order by t.class, t.id
$$;

create or replace function {s}.outbox_promote(routes uuid[], contacts uuid[], classes smallint[]) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  update {s}.outbox o set state = 0, due_at = now()
   where o.id = any (array(
           select head.id from (select distinct r, c, k from unnest(routes, contacts, classes) as u(r, c, k)) p
            cross join lateral (select h.id, h.state, h.company_id from {s}.outbox h where h.route_id = p.r and h.contact_id = p.c and h.class = p.k and h.state <> 2 order by h.id limit 1) head
            where head.state = 3 and head.company_id = (select {s}.current_company())
              and not exists (select 1 from {s}.outbox b where b.route_id = p.r and b.contact_id = p.c and b.class = p.k and b.state in (0, 1))))
     and o.state + 0 = 3
$$;

create or replace function {s}.outbox_sweep(routes uuid[]) returns setof uuid
language sql volatile security definer set search_path = pg_catalog as $$
  with freed as (
    update {s}.outbox o set state = 0, due_at = now()
     where o.id = any (array(
             select distinct on (b.route_id, b.contact_id, b.class) b.id from {s}.outbox b
              where b.route_id = any(routes) and b.state = 3 and b.company_id = (select {s}.current_company())
                and not exists (select 1 from {s}.outbox e where e.route_id = b.route_id and e.contact_id = b.contact_id and e.class = b.class and e.state in (0, 1))
              order by b.route_id, b.contact_id, b.class, b.id))
       and o.state + 0 = 3 returning o.route_id
  ) select distinct route_id from freed
$$;
