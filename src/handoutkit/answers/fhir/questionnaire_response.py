"""The rows of returned files as a FHIR R4 Bundle: each handout in a file as a response, and its Questionnaire.

http://hl7.org/fhir/R4/questionnaireresponse.html
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from handoutkit.answers.answer_rows import AnswerRow
from handoutkit.answers.known_handouts import HandoutLookup, KnownHandout
from handoutkit.answers.scoring import TOTAL
from handoutkit.library.library import Library
from handoutkit.models.blocks.block import BlockField
from handoutkit.models.handout import Handout

from .questionnaire import BESIDE, READ_AS, Resource, questionnaire, url_of, urn


def to_fhir(rows: Sequence[AnswerRow], library: Library) -> str:
    """A Bundle of the kind ``collection``, as JSON. The same rows give the same text."""
    lookup = HandoutLookup(library)
    questionnaires: dict[str, Resource] = {}
    responses: dict[str, Resource] = {}
    for of_one in _by_file_and_handout(rows):
        found = lookup.look(of_one[0].handout) if of_one[0].handout else None
        known = found if isinstance(found, KnownHandout) and found.edition == of_one[0].edition else None
        if known:
            made = questionnaire(_as_asked(known, of_one))
            questionnaires[urn(made["url"], made["version"])] = made
        responses[urn(*(json.dumps(replace(row, file="").as_json()) for row in of_one))] = _response(of_one, known)
    every = {**questionnaires, **responses}
    entries = [{"fullUrl": name, "resource": resource} for name, resource in every.items()]
    bundle = {"resourceType": "Bundle", "type": "collection", **({"entry": entries} if entries else {})}
    return json.dumps(bundle, ensure_ascii=False, indent=2) + "\n"


def _by_file_and_handout(rows: Iterable[AnswerRow]) -> list[list[AnswerRow]]:
    found: dict[tuple[str, str], list[AnswerRow]] = {}
    for row in rows:
        found.setdefault((row.file, row.handout), []).append(row)
    return list(found.values())


def _response(rows: Sequence[AnswerRow], known: KnownHandout | None) -> Resource:
    """What one file says in one handout; without a Questionnaire, if the library does not have its edition."""
    head = rows[0]
    facts: Resource = {"resourceType": "QuestionnaireResponse", "status": "completed"}
    if known:
        facts["questionnaire"] = f"{url_of(_as_asked(known, rows))}|{known.edition}"
    if head.language:
        facts["language"] = head.language
    if head.client_ref:
        facts["subject"] = {"type": "Patient", "identifier": {"value": head.client_ref}}
    if head.day and head.day_from != "file":  # when a file came to this machine does not say when it was filled in
        facts["authored"] = head.day
    groups: dict[str, list[AnswerRow]] = {}
    for row in rows:
        if row.value:
            groups.setdefault(row.block or BESIDE, []).append(row)
    fields = _fields(_as_asked(known, rows)) if known else {}
    items = [item for block, of_block in groups.items() for item in _items(block, of_block, fields)]
    return {**facts, **({"item": items} if items else {})}


def _as_asked(known: KnownHandout, rows: Sequence[AnswerRow]) -> Handout:
    """The handout as it was written, or with what framings add, if one of the rows answers that."""
    own = known.as_written.field_names
    added = any(row.kind == "answer" and f"{row.block}.{row.field}" not in own for row in rows)
    return known.with_framings if added else known.as_written


def _fields(handout: Handout) -> dict[str, BlockField]:
    return {f"{block.id}.{field.name}": field for block in handout.blocks for field in block.fields()}


def _items(block: str, rows: Sequence[AnswerRow], fields: dict[str, BlockField]) -> Iterator[Resource]:
    """A group with the answers of a block; what stands beside the fields is in none, and is one item."""
    if block == BESIDE:
        yield {"linkId": BESIDE, "answer": [{"valueString": row.value or row.field} for row in rows]}
        return
    yield {"linkId": block, "item": [_item(row, fields.get(f"{block}.{row.field}")) for row in rows]}


def _item(row: AnswerRow, field: BlockField | None) -> Resource:
    link = f"{row.block}.{row.field}"
    words = ": ".join(dict.fromkeys(part for part in (row.question, row.row, row.column) if part))
    head = {"linkId": link, **({"text": words} if words else {})}
    if row.field == TOTAL and row.kind == "score":
        return {**head, "answer": [{"valueDecimal": int(row.value)}]}
    if field and field.kind == "tick":
        return {**head, "answer": [{"valueBoolean": True}]}
    if field and field.options and row.option:
        return {**head, "answer": [{"valueCoding": {"code": str(row.option), "display": row.value}}]}
    answer: Resource = {"valueString": row.value}
    if row.read_as and not (field and field.options):
        is_day = field.kind == "date" if field else "-" in row.read_as[1:]
        value = {"valueDate": row.read_as} if is_day else {"valueDecimal": _number(row.read_as)}
        answer["item"] = [{"linkId": f"{link}.{READ_AS}", "answer": [value]}]
    return {**head, "answer": [answer]}


def _number(text: str) -> int | float:
    """A number as JSON has it; none that we read has more digits than that holds."""
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else float(number)
