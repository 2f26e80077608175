"""A packet's handouts put together into its layout; this is what the worker does."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import pikepdf

from handoutkit.loading.load import Loaded
from handoutkit.models.document import Document
from handoutkit.models.packet import Packet
from handoutkit.render.cache import Entry
from handoutkit.render.remote import typesetter_here
from handoutkit.render.rendered import Rendered

from . import form, navigation, structure
from .around import set_around
from .layout import Layout
from .marks import marks_of_cover, place_of_number, stamp_feet
from .numbers import page_numbers
from .parts import Part, put_in
from .places import font_of, slots_of
from .plan import Length
from .setting import Setting
from .value_font import add_value_font


def assemble(
    packet: Loaded[Packet], finished: Sequence[tuple[Document, Rendered]], setting: Setting
) -> tuple[Layout, Mapping[str, Entry]]:
    """Lay out what is around the handouts, and put all of it into one PDF. Raises ContentError.

    Returns:
        The layout, and the pieces of it that were set now and are worth keeping, by their keys.
    """
    theme, typesetter = setting.theme, typesetter_here(setting.theme)
    handouts = [document.handout for document, _ in finished]
    lengths = [Length(rendered.pages, _on_the_right(document, packet.model)) for document, rendered in finished]
    around = set_around(typesetter, packet, list(zip(handouts, lengths, strict=True)), setting)
    with pikepdf.open(io.BytesIO(around.before.pdf)) as pdf:
        letters = add_value_font(pdf, theme.asset(theme.lettering.regular))
        marks = marks_of_cover(pdf, letters)
        parts = [Part(document.handout.id, document.handout.title, rendered.pdf) for document, rendered in finished]
        carried, behind = put_in(pdf, around, parts)
        structure.join(pdf, carried, behind)
        form.join(pdf, carried, typesetter.speech(packet.model.language).gettext("Reference"))
        navigation.join(pdf, around, carried, behind)
        numbers = page_numbers(pdf, place_of_number(pdf), packet, setting, typesetter)
        marks.append(stamp_feet(pdf, numbers, letters))
        data = _saved(pdf)
        pages = len(pdf.pages)
    with pikepdf.open(io.BytesIO(data)) as saved:
        slots = slots_of(saved, marks, packet)
        font = font_of(saved, slots)
    layout = Layout(
        pdf=data,
        slots=slots,
        font=font,
        pages=pages,
        fields=sum(rendered.fields for _, rendered in finished),
        editions=tuple((handout.id, handout.edition) for handout in handouts),
        packet=packet.model.id,
        language=packet.model.language,
    )
    return layout, setting.cache.made


def _on_the_right(document: Document, packet: Packet) -> bool:
    """Whether a handout starts on the front of a leaf; cards with backs must, or they would not meet their backs."""
    two_sided = any(block.type == "card_set" and any(card.back for card in block.cards) for block in document.blocks)
    return packet.sides == "duplex" or two_sided


def _saved(pdf: pikepdf.Pdf) -> bytes:
    """Without object streams, so that a client's values can be added behind it by changing single objects."""
    file = io.BytesIO()
    pdf.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return file.getvalue()
