"""The kinds of figure, one module each."""
