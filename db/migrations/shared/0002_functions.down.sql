drop function {s}.outbox_next_due(uuid), {s}.outbox_settle(uuid[], smallint[], timestamptz[]), {s}.outbox_expired(uuid), {s}.outbox_recover(uuid, interval),
  {s}.outbox_take(uuid, integer, uuid[]), {s}.outbox_put(uuid[], uuid[], uuid[], smallint[]),
  {s}.finish_lanes(text, uuid[], bigint[], integer[], integer[], timestamptz[], boolean),
  {s}.lane_held(text, uuid, bigint), {s}.ring_lanes(text, uuid[], integer[], timestamptz[]),
  {s}.current_company();
drop function {s}.fold(text);
