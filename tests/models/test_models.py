"""What holds for all models, and the rules that look at more than one field."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

import pytest
from pydantic import BaseModel, ValidationError

from handoutkit.loading.diagnostics.model_shape import real_address, shape_of
from handoutkit.models import document, framing, handout, packet, practice
from handoutkit.models.base import Model
from handoutkit.models.block_types import BLOCK_TYPES
from handoutkit.models.blocks import (
    block,
    figure,
    frames_and_cards,
    lists_and_questions,
    prompts,
    reading_blocks,
    scales,
    tables,
)
from handoutkit.models.blocks.prompts import Response
from handoutkit.models.blocks.reading_blocks import Contrast
from handoutkit.models.filled_in.identifiers import RESERVED_IDS
from handoutkit.models.framing import Framing, NotePlace
from handoutkit.models.handout import Handout
from handoutkit.models.json_schema import MODELS
from handoutkit.models.packet import Packet
from handoutkit.models.practice import Practice
from handoutkit.models.settings import theme_settings, workspace_settings
from handoutkit.models.settings.theme_settings import ThemeSettings
from handoutkit.models.settings.workspace_settings import WorkspaceSettings

MODULES = (
    block,
    document,
    figure,
    framing,
    frames_and_cards,
    handout,
    packet,
    practice,
    reading_blocks,
    prompts,
    scales,
    lists_and_questions,
    tables,
    workspace_settings,
    theme_settings,
)
EVERY = sorted(
    {
        model
        for module in MODULES
        for model in vars(module).values()
        if isinstance(model, type) and issubclass(model, BaseModel)
    },
    key=lambda model: model.__name__,
)
UNIONS = {"block": BLOCK_TYPES, "response": get_args(get_args(Response)[0])}


def _tag(model: type[BaseModel]) -> str:
    (tag,) = get_args(model.model_fields["type"].annotation)
    return str(tag)


# ---- All models


@pytest.mark.parametrize("model", EVERY, ids=lambda model: model.__name__)
def test_a_model_is_strict_and_frozen(model: type[BaseModel]) -> None:
    assert issubclass(model, Model)
    assert model.model_config.get("extra") == "forbid"
    assert model.model_config.get("frozen") is True
    assert model.model_config.get("strict") is True


@pytest.mark.parametrize("model", EVERY, ids=lambda model: model.__name__)
def test_a_model_says_what_it_is(model: type[BaseModel]) -> None:
    assert model.__doc__
    assert model.__doc__.rstrip().endswith((".", "``"))


@pytest.mark.parametrize("model", [model for models in UNIONS.values() for model in models], ids=_tag)
def test_no_field_is_named_like_a_type(model: type[BaseModel]) -> None:
    tags = {_tag(other) for models in UNIONS.values() for other in models}
    names = {info.alias or name for name, info in model.model_fields.items()}
    assert not tags & names, "a reader would take the one for the other"


@pytest.mark.parametrize("models", UNIONS.values(), ids=UNIONS)
def test_each_type_is_there_once(models: tuple[type[BaseModel], ...]) -> None:
    assert len({_tag(model) for model in models}) == len(models)


def test_a_model_that_is_not_in_a_union_has_no_type() -> None:
    """So that ``type`` in a file always chooses between models."""
    in_unions = {model for models in UNIONS.values() for model in models}
    assert [model.__name__ for model in EVERY if "type" in model.model_fields and model not in in_unions] == []


def test_every_model_of_files_is_here() -> None:
    assert set(MODELS.values()) == {Handout, Practice, Framing, Packet, ThemeSettings, WorkspaceSettings}
    assert set(MODELS.values()) <= set(EVERY)


# ---- Where a complaint belongs


@pytest.mark.parametrize(
    ("loc", "address"),
    [
        (("title",), ("title",)),
        (("for", 0), ("for", 0)),
        (("blocks", 2), ("blocks", 2)),
        (("blocks", 2, "prose"), ("blocks", 2)),
        (("blocks", 2, "prose", "text"), ("blocks", 2, "text")),
        (("blocks", 2, "contrast", "sides", 0, "label"), ("blocks", 2, "sides", 0, "label")),
        (("blocks", 0, "prompt", "response", "box"), ("blocks", 0, "response")),
        (("blocks", 0, "prompt", "response", "box", "height"), ("blocks", 0, "response", "height")),
        (("blocks", 0, "prompt", "response", "line", "line"), ("blocks", 0, "response", "line")),
        (("blocks", 0, "list", "list"), ("blocks", 0, "list")),
        (("blocks", 0, "contrast", "sides", 0, "prose"), ("blocks", 0, "sides", 0, "prose")),
        (("prose",), ("prose",)),
    ],
)
def test_the_type_that_pydantic_tried_is_no_part_of_the_address(
    loc: tuple[str | int, ...], address: tuple[str | int, ...]
) -> None:
    assert real_address(loc, Handout)[0] == address


def test_a_problem_names_a_field_as_files_do() -> None:
    assert "for" in shape_of(Handout).keys
    assert "written_for" not in shape_of(Handout).keys
    assert ("for",) in {error["loc"] for error in _errors(Handout, {})}


# ---- Rules over several fields


def _errors(model: type[BaseModel], data: dict[str, Any]) -> list[Any]:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(data)
    return list(caught.value.errors(include_url=False))


def _sides(*, middle: bool = False, number: int = 2, summary: str | None = "Words.") -> tuple[dict[str, Any], ...]:
    side = {"label": "One", "summary": summary, "healthy_middle": middle}
    return tuple(side for _ in range(number))


def test_all_complaints_of_a_contrast_come_at_once_and_in_their_places() -> None:
    rows = ({"criterion": "Needs", "cells": ("a", "b", "c")}, {"criterion": "Limits", "cells": ("a", "b", "c")})
    data = {"type": "contrast", "sides": _sides(middle=True), "rows": rows}
    assert [(error["type"], error["loc"]) for error in _errors(Contrast, data)] == [
        ("two-middles", ("sides", 1, "healthy_middle")),
        ("cells-and-sides", ("rows", 0, "cells")),
        ("cells-and-sides", ("rows", 1, "cells")),
    ]
    silent = _errors(Contrast, {"type": "contrast", "sides": _sides(summary=None)})
    assert [error["loc"] for error in silent] == [("sides", 0), ("sides", 1)]


PLACES = [
    ({"topic": "sleep"}, True),
    ({"handout": "a", "slot": "b"}, True),
    ({}, False),
    ({"handout": "a"}, False),
    ({"slot": "b"}, False),
    ({"handout": "a", "topic": "c"}, False),
    ({"handout": "a", "slot": "b", "topic": "c"}, False),
]


@pytest.mark.parametrize(("place", "right"), PLACES)
def test_a_place_is_a_slot_or_a_topic(place: dict[str, str], right: bool) -> None:
    if right:
        NotePlace.model_validate(place)
    else:
        assert [error["type"] for error in _errors(NotePlace, place)] == ["bad-place"]


def _practice(**more: Any) -> dict[str, Any]:
    base = {"id": "a", "legal_name": "A", "display_name": "A", "services": "therapy", "colour": "#1b5e6b"}
    return {**base, "region": "US", "next_steps": ({"text": "Call."},), **more}


def test_a_practice_has_the_everyday_paper_of_its_region_unless_it_says_otherwise() -> None:
    assert Practice.model_validate(_practice()).default_paper == "letter"
    assert Practice.model_validate(_practice(region="DE")).default_paper == "a4"
    assert Practice.model_validate(_practice(paper="a4")).default_paper == "a4"
    assert Practice.model_validate(_practice()).colour == "#1B5E6B"


def _values(name: str) -> Iterator[tuple[str, str | None]]:
    cases: dict[str, dict[str, str | None]] = {
        "phone": {"555-0142": None, "": "empty-text", "a\nb": "one-line", "a\u202eb": "bad-character"},
        "email": {"a@b.org": None, "a b@c.org": "bad-email", "a@b": "bad-email", "@b.org": "bad-email"},
        "web": {
            "https://example.org": None,
            "http://example.org/a?b#c": None,
            "https://": "bad-url",
            "ftp://example.org": "bad-url",
            "https://exam ple.org": "bad-url",
            "https://[": "bad-url",
            "https://www.example.org@evil.example/": "bad-url",
            "https://www.example.org\\@evil.example/": "bad-url",
            "https://samarit\u0430ns.example": "bad-url",
            "https://xn--samaritns-6yh.example": "bad-url",
            "https://müller.example": None,
            "https://пример.example": None,
            "javascript:alert(1)": "bad-url",
        },
    }
    yield from cases[name].items()


@pytest.mark.parametrize(
    ("name", "value", "code"), [(name, *pair) for name in ("phone", "email", "web") for pair in _values(name)]
)
def test_contact(name: str, value: str, code: str | None) -> None:
    data = _practice(contact={name: value})
    if code is None:
        assert getattr(Practice.model_validate(data).contact, name) == value
    else:
        assert [error["type"] for error in _errors(Practice, data)] == [code]


ASSETS = {
    "logo.svg": "logo.svg",
    "pictures\\logo.svg": "pictures/logo.svg",
    "a..b.svg": "a..b.svg",
    "../logo.svg": None,
    "a/../../logo.svg": None,
    "/logo.svg": None,
    "~/logo.svg": None,
    "C:\\logo.svg": None,
    "https://example.org/logo.svg": None,
    "\\\\server\\logo.svg": None,
}


@pytest.mark.parametrize(("written", "taken"), ASSETS.items())
def test_the_path_of_a_logo_stays_below_the_profile(written: str, taken: str | None) -> None:
    data = _practice(logo={"file": written, "text": "A mark"})
    if taken is None:
        assert [error["type"] for error in _errors(Practice, data)] == ["bad-path"]
    else:
        logo = Practice.model_validate(data).logo
        assert logo
        assert logo.file == taken


ODD_NAMES = ("A", "a b", "a--b", "-a", "a-", "ä", "a_b", "a/b", "..", "", "a\n")


@pytest.mark.parametrize("name", [*sorted(RESERVED_IDS), *ODD_NAMES])
def test_ids_that_cannot_be(name: str) -> None:
    assert [error["type"] for error in _errors(WorkspaceSettings, {"practice": name})] == ["bad-id"]


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1899, 12, 31), date(2200, 1, 1), date(9999, 12, 31)])
def test_a_day_is_near_enough_to_count_from(day: date) -> None:
    resource = {
        "name": "A line",
        "when": "Any time.",
        "channels": ({"kind": "call", "to": "911"},),
        "hours": "Always",
        "region": "US",
        "source": "https://example.org",
        "verified_on": day,
    }
    assert [error["type"] for error in _errors(Practice, _practice(crisis_resources=(resource,)))] == ["bad-date"]
