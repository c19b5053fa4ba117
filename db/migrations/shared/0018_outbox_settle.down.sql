create or replace function {s}.outbox_settle(messages uuid[], states smallint[], dues timestamptz[]) returns table (route_id uuid, contact_id uuid, class smallint, gone boolean)
language sql volatile security definer set search_path = pg_catalog as $$
  with gone as (
    delete from {s}.outbox o using unnest(messages, states) as u(m, s)
     where o.message_id = u.m and u.s = 9 and o.company_id = (select {s}.current_company()) returning o.route_id, o.contact_id, o.class
  ), back as (
    update {s}.outbox o set state = u.s, due_at = u.due from unnest(messages, states, dues) as u(m, s, due)
     where o.message_id = u.m and u.s <> 9 and o.company_id = (select {s}.current_company()) returning o.route_id, o.contact_id, o.class, o.state
  ) select route_id, contact_id, class, true from gone union all select route_id, contact_id, class, false from back where state = 2
$$;
