"""The command ``handoutkit packet``."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .session import Session, pass_session
from .shared_options import (
    archive_option,
    at_a_time,
    build_options,
    choices,
    fill_option,
    output_option,
    packet_argument,
    processes_option,
    settings_option,
)

if TYPE_CHECKING:
    from handoutkit.library.library import Library
    from handoutkit.packets.packet_builder import BuiltLayout, PacketBuilder


@click.command()
@packet_argument
@click.option("--client-ref", metavar="R", help="The client's reference; it is on every page, and the file's name.")
@settings_option(
    "One of the client's values that the packet takes, such as `display_name`, or a part with `if:`, `minor=yes`."
)
@fill_option
@build_options
@archive_option
@processes_option
@output_option("Where to put packets/NAME.pdf; by default output/ in the workspace.")
@pass_session
def packet(
    session: Session,
    /,
    wanted: str | None,
    client_ref: str | None,
    settings: tuple[str, ...],
    output: Path | None,
    strict: bool,
    **values: Any,
) -> None:
    """Put handouts together under one cover, for nobody yet or for one client.

    With values of a client the file is for its owner only: treat it as you treat your records.
    """
    from handoutkit.build.conditions_given import conditions_given

    library, folder = session.library(), session.output_folder(output)
    name = _name(wanted, library)
    asked = library.conditions_in_packet(library.packet(name, values["lang"]).model) if settings else ()
    given = conditions_given(settings, asked.__contains__)
    settings = given.left
    if (settings or values["fills"]) and not client_ref:
        raise click.UsageError("say whose packet it is with --client-ref")
    from handoutkit.build.archive_copy import ENDING, archive_copy
    from handoutkit.build.build_result import file_name
    from handoutkit.build.problem_pictures import forget_pictures
    from handoutkit.files.text_files import refuse_links_outside
    from handoutkit.packets.packet_builder import PACKETS, PacketBuilder
    from handoutkit.packets.personalise import client_values

    ref = client_values.client_ref(client_ref, settings) if client_ref else None
    packer = PacketBuilder(library, replace(choices(values), when=given.when), processes=at_a_time(values))
    model = library.packet(name, values["lang"]).model
    made = packer.lay_out(name, client_values.left_out(settings, model) if ref else ())
    instead = client_values.said_instead(settings, model) if ref else ()
    made = replace(made, warnings=(*made.warnings, *instead))
    session.warn(made.warnings, strict=strict)
    pdf = _for_whom(made, packer, ref, settings, values["fills"])
    if values["archive"]:
        pdf = archive_copy(pdf)
    name = ref or file_name(made.layout.packet, made.layout.language, packer.looks)
    ending = f"{ENDING}.pdf" if values["archive"] else ".pdf"
    path = folder / PACKETS / f"{name}{ending}"
    refuse_links_outside([path], folder)
    _write(session, made, path, pdf, packer.format, private=ref is not None)
    forget_pictures(folder, made.pictures)


def _for_whom(
    made: BuiltLayout, packer: PacketBuilder, ref: str | None, settings: tuple[str, ...], fills: tuple[str, ...]
) -> bytes:
    """The packet of one client, or without a reference the one that is nobody's. Raises HandoutkitError."""
    from handoutkit.models.clients.client_ref import CLIENT_REF
    from handoutkit.packets.fill_fields import fillable_fields, fills_of, with_words
    from handoutkit.packets.personalise import client_values
    from handoutkit.packets.personalise.make_client_packet import make_client_packet_in_worker, packet_for_nobody

    if not ref:
        return packet_for_nobody(made.layout, packer.theme)
    given = {CLIENT_REF: ref, **client_values.client_values(settings, made.layout)}
    layout, given = with_words(made.layout, fills_of(fills, fillable_fields(made.layout.pdf)), given)
    return make_client_packet_in_worker(layout, packer.theme, given)


def _name(wanted: str | None, library: Library) -> str:
    """The packet named, or the only one there is."""
    known = list(library.workspace.packet_files)
    if wanted is None and len(known) != 1:
        raise click.UsageError("name a packet; there are: " + (", ".join(known) or "none"))
    return wanted or known[0]


def _write(session: Session, made: BuiltLayout, path: Path, pdf: bytes, format: str, *, private: bool) -> None:
    """Write the packet, and print what it is. Raises MachineError: it cannot be written."""
    from handoutkit.build.written_file import WrittenFile, is_there
    from handoutkit.files.atomic_write import write_file
    from handoutkit.files.text_files import shown, unwritable

    layout = made.layout
    same = is_there(path, pdf)
    try:
        write_file(path, pdf, private=private)
    except OSError as error:
        raise unwritable(error, path) from None
    result = WrittenFile(
        path=shown(path),
        id=layout.packet,
        kind="packet",
        lang=layout.language,
        format=format,
        pages=layout.pages,
        fields=layout.fields,
        sha256=hashlib.sha256(pdf).hexdigest(),
        cached=made.cached,
        unchanged=same,
    )
    pages = "1 page" if layout.pages == 1 else f"{layout.pages} pages"
    session.say(f"{result.path}  ({pages}{', unchanged' if same else ''})")
    session.give(made.warnings, outputs=[result.as_json()])
