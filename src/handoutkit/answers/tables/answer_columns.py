"""The columns of the rows of answers, and what each of them means: the form that other programs may rely on."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any, get_args

from handoutkit.answers.answer_rows import AnswerRow, DaySource, RowKind

VERSION = 2
"""Raised when a column is renamed, moved or changes its meaning; new columns only ever come behind the others.

Version 1 had ``client_ref``, ``handout``, ``edition``, ``block``, ``field``, ``value`` and ``option``.
"""
COLUMNS = tuple(field.name for field in fields(AnswerRow))
MEANING = {
    "file": "the file, as it was named",
    "client_ref": "the reference of the client, as the file says or `--client-ref`; empty if neither does",
    "day": "the day it was filled in, as year, month and day; `day_from` says how that is known",
    "day_from": "`sheet`: a day that was written on it; `saved`: when the file was last changed, as it says itself;"
    " `file`: the time of the file on this machine",
    "language": "the language of the file, such as `en` or `zh-Hans`; empty if it does not say",
    "handout": "the id of the handout",
    "edition": "its edition, as it was when the file was made",
    "kind": "`alert`: an answer that somebody must be told of; `answer`; `score`: a result of a measure; `beside`: a"
    " text that was put on the page beside the fields, or, without a value, a page with ink, stamps and the like",
    "block": "the id of the block that was answered",
    "field": "the place in the block: `answer`, `option-2`, `row-1-when`, the id of an item, `score` ...",
    "question": "what was asked, in words",
    "row": "the row of a table, or the item of a list, in words or as its number; empty where there is none",
    "column": "the column of a table, in words; empty where there is none",
    "value": "what was written, letter for letter, or the words of the option that was chosen",
    "option": "the number of that option, from 1, the same in every language; empty where there is nothing to choose"
    " from",
    "read_as": "the day (year, month, day) or the number that `value` is; empty if it is none, or could be two",
}
_WORDS: dict[str, list[str]] = {"kind": list(get_args(RowKind)), "day_from": ["", *get_args(DaySource)]}


def answers_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what ``handoutkit answers --json`` prints."""
    columns = {name: {**_type_of(name), "description": MEANING[name]} for name in COLUMNS}
    row = {"type": "object", "properties": columns, "required": list(COLUMNS), "additionalProperties": False}
    place = {name: {"type": "integer"} for name in ("line", "column")}
    texts = {name: {"type": "string"} for name in ("file", "path", "severity", "code", "message", "hint")}
    problem = {"type": "object", "properties": {**texts, **place}, "required": [*texts, *place]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Answers",
        "description": "The answers of filled-in files, as `handoutkit answers --json` prints them; alerts come first.",
        "type": "object",
        "properties": {
            "version": {"const": VERSION},
            "rows": {"type": "array", "items": row},
            "problems": {"type": "array", "items": problem},
        },
        "required": ["version", "rows", "problems"],
        "additionalProperties": False,
    }


def answers_schema_text() -> str:
    """The same as text, ready to be written to ``schemas/answers.schema.json``."""
    return json.dumps(answers_schema(), indent=2, ensure_ascii=False) + "\n"


def _type_of(column: str) -> dict[str, Any]:
    if column in ("edition", "option"):
        return {"type": ["integer", "null"], "minimum": 1}
    return {"type": "string", **({"enum": _WORDS[column]} if column in _WORDS else {})}
