"""The ``handoutkit`` command: a thin shell over the library, and the only place that prints."""

from .main import main

__all__ = ["main"]
