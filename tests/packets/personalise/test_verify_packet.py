"""A finished packet is held against what it should be; every kind of mix-up is planted and caught."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest

from handoutkit.errors import WithheldError
from handoutkit.packets.personalise.incremental_update import BasePdf, appended, read_update
from handoutkit.packets.personalise.verify_packet import Verifier
from tests.support.packet_sample import ANNA, OTHER, sample

Objects = dict[int, bytes]


def packet(values: dict[str, str] = ANNA) -> bytes:
    return sample().personaliser.personalise(values)


def number_of(name: str, kind: str = "mark") -> int:
    """The object that shows a value."""
    return next(slot.appearance or 0 for slot in sample().layout.slots if (slot.name, slot.kind) == (name, kind))


def field_of(name: str) -> int:
    return next(slot.field for slot in sample().layout.slots if slot.name == name and slot.field is not None)


def planted(change: Callable[[Objects], None], values: dict[str, str] = ANNA) -> bytes:
    """A packet with another update."""
    base = BasePdf.of(sample().layout.pdf)
    objects = read_update(base, packet(values))
    change(objects)
    return appended(base, objects)


def swap(objects: Objects) -> None:
    first, second = number_of("display_name"), number_of("clinician")
    objects[first], objects[second] = objects[second], objects[first]


def leave_out(objects: Objects) -> None:
    del objects[number_of("note")]


def another_field(objects: Objects) -> None:
    objects[field_of("who")] = objects[field_of("who")].replace(b"/V ", b"/TU (Ebony Marsh)/V ")


def another_value(objects: Objects) -> None:
    other = read_update(BasePdf.of(sample().layout.pdf), packet(OTHER))
    objects[field_of("who")] = other[field_of("who")]


def orphan(objects: Objects) -> None:
    objects[max(objects) + 1] = b"<</Name (Ebony Marsh)>>"


def in_a_font(objects: Objects) -> None:
    number = next(number for number, whole in objects.items() if b"/FontDescriptor" in whole)
    objects[number] = objects[number].replace(b"<<", b"<</Owner (Ebony Marsh)", 1)


def comment(objects: Objects) -> None:
    number = number_of("client_ref")
    head, _, content = objects[number].partition(b"\nstream\n")
    content = content.replace(b"\nendstream", b"\n%Ebony Marsh\nendstream")
    length = len(content) - len(b"\nendstream")
    objects[number] = head[: head.rindex(b"/Length")] + b"/Length %d>>\nstream\n%s" % (length, content)


def catalog(objects: Objects) -> None:
    with pikepdf.open(io.BytesIO(sample().layout.pdf)) as pdf:
        objects[pdf.Root.objgen[0]] = pdf.Root.unparse(resolved=True).replace(b"<<", b"<< /Owner (Ebony Marsh)", 1)


def one_byte(pdf: bytes) -> bytes:
    middle = len(sample().layout.pdf) // 2
    return pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :]


def attached(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.attachments["x"] = b"Ebony Marsh"
        document.save(file := io.BytesIO())
    return file.getvalue()


MIX_UPS: dict[str, Callable[[], bytes]] = {
    "another client's packet": lambda: packet(OTHER),
    "another client's name": lambda: packet({**ANNA, "display_name": OTHER["display_name"]}),
    "another client's reference": lambda: packet({**ANNA, "client_ref": OTHER["client_ref"]}),
    "another client's answer": lambda: packet({**ANNA, "who": OTHER["who"]}),
    "another client's choice": lambda: packet({**ANNA, "food": OTHER["food"]}),
    "a tick that is not there": lambda: packet({**ANNA, "rest": "no"}),
    "one value too few": lambda: packet({name: ANNA[name] for name in ANNA if name != "note"}),
    "two values in each other's place": lambda: planted(swap),
    "a value that is not shown": lambda: planted(leave_out),
    "a field that shows one and stores another": lambda: planted(another_value),
    "a name in a field's accessible name": lambda: planted(another_field),
    "a name in an object of no use": lambda: planted(orphan),
    "a name in a comment": lambda: planted(comment),
    "a changed catalog": lambda: planted(catalog),
    "an attachment": lambda: attached(packet()),
    "a changed byte of the layout": lambda: one_byte(packet()),
    "no update": lambda: sample().layout.pdf,
    "a second update": lambda: packet() + packet(OTHER)[len(sample().layout.pdf) :],
    "words behind the end": lambda: packet() + b"%Ebony Marsh\n",
    "half a file": lambda: packet()[:-200],
    "nothing": lambda: b"",
}


def test_a_name_in_a_font_is_withheld() -> None:
    """A letter that the lettering lacks brings a font of its own."""
    values = {**ANNA, "display_name": "Nguyễn"}
    sample().verifier.verify(packet(values), values, text=True)
    with pytest.raises(WithheldError, match="no part of a font"):
        sample().verifier.verify(planted(in_a_font, values), values)


def test_a_packet_as_it_should_be_goes_out() -> None:
    sample().verifier.verify(packet(), ANNA, text=True)
    sample().verifier.verify(packet(OTHER), OTHER, text=True)


@pytest.mark.parametrize("mix_up", MIX_UPS)
def test_a_mix_up_is_withheld_and_nothing_of_a_client_said(mix_up: str) -> None:
    made = MIX_UPS[mix_up]()
    with pytest.raises(WithheldError) as caught:
        sample().verifier.verify(made, ANNA)
    assert caught.value.exit_code == 5
    said = str(caught.value)
    assert not any(value in said for values in (ANNA, OTHER) for value in values.values() if len(value) > 4)


def test_a_value_too_many_is_withheld() -> None:
    with pytest.raises(WithheldError):
        sample().verifier.verify(packet(), {name: ANNA[name] for name in ANNA if name != "note"})


def test_the_words_of_every_page_are_read_if_asked() -> None:
    """Only the words on the page tell that a mark shows in another place than the layout says."""
    layout = sample().layout
    elsewhere = tuple(replace(slot, pages=(1,)) if slot.name == "display_name" else slot for slot in layout.slots)
    verifier = Verifier(replace(layout, slots=elsewhere), sample().theme)
    verifier.verify(packet(), ANNA)
    with pytest.raises(WithheldError, match="page 1"):
        verifier.verify(packet(), ANNA, text=True)


def test_a_layout_that_holds_something_already_is_refused() -> None:
    """What was made one client's can never be the layout for another."""
    held = sample().personaliser.personalise({"client_ref": "QX-7301"})
    with pytest.raises(WithheldError, match="the layout"):
        Verifier(replace(sample().layout, pdf=held, slots=()), sample().theme)


def test_a_layout_without_the_reference_on_a_page_is_refused() -> None:
    layout = sample().layout
    slots = tuple(slot for slot in layout.slots if slot.name != "client_ref")
    with pytest.raises(WithheldError, match="on page 1"):
        Verifier(replace(layout, slots=slots), sample().theme)
