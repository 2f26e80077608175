"""Everything that touches the private side of WeasyPrint: its patches, one module each, and what reads its boxes."""
