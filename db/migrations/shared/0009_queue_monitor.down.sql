drop index {s}.outbox_company;
drop function {s}.outbox_clear(uuid[]);
drop function {s}.outbox_waiting(integer);
drop table {s}.queue_counts;
drop table {s}.lane_pauses;
