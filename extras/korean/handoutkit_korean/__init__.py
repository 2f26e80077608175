"""The typeface with which handoutkit sets Korean; its files are in ``templates/``."""
