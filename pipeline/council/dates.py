"""Dates as people in the UK write them: read where they are certain, else kept as words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from pipeline.council import settings
from pipeline.council.settings import Settings
from pipeline.model.action import DateText
from pipeline.model.months import MONTHS, WEEKDAYS
from pipeline.model.words import kept


class _DateWords(Settings, frozen=True):
    """The words of dates in other languages: `templates/dates.toml`."""

    weekdays: list[str]
    ordinals: list[str]
    of: list[str]
    months: dict[str, list[str]]


def _bare(name: str) -> str:
    """A name without capitals and accents, which people leave out."""
    whole = unicodedata.normalize("NFD", name.casefold())
    return "".join(sign for sign in whole if not unicodedata.combining(sign))


def _any_of(names: Iterable[str]) -> str:  # pragma: no mutate block  # called on import alone
    """A pattern for some names, with or without their accents, the longest first."""
    forms = {form for name in names for form in (name.casefold(), _bare(name))}
    return "|".join(
        re.escape(form).replace("\\ ", r"\s+") for form in sorted(forms, key=lambda f: (-len(f), f))
    )


_SAID = settings.shipped_words("dates.toml", _DateWords)
MONTH = (
    {name[:length].casefold(): n for n, name in enumerate(MONTHS, 1) for length in (3, len(name))}
    | {"sept": 9}
    | {
        _bare(word): MONTHS.index(name.title()) + 1
        for name, words in _SAID.months.items()
        for word in words
    }
)
_MONTH_NAME = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_ANY_MONTH = _any_of([*MONTH, *(word for words in _SAID.months.values() for word in words)])
_WEEKDAY = (
    r"(?:\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
    rf"|{_any_of(_SAID.weekdays)})\.?,?\s+)?"
)
_ORDINAL = rf"(?:{_any_of(['st', 'nd', 'rd', 'th', *_SAID.ordinals])})?(?:\s+(?:{_any_of(['of', *_SAID.of])})\b)?"
_BY = r"(?:\b(?:due )?(?:by|on) )?"
_TIME = r"(?:,?\s+(?:at\s+)?\d{1,2}(?:[:.]\d{2}){0,2}\s?(?:[ap]\.?m\b\.?|noon|hours|hrs)?(?=$|[\s,;)]))?"
_YEAR = r"(\d{4}|'?\d{2})(?!\d)"
_NUMERIC = re.compile(
    rf"{_BY}{_WEEKDAY}(\d{{1,2}})\s?[/.\-]\s?(\d{{1,2}})\s?[/.\-]\s?{_YEAR}{_TIME}", re.I
)
_ISO = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?", re.I
)
_WORDED = re.compile(
    rf"{_BY}{_WEEKDAY}(\d{{1,2}}){_ORDINAL}[\s.\-]+({_ANY_MONTH})\.?,?[\s.\-]+{_YEAR}{_TIME}",
    re.I,
)
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}({_ANY_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_TIME}", re.I
)
# Where in a match of each the year, the month and the day stand.
_FORMS = {_ISO: (1, 2, 3), _NUMERIC: (3, 2, 1), _WORDED: (3, 2, 1), _MONTH_FIRST: (3, 1, 2)}
_MEANT_AS_DAY = re.compile(
    r"\d{1,4}\s?[/.\-]+\s?\d{1,2}\s?[/.\-]+\s?\d{1,4}|\b\d{5,}\b"  # day, month and year
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?[\s.\-]+[a-z]+\.?,?[\s.\-]+'?\d{{2,4}}\b"
    rf"|^{_BY}{_WEEKDAY}\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?[\s.\-]+{_MONTH_NAME}$"  # without a year
    rf"|^{_BY}\d{{1,2}}[/.]\d{{1,2}}$|^{_MONTH_NAME}\.?\s+\d{{1,2}}(?:st|nd|rd|th|/\d+)$",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]+")
WEEKDAY_STARTS = frozenset(name[:3].lower() for name in WEEKDAYS)
_BESIDE_DAYS = "st nd rd th of by on due at am pm"
_DAY_NAMES = (*MONTH, *_SAID.weekdays, *_SAID.ordinals, *_SAID.of, _BESIDE_DAYS)
_DAY_WORDS = frozenset(" ".join(_DAY_NAMES).casefold().split())
_AT = re.compile(r"^(?:on|in|at|by|since)\s+", re.I)
# Compiled when they are needed, which takes longer than to read a short tracker:
# 14 Jan, January, 14/1, Q3; what ends with a month; 3 November, Tues 3rd Nov
_YEARLESS = (
    rf"(?:(?:(\d{{1,2}}){_ORDINAL}[\s.\-]+)?({_ANY_MONTH})\.?|(\d{{1,2}})/(\d{{1,2}})|q([1-4]))"
    r"(?=\s*(?:[:–—-]|$))"
)
_BEHIND_MONTH = rf"\b{_ANY_MONTH}\.?\s*$"
_MONTH_IN_WORDS = (
    rf"(?:{_WEEKDAY}\b(\d{{1,2}}){_ORDINAL}[\s.\-]+)?\b({_ANY_MONTH})\b(?:\.(?= (?-i:[a-z\d])))?"
)
_MONTH_ALONE = rf"(?:\d{{1,2}}{_ORDINAL}\s+)?(?:{_ANY_MONTH})\.?,?(?:[\s\-]*(?:\d{{4}}|'?\d{{2}}))?"
_PLAIN = re.compile(r"[\d\s/.\-]*")
_PLAINLY_WORDED = rf"\d{{1,2}}{_ORDINAL}[\s.\-]+(?:{_ANY_MONTH})\.?,?[\s.\-]+{_YEAR}"
_SERIALS = range(32874, 73051)  # 1 January 1990 to 31 December 2099: other numbers are not dates
_YEARS = range(1950, 2100)  # others are slips, which nobody would see: 1926 is printed as 26
_PIVOT = 69  # two-digit years from 69 on are of the last century, as in POSIX
_MONTHS_A_YEAR = 12
_BESIDE = re.compile(  # a former day, and the number of a minute or an item
    r"(?<=\S)\s*\((?:was|were|originally|formerly|previously|instead of|moved from)\b[^()]*\)"
    r"|\b(?:min(?:ute)?s?|item|ref(?:erence)?|cofnod|eitem)\b[\s.:]*(?:no\b[\s.:]*)?[a-z]{0,4}\d+(?:[/.-]\d+)?(?![\d/.-])",
    re.I,
)
_DOUBT = re.compile(
    r"\?|\b(?:see|not|or|tb[acd]|if|unless|after|before|provisional(?:ly)?)\b", re.I
)
_REVISED = re.compile(  # between a day and a later one that holds
    r"\W*(?:→|->|\b(?:now|new|revised|extended|amended|moved|deferred)\b)\W*(?:\b(?:to|until|date|due)\b\W*)*",
    re.I,
)
_FEW_WORDS = 4  # "now due by", "revised to"; more are a sentence, and may mean another day
# What may stand before an entry's day (*JB 14/1/27*); and before one by which something is to be done.
_LEADS_IN = re.compile(
    r"^\W*(?:(?-i:[A-Z]{2})\b\W*)?(?:(?:updated?|meeting)\b(?: (?:for|on|of|as at))?\W*)?", re.I
)
_NEXT_ENTRY = re.compile(r"\n|(?<=[.;!?])\s+(?=\d)")
_ON_ONE_LINE = re.compile(r"[.;!?]\s+\d")  # far sooner found
_DUE = re.compile(r"(?:due|by)\s", re.I)
_ENTRY_MARK = re.compile(r"^[\s:.–—-]+")
_PART_OF = re.compile(  # a month
    r"^(?:by |before |during |in )?(?:the )?(?:(?:end|middle|start|beginning) of |mid[- ]|late |early )?",
    re.I,
)
_YEAR_AT_END = re.compile(
    r"(?i)(?!.*20\d\d.*20\d\d|.*\b(?:since|from|after)\b).*(?<![\d/-])(20\d\d)"
)
_TYPED = str.maketrans("‐‑–—‘’", "----''")  # as word processors set them


def date_text(value: object, words: str, epoch: date = date(1899, 12, 30)) -> DateText:
    """What a date cell says: a real date, a serial number (counted from `epoch`), or words. The words
    stay where they say more than the day. A day of another age is a slip, and unreadable.
    """
    match value:
        case date() if value.year not in _YEARS:
            return DateText(words, unreadable=True)
        case datetime() if value.time() == time():
            return DateText(day=value.date())
        case datetime():
            return DateText(words, value.date())
        case date():
            return DateText(day=value)
        case bool():
            return DateText(text=words, unreadable=True)
        case int() | float() if int(value) in _SERIALS:
            return DateText(day=epoch + timedelta(days=int(value)))
    day = written_day(words)
    if day is not None and day.year in _YEARS:
        return DateText(words, day)
    return DateText(words, unreadable=_MEANT_AS_DAY.search(_tidied(words)) is not None)


def date_in_words(given: DateText) -> DateText:
    """A date of an action that is no day whole, with the one day that its words hold: `31 March 2027 (was 31
    January)`, `12/10/2026 Min 45`. As it was where there are more, or other figures, or a sentence.
    """
    day = _only_day(given.text) if given.unreadable else None
    return given if day is None else DateText(given.text, day)


@kept
def is_plain(words: str) -> bool:
    """Whether a date was typed as a day, a month and a year alone, in figures or with the month's name, so
    that it can be set in another form and lose nothing.
    """
    said = _tidied(words)
    return bool(_PLAIN.fullmatch(said) or re.fullmatch(_PLAINLY_WORDED, said, re.I))


def is_when(words: str) -> bool:
    """Whether words are only a day or a month, with or without an `on` or `in` before it."""
    said = _AT.sub("", _tidied(words))
    return written_day(said) is not None or re.fullmatch(_MONTH_ALONE, said, re.I) is not None


def _tidied(words: str) -> str:
    """Words with the dashes and apostrophes that one types."""
    return " ".join(words.translate(_TYPED).split()).rstrip(".,;")


@kept
def written_day(words: str) -> date | None:
    """The day that a text is, whole: None where it is anything else, or no day of the calendar."""
    said = _tidied(words)
    return next((_day_of(found) for form in _FORMS if (found := form.fullmatch(said))), None)


def span_of(words: str) -> tuple[date, date] | None:
    """The first and the last day of the month that words name (*end of March 2027*, *12/2027*), or of the one year
    that they end with (*Winter 2027*): that may last until the March after it.
    """
    said = _PART_OF.sub("", words)
    first = written_day(f"1 {said}") or written_day(f"1/{said}")
    if first and first.year in _YEARS:
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    year = _YEAR_AT_END.fullmatch(words)
    return (date(int(year[1]), 1, 1), date(int(year[1]) + 1, 3, 31)) if year else None


def _only_day(words: str) -> date | None:
    """The one day of a text with few words around it, a former day in brackets or a minute's number beside it; or the
    day to which another before it was revised.
    """
    said = _BESIDE.sub("", " ".join(words.split()))
    days = list(days_within(said))
    starts, ends = [one[0] for one in days], [one[1] for one in days]
    first, *between = (
        said[end:start] for end, start in zip([0, *ends], [*starts, None], strict=True)
    )
    if not days or _DOUBT.search(said) or not all(map(_REVISED.fullmatch, between[:-1])):
        return None
    day, rest = days[-1][2], first + between[-1]
    is_alone = not any(sign.isdigit() for sign in rest) and len(rest.split()) <= _FEW_WORDS
    # And not what is left of "Dec 26 - Mar 27":
    is_whole = not re.search(_BEHIND_MONTH, first, re.I)
    return day if is_alone and is_whole and day.year in _YEARS else None


def _day_of(found: re.Match[str]) -> date | None:
    """The day of a match of one of `FORMS`, or None where the calendar has none."""
    year, month, day = (found[part] for part in _FORMS[found.re])
    full = int(year.lstrip("'"))
    if full < 100:  # noqa: PLR2004  # written with two digits
        full += 1900 if full >= _PIVOT else 2000
    number = int(month) if month.isdigit() else _number_of(month)
    try:
        return date(full, number, int(day))
    except ValueError:
        return None


def _number_of(month: str) -> int:
    """The number of a month that is named."""
    return MONTH[_bare(" ".join(month.split()))]


def days_within(words: str) -> Iterator[tuple[int, int, date]]:
    """The days in a line of words, in order, each with where it begins and ends; without a `by` before it."""
    searched = words.translate(_TYPED)  # as long as `words`, letter by letter
    found = [
        (match.start() + len("".join(re.findall(rf"^{_BY}", match[0], re.I))), match.end(), day)
        for form in _FORMS
        for match in form.finditer(searched)
        if (day := _day_of(match)) is not None and _is_apart(searched, match.start())
    ]
    done = 0
    for start, end, day in sorted(found):
        if start >= done:
            yield start, end, day
            done = end


def with_days(words: str) -> str:
    """Words in which each day has one form, with a year or without, and each month; none goes over a line's end."""
    return "\n".join(map(_with_days, words.split("\n")))


