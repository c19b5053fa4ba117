drop index {c}.conversations_recent, {c}.conversations_account, {c}.conversations_holder, {c}.conversations_agent, {c}.conversations_unread, {c}.conversations_troubled;
create index conversations_recent on {c}.conversations (last_message_at desc nulls last, id desc);
create index conversations_unread on {c}.conversations (last_message_at desc, id desc) where unread > 0;
create index conversations_troubled on {c}.conversations (last_message_at desc, id desc) where troubled > 0;
alter table {c}.conversations alter column last_message_at drop not null, alter column last_message_at drop default;
