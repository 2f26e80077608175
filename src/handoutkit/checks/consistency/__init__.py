"""Checks that stop a build: names in one file that another file does not have, and dates that have passed."""
