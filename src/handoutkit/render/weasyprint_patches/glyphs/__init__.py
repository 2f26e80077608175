"""Clusters of letters, and the glyphs that one line after another is made of, read and added."""
