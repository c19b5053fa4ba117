drop function {s}.person_copies(text[]), {s}.person_erase(text, text[]);
