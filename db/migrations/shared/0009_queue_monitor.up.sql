-- Pausing, counting and clearing of queues, for one company or for all.

-- Lanes that nobody takes up for now: those with this key, or of this company. A whole kind is paused in lane_kinds.
create table {s}.lane_pauses (
  kind text not null,
  owner uuid not null,
  paused_at timestamptz not null default now(),
  primary key (kind, owner)
);

-- What was done since counting began, by company and queue (`webhook`, `message`).
create table {s}.queue_counts (
  company_id uuid not null references {s}.companies on delete cascade,
  queue text not null,
  completed bigint not null default 0,
  primary key (company_id, queue)
);

-- Messages of this company that nobody is sending now, the oldest first.
create function {s}.outbox_waiting(wanted integer) returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
  select message_id from {s}.outbox where company_id = (select {s}.current_company()) and state in (0, 3) order by id limit wanted
$$;
-- Takes these out of the outbox where nobody sends them; answers those that are out.
create function {s}.outbox_clear(messages uuid[]) returns setof uuid
language sql volatile security definer set search_path = pg_catalog as $$
  delete from {s}.outbox where message_id = any(messages) and state in (0, 3) and company_id = (select {s}.current_company()) returning message_id
$$;
create index outbox_company on {s}.outbox (company_id, id);
revoke all on function {s}.outbox_waiting(integer), {s}.outbox_clear(uuid[]) from public;
