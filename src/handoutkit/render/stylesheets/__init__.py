"""A theme's stylesheets: mirrored for pages from the right, and read once for all themes."""
