"""The ground every model stands on: strictness, identifiers and the kinds of text."""

from __future__ import annotations

import re
from datetime import date
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from .filled_in.identifiers import ID_PATTERN, RESERVED_IDS
from .filled_in.letter import check_letter, check_line_with_values
from .fit_to_print.characters import as_meant, faults_in_characters, is_empty
from .fit_to_print.link_addresses import reads_as_another
from .markdown import check_inline, check_item, check_prose
from .rule_problems import problem


def modules_of(package: ModuleType) -> list[ModuleType]:
    """Import the modules of a package, so that adding one is all that a new block type or figure kind takes.

    They come folder by folder, as its ``__path__`` has them, and by name in each.
    """
    return [import_module(f"{package.__name__}.{module.name}") for module in iter_modules(package.__path__)]


class _Mark:
    """A mark on a type, for code of ours; pydantic itself ignores it."""


WORDS, KEPT, MAY_STAY, LINES = _Mark(), _Mark(), _Mark(), _Mark()
"""Of a text: it is in words, so translators get it; it stays as it is in every language, whatever else it is; it is the
same in every language as long as nobody translates it; or its lines end where they were typed to end."""


class Model(BaseModel):
    """Frozen and strict: an unknown key is an error and no value is guessed into another type."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, validate_default=True, defer_build=True)


def _check_id(value: str) -> str:
    if not re.fullmatch(ID_PATTERN, value):
        raise problem(
            "bad-id",
            f"`{value}` cannot be an id",
            "an id has small letters a-z, digits and single hyphens, such as `asking-for-help`",
        )
    if value in RESERVED_IDS:
        hint = f"Windows keeps that name for itself; choose another, such as `my-{value}`"
        raise problem("bad-id", f"`{value}` cannot be an id", hint)
    return value


def check_plain(value: str) -> str:
    """Check a label: one line, not empty, of characters that can be set; HTML entities are read. Raises ValueError."""
    value = as_meant(value)
    if fault := faults_in_characters(value):
        raise problem("bad-character", *fault)
    if is_empty(value):
        raise problem("empty-text", "this text is empty", "write something here, or leave the whole line out")
    if "\n" in value.strip():
        raise problem("one-line", "this text must stay on one line", "join its lines into one")
    return value.strip()


def _check_url(value: str) -> str:
    value = check_plain(value)
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        parts, host = None, None
    if (
        parts is None
        or parts.scheme not in ("http", "https")
        or not host
        or "." not in host
        or any(sign in value for sign in " \\")
        or "@" in parts.netloc  # a browser goes to what stands behind it
        or reads_as_another(host)
    ):
        raise problem(
            "bad-url", f"`{value}` is not a web address", "write it whole, such as `https://example.org/page`"
        )
    return value


def check_asset(value: str) -> str:
    """A path as ``AssetPath`` takes it, with ``/`` between its parts. Raises PydanticCustomError."""
    value = check_plain(value)
    parts = value.replace("\\", "/").split("/")
    if value.startswith(("/", "\\", "~")) or ".." in parts or ":" in value:
        raise problem(
            "bad-path",
            f"`{value}` is not a path inside the workspace",
            "put the file beside this one and write its path from here, such as `pictures/logo.svg`",
        )
    return "/".join(parts)


def _check_illustration(value: str) -> str:
    if is_picture_file(value):
        return check_asset(value)
    if not re.fullmatch(ID_PATTERN, value):
        message = f"`{value}` is neither the name of a drawing nor the path of a picture"
        hint = "write a name such as `open-door` (docs/drawings.md shows all), or a path such as `pictures/ours.svg`"
        raise problem("bad-illustration", message, hint)
    return value


def is_picture_file(illustration: str) -> bool:
    """Whether an illustration is a file beside the handout, and not a drawing of the theme's by its name."""
    return "." in illustration or "/" in illustration or "\\" in illustration


def _check_day(value: date) -> date:
    if not 1900 <= value.year < 2200:
        raise problem("bad-date", f"the year {value.year} cannot be right", "check the year")
    return value


Id = Annotated[str, Field(max_length=60), AfterValidator(_check_id)]
"""A stable name that files, fields and links are called by."""

Plain = Annotated[str, Field(max_length=160), AfterValidator(check_plain), WORDS]
"""One line without Markdown: a title, a label."""

Name = Annotated[Plain, KEPT]
"""One line that is the same in every language: a person's name, an address, a phone number, a license."""

Rights = Annotated[Plain, MAY_STAY]
"""By what right words are here: ``All rights reserved``, to be translated, or ``CC BY 4.0``, which need not be."""

Text = Annotated[str, Field(max_length=1_200), AfterValidator(check_inline), WORDS]
"""One paragraph with small Markdown: ``*emphasis*``, ``**strong**``, ``[link](https://...)``, a soft break."""

Item = Annotated[str, Field(max_length=1_200), AfterValidator(check_item), WORDS]
"""One such paragraph, and below it lines that start with ``- ``: a list inside an item of a list."""

Prose = Annotated[str, Field(max_length=8_000), AfterValidator(check_prose), WORDS]
"""One or more such paragraphs, with an empty line between them."""

Letter = Annotated[str, Field(max_length=8_000), AfterValidator(check_letter), WORDS, LINES]
"""Paragraphs and lists, whose lines end as they were typed, with values such as ``{display_name}`` among the words."""

LineWithValues = Annotated[str, Field(max_length=1_200), AfterValidator(check_line_with_values), WORDS]
"""One paragraph with values such as ``{display_name}`` among its words."""

Url = Annotated[str, Field(max_length=400), AfterValidator(_check_url)]
"""An http or https address."""

Day = Annotated[date, AfterValidator(_check_day)]
"""A day, written ``YYYY-MM-DD``; near enough to now that a later day can be counted from it."""

AssetPath = Annotated[str, Field(max_length=200), AfterValidator(check_asset)]
"""A file's path, from the folder of the file that names it, never leaving that folder's tree."""

Illustration = Annotated[str, Field(max_length=160), AfterValidator(_check_illustration)]
"""A drawing's name (``open-door``), or the path of a picture as ``AssetPath`` takes it (``pictures/our-door.svg``)."""


class Suppression(Model):
    """A rule that does not count here; its code stands in each problem, as in ``warning[sentence-long]``.

    Attributes:
        at: the id of the block, or of a framing's note, that it does not count for; without one, for the whole file.
        reason: why, for whoever reads the file next.
    """

    rule: Id
    at: Id | None = None
    reason: Annotated[Text, KEPT]


Suppressions = Annotated[tuple[Suppression, ...], Field(max_length=30)]
