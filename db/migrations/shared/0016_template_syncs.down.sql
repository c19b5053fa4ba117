drop table {s}.template_syncs;
