"""Word files: parts, styles, fields, and the numbers that Word keeps outside the text."""
