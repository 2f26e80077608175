"""Handouts on one sheet: tiles measured, arranged and laid out, and the arrangement held against what came of it."""
