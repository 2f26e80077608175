"""Numbers as a cell of a workbook shows them, by the format of the cell (ECMA-376-1, 18.8.31)."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext

_TOKEN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|General|AM/PM|E[+-]|.', re.IGNORECASE | re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9.]+)\]")
_PLACES = frozenset("0#?")
_MOST = 15
"""Digits that a spreadsheet keeps of a number."""


def shown_number(value: float, code: str) -> str:
    """A number as its cell shows it. A format that is not understood, such as a fraction, shows it plainly."""
    if code == "General" and value == int(value) and abs(value) < 10**_MOST:
        return str(int(value))
    number = Decimal(repr(value))
    section, negative = _section(code, number)
    if section is None or re.search(r"general", _bare(section), re.IGNORECASE):
        text = plain_number(abs(number) if section is not None and negative else number)
        return text if section is None else _around_general(section, text)
    if not _PLACES & set(_bare(section)):
        return _literal(section)
    if "/" in _bare(section) or re.search(r"[ymdhs]|E[+-]", _bare(section), re.IGNORECASE):
        return plain_number(number)
    text = _formatted(abs(number), section)
    return f"-{text}" if number < 0 and not negative and re.search("[1-9]", text) else text


def plain_number(number: Decimal) -> str:
    """A number without a format, never with an exponent: whole, or with the digits that a spreadsheet keeps."""
    with localcontext(prec=_MOST, rounding=ROUND_HALF_UP):
        number = +number
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _bare(section: str) -> str:
    """What of a section is no literal text."""
    return "".join(token for token in _TOKEN.findall(section) if token[0] not in '"\\_*[')


def _section(code: str, number: Decimal) -> tuple[str | None, bool]:
    """The part of a format for a number, and whether that part says itself that the number is negative."""
    sections = re.findall(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\])+|(?<=;)(?=;|$)|^(?=;)', code) or [""]
    for section in sections:
        if (condition := _CONDITION.search(section)) and _holds(number, condition[1], Decimal(condition[2])):
            return section, "-" in _literal(section) or "<" in condition[1]
    plain = [section for section in sections if not _CONDITION.search(section) and "@" not in _bare(section)]
    if not plain:
        return None, False
    if number < 0 and len(plain) > 1:
        return plain[1], True
    if number == 0 and len(plain) > 2:
        return plain[2], False
    return plain[0], False


def _holds(number: Decimal, sign: str, other: Decimal) -> bool:
    return {
        "<": number < other,
        ">": number > other,
        "=": number == other,
        "<=": number <= other,
        ">=": number >= other,
        "<>": number != other,
    }[sign]


def _literal(section: str) -> str:
    """The text of a section outside its digits."""
    return "".join(_as_text(token) for token in _TOKEN.findall(section)).strip()


def _around_general(section: str, number: str) -> str:
    return "".join(number if token.lower() == "general" else _as_text(token) for token in _TOKEN.findall(section))


def _as_text(token: str) -> str:
    """What a token that is no digit shows: quoted and escaped text, signs, and the currency in brackets."""
    if token[0] == '"':
        return token[1:-1]
    if token[0] == "\\":
        return token[1:]
    if token[0] == "_":
        return " "
    if token[0] == "*":
        return ""
    if token[0] == "[":
        return token[2:-1].partition("-")[0] if token.startswith("[$") else ""
    return token


def _formatted(number: Decimal, section: str) -> str:
    """A number that is not negative, in the digits of a section, whatever text stands between them."""
    tokens = _TOKEN.findall(section)
    digits = [at for at, sign in enumerate(tokens) if sign in _PLACES]
    point = next((at for at, sign in enumerate(tokens) if sign == "." and at < digits[-1] + 2), None)
    whole = [at for at in digits if point is None or at < point]
    after = [at for at in digits if point is not None and at > point]
    last = digits[-1]
    thousands = 0
    while last + 1 + thousands < len(tokens) and tokens[last + 1 + thousands] == ",":
        thousands += 1
    number = number.scaleb(2 * tokens.count("%") - 3 * thousands)
    with localcontext(prec=60):
        number = number.quantize(Decimal(1).scaleb(-len(after)), ROUND_HALF_UP)
    before, _, behind = f"{number:f}".partition(".")
    before = before.lstrip("0")
    grouped = any(tokens[at] == "," for at in range(whole[0], whole[-1])) if whole else False
    pieces = dict.fromkeys(digits, "") | _whole_digits(before, [(at, tokens[at]) for at in whole], grouped=grouped)
    kept = behind.rstrip("0")
    for place, at in enumerate(after):
        pieces[at] = behind[place] if place < len(kept) or tokens[at] == "0" else " " if tokens[at] == "?" else ""
    shown = []
    for at, sign in enumerate(tokens):
        if at in pieces:
            shown.append(pieces[at])
        elif sign != "," or not digits[0] < at <= last + thousands:
            shown.append(_as_text(sign))
    return "".join(shown).strip()


def _whole_digits(digits: str, places: list[tuple[int, str]], *, grouped: bool) -> dict[int, str]:
    """Which digits before the point stand at which place; those that are too many stand at the first."""
    shown: dict[int, str] = {}
    for position, (at, kind) in enumerate(reversed(places)):
        digit = digits[-position - 1 : len(digits) - position] if position < len(digits) else ""
        if position == len(places) - 1 and len(digits) > position:
            digit = digits[: len(digits) - position]
        text = digit or {"0": "0", "?": " "}.get(kind, "")
        shown[at] = _grouped(text, position) if grouped else text
    return shown


def _grouped(text: str, position: int) -> str:
    """Digits with a comma behind each that has a multiple of three digits to its right."""
    last = len(text) - 1
    marked = (digit + "," * bool((right := position + last - at) and right % 3 == 0) for at, digit in enumerate(text))
    return "".join(marked) if text.strip() else text
