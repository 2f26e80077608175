"""Answers as FHIR R4: valid by fhir.resources, each item as its Questionnaire has it, and nothing lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.questionnaire import Questionnaire

from handoutkit.answers.answer_rows import AnswerRow
from handoutkit.answers.fhir.questionnaire import questionnaire
from handoutkit.answers.fhir.questionnaire_response import to_fhir
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from tests.conftest import ROOT, Run
from tests.support.answer_samples import VALUES, a_row, blank, library, read, simple
from tests.support.hand_made_forms import filled_in

EVERY_BLOCK = Library(Workspace(ROOT / "tests" / "every_block"))
TYPES = {
    "text": "valueString",
    "boolean": "valueBoolean",
    "choice": "valueCoding",
    "decimal": "valueDecimal",
    "date": "valueDate",
}


def bundle_of(rows: tuple[AnswerRow, ...], of: Library) -> list[Any]:
    """The resources of a Bundle that fhir.resources takes as R4."""
    text = to_fhir(rows, of)
    Bundle.model_validate_json(text)
    assert to_fhir(rows, of) == text
    return [entry["resource"] for entry in json.loads(text).get("entry", [])]


def items_of(resource: Any) -> Iterator[Any]:
    for item in resource.get("item", []):
        yield item
        yield from items_of(item)
        for answer in item.get("answer", []):
            yield from items_of(answer)


def fits(response: Any, asked: Any) -> None:
    """Each answer is to an item of the Questionnaire, and of its type; a choice is one that is offered."""
    by_link = {item["linkId"]: item for item in items_of(asked)}
    assert len(by_link) == len(list(items_of(asked)))
    for item in items_of(response):
        own = by_link[item["linkId"]]
        for answer in item.get("answer", []):
            assert TYPES[own["type"]] in answer
            if own["type"] == "choice":
                offered = {option["valueCoding"]["code"] for option in own["answerOption"]}
                assert answer["valueCoding"]["code"] in offered
    assert response["questionnaire"] == f"{asked['url']}|{asked['version']}"


def test_a_measure_with_its_results_and_alert() -> None:
    values = {**VALUES, "small-page.mood.hopeless": 2}
    found = read(filled_in(blank().save(), values), client_ref="0012")
    asked, response = bundle_of(found.rows, library())
    fits(response, asked)
    by_link = {item["linkId"]: item for item in items_of(response)}
    assert by_link["thoughts.answer"]["answer"] == [{"valueString": VALUES["small-page.thoughts.answer"]}]
    assert by_link["mood.low"]["answer"] == [{"valueCoding": {"code": "2", "display": "Some days"}}]
    assert by_link["mood.score"]["answer"] == [{"valueDecimal": 2}]
    assert by_link["mood.score.alert.hopeless"]["answer"] == [{"valueString": "Some days"}]
    assert response["subject"] == {"type": "Patient", "identifier": {"value": "0012"}}
    points = {
        item["linkId"]: [option["valueCoding"]["extension"][0]["valueDecimal"] for option in item["answerOption"]]
        for item in items_of(asked)
        if item["type"] == "choice"
    }
    assert points["mood.low"] == [0, 1, 3]
    assert points["mood.rested"] == [3, 2, 0]  # turned around


@pytest.mark.parametrize("handout", ["every-block", *sorted(Workspace(ROOT).handout_files)])
def test_every_handout_is_a_valid_questionnaire(handout: str) -> None:
    of = EVERY_BLOCK if handout == "every-block" else Library(Workspace(ROOT))
    model = of.handout(handout).model
    made = questionnaire(model)
    Questionnaire.model_validate(made)
    links = [item["linkId"] for item in items_of(made)]
    assert len(links) == len(set(links))
    assert model.field_names <= set(links)


def test_days_and_numbers_are_kept_as_they_were_written_and_as_what_they_are() -> None:
    model = EVERY_BLOCK.handout("every-block").model
    kinds: dict[str, tuple[str, str]] = {
        field.kind: (block.id or "", field.name)
        for block in model.blocks
        for field in block.fields()
        if not field.options
    }
    written = {"date": ("24 Dec 2026", "2026-12-24"), "number": ("7,5", "7.5"), "tick": ("yes", ""), "text": ("a", "")}
    rows = []
    for kind, (value, read_as) in written.items():
        block, field = kinds[kind]
        rows.append(row_of("every-block", model.edition, block, field, value, read_as))
    asked, response = bundle_of(tuple(rows), EVERY_BLOCK)
    fits(response, asked)
    assert len([item for item in items_of(response) if item["linkId"].endswith(".read-as")]) == 2
    values = [answer for item in items_of(response) for answer in item.get("answer", [])]
    assert {"valueDate": "2026-12-24"} in values
    assert {"valueDecimal": 7.5} in values
    assert {"valueBoolean": True} in values
    assert [answer["valueString"] for answer in values if answer.get("item")] == ["24 Dec 2026", "7,5"]


def row_of(handout: str, edition: int, block: str, field: str, value: str, read_as: str) -> AnswerRow:
    head = ("a.pdf", "QX-1", "2026-12-24", "sheet", "en", handout, edition, "answer")
    return AnswerRow(*head, block, field, "Asked?", "", "", value, None, read_as)  # type: ignore[arg-type]


def test_a_handout_that_the_library_has_not_has_no_questionnaire() -> None:
    (response,) = bundle_of(read(simple().save()).rows, library())
    assert "questionnaire" not in response
    assert "authored" not in response  # nobody knows when


def test_what_stands_beside_the_fields_is_an_answer_of_its_own() -> None:
    beside = replace(a_row("in the margin"), kind="beside", block="", field="page-1-note-1")
    asked, response = bundle_of((a_row("in the field"), beside), library())
    fits(response, asked)
    assert {"linkId": "-beside", "answer": [{"valueString": "in the margin"}]} in response["item"]


def test_no_rows_are_an_empty_bundle() -> None:
    assert bundle_of((), library()) == []


def test_the_command_writes_a_bundle(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(simple("Zoë 😀").save())
    assert run("answers", "a.pdf", "-o", "week.fhir.json").exit_code == 0
    (response,) = [one["resource"] for one in json.loads((tmp_path / "week.fhir.json").read_text("utf-8"))["entry"]]
    assert response["item"][0]["item"][0]["answer"] == [{"valueString": "Zoë 😀"}]
