-- A person's data in the shared tables, for what companies must be able to tell and to erase. Found by the words that name the
-- person (numbers, carriers' ids) wherever they stand in a body; only in what belongs to the company of the transaction's role.

create function {s}.person_copies(words text[]) returns table (kind text, copies integer)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  company uuid := (select {s}.current_company());
  apps uuid[] := array(select id from {s}.apps where company_id = company);
  needles bytea[] := array(select convert_to(w, 'UTF8') from unnest(words) w where w <> '');
begin
  return query select 'webhooks', count(*)::integer from {s}.receipts r where r.app_id = any(apps) and exists (select 1 from unnest(needles) n where position(n in r.body) > 0);
  return query select 'failed_webhooks', count(*)::integer from {s}.failed_webhooks f where f.app_id = any(apps) and exists (select 1 from unnest(needles) n where position(n in f.payload) > 0);
  return query select 'unrouted_events', count(*)::integer from {s}.unrouted u where u.app_id = any(apps) and exists (select 1 from unnest(words) w where w <> '' and position(w in u.event::text) > 0);
  return query select 'web_sessions', count(*)::integer from {s}.web_session_messages m join {s}.web_sessions s on s.id = m.session_id
    where s.company_id = company and (split_part(split_part(m.chat, '@', 1), ':', 1) = any(words) or split_part(split_part(m.participant, '@', 1), ':', 1) = any(words));
end $$;

-- Bodies that wait to be unpacked stay: they are news, and make a new contact.
create function {s}.person_erase(contact text, words text[]) returns table (kind text, copies integer)
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  company uuid := (select {s}.current_company());
  apps uuid[] := array(select id from {s}.apps where company_id = company);
  needles bytea[] := array(select convert_to(w, 'UTF8') from unnest(words) w where w <> '');
  n integer;
begin
  update {s}.receipts r set body = convert_to('{"erased":true}', 'UTF8')
   where r.app_id = any(apps) and exists (select 1 from unnest(needles) w where position(w in r.body) > 0)
     and not exists (select 1 from {s}.receipts_pending p where p.app_id = r.app_id and p.receipt_id = r.id);
  get diagnostics n = row_count;
  return query select 'webhooks', n;
  delete from {s}.failed_webhooks f where f.app_id = any(apps) and exists (select 1 from unnest(needles) w where position(w in f.payload) > 0);
  get diagnostics n = row_count;
  return query select 'failed_webhooks', n;
  delete from {s}.unrouted u where u.app_id = any(apps) and exists (select 1 from unnest(words) w where w <> '' and position(w in u.event::text) > 0);
  get diagnostics n = row_count;
  return query select 'unrouted_events', n;
  delete from {s}.web_session_messages m using {s}.web_sessions s where s.id = m.session_id and s.company_id = company
    and (split_part(split_part(m.chat, '@', 1), ':', 1) = any(words) or split_part(split_part(m.participant, '@', 1), ':', 1) = any(words));
  get diagnostics n = row_count;
  return query select 'web_sessions', n;
  update {s}.audit a set before = null, after = null, target_name = null where a.company_id = company and a.target_id = contact and (a.before is not null or a.after is not null or a.target_name is not null);
  get diagnostics n = row_count;
  return query select 'audit', n;
end $$;
revoke all on function {s}.person_copies(text[]), {s}.person_erase(text, text[]) from public;
