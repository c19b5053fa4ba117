-- One company's rows. {c} is its schema; {s} the shared one. Everything here is owned by the application and granted to the company's role.

create table {c}.contacts (
  id uuid primary key,
  name text,
  named_by text not null default 'carrier' check (named_by in ('carrier', 'agent')),
  stopped jsonb not null default '{}',
  merged_into uuid references {c}.contacts,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index contacts_name on {c}.contacts ({s}.fold(name) text_pattern_ops);

-- One of the many ways to reach a contact.
create table {c}.addresses (
  kind text not null,
  value text not null,
  contact_id uuid not null references {c}.contacts on delete cascade,
  created_at timestamptz not null default now(),
  primary key (kind, value)
);
create index addresses_contact on {c}.addresses (contact_id);

create table {c}.conversations (
  id uuid primary key,
  account_id uuid not null,
  contact_id uuid not null references {c}.contacts,
  route_id uuid not null,
  status text not null default 'open' check (status in ('open', 'closed')),
  holder text not null default 'nobody' check (holder in ('bot', 'agent', 'nobody')),
  holder_user_id uuid,
  unread integer not null default 0,
  troubled integer not null default 0,
  last_inbound_at timestamptz,
  last_inbound_remote_id text,
  last_message_id uuid,
  last_message_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (account_id, contact_id)
) with (fillfactor = 80);
create index conversations_recent on {c}.conversations (last_message_at desc nulls last, id desc);
create index conversations_contact on {c}.conversations (contact_id);
create index conversations_unread on {c}.conversations (last_message_at desc, id desc) where unread > 0;
create index conversations_troubled on {c}.conversations (last_message_at desc, id desc) where troubled > 0;

-- Never updated after it is written, but for what later messages do to it (edit, revoke, its file).
create table {c}.messages (
  id uuid primary key,
  conversation_id uuid not null references {c}.conversations on delete cascade,
  route_id uuid not null,
  direction text not null check (direction in ('in', 'out')),
  author text not null,
  author_user_id uuid,
  remote_id text,
  content jsonb not null,
  text text not null default '',
  quote_remote_id text,
  referral jsonb,
  extra jsonb,
  client_id text,
  at timestamptz not null,
  created_at timestamptz not null default now()
);
create index messages_thread on {c}.messages (conversation_id, id);
create unique index messages_remote on {c}.messages (route_id, remote_id) where remote_id is not null;
create unique index messages_client on {c}.messages (conversation_id, client_id) where client_id is not null;
create index messages_words on {c}.messages using gin (to_tsvector('simple', {s}.fold(text)));

-- Where an outgoing message stands.
create table {c}.deliveries (
  message_id uuid primary key references {c}.messages on delete cascade,
  conversation_id uuid not null,
  contact_id uuid not null,
  route_id uuid not null,
  class smallint not null,
  request jsonb not null,
  status text not null default 'queued',
  remote_id text,
  error jsonb,
  resent_as uuid,
  accepted_at timestamptz,
  sent_at timestamptz,
  delivered_at timestamptz,
  read_at timestamptz,
  updated_at timestamptz not null default now()
) with (fillfactor = 60);
create unique index deliveries_remote on {c}.deliveries (route_id, remote_id) where remote_id is not null;

-- One try to send. `outcome` null: open, its outcome is not known.
create table {c}.attempts (
  message_id uuid not null references {c}.deliveries on delete cascade,
  number integer not null,
  route_id uuid not null,
  epoch bigint not null,
  started_at timestamptz not null default now(),
  outcome text,
  error jsonb,
  finished_at timestamptz,
  primary key (message_id, number)
) with (fillfactor = 70);

-- Every word of the carrier about a message, late ones too. `message_id` null: not matched yet.
create table {c}.statuses (
  route_id uuid not null,
  remote_id text not null,
  status text not null,
  participant text not null default '',
  message_id uuid,
  at timestamptz not null,
  errors jsonb,
  pricing jsonb,
  extra jsonb,
  created_at timestamptz not null default now(),
  primary key (route_id, remote_id, status, participant)
);
create index statuses_message on {c}.statuses (message_id);

create table {c}.reactions (
  conversation_id uuid not null references {c}.conversations on delete cascade,
  remote_id text not null,
  side text not null check (side in ('contact', 'company')),
  emoji text not null,
  at timestamptz not null,
  primary key (conversation_id, remote_id, side)
);

create table {c}.account_events (
  route_id uuid not null,
  event_key text not null,
  field text not null,
  payload jsonb not null,
  at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (route_id, event_key)
);

create table {c}.media (
  id uuid primary key,
  message_id uuid,
  route_id uuid,
  remote_id text,
  state text not null check (state in ('pending', 'ready', 'failed')),
  reason text,
  mime_type text,
  declared_type text,
  filename text,
  size bigint,
  sha256 text,
  blob text,
  uploads jsonb not null default '{}',
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index media_message on {c}.media (message_id);

create table {c}.bots (
  id uuid primary key,
  name text not null,
  revision_id uuid,
  created_at timestamptz not null default now()
);
create table {c}.flow_revisions (
  id uuid primary key,
  bot_id uuid not null references {c}.bots on delete cascade,
  number integer not null,
  flow jsonb not null,
  created_at timestamptz not null default now(),
  unique (bot_id, number)
);
-- Which bot answers on which account.
create table {c}.bot_accounts (
  account_id uuid primary key,
  bot_id uuid not null references {c}.bots on delete cascade
);
-- Where a conversation stands in a flow; pinned to its revision.
create table {c}.bot_sessions (
  conversation_id uuid primary key references {c}.conversations on delete cascade,
  bot_id uuid not null,
  revision_id uuid not null references {c}.flow_revisions,
  session jsonb not null,
  updated_at timestamptz not null default now()
) with (fillfactor = 60);
-- A conversation's pending inputs (edge 2). A timer is an input that is due later and can be withdrawn.
create table {c}.inputs (
  id bigint generated always as identity primary key,
  conversation_id uuid not null,
  kind text not null,
  timer boolean not null default false,
  payload jsonb not null,
  due_at timestamptz not null default now()
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);
create index inputs_conversation on {c}.inputs (conversation_id, id);
create table {c}.calls (
  id uuid primary key,
  conversation_id uuid not null,
  call_id text not null,
  request jsonb not null,
  created_at timestamptz not null default now()
);
create table {c}.secrets (
  name text primary key,
  sealed text not null,
  updated_at timestamptz not null default now()
);

-- Work that kept failing, set aside with its reason.
create table {c}.dead_letters (
  id uuid primary key,
  kind text not null,
  reason text not null,
  detail text,
  conversation_id uuid,
  message_id uuid,
  payload jsonb not null default '{}',
  attempts integer not null default 0,
  created_at timestamptz not null default now(),
  replayed_at timestamptz
);
