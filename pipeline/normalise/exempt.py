"""What is marked as not for publication: exempt (Local Government Act 1972, Schedule 12A), confidential.

A row is, by a column of marks or by words that stand as a mark in what would be published; a sheet is, by its
name or a line above its table. A column whose cells are the words that are private is not the matter here: none
of it is published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import lru_cache

from pipeline.council.columns import Columns
from pipeline.council.statuses import AFTER_STATUS
from pipeline.ingest.workbook import SourceCell
from pipeline.model.action import OPTIONAL_TEXTS, Place
from pipeline.model.words import (
    FAINT_WORDS,
    begins,
    has_one,
    is_one,
    kept,
    key,
    keys,
    single_words,
    without,
)
from pipeline.normalise.headings import asks_to_publish
from pipeline.normalise.looks import SENTENCE_ENDS, cell_day
from pipeline.normalise.tracker import Layout, Tracker, cells_above

_LONGEST_MARK = 5  # words
_LONGEST_END = 20  # words of a title that may mark it
_NOTES = frozenset({"note", "notes"})
_BRACKETED = re.compile(r"[\[({<]([^\[\](){}<>]*)[\])}>]")
_SENTENCE = re.compile(r"[;!?*|]|\.\s+(?=[A-Z])")
_PARAGRAPH = r"(?:paragraphs?(?: s)?|paras?|[pb]araff|[pb]aragraff(?:au)?)(?: \d{1,2}\b(?: (?:and|or|to|a))?)+"
_BRACKETED_PARAGRAPH = re.compile(r"\d[A-Za-z]\s?\(\d{1,2}\)")  # *Sch 12A (3)*
_TITLE_PARTS = re.compile(r"\s[-\u2013\u2014]\s|[:;()\[\]]")
_JOINTS = frozenset({"and", "or"})  # a comma is one too
# "exempt under paragraph 3", of nothing else than a Schedule of exempt information:
_EXEMPT_BY = re.compile(
    rf" (?:exempt|confidential|not for publication|eithriedig|i w gyhoeddi) (?:\w+ ){{0,4}}?{_PARAGRAPH}"
    r"(?: (?:of|o) (?:part|ran) \w+)?(?: (?:(?:of|to|o) )?(?:the )?(?:schedule|atodlen) \w+)? $"
)
# "Exempt from disclosure under section 43", where the mark leads its sentence:
_BY_LAW = re.compile(
    r" (?:from (?:disclosure|publication) )?(?:under|by virtue of|in terms of|in accordance with|pursuant to|o dan"
    r"|yn rhinwedd) (?:\w+ ){0,3}?(?:section|schedule|regulation|adran|atodlen) \w"
)
_THIS_IS = re.compile(
    r"this (?:(?:item|update|report|information|row|action|matter|minute|paper|section) )?(?:is|remains|contains) "
    r"|mae['’]r (?:eitem|wybodaeth|adran) hon yn |mae['’]r adroddiad hwn yn ",
    re.I,
)
_NO_MARK = frozenset({"no", "n", "not", "public", "open"})  # of the words that headings ask with
_NO_MARK_OF_SENTENCE = _NO_MARK | {"does", "if", "is", "it", "was"}
_BESIDE = re.compile(
    r"\s*:\s+|(?<!(?i:official))(?<!(?i:official) )(?:\s[-–—]\s|[–—])|\s+[(\[](?=[^()\[\]]*[)\]]\W*$)"
)  # what leads a sentence, and what ends it
_LABEL = re.compile(r"\s*(?:\[([^\[\]]*)\]|([^:\n]{1,40}):\s(?!\d))")  # and not `Private: 30 homes`
_DASH = re.compile(r"\s[-\u2013\u2014]\s|[\u2013\u2014]")
_PUBLIC = frozenset({"public", "cyhoeddus"})  # beside which *Private:* parts what is counted
_SENTENCE_OVER = re.compile(r"\s*(?:[.;!?]|$)")
_BEFORE_NOUN = re.compile(
    r"\b(?:the|an?|this|that|these|those|its|their|our|any|all|some|of|no) $", re.I
)
_LOWER_NOUN = re.compile(r" ([a-z]+)")
_OF_SOMETHING = frozenset({"to", "from", "for", "by", "on", "at"})  # what the road is RESTRICTED to
_MOST_OF_TITLE = 3  # words before `(Part 2)`: "Act 1990", "Local Plan"


def marks(tracker: Tracker, known: Columns) -> Iterator[SourceCell]:
    """The cells of a sheet's table that mark their row as not for publication."""
    headings = _mark_headings(tracker.layout)
    for row in tracker.rows:
        for number, heading in headings.items():
            cell = row.own.get(number)
            if cell and _is_mark(cell.words, heading, known) and not cell_day(cell):
                yield cell


