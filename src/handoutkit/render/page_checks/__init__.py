"""What came out of a layout, checked against what went into it: words, fields, structure, and whether it is legible."""
