"""Everything that touches WeasyPrint: one module a patch or repair."""
