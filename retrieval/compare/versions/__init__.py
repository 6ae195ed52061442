"""Two documents aligned clause by clause, with what changed between them."""
