drop index {c}.contacts_words, {c}.addresses_head, {c}.addresses_tail;
create index contacts_name on {c}.contacts ({s}.fold(name) text_pattern_ops);
