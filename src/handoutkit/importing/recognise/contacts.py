"""Lines that say how to reach somebody: they belong into the practice's file, which prints them on every handout."""

from __future__ import annotations

import re

from handoutkit.models.markdown import to_plain

_PHONE = r"(?:\+?\d{1,3}[\s.-]?)?\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{3,4}(?:\s*(?:x|ext\.?)\s*\d+)?"
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_WEB = r"(?:https?://|www\.)[^\s,)]+"
_STREET = (
    r"\d{1,5} (?:[NSEW]\.? )?(?:[A-Z][\w.]* ){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Ln|Way|"
    r"Suite|Court|Ct|Place|Pl)\b[^.]{0,80}|(?:Calle|Avenida|Av\.|Paseo) [^.]{4,80}|P\.?\s?O\.? Box \d+[^.]{0,60}"
    r"|[A-Z][\w ]{2,30}, [A-Z]{2} \d{5}(?:-\d{4})?"
)
_CONTACT = re.compile(f"{_MAIL}|{_WEB}|{_STREET}|{_PHONE}")
_LEAD = re.compile(
    r"\b(?:phone|telephone|tel|call|text|cell|mobile|fax|e-?mail|web(?:site)?|site|online|visit|address|office|us|at|or|"
    r"and|me|our|contact|tel[eé]fono|llame|llámenos|correo|sitio|direcci[oó]n|y|o)\b",
    re.IGNORECASE,
)


def is_contact_line(text: str) -> bool:
    """Whether a line is a phone number, an address of mail or web, or a street, and hardly anything else."""
    words = to_plain(text) if len(text) < 400 else ""
    if not _CONTACT.search(words):
        return False
    rest = re.findall(r"[^\W\d_]{2,}", _LEAD.sub("", _CONTACT.sub("", words)))
    return len(rest) <= 2 and len(words) < 200


def suggestion(lines: list[str]) -> list[str]:
    """What a practice's file could say of these lines, as YAML to copy."""
    text = "\n".join(to_plain(line) for line in lines)
    found: dict[str, str] = {}
    for key, pattern in (("email", _MAIL), ("web", _WEB), ("address", _STREET), ("phone", _PHONE)):
        if match := re.search(pattern, text):
            found[key] = match[0].strip(" .")
            text = text.replace(match[0], " ")
    if (web := found.get("web")) and not web.startswith("http"):
        found["web"] = f"https://{web}"
    return [f"{key}: {found[key]}" for key in ("phone", "email", "web", "address") if key in found]
