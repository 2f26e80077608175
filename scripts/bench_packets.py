"""What a client's packet costs, in one process and as ratios against named peers, in one run.

The packet is a real one of the library, with six handouts, fields and PDF/UA-1. Ours is laid out once; what is
measured is what each client adds: values put in, the finished packet opened again and verified. The peers make the
packet anew for each client (WeasyPrint, Typst), or do the least that can be done to it (pikepdf opens and saves it).
"""

from __future__ import annotations

import io
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pypdfium2
import typst

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.packets.packet_builder import PacketBuilder
from handoutkit.packets.packet_layout import PacketLayout
from handoutkit.packets.personalise.make_client_packet import encrypted
from handoutkit.packets.personalise.personalise_packet import Personaliser
from handoutkit.packets.personalise.verify_packet import Verifier
from handoutkit.render.render_cache import RenderCache
from handoutkit.render.templating.document_html import PAGE_TEMPLATE
from handoutkit.render.worker_typesetter import typesetter_here

ROOT = Path(__file__).resolve().parent.parent
PACKET, PRACTICE = "two-of-us", "riverbend-counseling"
CLIENTS, FEW = 200, 5
NAMES = ("Łukasz Wiśniewski", "Zoë Marsh", "María José Núñez", "Ebony Carter", "Ian O'Hara", "Željka Kos")
NOTE = "You wanted to try one small ask this week. Take the time you need, and bring this page when we meet."


@dataclass(frozen=True)
class Row:
    """A ratio, and the limit that it must not be above; None where it is only told."""

    name: str
    ours: float
    peer: float
    limit: float | None

    def __str__(self) -> str:
        limit = "" if self.limit is None else f"{self.limit:.3f}"
        return (
            f"| {self.name} | {self.ours * 1e3:.1f} | {self.peer * 1e3:.1f} | {self.ours / self.peer:.3f} | {limit} |"
        )

    @property
    def holds(self) -> bool:
        return self.limit is None or self.ours / self.peer <= self.limit


def clients() -> Iterator[dict[str, str]]:
    """Values of invented clients, without end."""
    for number in itertools.count(7_300):
        yield {
            "client_ref": f"QX-{number}",
            "display_name": NAMES[number % len(NAMES)],
            "clinician": "June Alvarado",
            "next_session": f"March {number % 28 + 1}, 2027",
            "note": NOTE,
            "ask": "Could you drive me there on Friday?",
        }


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """The median time of one call."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def main() -> int:
    """Measure, print the table, and say with the exit code whether every limit holds."""
    with tempfile.TemporaryDirectory() as name:
        rows = list(measured(Path(name)))
    print("| measured, per packet | ours (ms) | peer (ms) | ratio | limit |\n|---|---|---|---|---|")
    for row in rows:
        print(row)
    return int(not all(row.holds for row in rows))


def measured(folder: Path) -> Iterator[Row]:
    """The rows of the table."""
    library = Library(Workspace(ROOT))
    packer = PacketBuilder(library, BuildOptions(practice=PRACTICE), RenderCache(folder / "rendered"))
    layout = packer.lay_out(PACKET).layout
    print(f"{PACKET}: {layout.pages} pages, {len(layout.editions)} handouts, {layout.fields} fields, {CLIENTS} clients")
    personaliser, verifier, everyone = Personaliser(layout, packer.theme), Verifier(layout, packer.theme), clients()

    def one() -> None:
        values = next(everyone)
        verifier.verify(personaliser.personalise(values), values)

    one()  # fonts are read with the first
    values = next(everyone)
    finished = personaliser.personalise(values)
    ours = seconds(one, CLIENTS)
    yield Row("a packet / rendering it anew with WeasyPrint", ours, seconds(weasyprint_peer(library), FEW), 1 / 100)
    yield Row(
        "a packet / rendering its text anew with Typst, tagged", ours, seconds(typst_peer(layout, folder), FEW), 1 / 5
    )
    floor = seconds(lambda: opened_and_saved(layout.pdf), CLIENTS)
    yield Row("a packet / pikepdf opening and saving it", ours, floor, 1)
    yield Row("of that, verifying", seconds(lambda: verifier.verify(finished, values), CLIENTS), floor, None)
    yield Row(
        "verifying every word too", seconds(lambda: verifier.verify(finished, values, text=True), 20), floor, None
    )
    yield Row("encrypting, on top", seconds(lambda: encrypted(finished, "a-password"), 20), floor, None)
    yield from layouts(library, folder)


def opened_and_saved(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(io.BytesIO())


def weasyprint_peer(library: Library) -> Callable[[], object]:
    """The packet's handouts as WeasyPrint alone makes them for a client: warm, its stylesheets parsed once."""
    builder = Builder(library, BuildOptions(practice=PRACTICE))
    typesetter = typesetter_here(builder.theme)
    pages = []
    for part in library.packet(PACKET).model.handouts:
        handout = library.handout(part.handout)
        document = builder.compose(handout)
        names = {"document": document, "handout": document.handout, "locale": document.locale, "paper": document.paper}
        names["in_source_language"] = ""
        pages.append((typesetter.html(PAGE_TEMPLATE, document.practice, names), handout.source))

    def render() -> None:
        for html, source in pages:
            typesetter.lay_out(html, source, builder.logo).write_pdf(pdf_variant="pdf/ua-1")

    render()
    return render


