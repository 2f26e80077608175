"""A finished batch handed on: one PDF for the printer, or a ZIP for a portal."""
