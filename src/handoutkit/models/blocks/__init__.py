"""The blocks a handout is made of."""
