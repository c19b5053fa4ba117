drop index {s}.outbox_unknown;
