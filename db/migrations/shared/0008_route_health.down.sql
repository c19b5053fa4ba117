drop function {s}.tell_route(uuid, jsonb, jsonb);
drop table {s}.route_counts;
drop table {s}.route_health;
update {s}.routes set status = 'stopped', status_reason = 'removed' where status = 'removed';
alter table {s}.routes drop constraint routes_status_check;
alter table {s}.routes add constraint routes_status_check check (status in ('active', 'paused', 'stopped'));
