"""Jinja templates to HTML: the environment, its sandbox, its filters, and the words of the program."""
