drop function {s}.outbox_end(uuid[], interval), {s}.outbox_begin(uuid[], uuid[], interval);
