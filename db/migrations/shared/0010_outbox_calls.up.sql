-- The pump's regular questions in one call each: a route that has a single message to send is asked about it twice, and with
-- hundreds of companies most routes are like that.

-- At the beginning with a route and now and then: what dead owners left being sent becomes unknown (only of those just taken
-- over), what was left behind may go, and unknown outcomes that have waited long enough leave; these are answered.
create function {s}.outbox_begin(inherited uuid[], routes uuid[], wait interval) returns table (route_id uuid, message_id uuid, class smallint)
language sql volatile security definer set search_path = pg_catalog as $$
  update {s}.outbox set state = 2, due_at = now() + wait
   where route_id = any(inherited) and company_id = (select {s}.current_company()) and state = 1;
  select count(*) from {s}.outbox_sweep(routes);
  delete from {s}.outbox where route_id = any(routes) and company_id = (select {s}.current_company()) and state = 2 and due_at <= now()
  returning route_id, message_id, class
$$;

-- Before routes are given back, with nothing of them under way: whether something may be sent now after all, and when there
-- is something to do next (null: the outbox is empty). What is still marked as being sent was taken by a commit whose
-- answer was lost.
create function {s}.outbox_end(routes uuid[], wait interval) returns table (route_id uuid, ready boolean, due timestamptz)
language sql volatile security definer set search_path = pg_catalog as $$
  update {s}.outbox set state = 2, due_at = now() + wait
   where route_id = any(routes) and company_id = (select {s}.current_company()) and state = 1;
  select count(*) from {s}.outbox_sweep(routes);
  select r.id, exists (select 1 from {s}.outbox o where o.route_id = r.id and o.company_id = (select {s}.current_company()) and o.state = 0 and o.due_at <= now()),
         {s}.outbox_next_due(r.id)
    from unnest(routes) as r(id)
$$;
revoke all on function {s}.outbox_begin(uuid[], uuid[], interval), {s}.outbox_end(uuid[], interval) from public;
