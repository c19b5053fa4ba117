-- A table of some hundred rows needs neither statistics nor vacuuming after every fifty changes: each of them throws away what every
-- connection has planned for it. With 300 companies at work that was two fifths of PostgreSQL's time.
alter table {c}.contacts set (autovacuum_analyze_threshold = 1000, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_threshold = 5000);
alter table {c}.addresses set (autovacuum_analyze_threshold = 1000, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_threshold = 5000);
alter table {c}.conversations set (autovacuum_analyze_threshold = 1000, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_threshold = 5000);
alter table {c}.messages set (autovacuum_analyze_threshold = 1000, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_threshold = 5000);
alter table {c}.deliveries set (autovacuum_analyze_threshold = 1000, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_threshold = 5000);
alter table {c}.attempts set (autovacuum_analyze_threshold = 1000, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_threshold = 5000);
alter table {c}.statuses set (autovacuum_analyze_threshold = 1000, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_threshold = 5000);
alter table {c}.reactions set (autovacuum_analyze_threshold = 1000, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_threshold = 5000);
alter table {c}.account_events set (autovacuum_analyze_threshold = 1000, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_threshold = 5000);
alter table {c}.media set (autovacuum_analyze_threshold = 1000, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_threshold = 5000);
alter table {c}.bot_sessions set (autovacuum_analyze_threshold = 1000, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_threshold = 5000);
alter table {c}.calls set (autovacuum_analyze_threshold = 1000, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_threshold = 5000);
alter table {c}.dead_letters set (autovacuum_analyze_threshold = 1000, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_threshold = 5000);
alter table {c}.events set (autovacuum_analyze_threshold = 1000, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_threshold = 5000);
alter table {c}.event_log set (autovacuum_analyze_threshold = 1000, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_threshold = 5000);
alter table {c}.idempotency_keys set (autovacuum_analyze_threshold = 1000, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_threshold = 5000);
-- Queues: they are vacuumed by thresholds of their own.
alter table {c}.inputs set (autovacuum_analyze_threshold = 2000, autovacuum_vacuum_insert_threshold = 5000);
alter table {c}.event_queue set (autovacuum_analyze_threshold = 2000, autovacuum_vacuum_insert_threshold = 5000);
alter table {c}.event_stalls set (autovacuum_analyze_threshold = 2000, autovacuum_vacuum_insert_threshold = 5000);
