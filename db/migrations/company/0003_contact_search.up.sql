-- Finding a person is never a walk over all of them: names by the beginnings of their words, numbers by their beginning or their end.
drop index {c}.contacts_name;
create index contacts_words on {c}.contacts using gin (to_tsvector('simple', {s}.fold(name)));
create index addresses_head on {c}.addresses (value text_pattern_ops);
create index addresses_tail on {c}.addresses (reverse(value) text_pattern_ops);
