"""Running the checks: what they find, and what the waivers let pass."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from dataclasses import replace as with_changes

from msgspec.structs import replace

from pipeline.check import actions as on_actions
from pipeline.check import cells, columns, conduct, past, sheet
from pipeline.check.account import account
from pipeline.check.rule import CHECKS, STANDS_FOR, Context, Finding, is_waived, owners
from pipeline.council import settings
from pipeline.council.clerk import VANISHED, Waiver, refuse_unknown
from pipeline.council.rules import Rules, Severity, WordLists
from pipeline.ingest.workbook import Workbook
from pipeline.model.action import Action, Place, plain
from pipeline.model.errors import PipelineError
from pipeline.model.words import is_nearly, is_one, key
from pipeline.normalise.tracker import Tracker
from pipeline.published.history import called
from pipeline.published.records import ActionRecord

_LONGEST_NAME = 60  # characters of an action's name
_ON_ACCOUNT = "unaccounted-cell"  # the one check that needs what the others found

_MODULES = (on_actions, cells, columns, conduct, past, sheet)  # each registers its checks


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
    found = [findings(context) for context in contexts]
    printed = {id(action) for context in contexts for action in context.actions}
    places = {(one.place, one.check) for group in found for one in group}
    off = {name for name, chosen in contexts[0].rules.severity.items() if chosen == "off"}
    entries = account(
        book, trackers, printed=printed, found=places, known=contexts[0].columns, off=off
    )
    made = []
    for context, group, own in zip(contexts, found, entries, strict=True):
        known = with_changes(context, account=tuple(own))
        made.append((known, _in_order([*group, *findings(known, [_ON_ACCOUNT])])))
    return made


def findings(context: Context, checks: Collection[str] = CHECKS) -> list[Finding]:
    """Every finding of some checks on a tracker, in the order of its cells; of several at one cell with one
    remedy, one. A cell that several actions share is reported once.
    """
    owned = owners(context.tracker.actions)
    rows = {(place.sheet, place.row): action for place, action in reversed(owned.items())}
    found = []
    for name, (function, usual) in CHECKS.items():
        chosen = context.rules.severity.get(name, str(usual))
        if chosen == "off" or name not in checks:
            continue
        for fault in function(context):
            place, message, remedy = fault[:3]
            owner = owned.get(place)
            officer = plain(owner.officers) if owner else ""
            beside = owner or rows.get((place.sheet, place.row))
            reference, title = names(beside) if beside else ("", "")
            if len(fault) > len(("place", "message", "remedy")):
                gone = fault[-1]
                assert isinstance(gone, ActionRecord)
                officer, reference = gone.officers_words, called(gone)
                title = _shortened(gone.title or gone.action) if reference == gone.reference else ""
            severity = Severity[chosen.upper()]
            found.append(Finding(place, severity, message, remedy, name, officer, reference, title))
    worst = _needless(found)
    kept = [
        one for one in dict.fromkeys(found) if one.severity > worst.get((one.place, one.check), 0)
    ]
    return _in_order(kept)


def _in_order(found: list[Finding]) -> list[Finding]:
    """Findings in the order of their cells."""
    return sorted(found, key=lambda finding: (finding.place, finding.check))


def _needless(found: list[Finding]) -> dict[tuple[Place, str], Severity]:
    """The checks that need not be heard at a cell, because a finding there that is as serious stands for them."""
    worst: dict[tuple[Place, str], Severity] = {}
    for one in found:
        for other in STANDS_FOR[one.check]:
            at = one.place, other
            worst[at] = max(one.severity, worst.get(at, one.severity))
    return worst


def names(action: Action) -> tuple[str, str]:
    """An action's reference and its title, each on one line; without a title, how what was asked for begins."""
    return " ".join(plain(action.reference).split()), _shortened(
        plain(action.title) or plain(action.action)
    )


def _shortened(words: str) -> str:
    """The start of some words, on one line."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST_NAME else f"{line[: _LONGEST_NAME - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class _Settled:
    """Findings: those that are open, and those that a waiver lets pass; and the waivers that let nothing."""

    open: list[Finding]
    waived: list[tuple[Finding, Waiver]]
    idle: list[Waiver]


def settled(findings: list[Finding], context: Context) -> _Settled:
    """What is left of some findings when the waivers for this meeting have let theirs pass."""
    committee, meeting = context.tracker.committee, context.tracker.meeting
    ours = [one for one in context.rules.waiver if key(one.committee) == key(committee)]
    current = [waiver for waiver in ours if waiver.until >= meeting]
    let_pass = {
        id(finding): waiver
        for waiver in reversed(current)
        for finding in findings
        if is_waived(finding, waiver)
    }
    used = {id(waiver) for waiver in let_pass.values()}
    earlier = context.past.last.closed if context.past else []
    withdrawn = {key(called(one.action)) for one in earlier if one.withdrawn}
    misnamed = [
        one
        for one in context.rules.waiver
        if is_nearly(one.committee, committee)
        and any(is_waived(finding, one) for finding in findings)
    ]
    return _Settled(
        [finding for finding in findings if id(finding) not in let_pass],
        [(one, let_pass[id(one)]) for one in findings if id(one) in let_pass],
        [
            waiver
            for waiver in (*ours, *misnamed)
            if id(waiver) not in used
            and (waiver.check != VANISHED or key(waiver.reference) not in withdrawn)  # it is done
        ],
    )
