-- What a company knows about people beside their addresses; labels and notes.
alter table {c}.contacts
  add column language text,
  add column fields jsonb not null default '{}',
  -- When anything was last said with them, to the hour: written at most once in one, so that messages stay cheap.
  add column active_at timestamptz not null default now(),
  add column erased_at timestamptz;
update {c}.contacts p set active_at = coalesce((select max(v.last_message_at) from {c}.conversations v where v.contact_id = p.id), p.created_at);
create index contacts_active on {c}.contacts (active_at desc, id desc) where merged_into is null and erased_at is null;
-- Fields by name and value, by value alone, and by the beginnings of the words in them.
create index contacts_fields on {c}.contacts using gin (fields jsonb_path_ops) where fields <> '{}';
create index contacts_field_values on {c}.contacts using gin (jsonb_path_query_array(fields, '$.*') jsonb_path_ops) where fields <> '{}';
create index contacts_field_words on {c}.contacts using gin (to_tsvector('simple', {s}.fold(jsonb_path_query_array(fields, '$.*')::text))) where fields <> '{}';
create index contacts_merged on {c}.contacts (merged_into) where merged_into is not null;

create table {c}.labels (
  id uuid primary key,
  name text not null,
  colour text not null,
  created_at timestamptz not null default now()
);
create unique index labels_name on {c}.labels ({s}.fold(name));
create table {c}.contact_labels (
  contact_id uuid not null references {c}.contacts on delete cascade,
  label_id uuid not null references {c}.labels on delete cascade,
  created_at timestamptz not null default now(),
  primary key (contact_id, label_id)
);
create index contact_labels_label on {c}.contact_labels (label_id, contact_id);
create table {c}.conversation_labels (
  conversation_id uuid not null references {c}.conversations on delete cascade,
  label_id uuid not null references {c}.labels on delete cascade,
  created_at timestamptz not null default now(),
  primary key (conversation_id, label_id)
);
create index conversation_labels_label on {c}.conversation_labels (label_id, conversation_id);

-- What agents write about a conversation for one another.
create table {c}.notes (
  id uuid primary key,
  conversation_id uuid not null references {c}.conversations on delete cascade,
  author_kind text not null check (author_kind in ('user', 'key', 'token')),
  author_id text not null,
  author_name text not null,
  text text not null,
  created_at timestamptz not null default now(),
  edited_at timestamptz
);
create index notes_conversation on {c}.notes (conversation_id, id desc);
