drop function {s}.audit_add(uuid, jsonb);
drop table {s}.usage_minutes, {s}.usage_days, {s}.audit, {s}.iam_services, {s}.token_issuer_companies, {s}.token_issuers;
alter table {s}.accounts drop column business_id;
drop table {s}.user_businesses, {s}.businesses, {s}.user_links;

drop index {s}.api_keys_company;
-- A key held to less than its role would become one that may everything: it ends instead.
update {s}.api_keys set revoked_at = coalesce(revoked_at, now())
 where scopes is not null or allowed_ips is not null or expires_at is not null or role not in ('administrator', 'agent');
update {s}.api_keys set role = 'agent' where role not in ('administrator', 'agent');
alter table {s}.api_keys drop constraint api_keys_role_check, drop column platform, drop column scopes, drop column allowed_ips, drop column expires_at,
  drop column last_used_at, drop column last_used_ip, drop column created_by;
alter table {s}.api_keys add constraint api_keys_role_check check (role in ('administrator', 'agent'));

drop index {s}.users_company;
update {s}.users set disabled_at = coalesce(disabled_at, now()), password_hash = coalesce(password_hash, '') where role = 'read_only' or password_hash is null;
update {s}.users set role = 'agent' where role not in ('administrator', 'agent');
alter table {s}.users drop constraint users_role_check, drop column platform, drop column last_login_at, alter column password_hash set not null;
alter table {s}.users add constraint users_role_check check (role in ('administrator', 'agent'));

alter table {s}.companies drop column suspended_at, drop column suspended_reason, drop column limits;