def _with_days(words: str) -> str:
    for start, end, day in reversed(list(days_within(words))):
        words = f"{words[:start]} {day:%Y %m %d} {words[end:]}"
    return re.sub(_MONTH_IN_WORDS, _in_full, words, flags=re.I)


def _in_full(found: re.Match[str]) -> str:
    """A month by its whole English name, behind its day where that stands before it."""
    return " ".join(filter(None, (found[1], MONTHS[_number_of(found[2]) - 1])))


def beside_days(words: str) -> list[str]:
    """The words of a text that can be no part of a day, without capitals: far sooner found than its days."""
    return [
        word
        for word in _WORD.findall(words.casefold())
        if word not in _DAY_WORDS and word[:3] not in WEEKDAY_STARTS
    ]


def day_within(words: str) -> tuple[str, date, str] | None:
    """The first day in a line, and the words before and after it: `Monitoring – 28 March 2019`."""
    said = " ".join(words.split())
    first = next(days_within(said), None)
    return (said[: first[0]], first[2], said[first[1] :]) if first else None


def newest_entry(words: str, until: date) -> str | None:
    """Of an update that goes on entry by entry, each behind its day, its month or its quarter (`October 2026: …`), what
    the newest up to a day says; None where fewer than two entries are dated differently. A line without a day goes on
    with the entry above, and a day alone with nothing below is no entry.
    """
    entries: list[tuple[date, str]] = []
    is_long = "\n" in words or _ON_ONE_LINE.search(words) is not None
    for line in _NEXT_ENTRY.split(words) if is_long else ():
        said = _LEADS_IN.sub("", line)
        found = None
        if _may_lead(said):  # as seldom
            ways = (said, f"1 {said}", _with_year(said, until))  # a month is from its first day
            found = next(filter(None, map(_leading_day, ways)), None)
        if found:
            entries.append(found)
        elif entries:
            entries[-1] = (entries[-1][0], f"{entries[-1][1]} {line}")
    given = [(day, text) for day, text in entries if text.strip() and day <= until]
    newest = max((day for day, _ in given), default=until)
    if all(day == newest for day, _ in given):
        return None
    return " ".join(_ENTRY_MARK.sub("", text) for day, text in given if day == newest).strip()


