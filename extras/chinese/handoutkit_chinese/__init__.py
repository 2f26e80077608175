"""The typefaces with which handoutkit sets Chinese; their files are in ``templates/``."""
