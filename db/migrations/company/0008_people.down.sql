drop table {c}.notes, {c}.conversation_labels, {c}.contact_labels, {c}.labels;
drop index {c}.contacts_active, {c}.contacts_fields, {c}.contacts_field_values, {c}.contacts_field_words, {c}.contacts_merged;
alter table {c}.contacts drop column language, drop column fields, drop column active_at, drop column erased_at;
