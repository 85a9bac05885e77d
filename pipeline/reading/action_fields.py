"""The fields of an action, made out of the cells of its draft."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from pipeline import dates, text
from pipeline.columns import Columns
from pipeline.dates import date_text
from pipeline.document import runs_of
from pipeline.reading.drafts import Draft
from pipeline.reading.layout import Layout
from pipeline.records import DATE_FIELDS, TEXT_FIELDS, Action, DateText, Status, Text, plain
from pipeline.workbook import SourceCell


def action_of(made: Draft, layout: Layout, known: Columns, epoch: date, meeting: date) -> Action:
    """The record of a draft."""
    texts = {name: words_of(made.cells.get(name, ())) for name in TEXT_FIELDS}
    days = {name: date_of(made.cells.get(name, ()), epoch) for name in DATE_FIELDS}
    is_done = days["completed"].day is not None and days["completed"].day <= meeting
    places = {
        name: made.cells[name][0].place if name in made.cells else layout.place(name, made.row)
        for name in {**layout.columns, **made.cells}
    }
    return Action(
        item=made.item,
        reference=texts["reference"],
        date=days["date"],
        title=texts["title"],
        action=texts["action"],
        officers=texts["officers"],
        due=days["due"],
        update=texts["update"],
        status=status_of(texts["status"], made.fill, layout, known, is_done=is_done),
        completed=days["completed"],
        notes=texts["notes"],
        cells=places,
    )


def words_of(cells: tuple[SourceCell, ...]) -> Text:
    """The text of a field from the cells that hold it, in order."""
    said: Text = ()
    for cell in cells:
        said = text.joined(said, text.blocks(cell.runs))
    return said


def date_of(cells: tuple[SourceCell, ...], epoch: date) -> DateText:
    """The date of a field; the words of all its cells where they are several."""
    if not cells:
        return DateText()
    words = plain(text.words(" ".join(cell.words for cell in cells))).replace("\n", " ")
    return date_text(cells[0].value if len(cells) == 1 else words, words, epoch)


def status_of(words: Text, fill: str, layout: Layout, known: Columns, *, is_done: bool) -> Status:
    """The status that an officer's words mean, or the colour in their stead; in a tracker without
    statuses an action `is_done` by its day of completion.
    """
    if "status" not in layout.columns and is_done:
        return Status("completed", ())
    if not words and fill:
        meant = known.colour_status(fill)
        said = text.words(known.statuses[meant][0]) if meant else ()
        return Status(meant or "unknown", said, fill, is_listed=bool(meant))
    meant = known.status(plain(words))
    if meant == "unknown":
        return Status(known.answer(layout.heading("status"), plain(words)), words)
    has_link = any(run.link for run in runs_of(words))
    return Status(meant, words, is_listed=known.is_listed(plain(words)) and not has_link)


def without_doubtful_days(actions: tuple[Action, ...]) -> tuple[Action, ...]:
    """Actions whose dates were typed in the American order, in a column that shows it, without a day for
    those that could be either.
    """
    doubtful = {
        name
        for name in DATE_FIELDS
        if dates.are_month_first(action.day(name) for action in actions)
    }
    return (
        tuple(
            replace(
                action,
                **{
                    name: DateText(action.day(name).text, None, unreadable=True)
                    for name in doubtful
                    if dates.is_doubtful(action.day(name))
                },
            )
            for action in actions
        )
        if doubtful
        else actions
    )
