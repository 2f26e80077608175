"""What can be said of content beyond its form: references between files, and later the standards of the field."""
