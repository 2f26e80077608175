"""What stands on the pages of a returned file beside the values of its fields."""
