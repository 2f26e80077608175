"""Repairs the tags before the PDF is written: what a listener is read, in which order, and which cells are headers.

WeasyPrint 70 leaves a few things to correct for a listener: running heads and feet are tagged as if they were content,
header cells do not say what they head, lists do not say how they are numbered, paragraphs stand in paragraphs, and the
boxes of figures are in pixels from the top. The structure elements and the layout boxes they were made from are created
in the same order, so the two are walked side by side; that they still match is checked, and the tests for PDF/UA find
the rest.

pikepdf could do what needs no box (artifacts, nested paragraphs, names of cells, languages, groups) on the finished
file, but at a price: for a handout of four pages, all repairs here take 6 ms, while to open the file, rewrite its
content streams and save it takes 27 ms, and makes it two percent larger.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

from handoutkit.errors import HandoutkitError, Problem

from .decorative_pictures import is_decorative
from .layout_boxes import TO_POINTS, children, content_rectangle, is_page_margin, page_boxes

_LIST_NUMBERING = {
    "decimal": "/Decimal",
    "lower-alpha": "/LowerAlpha",
    "upper-alpha": "/UpperAlpha",
    "lower-roman": "/LowerRoman",
    "upper-roman": "/UpperRoman",
    "disc": "/Disc",
    "circle": "/Circle",
    "square": "/Square",
    "none": "/None",
}
_HEADINGS = frozenset(f"/H{level}" for level in range(1, 7))
_SCOPES = {"row": "/Row", "rowgroup": "/Row"}


def repair_structure(document: Any, pdf: pydyf.PDF, name: str) -> None:
    """Correct the tags of a PDF that is about to be written.

    Args:
        document: the ``weasyprint.document.Document`` it was made from.
        pdf: changed in place.
        name: unlike that of any other document this one may be put together with.
    """
    tree = _StructureTree(pdf)
    _make_artifacts(pdf, tree)
    _flatten_paragraphs(tree)
    _flatten_headings(tree)
    _gather_list_items(tree)
    _name_header_cells(tree, name)
    for kind in ("/L", "/TH", "/Figure"):
        elements = [element for element in tree.elements if element["S"] == kind]
        boxes = list(_boxes(document, kind))
        if len(elements) != len(boxes):
            message = f"{len(elements)} {kind} tags for {len(boxes)} boxes"
            raise HandoutkitError(Problem("tags", message, "please report this with the handout that shows it"))
        for element, (box, page) in zip(elements, boxes, strict=True):
            _CORRECTIONS[kind](element, box, page)
    _put_articles_last(tree)


class _StructureTree:
    """The structure tree: its elements in reading order, and the references that lead to them."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self._objects = {obj.reference: obj for obj in pdf.objects}
        self.root = self.at(pdf.catalog["StructTreeRoot"])
        self.references: set[bytes] = set()
        self.elements: list[Any] = []
        for reference in self.root["K"]:
            self._walk(reference)

    def at(self, reference: Any) -> Any:
        return self._objects[reference]

    def _walk(self, reference: Any) -> None:
        stack = [reference]
        while stack:
            current = stack.pop()
            element = self._objects.get(current) if isinstance(current, bytes) else None
            if isinstance(element, dict) and "S" in element:
                self.references.add(current)
                self.elements.append(element)
                stack.extend(reversed(element["K"]))


def _make_artifacts(pdf: pydyf.PDF, tree: _StructureTree) -> None:
    """Marked content that no element of the tree holds (page margins) becomes an artifact."""
    numbers = tree.at(tree.root["ParentTree"])["Nums"]
    pages = [tree.at(reference) for reference in pdf.page_references]
    for page, elements in zip(pages, numbers[1::2], strict=False):
        margins = {mcid for mcid, reference in enumerate(elements) if reference not in tree.references}
        for mcid in margins:
            elements[mcid] = "null"
        stream = tree.at(page["Contents"]).stream
        for position, operator in enumerate(stream):
            if operator == b"BDC" and stream[position - 1].get("MCID") in margins:
                stream[position - 2 : position] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]


def _flatten_paragraphs(tree: _StructureTree) -> None:
    """A block inside a paragraph gives a paragraph in a paragraph, which is one paragraph to a listener."""
    for element in tree.elements:
        if element["S"] == "/P" and tree.at(element["P"])["S"] == "/P":
            element["S"] = "/NonStruct"


def _flatten_headings(tree: _StructureTree) -> None:
    """A block inside a heading (its words in a second language) gives a heading in a heading: a listener hears one."""
    for element in tree.elements:
        if element["S"] in _HEADINGS and tree.at(element["P"])["S"] == element["S"]:
            element["S"] = "/Span"


