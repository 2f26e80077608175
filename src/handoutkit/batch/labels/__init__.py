"""Address labels for the clients of a roster, on the sheets that are sold for printers."""