def _may_lead(line: str) -> bool:
    """Whether a line begins as one with a day, a month or a quarter before it does."""
    word = _WORD.match(line)
    names = (word[0].casefold(), _bare(word[0])) if word else ()
    return line[:1].isdigit() or any(
        one in _DAY_WORDS or one[:3] in WEEKDAY_STARTS or one in ("q", "t")  # *Q3*, *t-Samhain*
        for one in names
    )


def _with_year(line: str, until: date) -> str:
    """A line; where it begins with a day, a month or a quarter of the year to the end of March, with the year in which
    that was last up to a day.
    """
    found = re.match(_YEARLESS, line, re.I)
    if found is None:
        return line
    day, name, figures, number, quarter = found.groups()
    month = _number_of(name) if name else int(number or int(quarter) % 4 * 3 + 1)
    year = until.year - ((month, int(day or figures or 1)) > (until.month, until.day))
    return f"{day or figures or 1}/{month}/{year} {line[found.end() :]}"


def _leading_day(line: str) -> tuple[date, str] | None:
    """The day with which a line begins, and the words behind it."""
    said = " ".join(line.split())
    if not said[:1].isalnum() or _DUE.match(said):
        return None
    typed = said.translate(_TYPED)
    begun = [
        (found.end(), day)
        for form in _FORMS
        if (found := form.match(typed)) and (day := _day_of(found))
    ]
    if not begun:
        return None
    end, day = min(begun)
    return day, said[end:]


def _is_apart(words: str, start: int) -> bool:
    """Whether a word or a number begins at a place, and does not go on there."""
    return start == 0 or not words[start - 1].isalnum()


def are_month_first(dates: Iterable[DateText]) -> bool:
    """Whether dates typed in figures were typed in the American order: some can be nothing else, and
    none can only be ours.
    """
    pairs = [pair for date in dates if (pair := _figures(date.text)) is not None]
    return any(second > _MONTHS_A_YEAR >= first for first, second in pairs) and not any(
        first > _MONTHS_A_YEAR for first, _ in pairs
    )


def is_doubtful(given: DateText) -> bool:
    """Whether a date could be read in either order."""
    pair = _figures(given.text)
    return pair is not None and pair[0] != pair[1] and max(pair) <= _MONTHS_A_YEAR


@kept
def _figures(given: str) -> tuple[int, int] | None:
    """The first two numbers of a date typed in figures."""
    found = _NUMERIC.fullmatch(_tidied(given)) if given else None
    return (int(found[1]), int(found[2])) if found else None
