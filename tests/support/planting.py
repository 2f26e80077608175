"""Finished packets changed in every way that we could think of: each kind of change at every place that has it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise

import pikepdf
from fontTools.ttLib import TTFont

from handoutkit.packets.personalise.incremental_update import BasePdf, appended, read_update
from tests.support.packet_sample import ANNA, OTHER, sample

Objects = dict[int, bytes]
Kind = Callable[[], Iterator[bytes]]
OWNER = b"(Ebony Marsh)"
LINH = {**ANNA, "display_name": "Nguyễn Linh", "clinician": "سارة مثال", "note": "Đi 12, rồi 21."}
"""Letters that the lettering lacks, and so fonts of her own."""


@cache
def finished(who: str) -> bytes:
    return sample().personaliser.personalise({"ANNA": ANNA, "OTHER": OTHER, "LINH": LINH}[who])


def objects_of(who: str) -> Objects:
    return read_update(base(), finished(who))


@cache
def base() -> BasePdf:
    return BasePdf.of(sample().layout.pdf)


def appearances() -> list[int]:
    filled = [slot.appearance for slot in sample().layout.slots if slot.name in ANNA]
    return list(dict.fromkeys(number for number in filled if number is not None))


def fields() -> list[int]:
    """Objects of fields and their widgets: all that is changed and shows nothing by itself."""
    return sorted(number for number in objects_of("ANNA") if number not in appearances())


def changed(number: int, whole: bytes, who: str = "ANNA") -> bytes:
    objects = objects_of(who)
    objects[number] = whole
    return appended(base(), objects)


def stream(whole: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """A stream object with other content, and the length of that."""
    head, _, content = whole.partition(b"\nstream\n")
    content = change(content.removesuffix(b"\nendstream"))
    return re.sub(rb"/Length \d+", b"/Length %d" % len(content), head) + b"\nstream\n%s\nendstream" % content


def in_content(change: Callable[[bytes], bytes], who: str = "ANNA") -> Kind:
    """A change of what each appearance draws."""

    def kind() -> Iterator[bytes]:
        for number in appearances():
            yield changed(number, stream(objects_of(who)[number], change), who)

    return kind


def in_entries(old: bytes, new: bytes) -> Kind:
    """A change of what each appearance's dictionary says."""

    def kind() -> Iterator[bytes]:
        for number in appearances():
            yield changed(number, re.sub(old, new, objects_of("ANNA")[number], count=1))

    return kind


def in_field(change: Callable[[bytes], bytes]) -> Kind:
    def kind() -> Iterator[bytes]:
        for number in fields():
            yield changed(number, change(objects_of("ANNA")[number]))

    return kind


def before(what: bytes) -> Callable[[bytes], bytes]:
    return lambda content: content.replace(b"BT\n", what + b"\nBT\n", 1)


def behind(what: bytes) -> Callable[[bytes], bytes]:
    return lambda content: content + b"\n" + what


