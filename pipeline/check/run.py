"""Running the checks: what they find, and what the waivers let pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from msgspec.structs import replace

from pipeline.check import actions as on_actions
from pipeline.check import cells, columns, conduct, gone, past, sheet
from pipeline.check.account import Account
from pipeline.check.rule import CHECKS, STANDS_FOR, Fault, Finding, is_waived
from pipeline.check.seen import Context
from pipeline.council import settings
from pipeline.council.clerk import VANISHED, Waiver, refuse_unknown
from pipeline.council.rules import Rules, Severity, WordLists
from pipeline.ingest.workbook import Workbook
from pipeline.model.action import ITEM_FIELDS, Action, Place
from pipeline.model.errors import PipelineError
from pipeline.model.words import is_nearly, is_one, key
from pipeline.normalise.tracker import Tracker
from pipeline.published.history import called
from pipeline.published.records import ActionRecord

_LONGEST_ASKED = 200  # characters of what was asked for, which tell one action from another
_LONGEST_NAME = 60  # characters of an action's name
_ON_ACCOUNT = "unaccounted-cell"  # the one check that needs what the others found

_MODULES = (on_actions, cells, columns, conduct, gone, past, sheet)  # each registers its checks


def rules_of(style: str) -> Rules:
    """A council's severities, and its words with those of every council. Raises `PipelineError` where it names
    a check that there is not, or takes out a word that no list has.
    """
    own = settings.settings_in(settings.folder(style) / "checks.toml", Rules)
    shared = settings.shipped_words("checks.toml", WordLists)
    named = {*own.severity, *(waiver.check for waiver in own.waiver)}
    refuse_unknown(f"templates/{style}/checks.toml", named, CHECKS)
    usual = WordLists().with_more(shared)
    known = sum(usual.values(), ())
    unlisted = [words for words in own.without if not is_one(words, known)]
    if unlisted:
        raise PipelineError(
            f"templates/{style}/checks.toml, without: '{unlisted[0]}' is in no list of templates/checks.toml.",
            "Write it as it stands there, or take it out.",
        )
    wanted = {
        name: getattr(own, name) + tuple(one for one in words if not is_one(one, own.without))
        for name, words in usual.items()
    }
    return replace(own, **wanted)


def accounted(
    book: Workbook, trackers: Sequence[Tracker], contexts: Sequence[Context]
) -> list[tuple[Context, list[Finding]]]:
    """The contexts of the `trackers` of a workbook with what became of its cells, and every finding on each. A
    context's tracker may be without actions that an earlier paper has.
    """
    found = [list(_faults(context)) for context in contexts]
    instead = {(at[0], other): name for name, at in chain(*found) for other in STANDS_FOR[name]}
    reported: dict[Place, list[str]] = {}
    for name, fault in chain(*found):
        for cell in fault[-1] if isinstance(fault[-1], list) else ():
            reported.setdefault(cell.place, []).append(instead.get((fault[0], name), name))
    entries = Account(contexts, trackers, reported).entries(book)
    made = []
    for context, faults, own in zip(contexts, found, entries, strict=True):
        known = replace(context, account=tuple(own))
        lost = ((_ON_ACCOUNT, fault) for fault in CHECKS[_ON_ACCOUNT][0](known))
        made.append((known, findings(known, [*faults, *lost])))
    return made


def _faults(context: Context) -> Iterator[tuple[str, Fault]]:
    """What each check finds, with its name; also what a council does not want to hear."""
    return ((name, fault) for name, (made, _) in CHECKS.items() for fault in made(context))


def findings(context: Context, faults: Iterable[tuple[str, Fault]] | None = None) -> list[Finding]:
    """Every finding on a tracker that a council wants to hear (of some `faults`, if given), in the order of its
    cells; of several at one cell with one remedy, one. What is wrong with a cell is so with each action that has it.
    """
    owned = _owners(context.tracker.actions)
    rows = {(place.sheet, place.row): those[0] for place, those in reversed(owned.items())}

    def told(name: str, severity: Severity, fault: Fault) -> Iterator[Finding]:
        place, message, remedy, *more = fault
        given = more[0] if more else None
        leaves_out = isinstance(given, list)
        if isinstance(given, ActionRecord):
            reference = called(given)
            title = _shortened(given.title or given.action) if reference == given.reference else ""
            whose = given.officers_words, reference, title
            yield Finding(place, severity, message, remedy, name, *whose)
            return
        for owner in [given] if isinstance(given, Action) else owned.get(place, [None]):
            beside = owner or rows.get((place.sheet, place.row))
            officers = owner.words["officers"] if owner else ""
            whose = officers, *(_reference_and_title(beside) if beside else ("", ""))
            # It tells apart two actions of an item without references.
            asked = _shortened(owner.words["action"], _LONGEST_ASKED) if owner else ""
            yield Finding(place, severity, message, remedy, name, *whose, leaves_out, asked, owner)

    found: dict[Finding, None] = {}  # in the order of the checks
    for name, fault in _faults(context) if faults is None else faults:
        chosen = context.rules.severity.get(name, str(CHECKS[name][1]))
        if chosen != "off":
            found |= dict.fromkeys(told(name, Severity[chosen.upper()], fault))
    # Those need not be heard at a cell for which a finding there stands that is as serious.
    rising = sorted(found, key=lambda finding: finding.severity)
    worst = {(*_whose(f), other): f.severity for f in rising for other in STANDS_FOR[f.check]}
    heard = [f for f in found if f.severity > worst.get((*_whose(f), f.check), 0)]
    return sorted(heard, key=lambda finding: (finding.place, finding.check))


def _owners(actions: tuple[Action, ...]) -> dict[Place, list[Action]]:
    """The action that each cell belongs to; several, where it is merged over their rows."""
    found: dict[Place, list[Action]] = {}
    for action in actions:
        for name, place in action.cells.items():
            if name not in ITEM_FIELDS:  # these belong to a whole item
                found.setdefault(place, []).append(action)
    return found


def _reference_and_title(action: Action) -> tuple[str, str]:
    """An action's reference and its title, each on one line; without a title, how what was asked for begins."""
    words = action.words
    return " ".join(words["reference"].split()), _shortened(words["title"] or words["action"])


