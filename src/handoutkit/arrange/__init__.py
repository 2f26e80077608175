"""Which block of a handout stands where on a sheet. Pure: blocks and their heights in, sides, rows and columns out."""
