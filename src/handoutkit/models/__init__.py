"""What things are: handouts, blocks, practices and framings. Frozen, strict, and free of files and I/O."""
