"""What the pieces of a plain document are: which of them makes which block of a handout."""
