"""What every process of ours must be able to read, whatever it works on."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from handoutkit.errors import HandoutkitError
from handoutkit.library.shipped import FOLDERS, PACKAGE, extra_roots, shipped_root

_SYSTEM = (
    *("/usr", "/lib", "/lib32", "/lib64", "/opt", "/nix/store", "/gnu/store", "/home/linuxbrew/.linuxbrew"),
    *("/etc/ld.so.cache", "/etc/localtime", "/etc/ssl/openssl.cnf", "/etc/pki/tls/openssl.cnf"),
    *("/etc/crypto-policies", "/dev/urandom", "/dev/random"),
    *("/etc/mime.types", "/etc/httpd/mime.types", "/etc/httpd/conf/mime.types"),
    *("/etc/apache/mime.types", "/etc/apache2/mime.types"),
)
"""The system's libraries, and what they and Python's own read when they are loaded."""


def needed() -> list[Path]:
    """Python, what is installed for it, what ships with handoutkit, and the system's libraries."""
    packages = [entry for entry in sys.path if entry.endswith(("site-packages", "dist-packages"))]
    libraries = filter(os.path.isabs, os.environ.get("LD_LIBRARY_PATH", "").split(":"))
    others = (sys.prefix, sys.base_prefix, *packages, *libraries, *_SYSTEM)
    return [*map(Path, others), *_ours()]


def _ours() -> Iterator[Path]:
    yield PACKAGE
    yield from extra_roots()
    with suppress(HandoutkitError):  # whoever needs it tells what is missing
        yield from (shipped_root() / folder for folder in FOLDERS)
