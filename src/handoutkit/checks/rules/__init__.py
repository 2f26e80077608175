"""The rules of quality: each a function from what a reader gets to findings."""
