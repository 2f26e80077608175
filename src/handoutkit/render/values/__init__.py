"""Values that are set after the layout, each in its own box."""
