"""The PDF's tag tree: what a screen reader reads, made from the pages as WeasyPrint laid them out.

WeasyPrint's own tree starts every element anew on every page. Here an element of the HTML is one
tag however many pages it is on; what every page repeats, the heading row and the words in the
margins, is an artifact, which no reader says. Knows our own template's elements alone, no looks.
"""

from __future__ import annotations

from typing import Any

import pydyf
from weasyprint.formatting_structure.boxes import MarginBox, TextBox
from weasyprint.layout.absolute import AbsolutePlaceholder

_TAGS = {
    "h1": "H1",
    "h2": "H2",
    "p": "P",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "ul": "L",
    "ol": "L",
    "li": "LI",
    "li::marker": "Lbl",
    "a": "Link",
}  # the words of any other element, such as <b>, are its parent's


def add_tags(pdf: Any, document: Any, pdf_version: str, page_streams: list[Any]) -> None:  # noqa: ARG001
    """Give a drawn document's PDF its tag tree; WeasyPrint calls it as it would its own `add_tags`."""
    tree = _Tree(pdf)
    for number, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
        tree.add_page(page._page_box, stream, pdf.page_references[number])
    tree.close()
    pdf.catalog["StructTreeRoot"] = tree.root.reference
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


class _Tree:
    """A tag tree that grows page by page. The boxes, and pydyf's objects, have no types.

    `tags` are the tags by element and name. `owners` lists, a page a list, the tag of each of the
    page's marks (the numbered pieces of its content); `links` are annotations with their tags.
    """

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.root = pydyf.Dictionary({"Type": "/StructTreeRoot", "K": pydyf.Array()})
        pdf.add_object(self.root)
        self.page = b""
        self.document = self.tag("Document", self.root)
        self.tags: dict[tuple[object, str], Any] = {}
        self.owners: list[list[bytes]] = []
        self.links: list[tuple[Any, bytes]] = []
        self.places_of_links: dict[tuple[object, bytes], Any] = {}

    def add_page(self, box: Any, stream: Any, page: bytes) -> None:
        """Tag all words of the next page."""
        self.page = page
        self.stream = stream.stream
        self.drawn = stream._tags
        self.places = {
            item["MCID"]: place
            for place, item in enumerate(self.stream)
            if type(item) is pydyf.Dictionary
        }
        self.owners.append([])
        self.add(box, self.document)
        assert not self.drawn, "a page has words that are in no box"

    def add(self, box: Any, parent: Any) -> None:
        """Tag a box and all that is in it."""
        if isinstance(box, AbsolutePlaceholder):  # stands for a list's bullet or number
            box = box._box
        if isinstance(box, TextBox):
            self._add_words(box, parent)
            return
        if isinstance(box, MarginBox):
            self._add_artifact(box, "Header" if "top" in box.at_keyword else "Footer")
            return
        name = _TAGS.get(box.element_tag) or _spoken_tag(box)
        if name is not None:
            parent = self._tag_of(box, name, parent)
            if name == "THead" and parent["Pg"] != self.page:
                self._add_artifact(box, "Header")
                return
            if box.link_annotation:
                self._add_link(box.link_annotation, box.element, parent)
        for child in box.children:
            self.add(child, parent)

    def _tag_of(self, box: Any, name: str, parent: Any) -> Any:
        """The tag of a box's element: made once, however many boxes and pages the element has.

        The rows are in one TBody, though each has an HTML `tbody` of its own.
        """
        key = (parent.number if name == "TBody" else box.element, name)
        tag = self.tags.get(key)
        if tag is None:
            tag = self.tags[key] = self.tag(name, parent)
            if name != "TBody" and box.element.get("lang"):
                tag["Lang"] = pydyf.String(box.element.get("lang"))
            if name == "LI":
                self.tags[box.element, "Lbl"] = self.tag("Lbl", tag)
                tag = self.tags[key] = self.tag("LBody", tag)
        return tag

    def tag(self, name: str, parent: Any) -> Any:
        """A new tag, at the end of its parent."""
        made = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{name}", "P": parent.reference})
        if self.page:
            made["Pg"] = self.page
        made["K"] = pydyf.Array()
        self.pdf.add_object(made)
        parent["K"].append(made.reference)
        return made

    def _add_words(self, box: Any, tag: Any) -> None:
        """Make a text box's mark the tag's. Marks count from 0 without those of artifacts."""
        mark = len(self.owners[-1])
        self.owners[-1].append(tag.reference)
        self.stream[self.places[self.drawn.pop(box)["mcid"]]]["MCID"] = mark
        if tag["Pg"] == self.page:
            tag["K"].append(mark)
        else:
            tag["K"].append(pydyf.Dictionary({"Type": "/MCR", "Pg": self.page, "MCID": mark}))

    def _add_artifact(self, box: Any, subtype: str) -> None:
        """Make all words in a box an artifact of the page."""
        for inner in box.descendants():
            if isinstance(inner, TextBox):
                place = self.places[self.drawn.pop(inner)["mcid"]]
                self.stream[place - 1] = "/Artifact"
                self.stream[place] = f"<</Type /Pagination /Subtype /{subtype}>>"

    def _add_link(self, annotation: Any, element: Any, tag: Any) -> None:
        """Put a link's place on the page into its tag. It is one for all lines there, else each would be read."""
        first = self.places_of_links.setdefault((element, self.page), annotation)
        if first is not annotation:
            _widen(first, annotation)
            page = self.pdf.objects[int(self.page.split()[0])]
            page["Annots"].remove(annotation.reference)
            return
        self.links.append((annotation, tag.reference))
        tag["K"].append(
            pydyf.Dictionary({"Type": "/OBJR", "Pg": self.page, "Obj": annotation.reference})
        )

    def close(self) -> None:
        """List the owners of all marks, and then of all links, for those who start from a page."""
        numbers = pydyf.Array()
        for number, owners in enumerate(self.owners):
            numbers.extend((number, pydyf.Array(owners)))
        for number, (annotation, owner) in enumerate(self.links, len(self.owners)):
            annotation["StructParent"] = number
            numbers.extend((number, owner))
        parents = pydyf.Dictionary({"Nums": numbers})
        self.pdf.add_object(parents)
        self.root["ParentTree"] = parents.reference
        self.root["ParentTreeNextKey"] = len(self.owners) + len(self.links)


def _widen(annotation: Any, line: Any) -> None:
    """Make an annotation's place reach over another's too, line by line (PDF 1.7, 12.5.6.5)."""
    if "QuadPoints" not in annotation:
        annotation["QuadPoints"] = pydyf.Array(_corners(annotation["Rect"]))
    annotation["QuadPoints"].extend(_corners(line["Rect"]))
    across, up = annotation["QuadPoints"][::2], annotation["QuadPoints"][1::2]
    annotation["Rect"] = pydyf.Array([min(across), min(up), max(across), max(up)])


def _corners(rectangle: Any) -> list[float]:
    """The corners of a rectangle as annotations have them: the upper two, then the lower two."""
    (left, right), (low, high) = sorted(rectangle[::2]), sorted(rectangle[1::2])
    return [left, high, right, high, left, low, right, low]


def _spoken_tag(box: Any) -> str | None:
    """The tag of words in another language than those about them; none for other words in a line."""
    is_span = box.element_tag == "span" and box.element is not None
    return "Span" if is_span and box.element.get("lang") else None
