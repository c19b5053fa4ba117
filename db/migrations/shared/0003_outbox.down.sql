drop function {s}.outbox_return(uuid[], timestamptz[]);
drop function {s}.lanes_lost(text, uuid[], bigint[]);
