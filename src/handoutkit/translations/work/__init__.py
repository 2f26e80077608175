"""What a translator does with catalogues: start them, update them, see how far they are."""
