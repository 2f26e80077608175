"""What every process of ours must be able to read, whatever it works on."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
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
    # In a checkout, what ships is beside the code; in a wheel, it is in the package.
    shipped = (_PACKAGE.parent.parent / folder for folder in ("handouts", "templates", "practices", "schemas"))
    return [*map(Path, others), _PACKAGE, *shipped]
