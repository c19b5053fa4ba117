drop table {c}.templates;
