"""The comments of stylesheets and page templates, which say nothing of how a page looks."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"/\*.*?\*/|\{#.*?#\}", re.DOTALL)


def without_comments(text: str) -> str:
    """A text with spaces in place of its comments, so that all else stays where it is.

    >>> without_comments("h1 /* ours */ { margin: 0 }")
    'h1            { margin: 0 }'
    """
    return _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)
