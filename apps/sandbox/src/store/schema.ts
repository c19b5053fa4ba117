/** Version of the tables below; a folder written by a newer one is refused. */
export const SCHEMA_VERSION = 3;

const CONTENTS = `
-- Contents of Twilio's Content API; template_id: what WhatsApp reviews of it.
create table contents (
  sid text primary key, waba_id text not null, friendly_name text not null, language text not null,
  variables text not null, types text not null, template_id text, created_at integer not null
) without rowid;
`;

const WHATSAPP_WEB = `
-- What is said over WhatsApp Web is kept under an id with an @: the JID of the linked phone, or of a group.
create index messages_of_chat on messages (phone_number_id, seq) where instr(phone_number_id, '@') > 0;

-- keys: the phone's own identity, as JSON. A phone has one as soon as a client of WhatsApp Web asks about it.
create table web_accounts (number text primary key, lid text not null unique, keys text not null, next_device integer not null, created_at integer not null) without rowid;

create table web_devices (
  number text not null, device integer not null, name text not null, platform text not null, noise_key blob not null, identity blob not null,
  registration_id integer not null, signed_prekey text not null, key_index integer not null, synced integer not null, linked_at integer not null,
  seen_at integer not null, primary key (number, device)
) without rowid;

create table web_prekeys (number text not null, device integer not null, id integer not null, value blob not null, primary key (number, device, id)) without rowid;

-- What a phone's Signal library keeps: sessions, sender keys, its own one-time keys.
create table web_keys (number text not null, type text not null, id text not null, value blob not null, primary key (number, type, id)) without rowid;

-- Stanzas for a linked device until it acknowledges them.
create table web_queue (seq integer primary key autoincrement, number text not null, device integer not null, class text not null, id text not null, node blob not null);
create index web_queue_of_device on web_queue (number, device, seq);

-- What reached a phone and nobody has looked at yet; decrypted in this order when somebody does.
create table web_sealed (seq integer primary key, number text not null, message_seq integer, envelope text not null, sealed blob not null);
create index web_sealed_of_phone on web_sealed (number, seq);

-- Messages of phones that are still to be encrypted for linked devices.
create table web_unsaid (message_seq integer primary key) without rowid;

create table web_groups (id text primary key, value text not null) without rowid;
`;

export const SCHEMA = `
create table meta (key text primary key, value text not null) without rowid;

create table apps (
  app_id text primary key, name text not null, app_secret text not null, access_token text not null,
  verify_token text not null, callback_url text, created_at integer not null
) without rowid;

create table wabas (
  waba_id text primary key, app_id text not null, name text not null, created_at integer not null
) without rowid;

create table subscriptions (
  waba_id text not null, app_id text not null, override_url text, primary key (waba_id, app_id)
) without rowid;

create table numbers (
  phone_number_id text primary key, waba_id text not null, business_number text not null unique,
  display text not null, name text not null, tier text not null, override_url text,
  profile text not null, accepted integer not null default 0, created_at integer not null,
  carrier text not null default 'meta', line text not null default '{}'
) without rowid;

create table phones (
  number text primary key, display text not null, name text not null, username text, bsuid text not null unique,
  auto_read integer not null, online integer not null, on_whatsapp integer not null, share_number integer not null,
  marketing integer not null, suggested integer not null, created_at integer not null
) without rowid;

-- One row per pair that ever talked; last_inbound_at opens the 24-hour window.
create table chats (
  phone_number_id text not null, number text not null, last_inbound_at integer, last_seq integer not null,
  primary key (phone_number_id, number)
) without rowid;
create index chats_by_number on chats (number);

-- direction as the phone sees it: 'out' it sent, 'in' it received.
create table messages (
  seq integer primary key, id text not null unique, phone_number_id text not null, number text not null,
  direction text not null, type text not null, text text not null, status text not null,
  callback text, context_id text, payload text not null, extra text,
  created_at integer not null, sent_at integer, delivered_at integer, read_at integer, played_at integer, failed_at integer,
  next text
);
create index messages_of_phone on messages (number, seq);
create index messages_on_the_way on messages (seq) where next is not null;

create table media (
  id text primary key, phone_number_id text, mime_type text not null, sha256 text not null, size integer not null,
  filename text, animated integer not null, created_at integer not null, expires_at integer not null
) without rowid;

create table templates (
  id text primary key, waba_id text not null, name text not null, language text not null, category text not null,
  status text not null, parameter_format text not null, components text not null, created_at integer not null,
  unique (waba_id, name, language)
) without rowid;

-- What has to reach, or reached, an app's webhook. state: 0 pending, 1 delivered, 2 gave up, 3 dropped.
create table updates (
  seq integer primary key, app_id text not null, phone_number_id text, waba_id text not null, key text not null,
  label text not null, message_id text, change text not null, state integer not null, attempts integer not null,
  due_at integer not null, last_status integer, last_error text, created_at integer not null, done_at integer
);
create index updates_pending on updates (app_id, seq) where state = 0;
${CONTENTS}${WHATSAPP_WEB}`;

/** What brings a folder of an older version up to the next one. */
export const UPGRADES: Readonly<Record<number, string>> = {
  1: "alter table numbers add column carrier text not null default 'meta'; alter table numbers add column line text not null default '{}';",
  2: CONTENTS + WHATSAPP_WEB,
};
