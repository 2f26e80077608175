"""Finds values in the user's own stylesheets that take a token which nothing sets.

WeasyPrint 70 leaves such a token out and takes the rest: ``margin: var(--misspelt) 2mm`` is two millimetres on all
sides, and its log does not tell. By CSS the whole declaration would be void (CSS Custom Properties 1, 3.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from handoutkit.errors import Problem
from handoutkit.files.source_file import FilePosition
from handoutkit.files.text_files import read_text
from handoutkit.render.theme import Theme

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_TAKEN = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
"""Without anything to take in its place."""
_SET = re.compile(r"(--[\w-]+)\s*:")
_SET_ELSEWHERE = frozenset({"--display", "--display-weight", "--room", "--end", "--whole"})
"""By the typefaces of a practice, and by the fitting of pages."""


def unset_tokens(theme: Theme) -> Iterator[Problem]:
    """A problem for each such token, at the first place of a stylesheet that takes it."""
    known = _SET_ELSEWHERE | {
        name
        for files in theme.files
        for path in files.values()
        if path.suffix in (".css", ".html")
        for name in _SET.findall(read_text(path).text)
    }
    own = [path for files in theme.files[:-1] for name, path in sorted(files.items()) if name.endswith(".css")]
    for source in map(read_text, own):
        bare = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), source.text)
        places = {found[1]: found.start(1) for found in reversed(list(_TAKEN.finditer(bare)))}
        for token, at in sorted(places.items(), key=lambda place: place[1]):
            if token in known or token.startswith("--icon-"):
                continue
            mark = FilePosition(bare[:at].count("\n") + 1, at - bare[:at].rfind("\n"), len(token))
            near = get_close_matches(token, sorted(known), n=1, cutoff=0.7)
            hint = f"did you mean `{near[0]}`?" if near else "set it, or give a value for it: var(--mine, 2mm)"
            yield source.problem_at(mark, "unknown-token", f"nothing sets `{token}`", hint)
