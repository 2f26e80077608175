"""Clients as rosters and commands name them: references, days, rows."""
