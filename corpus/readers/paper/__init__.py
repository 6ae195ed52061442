"""Pages of paper: where text stands on them, in what order it is read, and recognition."""
