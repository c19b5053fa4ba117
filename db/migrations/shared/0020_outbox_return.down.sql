create or replace function {s}.outbox_return(messages uuid[], dues timestamptz[]) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  update {s}.outbox o set state = 0, attempts = greatest(o.attempts - 1, 0), due_at = u.due from unnest(messages, dues) as u(m, due)
   where o.message_id = u.m and o.state = 1 and o.company_id = (select {s}.current_company())
$$;
