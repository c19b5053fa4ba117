-- The few messages whose outcome is not known, for asking their carriers.
create index outbox_unknown on {s}.outbox (route_id, due_at) where state = 2;
