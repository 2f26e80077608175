"""Rosters: spreadsheets with a client a row, read as offices have them."""
