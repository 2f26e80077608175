"""One handout with every block and every attribute, for three odd practices: it is set, and set well."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache as memo
from itertools import pairwise
from typing import Any

import pytest
from pydantic import BaseModel

from handoutkit.build.build_options import Audience, BuildOptions
from handoutkit.build.build_result import BuiltHandout
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.block_types import BLOCK_TYPES
from handoutkit.models.handout import Handout
from handoutkit.models.practice import Paper
from handoutkit.render.render_cache import RenderCache
from handoutkit.render.templating.document_html import document_to_html
from handoutkit.render.templating.jinja_environment import environment
from handoutkit.render.theme import Theme
from tests.conftest import ROOT
from tests.support.golden import compare_picture, compare_text
from tests.support.pdf_reading import failures, opened, picture, text, texts
from tests.support.reading_order import of_tags

WORKSPACE = Workspace(ROOT / "tests" / "every_block")
PRACTICES = ("pale", "pink", "black")
PAPER: dict[str, Paper] = {"pale": "a4", "pink": "letter", "black": "letter"}
AUDIENCE: dict[str, Audience] = {"pale": "clinician", "pink": "client", "black": "client"}
"""Setting all of it takes seconds, so each practice has it in one copy."""


@pytest.fixture(scope="module")
def finished(cache: RenderCache) -> Any:
    @memo
    def build(practice: str, handout: str = "every-block") -> BuiltHandout:
        choices = BuildOptions(practice=practice, paper=PAPER[practice], audience=AUDIENCE[practice], layout="booklet")
        return Builder(Library(WORKSPACE), choices, cache).render([handout]).finished[0]

    return build


def handout(name: str = "every-block") -> Handout:
    return Library(WORKSPACE).handout(name).model


def models_in(value: object) -> Iterator[BaseModel]:
    if isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            yield from models_in(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from models_in(item)


def test_every_block_type_and_every_attribute_is_there() -> None:
    blocks = (*handout().blocks, *handout("side-by-side").blocks)
    types = {kind.type_name() for kind in BLOCK_TYPES}
    assert {block.type for block in blocks} == types
    used: dict[type[BaseModel], set[str]] = {}
    for block in blocks:
        for model in models_in(block):
            fields = type(model).model_fields
            changed = {name for name, field in fields.items() if getattr(model, name) != field.default}
            used.setdefault(type(model), set()).update(changed)
    common = {"id", "heading", "audience", "keep_together", "orientation", "reading_note", "side", "core", "page_break"}
    common |= {"in_columns", "only_if"}
    unused = {f"{kind.__name__}.{name}" for kind in used for name in set(kind.model_fields) - used[kind] - common}
    assert unused == set()
    assert common - {"side", "core"} <= set().union(*used.values())


def test_a_digital_signature_is_a_place_to_sign_and_a_written_one_is_a_line(finished: Any) -> None:
    pdf = opened(finished("pink", "side-by-side").rendered.pdf)
    block = next(kid for kid in pdf.Root.AcroForm.Fields[0].Kids if kid.T == "yes-to-all")
    kinds = {str(field.T): (str(field.FT), str(field.TU)) for field in block.Kids}
    assert kinds["client-signature"] == ("/Sig", "Client, signature")
    assert kinds["client-date"][0] == "/Tx"
    assert kinds["term-2-client-initials"] == ("/Tx", "Client, initials: I can stop at any time.")
    assert "guardian-signature" not in kinds
    assert int(pdf.Root.AcroForm.SigFlags) == 1
    words = text(finished("pink", "side-by-side").rendered.pdf)
    assert "Only adults read this." in words
    assert "not of age yet" not in words


@pytest.mark.parametrize(
    ("practice", "name"), [("pale", "every-block"), ("pink", "every-block"), ("pink", "side-by-side")]
)
def test_is_pdf_ua(practice: str, name: str, finished: Any) -> None:
    assert failures(finished(practice, name).rendered.pdf) == []


def test_html_is_as_it_was() -> None:
    for practice, name in (("pink", "every-block"), ("pale", "every-block"), ("pink", "side-by-side")):
        audience = AUDIENCE[practice]
        builder = Builder(Library(WORKSPACE), BuildOptions(practice=practice, audience=audience))
        document = builder.compose(Library(WORKSPACE).handout(name))
        theme = Theme.find("base", WORKSPACE.roots)
        html = document_to_html(document, environment(theme, document.locale), theme)
        lines = (line.strip() for line in html.splitlines())
        compare_text(f"{name}.{audience}.html", "\n".join(line for line in lines if line) + "\n")


def test_pages_look_as_they_did(finished: Any) -> None:
    pdf = finished("pink").rendered.pdf
    for number in range(len(texts(pdf))):
        compare_picture(f"every-block-{number + 1:02}.png", picture(pdf, number, dpi=36))


def test_what_is_for_the_clinician_is_nowhere_in_the_clients_copy(finished: Any) -> None:
    client, clinician = (finished(practice).rendered.pdf for practice in ("pink", "pale"))
    for words in (
        "For the clinician only.",
        "Only a clinician reads this block.",
        "It gives plain names to three ways",
    ):
        assert words in text(clinician)
        assert words not in text(client)
        assert words.encode() not in client


def test_a_landscape_block_turns_its_page_and_only_its_own(finished: Any) -> None:
    pdf = opened(finished("pink").rendered.pdf)
    wide = [page.mediabox[2] > page.mediabox[3] for page in pdf.pages]
    landscape = [block for block in handout().blocks if block.orientation == "landscape"]
    assert sum(wide) >= len(landscape) > 0
    assert not wide[0]
    assert not wide[-1]


def test_a_table_repeats_its_header_on_each_page(finished: Any) -> None:
    read = of_tags(finished("pink").rendered.pdf, ("/Table", "/THead"))
    tables, heads = read[::2], read[1::2]
    assert [name for name, _ in (*tables, *heads)] == ["/Table"] * len(tables) + ["/THead"] * len(heads)
    assert all(words and table.startswith(words) for (_, table), (_, words) in zip(tables, heads, strict=True))
    assert any(one == other for one, other in pairwise(heads))  # a table that goes on to a next page


def test_a_coach_is_not_taken_for_a_clinician(finished: Any) -> None:
    assert "Coaching is not therapy" in text(finished("pale").rendered.pdf)
    assert "Coaching is not therapy" not in text(finished("pink").rendered.pdf)


@pytest.mark.parametrize("practice", PRACTICES)
def test_every_contact_field_may_be_missing(practice: str, finished: Any) -> None:
    words = text(finished(practice, *(["my-next-step"] if practice == "black" else [])).rendered.pdf)
    assert "None" not in words
    profile = Library(WORKSPACE).practice(practice).model
    for value in (profile.contact.phone, profile.contact.email):
        assert value is None or value in words.replace(" ", "") or value in words
