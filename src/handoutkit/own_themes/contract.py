"""The contract with themes: the names that one of somebody's own may rely on, read from the theme that ships."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import tinycss2

from handoutkit.files.text_files import read_text
from handoutkit.library.shipped_files import BASE, shipped_root
from handoutkit.models.settings.theme_settings import CONTRACT
from handoutkit.render.complaints.unset_tokens import SET_BY_PROGRAM
from handoutkit.render.templating import template_reach
from handoutkit.render.templating.jinja_environment import environment
from handoutkit.render.theme import Theme

DEPRECATED: dict[str, tuple[str, str]] = {}
"""Names that leave the contract, each with the release until which it works, and what takes its place."""
PAIRS: tuple[tuple[str, tuple[str, ...], float], ...] = (
    ("ink", ("paper", "wash", "accent_wash"), 7.0),
    ("deep", ("paper", "wash", "accent_wash"), 7.0),
    ("soft", ("paper", "wash", "accent_wash"), 4.5),
    ("brand", ("paper", "wash", "accent_wash"), 4.5),
    ("accent", ("paper", "wash", "accent_wash"), 4.5),
    ("line", ("paper", "wash", "accent_wash"), 3.0),
    ("accent_line", ("paper", "wash", "accent_wash"), 3.0),
    ("on_deep", ("deep",), 7.0),
    ("soft_on_deep", ("deep",), 4.5),
)
"""Colour roles that may lie on others, with the contrast that they have whatever the practice's colours are."""
VARIABLES: dict[str, str] = {
    "document": "the handout as it is made: its blocks, audience, format, paper, whether it has fields",
    "handout": "what the handout's file says: title, purpose, key message and so on",
    "block": "in a template of `blocks/`: the block that it is for",
    "practice": "what the practice's file says: name, contact, hours, colours",
    "palette": "the colours by role, as `#RRGGBB`",
    "paper": "`letter` or `a4`",
    "locale": "language and region, such as `es-US`",
    "logo": "the practice's picture, or none; none in low ink",
    "logo_url": "the address of that picture",
    "light_logo_url": "the same, for a dark ground",
    "icon_weight": "of the strokes of icons",
    "look": "what `theme.yaml` says of how pages look",
    "foot_lines": "its lines for the foot, with the practice's values",
    "bullet": "the address of its bullets, or none",
    "ornament": "the address of the drawing in its corner, or none",
    "bottom_margin": "the lower margin in millimetres, where it is not the usual one",
    "in_practice_language": "`lang` and `dir` for words of the practice, where those of the page are others",
    "in_source_language": "the same for words that were not translated",
    "right_to_left": "whether the page runs from right to left",
    "date_order": "in which order day, month and year are written",
}
"""What every page template of a handout is given."""
_SCREEN = "screen"
_ROLE = re.compile(r"\{\{\s*palette\.(\w+)\s*\}\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_TOKEN = re.compile(r"^\s*(--[a-z][a-z-]*):\s*([^;]+);", re.MULTILINE)
_ICON = re.compile(r'call icon\("([a-z]+)"')
_PLACE = re.compile(r"\{%-?\s*block\s+(\w+)")
_CLASS = re.compile(r'class="((?:[^"{]|\{\{(?:(?!\}\}).)*\}\}|\{%(?:(?!%\}).)*%\})*)"', re.DOTALL)
_ELSE, _TAG = re.compile(r"\{%-?\s*(?:else|elif)\b.*?%\}", re.DOTALL), re.compile(r"\{%.*?%\}", re.DOTALL)
_VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_WITH_RULES = frozenset({"media", "supports", "layer"})


@dataclass(frozen=True, slots=True)
class ThemeContract:
    """The names of one version of the contract.

    Attributes:
        files: page templates and stylesheets of ``base``, which a file of the same path takes the place of.
        places: named places of templates, as ``template: name``.
        tokens: custom properties, with the values that ``base`` gives them.
        icons: names of icons, each the custom property ``--icon-NAME``.
        classes: of pages; a ``*`` stands for any letters.
        filters: of templates, ours and Jinja's; and functions.
    """

    version: int
    files: tuple[str, ...]
    places: tuple[str, ...]
    tokens: dict[str, str]
    icons: tuple[str, ...]
    classes: tuple[str, ...]
    filters: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """Every name on a line of its own, after what it is the name of; the same for the same contract."""
        yield f"contract {self.version}"
        yield from (f"file {name}" for name in self.files)
        yield from (f"place {name}" for name in self.places)
        yield from (f"token {name}: {value}" for name, value in self.tokens.items())
        yield from (f"icon {name}" for name in self.icons)
        yield from (f"colour {role} on {', '.join(grounds)}: {least:g}" for role, grounds, least in PAIRS)
        yield from (f"class {name}" for name in self.classes)
        yield from (f"variable {name}" for name in VARIABLES)
        yield from (f"filter or function {name}" for name in self.filters)
        yield from (f"deprecated {name} until {until}, {instead}" for name, (until, instead) in DEPRECATED.items())


@lru_cache(maxsize=1)
def theme_contract() -> ThemeContract:
    """The contract as this release keeps it, read from the shipped ``base``."""
    folder = shipped_root() / "templates" / BASE
    paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    texts = {name: read_text(path).text for name, path in paths.items() if path.suffix in (".html", ".css")}
    on_paper = {name: text for name, text in texts.items() if not name.startswith(_SCREEN)}
    templates = {name: text for name, text in on_paper.items() if name.endswith(".html")}
    classes = {name for text in templates.values() for name in classes_given(text)}
    classes |= {name for text in on_paper.values() if text not in templates.values() for name in selected_in(text)}
    return ThemeContract(
        CONTRACT,
        tuple(texts),
        tuple(f"{name}: {place}" for name, text in templates.items() for place in dict.fromkeys(places_in(text))),
        {**_tokens(texts["css/00-tokens.css"]), **_colours(texts["parts/colours.html"]), **SET_BY_PROGRAM},
        tuple(sorted(_ICON.findall(texts["parts/colours.html"]))),
        tuple(sorted(classes)),
        tuple(sorted({*template_reach.FUNCTIONS, *environment(Theme.find(BASE, [shipped_root()]), "en").filters})),
    )


def places_in(template: str) -> list[str]:
    """The names of the blocks of a Jinja template."""
    return _PLACE.findall(template)


def classes_given(template: str) -> set[str]:
    """The classes that a page template gives; what is filled in is a ``*``."""
    found = set()
    for value in _CLASS.findall(template):
        words = _VALUE.sub("*", _TAG.sub("", _ELSE.sub(" ", value))).split()
        found |= {word for word in words if word.strip("*")}
    return found


def selected_in(css: str) -> list[str]:
    """The classes that a stylesheet selects."""
    return [name for rule in _rules_of(css) if rule.type == "qualified-rule" for name in _classes(rule.prelude)]


def _rules_of(css: str) -> Iterator[Any]:
    """The rules of a stylesheet as ``tinycss2`` reads them, those inside ``@media`` and its like too."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    while rules:
        rule = rules.pop(0)
        if rule.type == "at-rule" and rule.content is not None and rule.lower_at_keyword in _WITH_RULES:
            rules[:0] = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        else:
            yield rule


def _classes(prelude: list[Any]) -> Iterator[str]:
    for before, token in pairwise([None, *prelude]):
        if token.type == "ident" and before == ".":
            yield token.value
        elif token.type == "function":
            yield from _classes(token.arguments)


def _tokens(css: str) -> dict[str, str]:
    """Custom properties with their values; families for letters that a family lacks are too many to list."""
    found = {name: " ".join(value.split()) for name, value in _TOKEN.findall(_COMMENT.sub("", css))}
    return found | {"--scripts": "families for letters that the others lack"}


def _colours(template: str) -> dict[str, str]:
    """Custom properties that are roles of the palette, and pictures in its colours."""
    values = {name: _ROLE.fullmatch(value.strip()) for name, value in _TOKEN.findall(template)}
    return {name: f"the role `{role[1]}`" if role else "a picture" for name, role in values.items()}
