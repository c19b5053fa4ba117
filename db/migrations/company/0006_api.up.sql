-- A request that may be repeated: its key is committed with what it made, and answers for a day.
create table {c}.idempotency_keys (
  operation text not null,
  key text not null,
  request_hash bytea not null,
  answer jsonb,
  created_at timestamptz not null default now(),
  primary key (operation, key)
);
create index idempotency_keys_age on {c}.idempotency_keys (created_at);
