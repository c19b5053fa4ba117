-- What a company has chosen, by key; the rooms that read a key say what it may hold.
create table {c}.settings (
  key text primary key check (key ~ '^[a-z][a-z0-9_.]{0,63}$'),
  value jsonb not null,
  updated_at timestamptz not null default now()
);
