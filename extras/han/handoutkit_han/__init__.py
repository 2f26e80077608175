"""The typeface with which handoutkit sets rare Chinese characters; its files are in ``templates/``."""
