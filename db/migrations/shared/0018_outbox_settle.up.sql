-- What settles messages lets those behind them go in the same call: each was a round trip, for one message as for a hundred.
-- 9: gone (accepted, rejected, given up) · 0: waiting again until `due` · 2: unknown until `due`. Answers those that make way for the
-- next of their contact, and whether they left the outbox.
create or replace function {s}.outbox_settle(messages uuid[], states smallint[], dues timestamptz[]) returns table (route_id uuid, contact_id uuid, class smallint, gone boolean)
language plpgsql volatile security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare
  me uuid := {s}.current_company();
  routes uuid[];
  contacts uuid[];
  classes smallint[];
  left_it boolean[];
begin
  with gone as (
    delete from {s}.outbox o using unnest(messages, states) as u(m, s)
     where o.message_id = u.m and u.s = 9 and o.company_id = me returning o.route_id, o.contact_id, o.class
  ), back as (
    update {s}.outbox o set state = u.s, due_at = u.due from unnest(messages, states, dues) as u(m, s, due)
     where o.message_id = u.m and u.s <> 9 and o.company_id = me returning o.route_id, o.contact_id, o.class, o.state
  ), settled as (
    select g.route_id, g.contact_id, g.class, true as gone from gone g union all select b.route_id, b.contact_id, b.class, false from back b where b.state = 2
  ) select array_agg(x.route_id), array_agg(x.contact_id), array_agg(x.class), array_agg(x.gone) into routes, contacts, classes, left_it from settled x;
  if routes is not null then
    perform {s}.outbox_promote(routes, contacts, classes);
  end if;
  return query select * from unnest(routes, contacts, classes, left_it);
end $$;