def mark_columns(tracker: Tracker, known: Columns) -> set[int]:
    """The columns of a sheet's table that are there for marks: they ask whether to publish a row, or mark one."""
    heads = ((one.number, one.heading) for one in tracker.layout.heads)
    asking = {n for n, said in heads if _asks(said, known) or asks_to_publish(said, known)}
    return asking | {cell.place.column for cell in marks(tracker, known)}


def _mark_headings(layout: Layout) -> dict[int, str]:
    """The headings of the columns in which rows may be marked: those that are not published, but for notes, the
    status, and those of fields that only some papers have.
    """
    read = {
        layout.columns[name]: layout.heading(name)
        for name in ("notes", "status", *OPTIONAL_TEXTS)
        if name in layout.columns and not _NOTES & set(key(layout.heading(name)).split())
    }
    unread = {one.number: one.heading for one in layout.heads if not (one.claim or one.aside)}
    return unread | read


@kept
def _asks(heading: str, known: Columns) -> bool:
    """Whether a heading asks if its rows are private."""
    private, said = known.private, set(key(heading).split()) - FAINT_WORDS
    asking = single_words(private.asks)
    naming = single_words(private.words + private.public + private.rows + private.parts)
    is_question = ("?" in heading or bool(said & asking)) and said <= asking | naming
    return is_question and known.is_private(heading)


@kept
def _is_mark(words: str, heading: str, known: Columns) -> bool:
    """Whether the words of a cell that is no day mark its row: a *Y* where the heading asks whether it is exempt, any
    answer but a *Y* where it asks whether it may be published; elsewhere what says so by itself (*Part II*).
    """
    private, completed = known.private, known.completed
    said = key(AFTER_STATUS.split(words)[0]) or words.strip()
    if {said, key(words)} & keys(private.rows + private.parts):
        return True
    if is_one(heading, private.sittings) and is_one(f"{said} session", private.rows):
        return True  # *Private* under *Meeting type*
    if asks_to_publish(heading, known):
        may = completed.yes + private.ticks + private.publish + private.cleared
        is_yes = begins(said, may) if key(said) else said in may
        is_open = is_one(said, private.public) or is_one(f"part {said}", private.public)
        is_said = bool(said.strip("-\u2013\u2014"))
        return said in keys(completed.no) or (is_said and not (is_yes or is_open))
    if said in keys(completed.no + private.public) or not known.is_private(heading):
        return False
    is_yes = said in keys(completed.yes + private.ticks) or said in private.ticks
    is_told = is_one(heading, private.rows + private.parts) or known.is_private(words)
    is_short = len(words.split()) <= _LONGEST_MARK and not words.endswith(SENTENCE_ENDS)
    return is_yes or _asks(heading, known) or (is_told and is_short)


def sheet_marks(tracker: Tracker, known: Columns) -> Iterator[tuple[Place, str]]:
    """The lines above a sheet's table that mark all of it, or its name, each with the words that do. One that
    calls itself a draft says how far the paper is.
    """
    name = tracker.sheet.name
    if _is_titled_mark(name, known):
        yield Place(name, 1, 1), name
    for cell in cells_above(tracker.sheet, tracker.layout):
        is_part = is_one(cell.words, known.private.parts)
        said = cell.words if is_part else heading_mark(cell.lines, known)
        if said and "draft" not in key(cell.words).split():
            yield cell.place, said


def margin_mark(tracker: Tracker, known: Columns) -> str:
    """What is printed above or below the pages of a sheet and marks all of it; nothing where nothing does."""
    said = (one for one in tracker.sheet.margins if "draft" not in key(one).split())
    return next(filter(None, (heading_mark(one, known) for one in said)), "")


