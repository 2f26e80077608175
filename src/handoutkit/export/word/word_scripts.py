"""What Word has to be told of words that are not in Latin letters: their language, direction, size and weight.

Word has each of these twice or three times: ``w:b`` and ``w:sz`` are for Latin and Chinese letters, ``w:bCs`` and
``w:szCs`` for those that run from right to left (ECMA-376, part 1, 17.3.2), and ``w:lang`` has a language for each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from babel.core import get_global
from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from handoutkit.render.templating.interface_messages import is_right_to_left

_FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_NUMBER = re.compile(r"[\d+(]")
_FROM_LEFT = "\u200e"
_EAST_ASIAN = re.compile(r"(zh|ja|ko)\b")
_TWINS = {"w:b": "w:bCs", "w:i": "w:iCs", "w:sz": "w:szCs"}
_LATIN = "en-US"
_NAMES = """
    rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish
    webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang
"""
_ORDER = [qn(f"w:{name}") for name in _NAMES.split()]
"""The order of what is said of a run (ECMA-376, part 1, A.1, EG_RPrBase)."""


def faces_of(language: str, face: str) -> dict[str, str]:
    """The faces of a document whose Latin words are in a face, by the kind of letters: ones that any office has."""
    far_east = {"zh-Hant": "Microsoft JhengHei", "zh": "Microsoft YaHei", "ja": "Yu Gothic", "ko": "Malgun Gothic"}
    east = next((name for tag, name in far_east.items() if f"{language}-".startswith(f"{tag}-")), face)
    return {"ascii": face, "hAnsi": face, "cs": "Arial" if is_right_to_left(language) else face, "eastAsia": east}


def word_language(locale: str) -> Any:
    """The languages of a document's words, as Word has them; ``ar-US`` and ``zh-Hans-US`` are none that it knows."""
    likely = get_global("likely_subtags")
    if is_right_to_left(locale):
        language = locale.split("-", maxsplit=1)[0]
        region = likely.get(language, "").split("_")[-1]
        tags = {"val": _LATIN, "bidi": f"{language}-{region}" if region else language}
    elif _EAST_ASIAN.match(locale):
        parts = locale.split("-")
        script = next((part for part in parts if len(part) == 4), "")
        whole = likely.get("_".join(filter(None, (parts[0], script)))) or likely.get(parts[0], "")
        tags = {"val": _LATIN, "eastAsia": f"{parts[0]}-{whole.split('_')[-1]}"}
    else:
        tags = {"val": locale}
    said = " ".join(f'w:{kind}="{tag}"' for kind, tag in tags.items())
    return parse_xml(f"<w:lang {nsdecls('w')} {said}/>")


def mark_scripts(file: WordFile, locale: str) -> None:
    """Say of every run and style of a finished document what its script needs; tables run as the page does."""
    from_right = is_right_to_left(locale)
    for root in _roots(file):
        for run in root.iter(qn("w:r")) if from_right else ():
            if _FROM_RIGHT.search("".join(text.text or "" for text in run.iter(qn("w:t")))):
                run.get_or_add_rPr().append(parse_xml(f"<w:rtl {nsdecls('w')}/>"))
        for link in root.iter(qn("w:hyperlink")) if from_right else ():
            _keep_number(link)
        for properties in root.iter(qn("w:rPr")):
            _complete(properties)
        for table in root.iter(qn("w:tblPr")) if from_right else ():
            style = table.find(qn("w:tblStyle"))
            table.insert(0 if style is None else 1, parse_xml(f"<w:bidiVisual {nsdecls('w')}/>"))


def _keep_number(link: Any) -> None:
    """Set a number to call from left to right: behind Arabic letters, `800-799-7233` would stand as `7233-799-800`."""
    first = next(link.iter(qn("w:t")), None)
    if first is not None and _NUMBER.match(first.text or ""):
        first.text = f"{_FROM_LEFT}{first.text}"


def _roots(file: WordFile) -> Iterator[Any]:
    yield from (file.styles.element, file.element)
    yield from (paragraph._p for section in file.sections for paragraph in section.footer.paragraphs)


def _complete(properties: Any) -> None:
    for name, twin in _TWINS.items():
        found = properties.find(qn(name))
        if found is None:
            continue
        for old in properties.findall(qn(twin)):
            properties.remove(old)
        added = parse_xml(f"<{twin} {nsdecls('w')}/>")
        for key, value in found.attrib.items():
            added.set(key, value)
        properties.append(added)
    known = [child for child in properties if child.tag in _ORDER]
    for child in known:
        properties.remove(child)
    for at, child in enumerate(sorted(known, key=lambda child: _ORDER.index(child.tag))):
        properties.insert(at, child)