def put(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda content: re.sub(old, new, content, count=1)


def glyphs(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[bytes], bytes]:
    """A change of the first run of at least two different glyphs."""

    def in_run(content: bytes) -> bytes:
        for run in re.finditer(rb"<([0-9a-f]{8,})>", content):
            codes = re.findall(rb"....", run[1])
            if len(set(codes)) > 1 and (new := change(codes)) != codes:
                return content[: run.start(1)] + b"".join(new) + content[run.end(1) :]
        return content

    return in_run


def swapped(codes: list[bytes]) -> list[bytes]:
    at = next(n for n, (one, other) in enumerate(pairwise(codes)) if one != other)
    return [*codes[:at], codes[at + 1], codes[at], *codes[at + 2 :]]


def _words_twice(content: bytes) -> bytes:
    line = re.search(rb"1 0 0 -?1 .*? TJ\n", content + b"\n", re.DOTALL)
    assert line
    return content.replace(line[0].rstrip(), line[0] + line[0].rstrip(), 1)


IN_APPEARANCES: dict[str, Kind] = {
    "two letters change places": in_content(glyphs(swapped)),
    "the last letter is left out": in_content(glyphs(lambda codes: codes[:-1])),
    "the first letter stands twice": in_content(glyphs(lambda codes: [codes[0], *codes])),
    "letters in the order of a mirror": in_content(glyphs(lambda codes: codes[::-1])),
    "a letter is another": in_content(glyphs(lambda codes: [codes[0], codes[0], *codes[2:]])),
    "words far to the right": in_content(put(rb"1 0 0 1 \S+", b"1 0 0 1 5000.00")),
    "words far above": in_content(put(rb"(1 0 0 1 \S+) \S+", rb"\1 5000.00")),
    "words a little to the left": in_content(put(rb"1 0 0 1 \S+", b"1 0 0 1 -9.00")),
    "words upside down": in_content(put(rb"1 0 0 1 ", b"-1 0 0 -1 ")),
    "words without a size": in_content(put(rb"/HdktValue \S+ Tf", b"/HdktValue 0 Tf")),
    "words three times as large": in_content(put(rb"/HdktValue \S+ Tf", b"/HdktValue 42 Tf")),
    "words that are not painted": in_content(before(b"3 Tr")),
    "words in white": in_content(put(rb"\S+ \S+ \S+ rg", b"1 1 1 rg")),
    "words behind white ground": in_content(behind(b"1 g 0 0 900 900 re f")),
    "words cut off by a path": in_content(before(b"0 0 1 1 re W n")),
    "words made small": in_content(before(b"0.01 0 0 0.01 0 0 cm")),
    "words without width": in_content(before(b"1 Tz")),
    "words raised": in_content(before(b"500 Ts")),
    "letters far apart": in_content(put(rb"\[<(....)", rb"[<\1> -9000 <")),
    "letters on each other": in_content(before(b"-9 Tc")),
    "words that stand twice": in_content(_words_twice),
    "words that say others": in_content(
        lambda content: content.replace(b"BT\n", b"/Span <</ActualText <FEFF0041>>> BDC\nBT\n", 1) + b"\nEMC"
    ),
    "a line across": in_content(behind(b"0 0 m 900 9 l S")),
    "a literal string": in_content(before(b"BT /HdktValue 9 Tf (Ebony Marsh) Tj ET")),
    "a comment": in_content(behind(b"%Ebony Marsh")),
    "nothing drawn": in_content(lambda _content: b""),
    "no room": in_entries(rb"/BBox\[.*?\]", b"/BBox[0 0 0 0]"),
    "half the room": in_entries(rb"/BBox\[.*?\]", b"/BBox[0 0 9 9]"),
    "far more room": in_entries(rb"/BBox\[.*?\]", b"/BBox[-900 -900 900 900]"),
    "a matrix": in_entries(rb"/Subtype/Form", b"/Subtype/Form/Matrix[0 0 0 0 0 0]"),
    "a layer that is off": in_entries(rb"/Subtype/Form", b"/Subtype/Form/OC<</Type/OCG/Name(x)>>"),
    "metadata": in_entries(rb"/Subtype/Form", b"/Subtype/Form/PieceInfo<</A " + OWNER + b">>"),
    "a transparency group": in_entries(rb"/Subtype/Form", b"/Subtype/Form/Group<</S/Transparency>>"),
    "a graphics state": in_entries(rb"/Resources<<", b"/Resources<</ExtGState<</G<</ca 0>>>>"),
    "another font": in_entries(rb"/HdktValue \d+ 0 R", b"/HdktValue 1 0 R"),
}
IN_FIELDS: dict[str, Kind] = {
    "no value": in_field(put(rb"/V (\(.*?\)|<.*?>|/\S+?)(?=[/>])", b"")),
    "another value": in_field(put(rb"/(V|AS) (\(.*?\)|<.*?>|/[^/>]+)", rb"/\1 /Other")),
    "another value beside": in_field(put(rb"<<", b"<</DV " + OWNER)),
    "an accessible name": in_field(put(rb"<<", b"<</TM " + OWNER)),
    "an action": in_field(put(rb"<<", b"<</A<</S/URI/URI(https://example.org)>>")),
    "a script": in_field(put(rb"<<", b"<</AA<</K<</S/JavaScript/JS(app.alert(1))>>>>")),
    "a hidden field": in_field(put(rb"<<", b"<</F 2")),
    "rich text": in_field(put(rb"<<", b"<</RV " + OWNER)),
    "another kind of field": in_field(put(rb"<<", b"<</Ff 8192")),
    "a style": in_field(put(rb"<<", b"<</DS " + OWNER)),
}


def _left_out() -> Iterator[bytes]:
    for number in objects_of("ANNA"):
        objects = objects_of("ANNA")
        del objects[number]
        yield appended(base(), objects)


def _of_another_client() -> Iterator[bytes]:
    for number, whole in objects_of("OTHER").items():
        if objects_of("ANNA").get(number) != whole:
            yield changed(number, whole)


def _in_each_others_place() -> Iterator[bytes]:
    for one, other in pairwise(appearances()):
        objects = objects_of("ANNA")
        objects[one], objects[other] = objects[other], objects[one]
        yield appended(base(), objects)


def _another_object() -> Iterator[bytes]:
    for number, whole in objects_of("ANNA").items():
        objects = objects_of("ANNA")
        objects[base().size + number] = whole
        yield appended(base(), objects)


def _an_object_of_the_layout() -> Iterator[bytes]:
    """Pages, their contents, annotations, fonts, tags, the catalog: whatever is changed, by one entry or byte."""
    with pikepdf.open(io.BytesIO(sample().layout.pdf)) as pdf:
        numbers = [item.objgen[0] for item in pdf.objects if isinstance(item, pikepdf.Dictionary | pikepdf.Stream)]
        for number in numbers[:: max(1, len(numbers) // 60)]:
            if number not in objects_of("ANNA"):
                entries = pdf.get_object(number, 0)
                written = entries.unparse(resolved=True) if isinstance(entries, pikepdf.Dictionary) else b"<<>>"
                yield changed(number, written.replace(b"<<", b"<</Owner " + OWNER, 1))


def _catalog() -> Iterator[bytes]:
    with pikepdf.open(io.BytesIO(sample().layout.pdf)) as pdf:
        root = pdf.Root.unparse(resolved=True)
    for more in (
        b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>",
        b"/AA<</WC<</S/JavaScript/JS(1)>>>>",
        b"/Names<</EmbeddedFiles<</Names[(x)<</F(x)>>]>>>>",
        b"/Metadata 1 0 R",
        b"/Lang(xx)",
        b"/PieceInfo<</A " + OWNER + b">>",
    ):
        yield changed(base().root, root.replace(b"<<", b"<<" + more, 1))


def _bytes() -> Iterator[bytes]:
    whole = finished("ANNA")
    for at in range(100, len(whole), len(whole) // 40):
        yield whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]


def _ends() -> Iterator[bytes]:
    whole, layout = finished("ANNA"), sample().layout.pdf
    yield layout
    yield whole + whole[len(layout) :]
    yield whole + finished("OTHER")[len(layout) :]
    yield finished("OTHER")[: len(layout)] + finished("OTHER")[len(layout) :]
    for more in (b"\n", b"%Ebony Marsh\n", b"\0" * 8, b"trailer<</Info<</Title" + OWNER + b">>>>"):
        yield whole + more
        yield more + whole
    for cut in (1, 7, 200, 5_000):
        yield whole[:-cut]
    tail = whole[len(layout) :]
    yield layout + re.sub(rb"(\d{10}) 00000 n", lambda found: b"%010d 00000 n" % (int(found[1]) + 1), tail, count=1)
    yield layout + tail.replace(b"/Prev ", b"/Info<</Title" + OWNER + b">>/Prev ")
    yield layout + re.sub(rb"/Size \d+", b"/Size 9", tail)
    yield layout + re.sub(rb"/Root \d+", b"/Root 9", tail)
    yield layout + tail.replace(b"xref\n", b"xref\n0 0\n", 1)


def _saved_again() -> Iterator[bytes]:
    for change in (_attach, _script, _title, _page_more, _page_less, _turn, _note, _say_more):
        with pikepdf.open(io.BytesIO(finished("ANNA"))) as pdf:
            change(pdf)
            pdf.save(file := io.BytesIO())
        yield file.getvalue()


def _attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["x"] = b"Ebony Marsh"


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def _title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Author"] = "Ebony Marsh"


def _page_more(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page()


def _page_less(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[-1]


def _turn(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].rotate(180, relative=False)


def _note(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=pikepdf.String("Ebony Marsh"))
    pdf.pages[1].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])


def _say_more(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].contents_add(b"q Q")


def _in_fonts(change: Callable[[bytes], bytes | None]) -> Kind:
    """A change of each object of a client's own fonts that has what is changed."""

    def kind() -> Iterator[bytes]:
        for number, whole in objects_of("LINH").items():
            if number >= base().size and (new := change(whole)) not in (None, whole):
                assert new is not None
                yield changed(number, new, "LINH")

    return kind


def _unpacked(whole: bytes) -> tuple[pikepdf.Pdf, pikepdf.Stream] | None:
    head, found, content = whole.partition(b"\nstream\n")
    if not found:
        return None
    pdf = pikepdf.new()
    made = pikepdf.Stream(pdf, content.removesuffix(b"\nendstream"))
    if b"/FlateDecode" in head:
        made.Filter = pikepdf.Name.FlateDecode
    return pdf, made


def _other_words(whole: bytes) -> bytes | None:
    """Two glyphs that stand for each other's letters."""
    opened = _unpacked(whole)
    if opened is None or b"begincmap" not in (table := opened[1].read_bytes()):
        return None
    entries = re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]+)>\n", table)
    pairs = [(one, other) for one, other in pairwise(entries) if one[1] != other[1]]
    if not pairs:
        return None
    (one, first), (other, second) = pairs[0]
    table = table.replace(b"<%s> <%s>" % (one, first), b"<%s> <%s>" % (one, second))
    table = table.replace(b"<%s> <%s>" % (other, second), b"<%s> <%s>" % (other, first))
    return b"<</Length %d>>\nstream\n%s\nendstream" % (len(table), table)


def _other_shapes(whole: bytes) -> bytes | None:
    """Two glyphs of an embedded font with each other's outlines: the words read right, and look wrong."""
    opened = _unpacked(whole)
    if opened is None or (data := opened[1].read_bytes())[:4] != b"\0\1\0\0":
        return None
    font = TTFont(io.BytesIO(data))
    glyf = font["glyf"]
    drawn = [name for name in font.getGlyphOrder() if glyf[name].numberOfContours > 0]
    glyf[drawn[0]], glyf[drawn[-1]] = glyf[drawn[-1]], glyf[drawn[0]]
    font.save(file := io.BytesIO())
    made = file.getvalue()
    return b"<</Length1 %d/Length %d>>\nstream\n%s\nendstream" % (len(made), len(made), made)


IN_FONTS: dict[str, Kind] = {
    "glyphs that say other letters": _in_fonts(_other_words),
    "glyphs that look other than they say": _in_fonts(_other_shapes),
    "other widths": _in_fonts(put(rb"/W ?\[ ?(\d+)", b"/W [9")),
    "a name in a font": _in_fonts(put(rb"^<<", b"<</Owner " + OWNER)),
    "a name as a family": _in_fonts(put(rb"/FontFamily ?\(.*?\)", b"/FontFamily " + OWNER)),
    "no glyphs": _in_fonts(put(rb"/FontFile2 \d+ 0 R", b"")),
    "letters changed about": in_content(glyphs(swapped), "LINH"),
}
OF_THE_FILE: dict[str, Kind] = {
    "an object left out": _left_out,
    "an object of another client": _of_another_client,
    "two values in each other's place": _in_each_others_place,
    "an object more": _another_object,
    "an object of the layout changed": _an_object_of_the_layout,
    "a changed catalog": _catalog,
    "a changed byte": _bytes,
    "another end": _ends,
    "saved again": _saved_again,
}
