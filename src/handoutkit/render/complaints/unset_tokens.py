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
from handoutkit.render.look.theme_comments import without_comments
from handoutkit.render.theme import Theme

SET_BY_PROGRAM = {
    **dict.fromkeys(("--display", "--display-weight"), "of titles, by the `typefaces` of the practice"),
    **dict.fromkeys(("--room", "--end", "--whole"), "by the fitting, so that every page ends well"),
}
"""Tokens that no file of a theme sets, each with what sets it."""
_TAKEN = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
"""Without anything to take in its place."""
_SET = re.compile(r"(--[\w-]+)\s*:")
_ICON = re.compile(r'call icon\("([a-z]+)"')


def unset_tokens(theme: Theme) -> Iterator[Problem]:
    """A problem for each such token, at the first place of a stylesheet that takes it."""
    known = _set_tokens(theme)
    own = [path for files in theme.files[:-1] for name, path in sorted(files.items()) if name.endswith(".css")]
    for source in map(read_text, own):
        text = without_comments(source.text)
        first = {found[1]: found.start(1) for found in reversed(list(_TAKEN.finditer(text)))}
        for token, at in sorted(first.items(), key=lambda place: place[1]):
            if token not in known:
                near = get_close_matches(token, sorted(known), n=1, cutoff=0.7)
                hint = f"did you mean `{near[0]}`?" if near else "set it, or give a value for it: var(--mine, 2mm)"
                mark = FilePosition.in_text(text, at, len(token))
                yield source.problem_at(mark, "unknown-token", f"nothing sets `{token}`", hint)


def _set_tokens(theme: Theme) -> set[str]:
    paths = [path for files in theme.files for path in files.values() if path.suffix in (".css", ".html")]
    texts = [read_text(path).text for path in paths]
    icons = (f"--icon-{icon}" for text in texts for icon in _ICON.findall(text))
    return {*SET_BY_PROGRAM, *icons, *(name for text in texts for name in _SET.findall(text))}
