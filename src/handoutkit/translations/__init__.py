"""Translations of content as PO catalogues: read, applied and brought up to date."""
