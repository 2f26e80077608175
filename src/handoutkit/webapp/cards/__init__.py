"""What the library shows of each file: its card, kept by the state of the files, and the first page that is ready at once."""
