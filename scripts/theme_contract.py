"""The part of the page of themes that is the contract: what a theme may rely on, and what it has to keep."""

from __future__ import annotations

from collections.abc import Iterable

from handoutkit.own_themes.contract import DEPRECATED, PAIRS, VARIABLES, theme_contract

_BEGIN = """\

## The contract

`contract: {version}` in `theme.yaml` says which version of these names a theme was written for; without the line it is
version 1. What is listed stays as it is as long as that version is kept: names are added, and none is taken away or
given another meaning. A theme for a later version than a release knows is refused; `handoutkit theme check` names what
in a theme is none of these names, and what is deprecated. A test holds the list.

### The order of the cascade

1. Stylesheets of `base`, then of each theme that yours comes from, then yours; in each theme by the names of the files.
2. After all of them those of the format, `formats/NAME/css/`, in the same order.
3. A stylesheet with the name of an earlier one takes its place, where that one stood. Of two files of the same
   path, that of the workspace comes before the shipped one.
4. A page template is taken from your theme, or else from the nearest that it comes from; below `formats/NAME/` first.
   `shipped/` before its name reaches ours: `{{% extends "shipped/handout.html" %}}`.
5. Last come the spaces that the fitting tunes (`--room`, `--end`, `--whole`), until every page ends well.

### What reaches which form

| | PDF | page for a website | Word | text |
|---|---|---|---|---|
| `css/`, `formats/*/css/` | yes | no: `screen/css/` | no | no |
| page templates | yes | `screen/` first, then the same | no | no |
| colours of the practice, typefaces of titles | yes | yes | yes | no |
| the look in `theme.yaml`: see the table above | yes | yes | in part | no |
| `lettering`, `icon_weight`, `drawings` | yes | yes | in drawings | no |
| words, their order, names of fields | yes | yes | yes | yes |

### What a theme has to keep

Every build measures it (see above), and fails where it is not so, but for what is said to be yours to see to.

- All words of the authors are on the paper, in front, and whole; every field is there, and one can write in it.
- PDF/UA-1: headings leave out no level, a drawing in the page has a `<title>`, a table has heads (`<th scope>`, of
  which row or column is yours to say), and in a list nothing stands but its items.
- Nothing is below 18 points in `large-print`, 12 in `dyslexia-friendly` and 9 in the others.
- Text has 4.5 : 1 to what is under it, large text 3 : 1. Nothing is filled in `low-ink`, and
  no words are coloured there: a role such as `var(--accent)` is black. Yours to see to: a picture keeps its colours.
- Write for pages that run from left to right: everything is mirrored for those that do not, also `@page` with its
  margins and boxes (`@top-left`, `:left`).
"""


def contract_part() -> list[str]:
    """The lines of the contract."""
    contract = theme_contract()
    tokens = [f"| `{name}` | {_value(value)} |" for name, value in contract.tokens.items()]
    pairs = [
        f"| `--{_css(role)}` | {_listed(f'--{_css(on)}' for on in grounds)} | {least:g} : 1 |"
        for role, grounds, least in PAIRS
    ]
    sheets = [name for name in contract.files if name.endswith(".css")]
    return [
        _BEGIN.format(version=contract.version),
        "### Colours by role\n",
        "These pairs keep their contrast whatever colours a practice brings; in `low-ink` all text is black.\n",
        "| colour | may lie on | contrast |\n|---|---|---|",
        *pairs,
        "\n### Tokens\n",
        "| custom property | in `base` |\n|---|---|",
        *tokens,
        f"\nIcons are pictures in the practice's colours: {_listed(f'--icon-{name}' for name in contract.icons)}.\n",
        "### Variables of page templates\n",
        *(f"- `{name}`: {what}" for name, what in VARIABLES.items()),
        "\n### Named places of page templates\n",
        *(f"- `{name}`: {_listed(places)}" for name, places in _by_file(contract.places).items()),
        "\n### Files that yours can take the place of\n",
        f"{_listed(name for name in contract.files if name not in sheets and not name.startswith('screen/'))}.",
        f"\nStylesheets: {_listed(sheets)}.",
        "\n### Classes\n",
        f"{_listed(contract.classes)}; a `*` stands for what is filled in, such as the type of a block.",
        "\n### Deprecated\n",
        *(f"- `{name}`, until {until}: {instead}" for name, (until, instead) in DEPRECATED.items()),
        *(() if DEPRECATED else ("Nothing. What will be stands here with the release until which it works.",)),
    ]


def _by_file(places: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in places:
        name, _, place = line.partition(": ")
        found.setdefault(name, []).append(place)
    return found


def _value(value: str) -> str:
    is_sentence = value[:1].isalpha() and "(" not in value
    return value if is_sentence else f"`{value}`"


def _css(role: str) -> str:
    return role.replace("_", "-")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
