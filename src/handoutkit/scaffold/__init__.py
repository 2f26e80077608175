"""Files to start from, for a workspace, a handout or a theme, and the module that writes them."""
