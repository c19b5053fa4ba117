drop function {s}.finish_lanes(text, uuid[], bigint[], integer[], integer[], timestamptz[], boolean[]);
create function {s}.finish_lanes(k text, keys uuid[], epochs bigint[], seen integer[], done integer[], dues timestamptz[], release boolean) returns integer
language sql volatile security definer set search_path = pg_catalog as $$
  with me as materialized (select {s}.current_company() as id), mine as materialized (
    select l.key, u.n, u.due, u.seen from unnest(keys, epochs, seen, done, dues) as u(key, epoch, seen, n, due)
      join {s}.lanes l on l.kind = k and l.key = u.key and l.epoch = u.epoch and l.owner is not null
     where (select id from me) is null or l.company_id = (select id from me)
     order by l.key for update of l
  ), updated as (
    update {s}.lanes l set pending = greatest(l.pending - mine.n, 0), attempts = 0, last_error = null,
        due_at = case when l.pending > mine.seen or l.rung then now() else coalesce(mine.due, l.due_at) end,
        rung = false,
        owner = case when release then null else l.owner end,
        lease_until = case when release then null else l.lease_until end
      from mine where l.kind = k and l.key = mine.key returning 1
  ) select count(*)::integer from updated
$$;
revoke all on function {s}.finish_lanes(text, uuid[], bigint[], integer[], integer[], timestamptz[], boolean) from public;
drop function {s}.ring_lanes_of(text, uuid[], integer[], timestamptz[], uuid[]);
