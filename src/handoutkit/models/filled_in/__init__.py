"""Words with places that are filled in: by what the practice offers, and by a client's values."""
