-- A bot's configuration as its owner wrote it (B5).
alter table {c}.bots add column config jsonb, add column updated_at timestamptz not null default now();
