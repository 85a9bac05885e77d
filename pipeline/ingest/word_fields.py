"""What fields and content controls of a Word document show: results for codes, choices for lists, nothing
for prompts.

A field begins, has a code, a result and an end, which may be in several runs and paragraphs, and a field may
stand in another (ECMA-376-1, 17.16.18). One without an end is left as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from pipeline.ingest import lines
from pipeline.ingest.figures import whole_number
from pipeline.ingest.package import attribute, child, every, is_on, tag, value, with_place

LINK = "link"  # the attribute in which words of a document being read have their field's address
_DEEPEST = 50  # fields in one another; Word takes 20
_SHOWN = tuple(
    f"{{*}}{name}" for name in ("t", "sym", "tab", "br", "cr", "noBreakHyphen", "drawing", "pict")
)
_ADDRESS = re.compile(r'\s*HYPERLINK\s+(?:\\[a-z]\s+)*?(?:"([^"]*)"|([^"\\\s]+))', re.IGNORECASE)
_ANCHOR = re.compile(r'\\l\s+"?([^"\s]+)', re.IGNORECASE)
_PROMPTS = "PlaceholderText"


@dataclass(slots=True)
class _Field:
    """A field that has begun: what is in its code, and what is in its result once that has begun."""

    begin: Any
    code: str = ""
    in_code: list[Any] = field(default_factory=list)
    result: list[Any] | None = None


def resolve(body: Any) -> None:
    """Give a document's words as Word shows them: its tree is changed."""
    for control in list(body.iter("{*}sdt")):
        _empty_prompts(control)
    for simple in body.iter("{*}fldSimple"):
        link = _address(attribute(simple, "instr"))
        for one in simple.iter(*_SHOWN) if link else ():
            one.set(LINK, link)
    open_fields: list[_Field] = []
    for one in list(body.iter("{*}fldChar", "{*}instrText", *_SHOWN)):
        if next(one.iterancestors("{*}del", "{*}moveFrom"), None) is not None:
            continue
        if tag(one) == "fldChar":
            kind = attribute(one, "fldCharType")
            if kind == "begin":
                open_fields.append(_Field(one))
            elif kind == "separate" and open_fields:
                open_fields[-1].result = []
            elif kind == "end" and open_fields:
                _show(open_fields.pop())
        elif open_fields:
            _place(one, open_fields)


def _place(one: Any, open_fields: list[_Field]) -> None:
    """Give a piece of words to the fields that it is in: to the code of one, or to the results of all."""
    if tag(one) == "instrText" and open_fields[-1].result is None:
        open_fields[-1].code += one.text or ""
    for outer in open_fields[:_DEEPEST]:
        if outer.result is None:
            outer.in_code.append(one)
            break
        outer.result.append(one)


def _show(ended: _Field) -> None:
    """Put what a field shows into the place of it."""
    for one in ended.in_code:
        above = one.getparent()
        if above is not None:
            above.remove(one)
    result = ended.result or []
    if link := _address(ended.code):
        for one in result:
            one.set(LINK, link)
    choice = _chosen(child(ended.begin, "ffData"))
    if choice and not any((one.text or "").strip() for one in result):
        words = etree.Element("t")
        words.text = choice
        ended.begin.addnext(words)


def _chosen(form: Any) -> str:
    """What a form field shows that has no words of its own: the entry of a list, or a box."""
    listed, box = child(form, "ddList"), child(form, "checkBox")
    if box is not None:
        mark = child(box, "checked")
        return (
            lines.TICKED if is_on(child(box, "default") if mark is None else mark) else lines.EMPTY
        )
    entries = [attribute(one, "val") for one in every(listed, "listEntry")]
    at = whole_number(value(listed, "result") or value(listed, "default"), 0)
    return entries[at] if 0 <= at < len(entries) else ""


def _address(code: str) -> str:
    """Where the code of a field leads, or nothing."""
    leads = _ADDRESS.match(code)
    target = (leads[1] or leads[2] or "") if leads else ""
    anchor = _ANCHOR.search(code)
    return with_place(target, anchor and anchor[1]) if target else ""


def _empty_prompts(control: Any) -> None:
    """Take the prompt out of a content control that nobody has filled in."""
    is_prompt = is_on(child(control, "sdtPr", "showingPlcHdr"))
    for run in list(control.iter("{*}r")):
        if is_prompt or value(run, "rPr", "rStyle") == _PROMPTS:
            run.getparent().remove(run)
