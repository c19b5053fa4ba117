drop table {c}.idempotency_keys;
