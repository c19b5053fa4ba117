drop table {c}.dead_letters, {c}.secrets, {c}.calls, {c}.inputs, {c}.bot_sessions, {c}.bot_accounts, {c}.flow_revisions, {c}.bots, {c}.media,
  {c}.account_events, {c}.reactions, {c}.statuses, {c}.attempts, {c}.deliveries, {c}.messages, {c}.conversations, {c}.addresses, {c}.contacts;
