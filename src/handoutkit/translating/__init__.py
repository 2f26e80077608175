"""Catalogues for translators: started, brought up to date, and how far each of them is."""
