"""A handout in one edition as a FHIR R4 Questionnaire (http://hl7.org/fhir/R4/questionnaire.html).

Every field is an item, and the items of a block are in a group. An item is called as the field is, ``block.field``.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from handoutkit.answers.question_words import AskedField, asked_fields
from handoutkit.answers.scoring import ALERT, ALERT_OPTION, BAND, MISSING, TOTAL
from handoutkit.models.blocks.block import Block, BlockField
from handoutkit.models.blocks.prompts import Prompt
from handoutkit.models.blocks.scales import Measure
from handoutkit.models.filled_in.identifiers import NAME_AND_DATE
from handoutkit.models.handout import Handout
from handoutkit.models.markdown import to_plain

Resource = dict[str, Any]
"""A FHIR resource or a part of one, as JSON."""
READ_AS = "read-as"
"""The item below a typed answer that holds the day or the number that it is."""
BESIDE = "-beside"
"""The item for what was written beside the fields; no block has an id like that."""
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
_NAMES = uuid.UUID("9f0c7c0e-6d0a-5c1b-8d53-0a7c5b1f4e21")
"""The namespace of our names (RFC 9562, 5.5): the same thing has the same name on every machine."""


def urn(*parts: str) -> str:
    """A name for what these parts say, as ``urn:uuid:...``."""
    return f"urn:uuid:{uuid.uuid5(_NAMES, chr(0).join(parts))}"


def questionnaire(handout: Handout) -> Resource:
    """The Questionnaire of a handout; its ``version`` is the edition."""
    return {
        "resourceType": "Questionnaire",
        "url": url_of(handout),
        "version": str(handout.edition),
        "name": "Handout" + "".join(part.capitalize() for part in handout.id.split("-")),
        "title": handout.title,
        "status": "active",
        "language": handout.language,
        "date": handout.reviewed_on.isoformat(),
        "description": to_plain(handout.purpose),
        "copyright": handout.rights,
        "subjectType": ["Patient"],
        "item": [*_groups(handout), _beside()],
    }


def url_of(handout: Handout) -> str:
    """What other resources call the Questionnaire by, without its version."""
    return urn("questionnaire", handout.id, *sorted(handout.field_names))


def _groups(handout: Handout) -> Iterator[Resource]:
    name, day = _typed(f"{NAME_AND_DATE}.name", "Name"), _typed(f"{NAME_AND_DATE}.date", "Date", reads="date")
    yield _group(NAME_AND_DATE, "Name and date", [name, day])
    asked = asked_fields(handout)
    items: dict[str, dict[str, Resource]] = {}
    texts: dict[str, str] = {}
    for block in handout.blocks:  # one that framings add to stands here once more for each of them
        fields = list(block.fields()) if block.id else []
        if block.id and fields:
            mine = [_item(block, field, asked[f"{block.id}.{field.name}"]) for field in fields]
            mine += _results(block) if isinstance(block, Measure) else ()
            mine += _alerts(block) if isinstance(block, Prompt) else ()
            items.setdefault(block.id, {}).update((item["linkId"], item) for item in mine)
            question = asked[f"{block.id}.{fields[0].name}"].question
            texts.setdefault(block.id, to_plain(block.heading or question))
    yield from (_group(name, texts[name], of_block.values()) for name, of_block in items.items())


def _group(link: str, text: str, items: Iterable[Resource]) -> Resource:
    return {"linkId": link, "text": text, "type": "group", "item": list(items)}


def _item(block: Block, field: BlockField, asked: AskedField) -> Resource:
    link = f"{block.id}.{field.name}"
    if field.kind == "tick":
        return {"linkId": link, "text": _words(asked, str(field.label[-1])), "type": "boolean"}
    if field.options:
        return {"linkId": link, "text": _words(asked), "type": "choice", "answerOption": list(_options(block, field))}
    return _typed(link, _words(asked), reads={"date": "date", "number": "decimal"}.get(field.kind, ""))


def _words(asked: AskedField, option: str = "") -> str:
    """The question, the row, the column and the option, as far as there are any, once each."""
    parts = dict.fromkeys(to_plain(part) for part in (*asked[1:], option) if part)
    return ": ".join(parts)


def _typed(link: str, text: str, reads: str = "") -> Resource:
    """What is typed is kept letter for letter; where a day or a number is asked for, it stands below as such."""
    item: Resource = {"linkId": link, "text": text, "type": "text"}
    if reads:
        item["item"] = [{"linkId": f"{link}.{READ_AS}", "text": text, "type": reads, "readOnly": True}]
    return item


def _results(measure: Measure) -> Iterator[Resource]:
    """The results of a measure, which the library works out, and the client does not write."""
    texts = {BAND: "Band", MISSING: "Not answered"}
    texts |= {
        f"{ALERT}.{item.id}": f"Alert: {to_plain(item.text)}" for item in measure.items if item.alert_from is not None
    }
    yield {"linkId": f"{measure.id}.{TOTAL}", "text": "Total", "type": "decimal", "readOnly": True}
    for field, text in texts.items():
        yield {"linkId": f"{measure.id}.{field}", "text": text, "type": "text", "readOnly": True}


def _alerts(prompt: Prompt) -> Iterator[Resource]:
    """The answers that call for a talk, once more: the library says so, and not the client."""
    words = to_plain(prompt.question)
    for name in prompt.alerts:
        link = f"{prompt.id}.{ALERT_OPTION}.{name}"
        yield {"linkId": link, "text": f"Alert: {words}", "type": "text", "readOnly": True}


def _options(block: Block, field: BlockField) -> Iterator[Resource]:
    """The options by their number, which is the same in every language; an anchor of a measure has its points."""
    for number, words in enumerate(field.options, start=1):
        coding: Resource = {"code": str(number), "display": to_plain(str(words))}
        if isinstance(block, Measure):
            item = next(item for item in block.items if item.id == field.name)
            points = block.points(item, block.anchors[number - 1])
            coding["extension"] = [{"url": ORDINAL, "valueDecimal": points}]
        yield {"valueCoding": coding}


def _beside() -> Resource:
    return {"linkId": BESIDE, "text": "Written beside the fields", "type": "text", "repeats": True}
