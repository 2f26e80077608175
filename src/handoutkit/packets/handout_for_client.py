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
from handoutkit.isolation.worker import the_worker
from handoutkit.models.clients.client_ref import CLIENT_REF, ClientRef
from handoutkit.models.document import Document
from handoutkit.models.filled_in.identifiers import NOTE
from handoutkit.render.forms.hidden_fields import add_hidden_field
from handoutkit.render.templating.interface_messages import locale_of
from handoutkit.render.theme import Theme
from handoutkit.render.worker_typesetter import Rendered

from .fill_fields import fillable_fields, fills_of, with_words
from .locate_slots import slots_of_fields
from .packet_layout import PacketLayout, values_of
from .personalise.incremental_update import saved_for_updates
from .personalise.make_client_packet import LIMITS, make_client_packet_in_worker
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
    # In the worker: a theme's font comes from outside, and is converted for this.
    args, function = (built.document, built.rendered, theme), f"{__name__}:{handout_layout.__name__}"
    empty = the_worker().call(function, *args, limits=LIMITS, file=built.document.handout.id, reads=theme.roots)
    assert isinstance(empty, PacketLayout)  # noqa: S101 - for the type checker
    layout, values = with_words(empty, words, {CLIENT_REF: ref})
    pdf = make_client_packet_in_worker(layout, theme, values)
    return replace(file, ending=f".{ref}{file.ending}", data=pdf)


def handout_layout(document: Document, rendered: Rendered, theme: Theme) -> PacketLayout:
    """What the worker does: a handout's PDF as a layout, with a field for the reference and the font of values."""
    handout = document.handout
    with pikepdf.open(io.BytesIO(rendered.pdf)) as pdf:
        owner = pdf.Root.AcroForm.Fields[0]
        add_hidden_field(pdf, owner, CLIENT_REF, CLIENT_REF, "", pdf.pages)
        font = add_value_font(pdf, theme.font(theme.lettering.regular))
        pdf.Root.AcroForm.DR.Font[_FONT] = font
        data = saved_for_updates(pdf)
        pages = len(pdf.pages)
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
        fields=rendered.fields,
        editions=((handout.id, handout.edition),),
        packet=handout.id,
        language=handout.language,
        locale=str(locale_of(document.locale)),
        alone=True,
    )


_FONT = "/HdktValues"
"""The font of the values among the resources of the form, so that it is in the file before there is a value."""