def heading_mark(lines: str, known: Columns) -> str:
    """What in the lines of a cell above a table or across it marks what stands below; nothing where nothing does."""
    words, alone = " ".join(lines.split()), known.private.rows + known.private.sections
    if _is_wholly_mark(words, known, by=alone) or _is_titled_mark(words, known):
        return words
    return exempt_mark(lines, known)


def _is_titled_mark(words: str, known: Columns) -> bool:
    """Whether a title is a mark, or has one as a part (*Harbour Panel – Exempt items*); that of a body or of a paper
    may end with one too, or say that it is private: *Trust Board in private*, *Quay Panel (private) – Actions*.
    """
    private, titles = known.private, known.title_block
    whole = [words, *_TITLE_PARTS.split(words)]
    parts = {*whole, *(part for one in whole for part in one.split(","))}
    nouns, names = single_words(titles.papers), titles.bodies + titles.papers
    if any(_is_wholly_mark(part, known, nouns) for part in parts):
        return True
    is_title = has_one(words, names) and not words.endswith(SENTENCE_ENDS)
    if not is_title and not is_one(words, private.sections):  # a sheet's name: *Private*
        return False
    is_body = has_one(words, titles.bodies) and not has_one(words, titles.papers)
    by = tuple(one for one in private.sections if is_body or not is_one(one, private.parts))
    ends = [end for part in whole[1:] for end in _ends_of_title(part, names, known)]
    nouns |= known.section_words
    return any(_is_wholly_mark(end, known, nouns, by=private.rows + by) for end in ends)


def _ends_of_title(part: str, names: tuple[str, ...], known: Columns) -> list[str]:
    """A part of a title, and its last words, each time one less; none behind a *no*, and none at all of a list
    of other things than days, bodies and papers: *Homes (social and private)*.
    """
    said = without(f" {key(part.replace(',', ' and '))} ", known.private.unless).split()
    first = max(0, len(said) - _LONGEST_END)
    ends = [(said[:n], " ".join(said[n:])) for n in range(first, len(said))]
    for (*before, joint), end in ends[1:]:
        is_one_of_list = joint in _JOINTS and is_one(end, known.private.sections)
        is_named = has_one(" ".join(before), names) or "".join(before[-1:]).isdigit()
        if is_one_of_list and not is_named:
            return []
    return [end for before, end in ends if before[-1:] not in (["no"], ["not"])]


@kept
def exempt_mark(words: str, known: Columns) -> str:
    """The first words that stand as a mark in a text, as they were written; nothing where none do. A mark is
    alone on its line, in brackets, in capitals, a label of the text, leads a sentence before a colon, a full stop or a
    dash, ends one behind a dash, or cites a Schedule or a paragraph.
    """
    said, telling = set(key(words).split()), known.telling
    near = (mark for longest in telling.keys() & said for mark in telling[longest])
    if not any(mark <= said for mark in near):
        return ""  # as almost always
    label = _LABEL.match(words) if said.isdisjoint(_PUBLIC) else None
    if label and is_one(label[1] or label[2], known.private.labels):
        return label[0].strip()
    return next((mark for line in words.splitlines() for mark in _marks_of_line(line, known)), "")


def _marks_of_line(line: str, known: Columns) -> Iterator[str]:
    """The marks in a line of a text, the plainest first."""
    if _is_wholly_mark(line, known):
        yield line
    for found in _BRACKETED.finditer(line):
        if _is_wholly_mark(found[1], known) or _is_part_mark(line, found, known):
            yield found[0]
    for capital in _in_capitals(known.private.rows).finditer(line):
        if " " in capital[0] or not _is_of_noun(line, capital, known):
            yield capital[0]
    sentences = [said.strip() for said in _SENTENCE.split(line)]
    for said in sentences:
        yield from _marks_beside(said, known)
    yield from (said for said in sentences if _cites(said, known))


