"""What a page for screens needs that the templates of the blocks, which it shares with paper, do not say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from handoutkit.render.forms.accessible_names import AccessibleName

from .html_tree import SVG, classes, element_text

_NUMBERED = (("numbered", "prompt"), ("quiz", "pair"), ("counted", "vignette-question"))
"""Classes of what holds numbered questions, and of each of those. On paper, counters of the stylesheet number them."""
_ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}


def postprocess(root: Element, source: Callable[[str], str]) -> None:
    """Add to a parsed page what only a screen needs; it is changed in place.

    Args:
        source: from a picture's address to one that holds the picture itself.
    """
    _number_questions(root)
    _label_ticks(root)
    for table in root.iter("table"):
        _name_cells(table)
    for picture in root.iter("img"):
        picture.set("src", source(picture.get("src", "")))
    for other in root.iter("source"):
        other.set("srcset", source(other.get("srcset", "")))
    for number, drawing in enumerate(root.iter(f"{SVG}svg"), start=1):
        _make_drawing_scale(drawing, f"drawing-{number}")
    names = AccessibleName()
    for control in controls_of(root):
        control.set("aria-label", names.unlike_others(control.get("aria-label", "")))
    for link in root.iter("a"):
        link.set("rel", "noreferrer")


def controls_of(root: Element) -> Iterator[Element]:
    """The places of a page that can be written in, ticked or chosen."""
    return (element for element in root.iter() if element.tag in ("input", "textarea"))


def _number_questions(root: Element) -> None:
    for holder, each in _NUMBERED:
        for element in root.iter():
            if holder in classes(element):
                questions = [child for child in element.iter() if each in classes(child)]
                for number, question in enumerate(questions, start=1):
                    _put_number(question, number)


def _put_number(question: Element, number: int) -> None:
    words = next(child for child in question.iter("p") if "question" in classes(child))
    mark = Element("span", {"class": "question-number"})
    mark.text, mark.tail = str(number), " " + (words.text or "")
    words.text = None
    words.insert(0, mark)


def _label_ticks(root: Element) -> None:
    """The words after a box to tick tick it as well."""
    for element in list(root.iter()):
        if (
            len(element)
            and "tick" in classes(element[0])
            and not (element.text or "").strip()
            and _is_one_tick_with_words(element)
        ):
            label = Element("label")
            label.extend(list(element))
            for child in list(element):
                element.remove(child)
            element.append(label)


def _is_one_tick_with_words(element: Element) -> bool:
    one = sum("tick" in classes(child) for child in element.iter()) == 1
    places = sum(child.tag in ("input", "textarea") for child in element.iter())
    return one and places == 1 and bool(element_text(element))


def _name_cells(table: Element) -> None:
    """On a narrow screen each cell says its column's head; and a table stays one to a listener, however it is set."""
    heads = [_head(cell) for cell in next(table.iter("tr"))] if table.find("thead") is not None else []
    for row in table.iter("tr"):
        for column, cell in enumerate(row):
            if cell.tag == "td" and column < len(heads) and heads[column]:
                cell.set("data-head", heads[column])
    for element in table.iter():
        if element.tag == "th":
            element.set("role", "rowheader" if element.get("scope") == "row" else "columnheader")
        elif element.tag in _ROLES:
            element.set("role", _ROLES[str(element.tag)])


def _head(cell: Element) -> str:
    """A head's words; a mark before them with a colon, a hint after them in brackets. A scale is no name for a cell."""
    if any("track" in classes(child) for child in cell):
        return ""
    words = element_text(cell)
    for child in cell:
        part = element_text(child)
        if "side-mark" in classes(child):
            words = f"{part}: {words.removeprefix(part).lstrip()}"
        elif "helper" in classes(child):
            words = f"{words.removesuffix(part).rstrip()} ({part})"
    return words


def _make_drawing_scale(drawing: Element, name: str) -> None:
    """It scales with the page, and says what it shows."""
    drawing.attrib.pop("width", None)
    drawing.attrib.pop("height", None)
    drawing.set("role", "img")
    title = drawing.find(f"{SVG}title")
    if title is not None:
        title.set("id", name)
        drawing.set("aria-labelledby", name)
