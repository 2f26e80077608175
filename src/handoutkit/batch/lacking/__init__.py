"""Rows of a batch that lack something: a layout, fonts, or a value for their letter; told before anything is made."""
