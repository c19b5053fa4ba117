-- Templates as each route's carrier has them.
create table {c}.templates (
  id uuid primary key,
  route_id uuid not null,
  remote_id text not null,
  name text not null,
  language text not null,
  category text,
  status text not null,
  reason text,
  quality text,
  components jsonb not null,
  variables jsonb not null,
  changed_at timestamptz not null default now(),
  unique (route_id, remote_id)
);
create index templates_by_name on {c}.templates (name, language, id);
create index templates_by_remote_id on {c}.templates (remote_id);
