"""Filled-in PDFs to rows: what a client wrote, by the names of the fields, and the scores of measures."""
