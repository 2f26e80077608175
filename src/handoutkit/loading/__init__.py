"""Files to models: every problem found, with its file, line and column."""
