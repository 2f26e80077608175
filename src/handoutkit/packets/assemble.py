"""A packet's handouts put together into its layout; this is what the worker does."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import pikepdf
from pikepdf import Array, Dictionary, String

from handoutkit.compose.compose_document import in_region
from handoutkit.errors import ContentError, Problem, WithheldError
from handoutkit.files.kept_entries import CacheEntry
from handoutkit.files.source_file import SourceFile
from handoutkit.loading.load_file import Loaded
from handoutkit.models.blocks.frames_and_cards import CardSet
from handoutkit.models.document import Document
from handoutkit.models.packet import Packet
from handoutkit.packets.personalise.incremental_update import saved_for_updates
from handoutkit.packets.personalise.make_client_packet import ClientPacketMaker
from handoutkit.packets.personalise.value_font import add_value_font
from handoutkit.render.forms.hidden_fields import add_hidden_field
from handoutkit.render.templating.interface_messages import locale_of
from handoutkit.render.theme import Theme
from handoutkit.render.typeset import Typesetter
from handoutkit.render.worker_typesetter import Rendered, typesetter_here

from . import navigation, structure_tree
from .append_pages import AppendedPages, append_pages
from .front_and_back_matter import AssemblyContext, HandoutLength, set_front_and_back_matter
from .locate_slots import font_of, slots_of
from .overlays import box_of_page_number, overlays_of, stamp_feet
from .packet_layout import REFERENCE_FIELD, PacketLayout, values_of
from .page_numbers import page_numbers
from .shared_pictures import share_pictures
from .text_flows import FlowFinder, placed_flows


def assemble(
    packet: Loaded[Packet], finished: Sequence[tuple[Document, Rendered]], setting: AssemblyContext
) -> tuple[PacketLayout, Mapping[str, CacheEntry]]:
    """Lay out what is around the handouts, and put all of it into one PDF.

    Returns:
        The layout, and the pieces of it that were set now and are worth keeping, by their keys.

    Raises:
        ContentError: something has a problem, or the theme hides what is printed for a client.
    """
    typesetter = typesetter_here(setting.theme)
    with typesetter.theme_blamed(packet.source):
        layout = _assembled(packet, finished, setting, typesetter)
    if setting.theme.is_changed:
        _refuse_hidden_values(layout, setting.theme, packet.source)
    return layout, setting.cache.made


def _assembled(
    packet: Loaded[Packet],
    finished: Sequence[tuple[Document, Rendered]],
    setting: AssemblyContext,
    typesetter: Typesetter,
) -> PacketLayout:
    theme = setting.theme
    handouts = [document.handout for document, _ in finished]
    lengths = [HandoutLength(rendered.pages, _on_the_right(document, packet.model)) for document, rendered in finished]
    matter = set_front_and_back_matter(typesetter, packet, list(zip(handouts, lengths, strict=True)), setting)
    with pikepdf.open(io.BytesIO(matter.before.pdf)) as pdf:
        letters = add_value_font(pdf, theme.font(theme.lettering.regular))
        pdfs = [(document.handout, rendered.pdf) for document, rendered in finished]
        appended, behind = append_pages(pdf, matter, pdfs)
        structure_tree.merge_structure(pdf, appended, behind)
        ends = [*range(matter.before.count), *range(len(pdf.pages) - matter.behind.count, len(pdf.pages))]
        over = overlays_of(pdf, ends, letters, FlowFinder(pdf, packet.model, theme, letters))
        join_forms(pdf, appended, typesetter.messages(packet.model.language).gettext("Reference"))
        navigation.join_navigation(pdf, matter, appended, behind)
        numbers = page_numbers(pdf, box_of_page_number(pdf), packet, setting, typesetter)
        over.marks.append(stamp_feet(pdf, numbers, letters))
        share_pictures(pdf)
        data = saved_for_updates(pdf)
        pages = len(pdf.pages)
    with pikepdf.open(io.BytesIO(data)) as saved:
        slots = slots_of(saved, over.marks, packet)
        flows = placed_flows(saved, over.flows, over.keys)
        font = font_of(saved, slots)
    return PacketLayout(
        pdf=data,
        slots=slots,
        flows=flows,
        values=values_of(slots, flows),
        font=font,
        pages=pages,
        fields=sum(rendered.fields for _, rendered in finished),
        editions=tuple((handout.id, handout.edition) for handout in handouts),
        packet=packet.model.id,
        language=packet.model.language,
        locale=str(locale_of(in_region(packet.model.language, setting.practice.region))),
    )


_SPECIMEN = "A1"
"""What any slot takes and any theme has letters for."""


def _refuse_hidden_values(layout: PacketLayout, theme: Theme, source: SourceFile) -> None:
    """Try the places for what is printed, before there is a client. Raises ContentError: a page does not show it."""
    specimens = {slot.name: _SPECIMEN for slot in layout.slots if slot.kind == "mark"}
    try:
        ClientPacketMaker(layout, theme).make(specimens, None, read_pages=True)
    except WithheldError:
        message = "with this theme, the pages of a packet do not show what is printed on them for a client"
        hint = "see whether it leaves room for the foot of a page, and for the lines of the cover"
        raise ContentError(Problem("layout-failed", message, hint, file=source.name)) from None


def _on_the_right(document: Document, packet: Packet) -> bool:
    """Whether a handout starts on the front of a leaf; cards with backs must, or they would not meet their backs."""
    two_sided = any(isinstance(block, CardSet) and any(card.back for card in block.cards) for block in document.blocks)
    return packet.sides == "duplex" or two_sided


def join_forms(packet: pikepdf.Pdf, appended: Sequence[AppendedPages], accessible_name: str) -> None:
    """Put the handouts' fields, which keep their names, into one form. Without a field in any, there is none.

    The client's reference stands in a field of the packet's, and again below each handout: a program that merges or
    splits PDFs drops the one, and leaves the others where they are.

    Args:
        accessible_name: of the fields with the client's reference.
    """
    with_form = [part for part in appended if "/AcroForm" in part.catalog]
    if not with_form:
        return
    first = with_form[0].catalog.AcroForm
    owner = packet.make_indirect(Dictionary(T=String(REFERENCE_FIELD[0])))
    fields = [owner, *(field for part in with_form for field in part.catalog.AcroForm.Fields)]
    # Every handout brings the same font for what is typed, under the same name: one is enough.
    packet.Root.AcroForm = Dictionary(Fields=Array(fields), DR=first.DR, DA=first.DA)
    add_hidden_field(packet, owner, REFERENCE_FIELD[1], accessible_name, "", packet.pages[:1])
    for part in with_form:
        for handout in part.catalog.AcroForm.Fields:
            add_hidden_field(packet, handout, REFERENCE_FIELD[1], accessible_name, "", part.pages)
