alter table {c}.bots drop column config, drop column updated_at;
