"""Forms for content files, and saving them without touching what was not changed."""
