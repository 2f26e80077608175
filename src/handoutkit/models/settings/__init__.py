"""What a workspace and a theme set in their own files, beside what they print."""
