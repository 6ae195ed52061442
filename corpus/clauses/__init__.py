"""Lines become clauses: sections, numbers in sequence, headings, addresses."""
