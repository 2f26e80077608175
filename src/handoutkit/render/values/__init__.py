"""Sets values after the layout, each in its own box."""
