"""Files of each format as one plain document; what is read here is read in the worker."""