def typst_peer(layout: PacketLayout, folder: Path) -> Callable[[], object]:
    """The packet's text in Typst, tagged as PDF/UA-1: a page for each of ours, a paragraph for each line.

    It prints what ours prints of a client, and where: values on the first page, the reference in each foot.
    """
    document = pypdfium2.PdfDocument(layout.pdf)
    parts = [
        '#set document(title: "Packet")',
        '#set page(paper: "us-letter", numbering: "1 of 1", footer: context [#sys.inputs.client_ref #h(1fr)',
        '#counter(page).display("1 of 1", both: true)])',
        *(f"#sys.inputs.{name}\n" for name in ("display_name", "clinician", "next_session", "note", "ask")),
    ]
    for number, page in enumerate(document, start=1):
        parts.append(f"= Page {number}")
        for line in page.get_textpage().get_text_bounded().splitlines():
            parts += ["", "#" + repr_typst(line)]
        parts.append("#pagebreak(weak: true)")
    source = folder / "packet.typ"
    source.write_text("\n".join(parts), encoding="utf-8")
    compiler = typst.Compiler(str(source))
    everyone = clients()

    def render() -> None:
        compiler.compile(format="pdf", pdf_standards=["ua-1"], sys_inputs=next(everyone))

    for _ in range(3):
        render()  # it keeps what does not change
    return render


def repr_typst(line: str) -> str:
    """A line as a string of Typst."""
    line = "".join(char for char in line if char.isprintable())
    escaped = line.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def layouts(library: Library, folder: Path) -> Iterator[Row]:
    """A packet of handouts that are rendered already, in a new mix, against a full layout."""
    whole = library.packet(PACKET)
    mixes = itertools.permutations(whole.model.handouts, 5)
    cache = RenderCache(folder / "mixed")
    warm = PacketBuilder(library, BuildOptions(practice=PRACTICE), cache)
    warm.lay_out(PACKET)

    def mix() -> None:
        packet = whole.model.model_copy(update={"handouts": next(mixes), "prefill": ()})
        warm.lay_out_this(replace(whole, model=packet))

    fresh = itertools.count()

    def full() -> None:
        packer = PacketBuilder(library, BuildOptions(practice=PRACTICE), RenderCache(folder / f"fresh-{next(fresh)}"))
        packer.lay_out(PACKET)

    mix()
    yield Row("a new mix of rendered handouts / a full layout", seconds(mix, FEW), seconds(full, 3), 1 / 10)


if __name__ == "__main__":
    sys.exit(main())
