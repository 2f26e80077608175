"""The labels, hints and sections of the forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handoutkit.models.json_schema import SchemaName

SECTIONS: dict[SchemaName, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "handout": (
        ("The first lines", "What a client reads first.", ("title", "subtitle", "key_message", "purpose")),
        (
            "Block by block",
            "Open a block to change its words. Drag it by its dots, or use its arrows, to move it.",
            ("blocks",),
        ),
        ("The clinician’s guide", "Never in the client’s copy.", ("clinician_guide",)),
        ("Where the ideas come from", "", ("sources", "rights")),
    ),
    "practice": (
        ("Name", "", ("display_name", "legal_name", "services")),
        (
            "Look",
            "One colour is enough; the others are made from it so that they can be read well.",
            ("colour", "second_colour", "neutral", "logo", "typefaces", "paper", "region"),
        ),
        ("How to reach you", "Leave out what you have no use for.", ("contact",)),
        ("Next steps", "What a client can do next. It stands at the end of each handout.", ("next_steps",)),
        ("Small print", "", ("disclaimers", "affiliations")),
        ("People", "", ("practitioners",)),
        ("Help in a crisis", "Check every entry yourself, and put in the day you checked it.", ("crisis_resources",)),
        ("Framings you work with", "", ("framings", "unreviewed_framings", "notes_in_a_slot", "notes_on_a_side")),
    ),
    "framing": (
        ("About it", "", ("title", "about")),
        ("Notes", "Each note comes at a place that a handout offers.", ("notes",)),
        ("Changes", "What stands in a handout instead of its own words, and what comes to them.", ("instead", "also")),
        ("Where the ideas come from", "", ("sources",)),
    ),
    "packet": (
        ("The packet", "", ("title", "subtitle", "for")),
        ("Handouts, in this order", "Drag them, or use the arrows.", ("handouts",)),
        ("The cover", "", ("cover", "values")),
        ("What to do next", "It stands on the last page.", ("next_step",)),
        ("How it is put together", "", ("contents", "sides", "back_page", "prefill", "language")),
    ),
    "workspace": (),
}
ASIDE = frozenset(
    {
        "id",
        "audience",
        "core",
        "if",
        "side",
        "keep_together",
        "orientation",
        "page_break",
        "in_columns",
        "reading_note",
        "sources",
        "suppress",
        "healthy_middle",
        "sides_id",
    }
)
"""Fields that are seldom needed, and so folded away."""
HINTS = {
    "letter": "Write {first_name|there} where the client’s name is to stand. So can {clinician} and {due}.",
    "key_message": "One sentence that a client should leave with.",
    "colour": "As # and six letters or digits.",
    "second_colour": "For what is set apart, such as cultural notes; as # and six letters or digits.",
    "neutral": "For running text, lines and panels; as # and six letters or digits.",
    "light": "The same picture in light colours, such as for a screen at night. It is put in its place when you save.",
    "file": "Choose a picture below; it is put in its place when you save.",
    "alt": "What someone hears who cannot see it.",
    "verified_on": "The day you checked it yourself.",
    "reviewed_on": "The day someone last read all of it.",
    "clinically_reviewed_by": "Who read it whole, as one who would answer for it.",
    "clinically_reviewed_on": "The day they did.",
    "terms": "The few long words it is about; SMOG does not count them.",
    "email_note": "Such as when nobody reads it.",
    "stop_rule": "When to stop, and whom to turn to.",
    "reading_note": "A short hint, set small above.",
    "frame": "Each gap is named in curly brackets, as in {need}.",
    "definition": "In one or two sentences.",
    "unreviewed_framings": "Printed although nobody of the community has read them yet.",
    "anchors": "From the least to the most, each with the number it counts.",
    "alert_from": "An answer that counts this much, or more, stands first when the page comes back.",
    "reverse": "The answer that counts most is the good one.",
    "bands": "What each total means. Leave it out if the authors give none.",
    "prorate": "As many as the authors allow. Without it, one that is missing leaves no total.",
    "reliable_change": "Only if the authors published it.",
    "position": "The number that the step gets; without one it comes last.",
}
_LABELS = {
    "for": "Who it is for",
    "alone": "For one person alone: never in a packet for two",
    "if": "Only for some: for whom",
    "core": "It stays when only one side is made",
    "side": "Which side of the sheet it stands on",
    "read": "The side to read",
    "do": "The side to do",
    "helper": "A hint in small letters",
    "response": "The answer",
    "is_not": "What it is not",
    "page_break": "Where a new page begins",
    "in_columns": "How many columns it stands in with its neighbours",
    "before": "Before it",
    "what_for": "What it is for",
    "alt": "In words, for someone who cannot see it",
    "url": "Web address",
    "web": "Web site",
    "to": "Number or address",
    "when": "When",
    "reading_grade": "School grade it can be read in",
    "colour": "Your colour",
    "second_colour": "Second colour",
    "neutral": "Neutral colour",
    "light": "For dark grounds",
    "file": "Picture",
    "replaces_name": "It shows the name, which is not printed beside it again",
    "legal_name": "Full legal name",
    "written_by": "Written by",
    "pairs": "Questions and answers",
    "qa": "Questions and answers",
    "prose": "Text",
    "concept": "A term",
    "contrast": "Side by side",
    "table": "Table to read",
    "qr": "Square for a camera",
    "callout": "Framed note",
    "list": "List",
    "vignette": "A short story",
    "prompt": "Question to answer",
    "record_table": "Table to fill in",
    "schedule_grid": "Week or month",
    "measure": "Rated statements",
    "continuum": "A line to mark",
    "cell_grid": "Boxes to fill in",
    "sentence_frame": "Sentence with gaps",
    "card_set": "Cards to cut out",
    "agreement": "Agreement to sign",
    "intake": "Questions before the first session",
    "notice": "Notice or letter",
    "next_step": "Next step",
    "references": "References",
    "line": "One line",
    "lines": "Several lines",
    "box": "An open box",
    "choice": "One of several",
    "multi_choice": "Any of several",
    "number": "A number",
    "date": "A day",
    "self_monitoring": "Log",
    "psychoeducation": "To read",
    "cultural_note": "Cultural note",
    "cover": "Letter or signature on the cover",
    "letter": "Letter",
    "contents": "A table of contents",
    "back_page": "Next steps and crisis lines once, on the last page",
    "duplex": "Two sides: each handout starts on a new leaf",
    "compact": "Save paper",
    "values": "What the cover says of a client",
    "display_name": "Name",
    "sexual-assault": "Sexual assault",
    "crisis_resources": "Crisis lines",
    "crisis_for": "What its crisis lines are for",
    "suppress": "Notices that you looked at and that may stay",
    "reword": "Notes with other words",
    "silence": "Notes to leave out",
    "add": "Notes of your own",
    "next_session": "Next session",
    "own_words": "The client’s own words",
    "client_ref": "Reference",
    "a4": "A4",
    "faq": "Questions and answers",
    "anchors": "Answers to choose from",
    "alert_from": "Tell me from this number on",
    "reverse": "It counts the other way round",
    "bands": "What the total means",
    "low": "From",
    "high": "To",
    "prorate": "How many answers may be missing",
    "reliable_change": "How much change counts as one",
    "rights_statement": "By what right it is printed here",
    "other": "A line for something else",
    "self": "One person",
    "couple": "A couple",
    "family": "A family",
    "guardian": "A parent or guardian",
    "both": "Both copies",
    "client": "The client’s copy",
    "clinician": "The clinician’s copy",
}
_LABELS_BY_PLACE = {
    "framings/*/id": "Framing",
    "display_name": "Name on the handouts",
    "logo/height": "Height, in millimetres",
    "blocks/*/|figure/kind/bands": "Bands",
    "blocks/*/|list/style/number": "With numbers",
    "blocks/*/|list/style/bullet": "With points",
    "blocks/*/|qa/style/myth_fact": "Myths and facts",
    "logo/text": "In words, for someone who cannot see it",
    "values/clinician": "Who the client works with",
    "values/due": "When to bring it back",
    "values/packet": "Which packet",
    "values/handouts": "Which handouts",
    "values/without": "Parts to leave out",
    "values/only": "The only parts to keep",
    "values/sides": "One side only",
    "values/when": "Who the client is, for parts that are for some",
    "values/rows": "How many rows a table has",
    "values/framing": "Cultural framing",
    "values/location": "Which of your places",
    "values/copies": "How many copies to print",
    "values/safe_to_send": "Whether it is safe to send",
}
"""By the place in the schema; an option, by the place of its field and its value."""
_OPTIONS = {"letter": "US Letter"}
_ITEM_NAMES = {
    "blocks": "block", "steps": "step", "points": "point", "items": "item", "sources": "source", "notes": "note",
    "rows": "row", "cells": "cell", "sides": "side", "options": "option", "next_steps": "next step",
    "disclaimers": "line of small print", "practitioners": "person", "locations": "place",
    "channels": "way to reach it",
    "crisis_resources": "crisis line", "affiliations": "affiliation", "framings": "framing", "cards": "card",
    "address": "line", "topics": "topic", "slots": "gap", "framing_slots": "place for framings", "pairs": "pair",
    "add": "note of your own", "reword": "rewording", "terms": "term", "parties": "party", "groups": "group",
    "columns": "column", "questions": "question", "choices": "answer", "regions": "region", "links": "line",
    "labels": "label", "example": "example", "column_headers": "heading", "row_headers": "heading", "key": "sign",
    "anchors": "word for a number", "bands": "range of scores", "initials": "party", "suppress": "exception",
    "unreviewed_framings": "framing", "instead": "change", "also": "block", "handouts": "handout",
    "prefill": "answer", "licensed_in": "state or province", "silence": "note to leave out",
    "row": "cell", "alert_options": "answer", "without": "block",
}  # fmt: skip


UNNAMED = "entry"
"""What one item is called where nothing better is known."""


def hint(key: str, schema: Mapping[str, Any], *, at: str) -> str:
    """The hint of a field. An `example` is a tick in one place and a text in others."""
    if key == "example":
        return "Tick this only for what is invented." if schema.get("type") == "boolean" else ""
    if key == "colour" and at != "colour":
        return ""
    return HINTS.get(key, "")


def label(key: str, *, at: str = "") -> str:
    """The label of a field; ``at`` is its place in the schema, because one key can mean several things."""
    return _LABELS_BY_PLACE.get(at) or _LABELS.get(key, key.replace("_", " ").capitalize())


def option(value: str, *, at: str = "") -> str:
    """The label of an option; ``at`` is the place of its field in the schema."""
    return _OPTIONS.get(value) or label(value, at=f"{at}/{value}")


def kind_to_choose(at: str) -> str:
    """The name of one item of a list, by the place of the list in the schema; of an unknown one, by its key."""
    last = next((step for step in reversed(at.split("/")) if step != "*" and not step.startswith("|")), "")
    return _ITEM_NAMES.get(last) or (last.removesuffix("s").replace("_", " ") if last.endswith("s") else UNNAMED)
