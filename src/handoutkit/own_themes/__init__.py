"""Themes that are not ours: what they may rely on, what in them nothing reads, and what of them has aged."""
