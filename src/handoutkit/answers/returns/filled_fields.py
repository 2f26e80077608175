"""From the fields of a returned file, of whatever kind, to the form that was filled in: ours, whole, one client's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import compress
from operator import not_
from typing import NamedTuple

from handoutkit.answers.answer_rows import ASK, UNKNOWN_FIELD, FilledForm, FormAnswer, at_field, is_ours, is_reference
from handoutkit.answers.field_answers import FieldAnswer
from handoutkit.answers.reference_in_file import reference_in
from handoutkit.errors import ContentError, Problem
from handoutkit.models.clients.client_ref import ReferenceFault, client_ref_of
from handoutkit.models.filled_in.identifiers import EDITION, ID_PATTERN


class ReturnedField(NamedTuple):
    """A field of a returned file, and what it says.

    Attributes:
        name: its full name, ``handout.block.field``.
        answer: None if it has none to give, as a button has.
        is_choice: whether one of several options is chosen in it.
        asked: the question in the file's own words.
        is_shown: whether it stands on a page of the file.
        problems: those of its value; it counts as empty then.
    """

    name: str
    answer: FieldAnswer | None
    is_choice: bool = False
    asked: str = ""
    is_shown: bool = True
    problems: tuple[Problem, ...] = ()


def filled_form(fields: Iterable[ReturnedField], client_ref: str = "", *, printed: bool = False) -> FilledForm:
    """The answers that a file's fields hold, in their order, or why there is no telling them for certain.

    Args:
        client_ref: whose it is, where the file does not say so itself.
        printed: whether its pages show a reference.

    Raises:
        ContentError: the file is not ours.
    """
    read = _Fields()
    for each in fields:
        read.add(each)
    editions = _editions(read)
    if not editions:
        return _refused(read, editions, client_ref, [_LOST_EDITION])  # all else would be a consequence
    ref, faults = reference_in(read.references, client_ref, editions, printed=printed)
    if any(fault.code == "two-clients" for fault in faults):
        return _refused(read, editions, client_ref, faults)  # whatever else there is comes of that
    read.problems += faults
    answers = tuple(_answers(read, editions))
    shown = [read.fields[f"{answer.handout}.{answer.name}"].is_shown for answer in answers]
    placed = tuple(compress(answers, shown))
    if answers and not placed:
        read.problems.append(_ON_NO_PAGE)
    if read.problems:
        return _refused(read, editions, client_ref, _one_of_a_kind(read.problems))
    return FilledForm(placed, editions, ref, gone=tuple(compress(answers, map(not_, shown))))


def _refused(read: _Fields, editions: Mapping[str, int], client_ref: str, problems: Iterable[Problem]) -> FilledForm:
    """A form without rows, and with all that was chosen in it; a program may have renamed fields or doubled them."""
    every = [*read.values.items(), *read.again]
    answers = tuple(_chosen_in(name, value) for name, value in every if value.option)
    unreadable = tuple(_chosen_in(name, FieldAnswer()) for name in read.unreadable)
    refs = [*(value.text for name, value in every if is_reference(name)), client_ref]
    clients = tuple(dict.fromkeys(ref for ref in refs if ref and not isinstance(client_ref_of(ref), ReferenceFault)))
    return FilledForm(answers, dict(editions), refused=tuple(problems), clients=clients, unreadable=unreadable)


def _chosen_in(name: str, value: FieldAnswer) -> FormAnswer:
    """What was chosen in a field, by the last parts of its name: ``2.small-page+1.mood.low`` is ``low`` of ``mood``.

    A damaged page may have a field with another name, or none; what was chosen there is of no block.
    """
    *path, block, part = ["", *name.split(".")][-3:]
    handout = _LIKE_AN_ID.match(path[0]) if path else None
    return FormAnswer(handout[0] if handout else "", block, part, value.text, value.option)


@dataclass(slots=True)
class _Fields:
    """The fields of a file and what they say, by name, with the problems met on the way."""

    fields: dict[str, ReturnedField] = field(default_factory=dict)
    values: dict[str, FieldAnswer] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    again: list[tuple[str, FieldAnswer]] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    def add(self, each: ReturnedField) -> None:
        """Take one more field."""
        self.problems += (at_field(problem, each.name) for problem in each.problems)
        self.unreadable += [each.name] if each.problems else []
        if each.name not in self.fields:
            self.fields[each.name] = each
            if each.answer is not None:
                self.values[each.name] = each.answer
            return
        self.problems.append(at_field(_TWICE, each.name))
        self.again += [(each.name, each.answer)] if each.answer else []
        if each.answer and is_reference(each.name):  # under one name there may be two clients
            self.values[f"{len(self.values)}.{each.name}"] = each.answer

    @property
    def references(self) -> dict[str, str]:
        """What the fields for a client's reference say."""
        return {name: value.text for name, value in self.values.items() if is_reference(name)}