def _gather_list_items(tree: _StructureTree) -> None:
    """What a block inside a list item gives beside its body belongs into it (ISO 32000-1, table 336)."""
    for item in tree.elements:
        if item["S"] != "/LI":
            continue
        kids = {reference: tree.at(reference) for reference in item["K"] if isinstance(reference, bytes)}
        if tree.at(item["P"])["S"] != "/L":  # a box around a part of an item, which WeasyPrint calls one as well
            for part in (item, *kids.values()):
                part["S"] = "/NonStruct" if part["S"] in ("/LI", "/Lbl", "/LBody") else part["S"]
            continue
        body = next((reference for reference, kid in kids.items() if kid["S"] == "/LBody"), None)
        beside = [reference for reference, kid in kids.items() if kid["S"] not in ("/Lbl", "/LBody")]
        if body is None:
            continue
        for reference in beside:
            item["K"].remove(reference)
            kids[body]["K"].append(reference)
            kids[reference]["P"] = body
    for outer in [element for element in tree.elements if element["S"] == "/L"]:
        _put_lists_into_items(tree, outer)


def _put_lists_into_items(tree: _StructureTree, outer: Any) -> None:
    """A list inside an item, which WeasyPrint puts behind the item, belongs into its body."""
    body = None
    for reference in list(outer["K"]):
        kid = tree.at(reference) if isinstance(reference, bytes) else {}
        if kid.get("S") == "/LI":
            body = next((part for part in kid["K"] if isinstance(part, bytes) and tree.at(part)["S"] == "/LBody"), None)
        elif kid.get("S") == "/L" and body is not None:
            outer["K"].remove(reference)
            tree.at(body)["K"].append(reference)
            kid["P"] = body


def _name_header_cells(tree: _StructureTree, name: str) -> None:
    """Header cells get names of their own: WeasyPrint numbers them, and a packet has several of each number."""

    def unique(identifier: Any) -> pydyf.String:
        return pydyf.String(f"{name}.{getattr(identifier, 'string', identifier)}")

    for element in tree.elements:
        if "ID" in element:
            element["ID"] = unique(element["ID"])
        if "Headers" in element.get("A", {}):
            element["A"]["Headers"] = pydyf.Array(unique(header) for header in element["A"]["Headers"])


def _put_articles_last(tree: _StructureTree) -> None:
    """What stands early on a sheet for lack of room is read where the file has it: an article, after the last side."""
    articles = [element for element in tree.elements if element["S"] == "/Art"]
    sides = [
        child
        for part in tree.elements
        if part["S"] == "/Part"
        for child in part["K"]
        if isinstance(child, bytes) and tree.at(child).get("S") == "/Div"
    ]
    for article in articles if sides else ():
        around = tree.at(article["P"])
        reference = next(child for child in around["K"] if isinstance(child, bytes) and tree.at(child) is article)
        around["K"].remove(reference)
        tree.at(sides[-1])["K"].append(reference)
        article["P"] = sides[-1]
        article["S"] = "/Sect"


def _boxes(document: Any, kind: str) -> Iterator[tuple[Any, Any]]:
    """Layout boxes that carry a kind of tag, in reading order, each with its page box."""
    for page in page_boxes(document):
        for box in _descendants(page):
            if _TESTS[kind](box):
                yield box, page


def _descendants(box: Any) -> Iterator[Any]:
    for child in children(box):
        if not is_page_margin(child):
            if type(child).__name__ not in ("TextBox", "LineBox"):  # these have no tag of their own
                yield child
            yield from _descendants(child)


def _is_list(box: Any) -> bool:
    return box.element is not None and box.element_tag in ("ul", "ol", "dl")


def _is_header_cell(box: Any) -> bool:
    return type(box).__name__ == "TableCellBox" and box.element_tag == "th"


def _is_figure(box: Any) -> bool:
    figures = ("img", "{http://www.w3.org/2000/svg}svg")
    return box.element is not None and box.element_tag in figures and not is_decorative(box)


def _correct_list(element: Any, box: Any, _page: Any) -> None:
    style = box.style["list_style_type"]
    numbering = _LIST_NUMBERING.get(style if isinstance(style, str) else "", "/None")
    element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": numbering})


def _correct_header_cell(element: Any, box: Any, _page: Any) -> None:
    element["A"]["Scope"] = _SCOPES.get(box.element.get("scope"), "/Column")


def _correct_figure(element: Any, box: Any, page: Any) -> None:
    corners = content_rectangle(box, page)[:4]
    element["A"]["BBox"] = pydyf.Array([round(corner * TO_POINTS, 2) for corner in corners])


_TESTS = {"/L": _is_list, "/TH": _is_header_cell, "/Figure": _is_figure}
_CORRECTIONS = {"/L": _correct_list, "/TH": _correct_header_cell, "/Figure": _correct_figure}
