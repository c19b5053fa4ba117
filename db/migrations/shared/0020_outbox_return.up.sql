-- Messages that were taken and certainly not tried are put back. The commit that took them may still be under way, when its answer was
-- given up on: the statement did not see them as taken then, put nothing back, and they were found as being sent later, with an outcome
-- that nobody knew. So their rows are waited for first; the next statement sees what became of them.
create or replace function {s}.outbox_return(messages uuid[], dues timestamptz[]) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  select o.id from {s}.outbox o where o.message_id = any(messages) and o.company_id = (select {s}.current_company()) order by o.id for update;
  update {s}.outbox o set state = 0, attempts = greatest(o.attempts - 1, 0), due_at = u.due from unnest(messages, dues) as u(m, due)
   where o.message_id = u.m and o.state = 1 and o.company_id = (select {s}.current_company())
$$;
