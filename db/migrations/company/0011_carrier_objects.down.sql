drop table {c}.carrier_objects;
