-- When each route's templates are read from its carrier, and what came of the last time.
create table {s}.template_syncs (
  route_id uuid primary key references {s}.routes on delete cascade,
  company_id uuid not null,
  due_at timestamptz not null default now(),
  tried_at timestamptz,
  synced_at timestamptz,
  error jsonb
);
create index template_syncs_due on {s}.template_syncs (due_at);
