create or replace function {s}.finish_lanes(k text, keys uuid[], epochs bigint[], seen integer[], done integer[], dues timestamptz[], release boolean) returns integer
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

create or replace function {s}.lane_held(k text, lane uuid, e bigint) returns boolean
language sql volatile security definer set search_path = pg_catalog as $$
  select exists (select 1 from {s}.lanes where kind = k and key = lane and epoch = e and owner is not null for share)
$$;

create or replace function {s}.lanes_lost(k text, keys uuid[], epochs bigint[]) returns setof uuid
language sql volatile security definer set search_path = pg_catalog as $$
  with held as materialized (
    select l.key from unnest(keys, epochs) as u(key, epoch) join {s}.lanes l on l.kind = k and l.key = u.key and l.epoch = u.epoch and l.owner is not null
     order by l.key for share of l
  ) select u.key from unnest(keys) as u(key) where u.key not in (select key from held)
$$;
