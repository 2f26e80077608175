"""Tables of clients read from files."""
