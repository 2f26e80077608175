"""The typefaces with which handoutkit sets Tamil, Bengali, Thai and others; their files are in ``templates/``."""
