drop function {s}.outbox_move(uuid[], uuid), {s}.outbox_waiting(uuid, integer);
drop index {s}.outbox_waiting;
alter table {s}.accounts drop column fallback;
drop table {s}.breakers;
