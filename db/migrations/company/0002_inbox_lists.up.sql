-- Every list of the inbox is one walk along an index, newest first, from a place in it. Every conversation has such a place.
update {c}.conversations set last_message_at = created_at where last_message_at is null;
alter table {c}.conversations alter column last_message_at set default now(), alter column last_message_at set not null;
drop index {c}.conversations_recent, {c}.conversations_unread, {c}.conversations_troubled;
create index conversations_recent on {c}.conversations (last_message_at desc, id desc);
create index conversations_account on {c}.conversations (account_id, last_message_at desc, id desc);
create index conversations_holder on {c}.conversations (holder, last_message_at desc, id desc) where status = 'open';
create index conversations_agent on {c}.conversations (holder_user_id, last_message_at desc, id desc) where holder_user_id is not null;
create index conversations_unread on {c}.conversations (last_message_at desc, id desc) where unread > 0;
create index conversations_troubled on {c}.conversations (last_message_at desc, id desc) where troubled > 0;
