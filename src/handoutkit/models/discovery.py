"""Finding the modules of a package, so that adding one is all that a new block type or figure kind takes."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def modules_of(package: ModuleType) -> list[ModuleType]:
    """Import the modules in the folders of a package's ``__path__``: folder by folder, by name in each."""
    return [import_module(f"{package.__name__}.{module.name}") for module in iter_modules(package.__path__)]
