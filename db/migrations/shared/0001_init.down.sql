drop table {s}.outbox, {s}.lane_kinds, {s}.lanes, {s}.processes, {s}.unrouted, {s}.failed_webhooks, {s}.receipts_pending, {s}.receipts,
  {s}.routes, {s}.accounts, {s}.apps, {s}.api_keys, {s}.logins, {s}.users, {s}.companies;
