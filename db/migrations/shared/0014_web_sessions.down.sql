drop function {s}.append_receipts(uuid[], text[], integer[], bytea);
drop table {s}.web_session_log;
drop table {s}.web_session_messages;
drop table {s}.web_session_keys;
drop table {s}.web_sessions;
drop table {s}.bridge_hosts;
