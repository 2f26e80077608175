"""Files that come back together, and over time: whose they are, which are copies, and which have been read."""
