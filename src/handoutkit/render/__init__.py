"""Turns a document into HTML, and that into a tagged, accessible PDF."""
