"""A council's words as it has them: its own `columns.toml`, laid over that of councils at large."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from pipeline.council import house, settings
from pipeline.council.colours import status_colours
from pipeline.council.column_words import ColumnWords, FieldHeadings
from pipeline.council.columns import COLUMN_FIELDS, Columns
from pipeline.council.settings import Lists
from pipeline.model.errors import PipelineError
from pipeline.model.words import key, squashed


def columns_of(style: str) -> Columns:
    """A council's words with those of councils at large. Raises `PipelineError` where a file is wrong."""
    own = settings.settings_in(settings.folder(style) / "columns.toml", ColumnWords)
    shared = settings.shipped_words("columns.toml", ColumnWords)
    strange = sorted({*own.fields, *shared.fields} - {*COLUMN_FIELDS})
    if strange:
        raise PipelineError(
            f"templates/{style}/columns.toml: no field is called '{strange[0]}'.",
            f"Fields are {', '.join(sorted(COLUMN_FIELDS))}.",
        )
    said = _heading_keys(own)
    fields = {
        name: _laid_over(
            *(words.fields.get(name, FieldHeadings()) for words in (own, shared)), said=said
        )
        for name in dict.fromkeys((*own.fields, *shared.fields))
    }
    house_style = house.house_of(style)
    statuses = {
        name: [
            house_style.status_word(name),
            *own.statuses.get(name, []),
            *shared.statuses.get(name, []),
        ]
        for name in dict.fromkeys((*shared.statuses, *own.statuses))
    }
    _refuse_clash(style, statuses)
    parts: dict[str, Any] = {
        name: replace(part, **part.with_more(getattr(shared, name)))
        for name in own.__struct_fields__
        if isinstance(part := getattr(own, name), Lists)
    }
    return Columns(
        **parts,
        fields=fields,
        statuses=statuses,
        own=said,
        peculiar=said - _heading_keys(shared),
        hidden=own.hidden,
        without=own.without,
        printed=house_style.printed,
        shades=status_colours(style, own.colours, statuses),
    )


def _heading_keys(words: ColumnWords) -> frozenset[str]:
    """The keys of all headings of a file."""
    return frozenset(
        key(heading)
        for known in words.fields.values()
        for heading in (*known.headings, *known.exact, *known.weaker)
    )


def _laid_over(own: FieldHeadings, shared: FieldHeadings, *, said: frozenset[str]) -> FieldHeadings:
    """A field's headings, the council's first; of the others none that the council has `said` to be of some field."""
    headings = [
        heading
        for part in ("headings", "exact", "weaker")
        for words in (own, shared)
        for heading in getattr(words, part)
        if words is own or key(heading) not in said
    ]
    return FieldHeadings(
        headings=tuple(headings),
        weaker=tuple(one for one in own.weaker + shared.weaker if one not in own.headings),
        exact=own.exact + shared.exact,
        required=own.required,
    )


def _refuse_clash(style: str, statuses: dict[str, list[str]]) -> None:
    """Raise `PipelineError` where the house's word for a status is listed for another."""
    words = {squashed(raws[0]): name for name, raws in statuses.items()}
    for name, raws in statuses.items():
        for raw in raws:
            meant = words.get(squashed(raw), name)
            if meant != name:
                raise PipelineError(
                    f"templates/{style}/house.toml, status_words: '{raw}' is the word for '{meant}', and one for "
                    f"'{name}' in columns.toml.",
                    "Call one of the two otherwise.",
                )
