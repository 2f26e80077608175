"""Colours: an accessible palette from the one colour a practice brings."""
