"""What came out of a layout, held against what went into it: words, fields, structure, and how well it can be read."""
