"""A handout by itself made one client's: their words in its fields, and a note at its top.

It is done as with a packet: the finished PDF becomes a layout that holds nothing about anyone, the words are appended
to it in a worker of its own, and the result is read back before it goes out.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pikepdf

from handoutkit.build.build_result import BuildResult, BuiltHandout
from handoutkit.errors import Problem, UsageError
from handoutkit.export.output_formats import OutputFile
from handoutkit.models.clients.client_ref import CLIENT_REF, ClientRef
from handoutkit.models.filled_in.identifiers import NOTE
from handoutkit.render.forms.hidden_fields import add_hidden_field
from handoutkit.render.templating.interface_messages import locale_of
from handoutkit.render.theme import Theme

from .fill_fields import fillable_fields, fills_of, with_words
from .locate_slots import slots_of_fields
from .packet_layout import PacketLayout, values_of
from .personalise.incremental_update import saved_for_updates
from .personalise.make_client_packet import make_client_packet_in_worker
from .personalise.value_font import add_value_font


def filled_in(built: BuildResult, theme: Theme, ref: ClientRef, fills: Iterable[str], note: str = "") -> BuildResult:
    """Handouts as built with a client's words in them; nothing else than their files changes, which are private.

    Args:
        fills: ``field=words``, see ``fill_fields``.
        note: what stands at the top of each, which was built with a place for it; empty for nothing.

    Raises:
        UsageError: a field is not there, or a handout was not made as a PDF with fields alone.
        ContentError: words do not fit their place, or no font has their letters.
        WithheldError: a PDF is not what it should be.
    """
    _refuse_other_files(built)
    fields = {one.document.handout.id: fillable_fields(one.files[0].data) for one in built.finished}
    every = fills_of(fills, [name for names in fields.values() for name in names if not _is_note(name)])
    if note:
        every |= {name: note for names in fields.values() for name in names if _is_note(name)}
    finished = []
    for one in built.finished:
        words = {name: text for name, text in every.items() if name in fields[one.document.handout.id]}
        finished.append(replace(one, files=(_filled(one, one.files[0], theme, ref, words),)))
    return replace(built, finished=tuple(finished), private=True)


def _is_note(field: str) -> bool:
    return field.split(".")[1:2] == [NOTE]


def _refuse_other_files(built: BuildResult) -> None:
    """Raises UsageError for each handout that is not one PDF with fields."""
    problems = [
        Problem(
            "no-place-for-words",
            f"a client's words go into a PDF with fields alone, and `{one.document.handout.id}` is not just that",
            "leave --to and --no-fields out; a page for screens, a text or a Word document can be filled in by hand",
        )
        for one in built.finished
        if [file.ending for file in one.files] != [".pdf"] or not one.files[0].fields
    ]
    if problems:
        raise UsageError(problems)


def _filled(
    built: BuiltHandout, file: OutputFile, theme: Theme, ref: ClientRef, words: Mapping[str, str]
) -> OutputFile:
    layout, values = with_words(handout_layout(built, theme), words, {CLIENT_REF: ref})
    pdf = make_client_packet_in_worker(layout, theme, values)
    return replace(file, ending=f".{ref}{file.ending}", data=pdf)


def handout_layout(built: BuiltHandout, theme: Theme) -> PacketLayout:
    """A handout's PDF as a layout, with a hidden field for the reference and the font that values are set in."""
    handout = built.document.handout
    with pikepdf.open(io.BytesIO(built.rendered.pdf)) as document:
        owner = document.Root.AcroForm.Fields[0]
        add_hidden_field(document, owner, CLIENT_REF, CLIENT_REF, "", document.pages)
        font = add_value_font(document, theme.font(theme.lettering.regular))
        document.Root.AcroForm.DR.Font[_FONT] = font
        data = saved_for_updates(document)
        pages = len(document.pages)
    with pikepdf.open(io.BytesIO(data)) as saved:
        slots = tuple(slots_of_fields(saved, {f"{handout.id}.{CLIENT_REF}": CLIENT_REF}))
        number: int = saved.Root.AcroForm.DR.Font[_FONT].objgen[0]
    return PacketLayout(
        pdf=data,
        slots=slots,
        flows=(),
        values=values_of(slots, ()),
        font=number,
        pages=pages,
        fields=built.rendered.fields,
        editions=((handout.id, handout.edition),),
        packet=handout.id,
        language=handout.language,
        locale=str(locale_of(built.document.locale)),
        alone=True,
    )


_FONT = "/HdktValues"
"""The font of the values among the resources of the form, so that it is in the file before there is a value."""
