-- What a transaction of several companies does at its end for all of them, as the application: no company may call it.

create function {s}.ring_lanes_of(k text, keys uuid[], counts integer[], dues timestamptz[], companies uuid[]) returns void
language sql volatile set search_path = pg_catalog as $$
  insert into {s}.lanes as l (kind, key, company_id, pending, due_at)
  select k, u.key, u.company, u.n, coalesce(u.due, now())
    from unnest(keys, counts, dues, companies) with ordinality as u(key, n, due, company, i) order by u.i
  on conflict (kind, key) do update
    set pending = l.pending + excluded.pending,
        due_at = case when l.pending <= 0 then excluded.due_at else least(l.due_at, excluded.due_at) end,
        rung = l.owner is not null and (l.rung or excluded.due_at <= now())
    where l.company_id is not distinct from excluded.company_id
$$;
revoke all on function {s}.ring_lanes_of(text, uuid[], integer[], timestamptz[], uuid[]) from public;

-- Lanes that are kept and lanes that are given back in one call: two calls would lock the keys of the one before those of the other.
drop function {s}.finish_lanes(text, uuid[], bigint[], integer[], integer[], timestamptz[], boolean);
create function {s}.finish_lanes(k text, keys uuid[], epochs bigint[], seen integer[], done integer[], dues timestamptz[], releases boolean[]) returns integer
language sql volatile security definer set search_path = pg_catalog as $$
  with me as materialized (select {s}.current_company() as id), mine as materialized (
    select l.key, u.n, u.due, u.seen, u.release from unnest(keys, epochs, seen, done, dues, releases) as u(key, epoch, seen, n, due, release)
      join {s}.lanes l on l.kind = k and l.key = u.key and l.epoch = u.epoch and l.owner is not null
     where (select id from me) is null or l.company_id = (select id from me)
     order by l.key for update of l
  ), updated as (
    update {s}.lanes l set pending = greatest(l.pending - mine.n, 0), attempts = 0, last_error = null,
        due_at = case when l.pending > mine.seen or l.rung then now() else coalesce(mine.due, l.due_at) end,
        rung = false,
        owner = case when mine.release then null else l.owner end,
        lease_until = case when mine.release then null else l.lease_until end
      from mine where l.kind = k and l.key = mine.key returning 1
  ) select count(*)::integer from updated
$$;
revoke all on function {s}.finish_lanes(text, uuid[], bigint[], integer[], integer[], timestamptz[], boolean[]) from public;
