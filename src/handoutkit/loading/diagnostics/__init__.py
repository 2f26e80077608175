"""What is wrong with a file, in words for the person who wrote it."""
