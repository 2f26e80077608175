"""An SVG as drawing programs export it, with only what draws left in it.

What they add is harmless and of no use on paper: a DOCTYPE, names for long addresses (entities), packets of metadata,
elements and attributes of their own, and a copy of the drawing that only they can read. Some of it names people and
folders. Pictures inside are prepared as any picture is.

Python's own parser (expat) is safe once there is no DOCTYPE, for entities can be declared nowhere else.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from typing import NoReturn
from xml.etree.ElementTree import ParseError, XMLParser
from xml.sax.saxutils import escape, quoteattr

from .picture_check import MAX_SVG_BYTES, PictureFault
from .picture_kinds import kind_of

SVG = "{http://www.w3.org/2000/svg}"
PLAIN = "save it as plain SVG in your drawing program"
MAX_DRAWING = 500_000
"""Characters of the drawing itself, once it is clean and its pictures are counted apart."""
MAX_ENTITY, MAX_PICTURES = 200, 20
_PREFIXES = {
    "{http://www.w3.org/1999/xlink}": "xlink:",
    "{http://www.w3.org/XML/1998/namespace}": "xml:",
}
_CONDITIONS = frozenset({"requiredExtensions", "requiredFeatures", "systemLanguage"})
_NOTES = frozenset({"metadata", "title", "desc"})
_PICTURE = re.compile(r"data:image/(?:png|jpe?g|webp)[;,]", re.IGNORECASE)
_QUOTED = r"\s*(?:\"[^\"<>]*\"|'[^'<>]*')"
_DOCTYPE = re.compile(rf"<!DOCTYPE\s+svg(?:\s+PUBLIC{_QUOTED}{_QUOTED}|\s+SYSTEM{_QUOTED})?\s*(?:\[([^\]]*)\]\s*)?>")
_ENTITY = re.compile(r"\s*<!ENTITY\s+([A-Za-z_][\w.-]*)\s+(?:\"([^\"&%<]*)\"|'([^'&%<]*)')\s*>")


@dataclass(frozen=True)
class CleanSvg:
    """A drawing that holds nothing but what draws.

    Attributes:
        pixels: of the pictures in it.
    """

    text: str
    pixels: int


def cleaned(data: bytes, shown_name: str) -> CleanSvg:
    """An SVG without what only drawing programs need. Raises PictureFault.

    Args:
        shown_name: the name of the picture, as messages give it.
    """
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError:
        raise PictureFault("bad-svg", f"{shown_name} is not UTF-8 text", PLAIN) from None
    writer = _SvgWriter(shown_name)
    parser = XMLParser(target=writer)  # noqa: S314 - see the top of this file
    try:
        # Text and not bytes, so that an XML declaration cannot switch to another encoding.
        parser.feed(_without_doctype(text, shown_name))
        parser.close()
    except ParseError as error:
        line, column = error.position
        message = f"{shown_name} is not a well-formed SVG (line {line}, column {column + 1})"
        raise PictureFault("bad-svg", message, f"{PLAIN} again") from None
    except ValueError:  # a surrogate or another character that XML has no place for
        raise PictureFault("bad-svg", f"{shown_name} is not a well-formed SVG", f"{PLAIN} again") from None
    return CleanSvg("".join(writer.parts), writer.pixels)


def _without_doctype(text: str, shown_name: str) -> str:
    """The text without its DOCTYPE, if that is one of those that drawing programs write. Raises PictureFault."""
    found = _DOCTYPE.search(text, 0, 20_000)
    if found and "<svg" not in text[: found.start()] and (entities := _entities(found[1] or "")) is not None:
        # The lines stay where they are, for messages.
        lines = "\n" * found[0].count("\n")
        text = text[: found.start()] + lines + _replaced(text[found.end() :], entities)
    if "<!DOCTYPE" in text or "<!ENTITY" in text or len(text) > MAX_SVG_BYTES:
        hint = f"take the part that starts with `<!DOCTYPE` out, or {PLAIN}"
        raise PictureFault("svg-doctype", f"{shown_name} has a DOCTYPE that declares more than names", hint)
    return text


def _entities(declared: str) -> dict[str, str] | None:
    """The short texts that names are declared to stand for; None if anything else is declared."""
    found = {name: double or single for name, double, single in _ENTITY.findall(declared)}
    if _ENTITY.sub("", declared).strip() or any(len(text) > MAX_ENTITY for text in found.values()):
        return None
    return found


def _replaced(text: str, entities: dict[str, str]) -> str:
    if not entities:
        return text
    names = re.compile(f"&({'|'.join(map(re.escape, entities))});")
    if len(names.findall(text)) * MAX_ENTITY > MAX_SVG_BYTES:
        return "<!ENTITY"  # which is refused
    return names.sub(lambda match: escape(entities[match[1]], {'"': "&quot;", "'": "&apos;"}), text)


@dataclass
class _SvgWriter:
    """Writes down each element that draws, as the parser comes by it, and keeps no tree."""

    shown_name: str
    parts: list[str] = field(default_factory=list)
    pixels: int = 0
    _open: list[str] = field(default_factory=list)
    _chosen: set[int] = field(default_factory=set)  # the depths below which a choice of a switch is drawn
    _left_out: int = 0
    _pictures: int = 0
    _length: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Called where an element begins. Raises PictureFault."""
        if not self._open and not self.parts and tag != f"{SVG}svg":
            self._refuse("bad-svg", "does not start with an `<svg>` of the SVG namespace", f"{PLAIN} again")
        if self._left_out or self._is_of_no_use(tag, attributes):
            self._left_out += 1
            return
        name = tag.removeprefix(SVG)
        head = "" if self._open else ' xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        written = "".join(self._attribute(name, *each) for each in attributes.items())
        if self._open[-1:] == ["switch"]:
            self._open[-1] = "g"  # one of its choices is drawn: the others are not, and it is a group
            self._chosen.add(len(self._open))
        self._open.append(name)
        self._write(f"<{'g' if name == 'switch' else name}{head}{written}>")

    def end(self, _tag: str) -> None:
        """Called where an element ends."""
        if self._left_out:
            self._left_out -= 1
            return
        name = self._open.pop()
        self._chosen.discard(len(self._open) + 1)
        self._write(f"</{'g' if name == 'switch' else name}>")

    def data(self, text: str) -> None:
        """Text of a style sheet, or that is set. Raises PictureFault."""
        if not self._left_out:
            self._write(escape(text))

    def pi(self, target: str, _text: str = "") -> None:
        """A processing instruction; those of drawing programs are left out. Raises PictureFault: a style sheet."""
        if target == "xml-stylesheet":
            self._refuse("svg-outside", f"has an instruction `<?{target} ...?>`", PLAIN)

    def close(self) -> None:
        """Called at the end of the file."""

    def _is_of_no_use(self, tag: str, attributes: dict[str, str]) -> bool:
        """Whether it is for a drawing program, or a choice of a ``switch`` that is not the first which always holds."""
        name = tag.removeprefix(SVG)
        if len(self._open) in self._chosen:
            return True
        if self._open[-1:] == ["switch"] and (name == "foreignObject" or _CONDITIONS & attributes.keys()):
            return True
        return (tag.startswith("{") and name == tag) or name in _NOTES

    def _attribute(self, element: str, key: str, value: str) -> str:
        space, brace, name = key.rpartition("}")
        if brace and f"{space}}}" not in _PREFIXES:
            return ""
        short = _PREFIXES.get(f"{space}}}", "") + name
        if name == "href" and element == "image" and _PICTURE.match(value.strip()):
            return f' {short}="{self._picture(value.strip())}"'
        return "" if short.startswith("data-") else f" {short}={quoteattr(value)}"

    def _picture(self, address: str) -> str:
        from .photo_file import ready_photo

        self._pictures += 1
        head, _, packed = address.partition(",")
        try:
            data = base64.b64decode("".join(packed.split()), validate=True) if head.endswith(";base64") else b""
        except (binascii.Error, ValueError):
            data = b""
        if (kind := kind_of(data)) not in ("png", "jpeg", "webp") or self._pictures > MAX_PICTURES:
            hint = f"put at most {MAX_PICTURES} pictures into it, each as PNG or JPEG"
            self._refuse("svg-picture", "holds a picture that cannot be read, or too many", hint)
        ready = ready_photo(data, kind, f"a picture in {self.shown_name}")
        self.pixels += ready.pixels
        return f"data:{ready.media_type};base64,{base64.b64encode(ready.data).decode()}"

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self._length += len(text) if "data:image/" not in text[:100_000] else 0
        if self._length > MAX_DRAWING:
            message = f"is larger than {MAX_DRAWING // 1000} KB, its pictures and notes apart"
            self._refuse("picture-too-large", message, "simplify the drawing: fewer points, and no traced photos")

    def _refuse(self, code: str, message: str, hint: str) -> NoReturn:
        raise PictureFault(code, f"{self.shown_name} {message}", hint)
