"""What WeasyPrint logs and fails on, as problems of the files that are at fault."""