def _editions(read: _Fields) -> dict[str, int]:
    """The edition of each handout in the file; none if they were lost. Raises ContentError: it is not ours."""
    found: dict[str, int] = {}
    for name, value in read.values.items():
        handout, _, rest = name.partition(".")
        if rest != EDITION or not is_ours(name):
            continue
        if re.fullmatch(r"[1-9][0-9]{0,2}", value.text):
            found[handout] = int(value.text)
        else:
            found[handout] = 0
            read.problems.append(at_field(_BAD_EDITION, name))
    if not found:
        like_ours = any(is_ours(name) and name.count(".") == 2 for name in read.fields)
        if not like_ours:
            raise ContentError(_NOT_OURS)
    return found


def _answers(read: _Fields, editions: Mapping[str, int]) -> Iterator[FormAnswer]:
    blocks = Counter(name.rpartition(".")[0] for name in read.fields if ".option-" in name)
    for name, value in read.values.items():
        handout, _, rest = name.partition(".")
        if is_reference(name) or (rest == EDITION and handout in editions):
            continue
        block, _, part = rest.partition(".")
        if handout in editions and part and "." not in part and is_ours(name):
            option = _option(read.fields[name], part, value.option, blocks[f"{handout}.{block}"])
            yield FormAnswer(handout, block, part, value.text, option, read.fields[name].asked)
        elif editions:
            read.problems.append(at_field(UNKNOWN_FIELD, name))


def _option(each: ReturnedField, part: str, state: int, listed: int) -> int:
    """The number of the option that was chosen; a box of several has its number in its name, the other one is last."""
    if not state or each.is_choice:
        return state
    if number := re.fullmatch(r"option-([1-9]\d{0,2})", part):
        return int(number[1])
    return listed + 1 if part == "other" and listed else 0


def _one_of_a_kind(problems: Iterable[Problem]) -> list[Problem]:
    """A problem for each kind; of what many fields have, the first, with how many more have it."""
    by_code: dict[str, list[Problem]] = {}
    for problem in problems:
        by_code.setdefault(problem.code, []).append(problem)
    found = []
    for first, *others in by_code.values():
        more = f" (and so have {len(others)} more)" if others else ""
        found.append(replace(first, message=first.message + more))
    return found


_LIKE_AN_ID = re.compile(ID_PATTERN.strip("^$"))
_NOT_OURS = Problem(
    "not-ours",
    "this file has a form, but not one of handoutkit's: it names no handout and no edition",
    "name the file of a handout that was filled in",
)
_LOST_EDITION = Problem(
    "lost-edition",
    "this file was saved by another program that dropped the editions of its handouts, so it is not certain what was"
    " asked",
    "ask for the file as it was before it was merged, split or saved there",
)
_ON_NO_PAGE = Problem(
    "no-field-on-a-page",
    "no field of this file stands on one of its pages: another program took out the pages, or the fields from them",
    "ask for the file as it was before",
)
_TWICE = Problem("field-twice", "a field is there twice, so there is no telling which answer counts", ASK)
_BAD_EDITION = Problem("bad-edition", "the edition of the handout in this file was changed to something else", ASK)
