"""The typeface with which handoutkit sets Japanese; its files are in ``templates/``."""
