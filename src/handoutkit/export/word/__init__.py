"""Word documents of the pieces of a page."""
