drop table {s}.key_businesses;
