"""Figures from data to vector drawings: one module for each kind, ``draw`` over them all.

A kind lays its regions out on a ``Sheet`` and raises ``DoesNotFit`` where the words do not fit; ``draw`` then tells the
same figure with fewer words in it. Every length is in millimetres, every size of type in points.
"""
