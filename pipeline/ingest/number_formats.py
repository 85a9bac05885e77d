"""What a cell shows of its value by its number format (ECMA-376-1, 18.8.31): prefixes, noughts, words, months.

Calendars other than ours and fractions with words about them are not worked out: `shown` says that it cannot.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache

from msgspec import Struct

from pipeline.model.months import MONTHS

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[\$(?P<money>[^\]-]*)[^\]]*\]'
    r"|\[(?P<limit>[<>=]+)(?P<bound>-?(?:\d+\.?\d*|\.\d+))\]|\[(?P<elapsed>h+|m+|s+)\]"
    r"|\[(?P<colour>[A-Za-z]+ ?\d*)\]|(?P<general>General)|(?P<half>AM/PM|A/P)"
    r"|(?P<day>y+|m+|d+|h+|s+|e+(?![+-])|g+|b+)(?:\.0+)?"
    r"|(?P<power>E[+-])|(?P<digits>[#0?]+)|(?P<end>;)|(?P<percent>%)|(?P<text>@)|(?P<sign>.)",
    re.IGNORECASE | re.DOTALL,
)
_MINUTES = re.compile("(?<=h)m|m(?=s)")  # after hours, or before seconds
_FRACTION = re.compile(r"([#0?]*)\s*([#0?]+)/([#0?]+|[1-9]\d*)")
_MONTH_BREAKS = re.compile(r"[\s\-/.,']+")
_TESTS = {
    "<": float.__lt__, "<=": float.__le__, ">": float.__gt__, ">=": float.__ge__,
    "=": float.__eq__, "<>": float.__ne__,
}  # fmt: skip
_TEXT_SECTION = 3  # counted from 0: those before it are of numbers
_UNKNOWN_DAYS = frozenset("egb")  # the years of other calendars
_DIGITS = 1000  # that a number can have with its decimals
_SURE = 10  # digits of a number that Excel shows without a format


class _Section(Struct):
    """One part of a format: its tokens, the numbers that it is for, and the colour of its type."""

    tokens: list[tuple[str, str]] = []
    limit: str = ""
    bound: float = 0.0
    colour: str = ""

    @property
    def days(self) -> str:
        """The first letters of what it shows of a day, in order."""
        return "".join(said[0] for kind, said in self.tokens if kind == "day")

    @property
    def is_day(self) -> bool:
        """Whether it shows numbers as days or times."""
        return bool(self.days) and not self.has("elapsed")

    @property
    def is_time(self) -> bool:
        """Whether it shows hours, minutes or seconds, and nothing of the day."""
        return self.is_day and set(self.days) <= set("hns")

    @property
    def is_known(self) -> bool:
        """Whether it shows days by our calendar."""
        return not _UNKNOWN_DAYS & set(self.days)

    @property
    def has_words(self) -> bool:
        """Whether it puts words about what it shows."""
        return any(kind == "words" and any(map(str.isalpha, said)) for kind, said in self.tokens)

    def has(self, kind: str) -> bool:
        return any(each == kind for each, _ in self.tokens)


@lru_cache(512)
def _sections(code: str) -> list[_Section]:
    """The parts of a number format."""
    parts = [_Section()]
    for found in _TOKEN.finditer(code):
        part = parts[-1]
        match found.lastgroup:
            case "end":
                parts.append(_Section())
            case "bound":
                part.limit, part.bound = found["limit"], float(found["bound"])
            case "colour":
                part.colour = found["colour"].casefold().replace(" ", "")
            case "quoted" | "escaped" | "money" as kind:
                part.tokens.append(("words", found[kind]))
            case "day" | "elapsed" as kind:
                part.tokens.append((kind, found[kind].lower()))
            case str() as kind:
                part.tokens.append((kind, found[kind]))
    for part in parts:
        _tell_minutes(part.tokens)
    return parts


def _tell_minutes(tokens: list[tuple[str, str]]) -> None:
    """Call an `m` or `mm` that stands for minutes `n`: the tokens are changed."""
    timed = [number for number, (kind, _) in enumerate(tokens) if kind in ("day", "elapsed")]
    letters = "".join(
        said[0] if len(said) <= len("mm") else "-" for _, said in map(tokens.__getitem__, timed)
    )
    for number, letter in zip(timed, _MINUTES.sub("n", letters), strict=True):
        if letter == "n":
            kind, said = tokens[number]
            tokens[number] = (kind, "n" * len(said))


def day_part(code: str) -> _Section:
    """The part of a format that shows days."""
    return _sections(code)[0]


def _chosen(value: float, code: str) -> _Section:
    """The part of a format that shows a number."""
    of_numbers = _sections(code)[:_TEXT_SECTION]
    if len(of_numbers) > 1 and of_numbers[-1].has("text"):
        of_numbers = of_numbers[:-1]
    usual = {1: [""], 2: [">=", "<"], 3: [">", "<", ""]}[len(of_numbers)]
    if any(part.limit for part in of_numbers):
        usual = [""] * len(of_numbers)
    for part, test in zip(of_numbers, usual, strict=False):
        limit = part.limit or test
        if not limit or (limit in _TESTS and _TESTS[limit](float(value), part.bound)):
            return part
    return of_numbers[-1]


def colour(value: float, code: str) -> str:
    """The colour that a format gives the type of a number, as it names it; else empty."""
    return _chosen(value, code).colour


def shown(value: float | str, code: str) -> str | None:
    """What a cell shows of a text or a number; empty where nothing, None where we cannot tell."""
    if isinstance(value, str):
        return _text(value, code)
    if not code:
        return general(value)
    part, parts = _chosen(value, code), _sections(code)
    by_sign = part is not parts[0] and not any(one.limit for one in parts)
    is_below = part.limit in ("<", "<=") and part.bound <= 0
    return _number(abs(value) if by_sign or is_below else value, part)


def _text(value: str, code: str) -> str:
    """A text by the part of a format that is for texts: the fourth, or the last where it has a place for one."""
    parts = _sections(code)
    part = parts[: _TEXT_SECTION + 1][-1]
    if len(parts) <= _TEXT_SECTION and not part.has("text"):
        return value
    kept = (each for each in part.tokens if each[0] in ("text", "words", "sign"))
    return "".join(value if kind == "text" else said for kind, said in kept)


def general(value: float) -> str:
    """A number as Excel shows it without a format."""
    if float(value).is_integer():
        return str(int(value))
    return f"{value:.{_SURE}g}" if abs(value) < 10**_SURE else str(value)


def _number(value: float, part: _Section) -> str | None:
    """A number by one part of a format; None where we cannot tell."""
    kinds = [kind for kind, _ in part.tokens]
    sign, amount = "-" * (value < 0), Decimal(repr(value)).copy_abs()
    line = "".join(said for kind, said in part.tokens if kind in ("digits", "sign")).strip()
    if part.has("elapsed"):
        return sign + _elapsed(int(amount * 86400 + Decimal("0.5")), part)
    if "text" in kinds or part.days:
        return general(value) if kinds == ["text"] else None
    if found := _FRACTION.fullmatch(line):
        return sign + _fraction(Fraction(amount), *found.groups()) if not part.has_words else None
    if "power" not in kinds:
        made = _digits(amount * 100 ** kinds.count("percent"), part.tokens)
        return (sign if any(digit in made for digit in "123456789") else "") + made
    at = kinds.index("power")
    places_of = "".join(s for _, s in part.tokens[:at] if not s.strip("#0?."))
    whole, _, decimals = places_of.partition(".")
    places = max(1, len(whole))
    if places == 1:
        amount = Context(len(decimals) + 1, ROUND_HALF_UP).create_decimal(amount)
    power = amount.adjusted() // places * places if amount else 0
    mark = "-" if power < 0 else part.tokens[at][1][1:].strip("-")
    size = _digits(Decimal(abs(power)), part.tokens[at + 1 :])
    return f"{sign}{_digits(amount.scaleb(-power), part.tokens[:at])}E{mark}{size}"


def _elapsed(seconds: int, part: _Section) -> str:
    """A length of time, of which the largest unit goes on beyond a day, an hour or a minute."""
    units = {"h": 3600, "m": 60, "n": 60, "s": 1}
    made = ""
    for kind, said in part.tokens:
        if kind in ("elapsed", "day") and said[0] in units:
            amount = seconds // units[said[0]]
            made += f"{amount if kind == 'elapsed' else amount % 60:0{len(said)}}"
        elif kind in ("words", "sign"):
            made += said
    return made


def _fraction(amount: Fraction, whole: str, _: str, below: str) -> str:
    """A number as a whole one and a fraction, whose lower number is given or has some digits at most."""
    ahead = int(amount) if whole else 0
    rest = amount - ahead
    most = 10 ** len(below) - 1
    bottom = int(below) if below.strip("#?0") else rest.limit_denominator(most).denominator
    top = round(rest * bottom)
    if whole and top % bottom == 0:
        return str(ahead + top // bottom)
    return f"{ahead} {top}/{bottom}" if ahead else f"{top}/{bottom}"


def _digits(amount: Decimal, tokens: list[tuple[str, str]]) -> str:
    """A number, and the words about it: its digits fill the places from the point outwards, and the first place
    takes all that are over.
    """
    line = "".join(said for kind, said in tokens if kind == "digits" or said in (".", ","))
    whole, _, decimals = line.partition(".")
    places, grouped = len(whole.replace(",", "")), "," in whole.rstrip(",")
    thousands = len(line) - len(line.rstrip(",")) if line.strip(",") else 0
    plain, amount = general(float(amount)), amount.scaleb(-3 * thousands)
    step = Decimal(1).scaleb(-len(decimals.replace(",", "")))
    amount = amount.quantize(step, ROUND_HALF_UP, Context(_DIGITS))
    ahead, _, behind = f"{amount:f}".partition(".")
    kept = len(decimals.rstrip("#?,"))
    behind = behind[:kept] + behind[kept:].rstrip("0")
    ahead = ahead.lstrip("0").rjust(whole.count("0"), "0")
    made, past_point = "", False
    for kind, said in tokens:
        if kind == "digits" and past_point:
            made, behind = made + behind, ""
        elif kind == "digits":
            places -= len(said)
            taken = ahead[: max(0, len(ahead) - places)]
            for left, digit in zip(range(len(ahead), 0, -1), taken, strict=False):
                made += f"{digit}," if grouped and left % 3 == 1 and left > 1 else digit
            ahead = ahead[len(taken) :]
        elif kind == "sign" and said == "." and line.count(".") and not past_point:
            made, past_point = made + "." * bool(behind), True
        elif kind == "general":
            made += plain
        elif not (kind == "sign" and said == "," and whole):
            made += said
    return made


def day_shown(day: date, code: str) -> str | None:
    """A day as its cell shows it where that is less than the day, or more: a month, a day without a year, words
    about it. None where it is a day, a month and a year alone, or more than we know.
    """
    part = day_part(code)
    days = set(part.days)
    is_whole = {"d", "m", "y"} <= days and not part.has_words
    if not part.is_day or not part.is_known or is_whole:
        return None
    is_month = "y" in days and "d" not in days and not days & set("hns")
    said_of = _day_words(day, is_half=part.has("half"))
    made = ""
    for kind, said in part.tokens:
        if kind == "sign" and is_month:
            made += _MONTH_BREAKS.sub(" ", said)
        elif kind == "day" and is_month and said[0] == "m":  # spelled, so that 27 is no day
            made += said_of["mmmm"]
        elif kind == "day":
            made += said_of.get(said, f"{day.year}" if said[0] == "y" else "")
        elif kind in ("half", "words", "sign", "digits"):
            made += said_of["half"] if kind == "half" else said
    return " ".join(made.split())


def _day_words(day: date, *, is_half: bool) -> dict[str, str]:
    """What each token of a day shows; its hours are those of a half of it, or of all."""
    at = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)
    month, hour = MONTHS[at.month - 1], (at.hour + 11) % 12 + 1 if is_half else at.hour
    return {
        "d": f"{at.day}", "dd": f"{at.day:02}", "ddd": f"{at:%a}", "dddd": f"{at:%A}",
        "m": f"{at.month}", "mm": f"{at.month:02}", "mmm": month[:3], "mmmm": month, "mmmmm": month[0],
        "h": f"{hour}", "hh": f"{hour:02}", "n": f"{at.minute}", "nn": f"{at.minute:02}",
        "s": f"{at.second}", "ss": f"{at.second:02}", "half": f"{at:%p}".lower(),
    }  # fmt: skip
