"""The typeface with which handoutkit sets Simplified Chinese; its files are in ``templates/``."""
