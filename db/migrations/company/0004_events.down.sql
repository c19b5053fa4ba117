drop table {c}.event_log;
drop table {c}.event_stalls;
drop table {c}.event_queue;
drop table {c}.events;
drop table {c}.subscriptions;
