"""A whole theme looked at: handouts in every form, what is wrong with their pages, and pictures of them."""
