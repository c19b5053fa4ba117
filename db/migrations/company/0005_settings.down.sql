drop table {c}.settings;
