"""Pictures from outside, checked before anything is printed with them."""
