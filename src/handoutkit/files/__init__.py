"""Files on disk: read with words when they cannot be, written whole or not at all, and where things stand in them."""
