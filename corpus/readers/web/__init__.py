"""Web pages: markup as lines, and what of them is the document."""
