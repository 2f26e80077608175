"""A document to HTML to a tagged, accessible PDF."""
