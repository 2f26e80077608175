"""A laid-out packet made one client's, and verified."""
