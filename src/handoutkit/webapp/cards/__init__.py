"""What the library shows of each file: its card, kept by the state of files, and the first page, ready at once."""
