"""Form fields on the places to write."""
