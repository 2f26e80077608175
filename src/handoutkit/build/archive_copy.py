"""Copies for a record: PDF/A-2a beside PDF/UA-1, so that a file says all that is needed to show it in decades.

ISO 19005-2. What pages are made of is embedded, tagged and named by its letters already; what is added are the colours
they mean, and the claim itself with the words that explain it.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from handoutkit.render.forms.hidden_fields import HIDDEN

from .build_result import BuildResult

ENDING = ".archive"
"""What stands before the ending of a copy's name."""
_PRINT = 1 << 2
_OUTSIDE = [-1, -1, -1, -1]
"""Where a widget that is never shown stands: PDF/A knows no hidden ones, and PDF/UA lets go of those off the page."""
_DAY = slice(24, 36)
"""The bytes of a profile that say when it was made (ICC.1:2022, 7.2.1); the same every time."""
_CLAIM = """<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
  pdfaid:part="2" pdfaid:conformance="A"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
  <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
  <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
  <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
  <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
    <pdfaProperty:name>part</pdfaProperty:name>
    <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
    <pdfaProperty:category>internal</pdfaProperty:category>
    <pdfaProperty:description>Part of PDF/UA that the file conforms to</pdfaProperty:description>
  </rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def as_archive_copies(built: BuildResult) -> BuildResult:
    """The handouts with PDFs that are copies for a record, which their names say; other files are as they were."""
    finished = []
    for one in built.finished:
        files = (
            replace(file, ending=file.ending.replace(".pdf", f"{ENDING}.pdf"), data=archive_copy(file.data))
            if file.ending.endswith(".pdf")
            else file
            for file in one.files
        )
        finished.append(replace(one, files=tuple(files)))
    return replace(built, finished=tuple(finished))


def archive_copy(pdf: bytes) -> bytes:
    """A PDF of ours as PDF/A-2a; it stays PDF/UA-1, and a form stays a form."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _name_colours(document)
        _claim(document)
        for page in document.pages:
            page.obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
            for annotation in page.obj.get("/Annots", ()):
                _show(annotation)
        for field in _buttons(document):
            del field.DA  # a font for marks that is not in the file; the marks themselves are drawn
        if "/AcroForm" in document.Root and "/ZaDb" in document.Root.AcroForm.DR.Font:
            del document.Root.AcroForm.DR.Font.ZaDb
        made = io.BytesIO()
        document.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return _with_clear_ends(made)


def _with_clear_ends(pdf: io.BytesIO) -> bytes:
    """The PDF with no stream that happens to end like a line, now that all of them are compressed."""
    made = io.BytesIO()
    with pikepdf.open(pdf) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Stream):
                _end_in_a_letter(item)
        document.save(
            made,
            deterministic_id=True,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return made.getvalue()


def _name_colours(document: pikepdf.Pdf) -> None:
    """Say that red, green and blue are those of sRGB."""
    from PIL import ImageCms

    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_DAY] = b"\x07\xea\x00\x01\x00\x01\x00\x00\x00\x00\x00\x00"
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB IEC61966-2.1"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=document.make_stream(bytes(profile), N=3),
    )
    document.Root.OutputIntents = Array([document.make_indirect(intent)])


def _claim(document: pikepdf.Pdf) -> None:
    told = document.Root.Metadata.read_bytes().decode("utf-8").replace("</rdf:RDF>", f"{_CLAIM}</rdf:RDF>").rstrip()
    document.Root.Metadata = document.make_stream(told.encode("utf-8"), Type=Name.Metadata, Subtype=Name.XML)


def _show(annotation: Any) -> None:
    if int(annotation.get("/F", 0)) & HIDDEN:
        annotation.Rect = Array(_OUTSIDE)
    annotation.F = _PRINT


def _end_in_a_letter(stream: Any) -> None:
    """Wrap a stream that happens to end like a line: a strict reader would count its last byte to the line end."""
    raw = stream.read_raw_bytes()
    if raw[-1:] in (b"\r", b"\n"):
        filters = stream.get("/Filter", Array())
        old = list(filters) if isinstance(filters, Array) else [filters]
        settings = stream.get("/DecodeParms")
        old_settings = list(settings) if isinstance(settings, Array) else [settings] * len(old)
        wrapped = base64.a85encode(raw) + b"~>"
        filters, settings = Array([Name.ASCII85Decode, *old]), Array([None, *old_settings])
        stream.write(wrapped, filter=filters, decode_parms=settings)


def _buttons(document: pikepdf.Pdf) -> Iterator[Any]:
    for page in document.pages:
        for annotation in page.obj.get("/Annots", ()):
            if "/DA" in annotation and str(annotation.DA).startswith("/ZaDb"):
                yield annotation
