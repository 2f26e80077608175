"""A small packet whose letter holds a client's values; the clients are invented."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from handoutkit.build.build_options import BuildOptions
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.packets.packet_builder import PacketBuilder
from handoutkit.packets.personalise.personalise_packet import Personaliser
from handoutkit.packets.personalise.verify_packet import Verifier
from handoutkit.render.render_cache import RenderCache
from tests.support.form_sample import FORM
from tests.support.packet_sample import Sample
from tests.support.samples import FILES

PACKET = """\
id: with-letter
title: A packet with a letter
subtitle: Pages for {first_name|you}
language: LANGUAGE
cover:
  letter: |-
    LETTER
  signature: {file: signature.svg, text: "June's signature"}
next_step: Bring this back by {due|our next session}.
handouts: [{handout: small-page}]
values: [display_name, clinician]
prefill:
  - {value: who, field: small-page.line.answer}
"""
ENGLISH = """\
Dear {first_name|there},
we meet again on **{next_session}**. Until then, take {{all}} the time you need.

- bring *this* page to {{next-time}}
- and think of {who|someone close}

Warmly,
{signature}
{clinician}, for {display_name}

P.S. Read more [on our page](https://oak.example/more).
"""
ARABIC = """\
السيدة {first_name}،

موعدنا القادم هو {next_session}. يرجى إحضار هذه الصفحات.
"""
SIGNATURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><path d="M2 15 Q20 0 30 12 T58 6"'
    ' fill="none" stroke="#123" stroke-width="2"/></svg>'
)
CLIENT = {
    "client_ref": "QX-7401",
    "display_name": "Zoë Łukasik",
    "first_name": "Zoë",
    "clinician": "June Alvarado",
    "next_session": "Tuesday, March 3, 2026",
    "who": "Aunt Ruža",
}


@cache
def letter_sample(language: str = "en", theme: str = "base") -> Sample:
    """The packet with a letter, laid out once in a process."""
    letter = (ARABIC if language == "ar" else ENGLISH).strip().replace("\n", "\n    ")
    with TemporaryDirectory() as name:
        folder = Path(name)
        files = {
            **FILES,
            "handouts/small-page.yaml": FORM.replace("language: en", f"language: {language}"),
            "handouts/packets/with-letter.yaml": PACKET.replace("LETTER", letter).replace("LANGUAGE", language),
            "handouts/packets/signature.svg": SIGNATURE,
        }
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        options = BuildOptions(theme=theme)
        packer = PacketBuilder(Library(Workspace(folder)), options, RenderCache(folder / "rendered"))
        layout = packer.lay_out("with-letter").layout
        assert packer.lay_out("with-letter").layout == layout  # as it comes back from the cache
        return Sample(layout, packer.theme, Personaliser(layout, packer.theme), Verifier(layout, packer.theme))
