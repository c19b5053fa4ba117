-- Several routes at once, and messages that were taken but not tried.

-- Messages that were taken and must wait after all (the contact's own rate): they go back without having cost a try.
create function {s}.outbox_return(messages uuid[], dues timestamptz[]) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  update {s}.outbox o set state = 0, attempts = greatest(o.attempts - 1, 0), due_at = u.due from unnest(messages, dues) as u(m, due)
   where o.message_id = u.m and o.state = 1 and o.company_id = (select {s}.current_company())
$$;

-- Lanes of these that are not ours any more; the others are held until commit.
create function {s}.lanes_lost(k text, keys uuid[], epochs bigint[]) returns setof uuid
language sql volatile security definer set search_path = pg_catalog as $$
  with held as materialized (
    select l.key from unnest(keys, epochs) as u(key, epoch) join {s}.lanes l on l.kind = k and l.key = u.key and l.epoch = u.epoch and l.owner is not null
     order by l.key for share of l
  ) select u.key from unnest(keys) as u(key) where u.key not in (select key from held)
$$;
revoke all on function {s}.outbox_return(uuid[], timestamptz[]), {s}.lanes_lost(text, uuid[], bigint[]) from public;
