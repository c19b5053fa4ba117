-- API keys can be held to businesses of their company, as people can.
create table {s}.key_businesses (
  key_id uuid not null references {s}.api_keys on delete cascade,
  business_id uuid not null references {s}.businesses on delete cascade,
  primary key (key_id, business_id)
);
create index key_businesses_business on {s}.key_businesses (business_id);
