"""Addresses in a theme's files, from where each file stands to ``theme:`` and a path below ``templates/``.

So a theme's folder can be called anything and be sent to anyone: ``url("../fonts/Lora.woff2")`` in a stylesheet and
``src="../pictures/seal.svg"`` in a page template lead to the theme's own files.
"""

from __future__ import annotations

import re
from posixpath import dirname, normpath

_URL = re.compile(r"""\burl\(\s*(["']?)([^"')\s]+)\1\s*\)""", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SOURCE = re.compile(r"""(<(?:img|source|input)\b[^>]*?\bsrc\s*=\s*)(["'])([^"'{]+)""", re.IGNORECASE)
_ABSOLUTE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|[/#{])", re.IGNORECASE)


def in_stylesheet(css: str, name: str) -> str:
    """A stylesheet with its own addresses made absolute; lines and comments stay as they are.

    Args:
        name: its path below ``templates/``.

    >>> in_stylesheet("@font-face { src: url('../fonts/Lora.woff2') }", "ours/css/50-ours.css")
    '@font-face { src: url("theme:ours/fonts/Lora.woff2") }'
    """
    pieces, at = [], 0
    for comment in _COMMENT.finditer(css):
        pieces += [_urls(css[at : comment.start()], name), comment[0]]
        at = comment.end()
    return "".join([*pieces, _urls(css[at:], name)])


def in_template(html: str, name: str) -> str:
    """A page template with the addresses of its pictures, and of pictures in its styles, made absolute.

    >>> in_template('<img src="../pictures/seal.svg" alt="">', "ours/parts/masthead.html")
    '<img src="theme:ours/pictures/seal.svg" alt="">'
    """
    with_sources = _SOURCE.sub(lambda found: f"{found[1]}{found[2]}{_resolved(found[3], name)}", html)
    return _URL.sub(lambda found: f"url({found[1]}{_resolved(found[2], name)}{found[1]})", with_sources)


def _urls(css: str, name: str) -> str:
    def absolute(found: re.Match[str]) -> str:
        resolved = _resolved(found[2], name)
        return found[0] if resolved == found[2] else f'url("{resolved}")'

    return _URL.sub(absolute, css)


def _resolved(address: str, name: str) -> str:
    """An address as one below ``templates/``; as it is if it is absolute, or leads out of there."""
    if _ABSOLUTE.match(address):
        return address
    path = normpath(f"{dirname(name)}/{address}")
    if path.startswith(("..", "/")):
        return address
    return f"theme:{path}{'/' if address.endswith('/') else ''}"
