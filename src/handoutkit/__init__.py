"""Worksheets, handouts and client packets as accessible PDFs, under a practice's own name."""

__version__ = "0.1.0"