def _is_part_mark(line: str, found: re.Match[str], known: Columns) -> bool:
    """Whether *(Part II)* marks what stands before it, and is not part of a title: *the Local Plan (Part 2)*."""
    if not is_one(found[1], known.private.parts):
        return False
    before = line[: found.start()].split()[-_MOST_OF_TITLE:]
    is_over = _SENTENCE_OVER.match(line, found.end()) is not None
    is_name = not is_over and bool(before) and before[-1][:1].isupper()
    return not is_name and keys(known.private.in_parts).isdisjoint(map(key, before))


def _is_of_noun(line: str, found: re.Match[str], known: Columns) -> bool:
    """Whether a word in capitals is stressed, and no mark: *the EXEMPT list*, *RESTRICTED to 20 mph*."""
    noun = _LOWER_NOUN.match(line, found.end())
    if noun is None or noun[1] in single_words(known.private.asks + known.private.matters):
        return False
    return noun[1] in _OF_SOMETHING or _BEFORE_NOUN.search(line[: found.start()]) is not None


def _marks_beside(sentence: str, known: Columns) -> Iterator[str]:
    """The marks that are a sentence, lead it, or end it behind a dash; none where a no answers it."""
    first, *rest = _BESIDE.split(" ".join(sentence.split()))  # which is slow at a long gap
    nothing = known.completed.no + known.private.public
    answers = filter(None, map(key, rest[:1]))
    if any(said in keys(nothing) or said.split()[0] in ("no", "none") for said in answers):
        return
    for part in (_THIS_IS.sub("", sentence), first, _DASH.split(sentence)[-1]):
        if _is_wholly_mark(part, known, barred=_NO_MARK_OF_SENTENCE):
            yield part


@lru_cache(8)
def _in_capitals(marks: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for marks in capitals, which other words in capitals do not make part of a name."""
    longest_first = sorted((mark.upper() for mark in marks), key=len, reverse=True)
    either = "|".join(map(re.escape, longest_first)).replace(r"\-", "[-\u2013\u2014]")
    return re.compile(rf"(?<![\w-])(?<![A-Z] )(?:{either})(?![\w-])(?! [A-Z]{{2}})")


def _is_wholly_mark(
    words: str,
    known: Columns,
    others: Set[str] = frozenset(),
    barred: Set[str] = _NO_MARK,
    by: tuple[str, ...] = (),
) -> bool:
    """Whether words are a mark and nothing else: *Part II – exempt*, *Exempt: paragraph 3*. `others` may stand
    beside it, those `barred` may not; `by` are the marks, if not those of rows.
    """
    private = known.private
    by = by or private.rows
    beside = (single_words(private.asks + private.matters) | FAINT_WORDS | others) - barred
    marking = beside | single_words(private.unless + by + private.parts)
    said = f" {key(words)} "
    if not all(word in marking or word.isdigit() for word in said.split()):
        return False  # as almost always
    said = without(said, private.unless)
    unmarked = without(said, by)
    left = without(unmarked, private.parts).split()
    return unmarked != said and all(word in beside or word.isdigit() for word in left)


def _cites(sentence: str, known: Columns) -> bool:
    """Whether a sentence says by which Schedule or paragraph something is exempt."""
    if any(_EXEMPT_BY.search(f" {key(part)} ") for part in _TITLE_PARTS.split(sentence)):
        return True
    said, known_marks = f" {key(sentence)} ", keys(known.private.rows)
    if any(
        said.startswith(f" {one} ") and _BY_LAW.match(said, len(one) + 1) for one in known_marks
    ):
        return True
    if not has_one(_without_faint(sentence), tuple(map(_without_faint, known.private.schedules))):
        return False
    marks = [phrase for phrase in known_marks if f" {phrase} " in said]
    rules = "|".join(keys(known.private.rules))
    is_of_rules = any(
        re.search(
            rf" {one} (?:{rules}) | (?:{rules}) (?:on|about|for|of|covering) (?:the )?{one} ", said
        )
        for one in marks
    )
    is_paragraph = re.search(rf" {_PARAGRAPH}", said) or _BRACKETED_PARAGRAPH.search(sentence)
    is_named = is_paragraph and not has_one(said, known.private.rules)
    return not is_of_rules and bool(marks or is_named)


def _without_faint(words: str) -> str:
    """Words without those that say little: *of*, *to*, *the*."""
    return " ".join(word for word in key(words).split() if word not in FAINT_WORDS)