def _whose(one: Finding) -> tuple[Place, str, str]:
    """The cell of a finding, and what tells which of the actions that share it is meant."""
    return one.place, one.named, one.asked


def _shortened(words: str, most: int = _LONGEST_NAME) -> str:
    """The start of some words, on one line."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def settled(
    findings: list[Finding], context: Context
) -> tuple[list[Finding], dict[Finding, Waiver], list[Waiver]]:
    """The findings that are open, those that the waivers for this meeting let pass, and the waivers that let none."""
    committee, meeting = context.tracker.committee, context.tracker.meeting
    ours = [one for one in context.rules.waiver if key(one.committee) == key(committee)]
    current = [waiver for waiver in ours if waiver.until >= meeting]
    first = (
        (finding, next((one for one in current if is_waived(finding, one)), None))
        for finding in findings
    )
    let_pass = {finding: waiver for finding, waiver in first if waiver}
    used = {id(waiver) for waiver in let_pass.values()}
    earlier = context.past.last.closed if context.past else []
    withdrawn = {key(called(one.action)) for one in earlier if one.withdrawn}
    misnamed = [
        one
        for one in context.rules.waiver
        if is_nearly(one.committee, committee)
        and any(is_waived(finding, one) for finding in findings)
    ]
    idle = [
        waiver
        for waiver in (*ours, *misnamed)
        if id(waiver) not in used
        and (waiver.check != VANISHED or key(waiver.reference) not in withdrawn)  # it is done
    ]
    return [finding for finding in findings if finding not in let_pass], let_pass, idle
