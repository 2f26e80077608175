"""A build: options in, finished files out."""
