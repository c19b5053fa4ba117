-- What had to be made at a carrier before it could be sent, such as buttons at Twilio; key: what it is, as a hash.
create table {c}.carrier_objects (
  route_id uuid not null,
  key text not null,
  remote_id text not null,
  used_at timestamptz not null default now(),
  primary key (route_id, key)
);
create index carrier_objects_used on {c}.carrier_objects (route_id, used_at);
