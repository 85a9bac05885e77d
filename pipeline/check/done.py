"""What an update says about whether its action is done: all of it, not yet, or nothing but that it is not."""

from __future__ import annotations

import re

from pipeline.model.words import FAINT_WORDS, kept, key

SENTENCE = re.compile(r"[^.!?\n]+")
_DONE = re.compile(
    r"\b(?:this|(?:the|this) action|it) (?:is|was|has|have)(?: now| already)?(?: been)?(?: fully)? "
    r"(?:complete|completed|implemented|done|discharged)\b|\baction (?:is )?complete[d]?\b|\bcompleted in full\b"
    r"|\bfully implemented\b",
    re.I,
)
# One of these is in all that `_DONE` finds, which is slow to look for; so it is with the two below.
_CLAIMING = ("complete", "implemented", "done", "discharged")
_NOT_DONE = re.compile(
    r"\b(?:not|n't|never|yet to|until|unless|once|when|if|will|would|should|to be|almost|nearly|partly)\b", re.I
)  # fmt: skip
_ENDED = (
    r"(?:completed?|done|finished|implemented|started|begun|commenced|actioned|progressed|undertaken|delivered|achieved"
    r"|carried out|dealt with|taken place|happened)"
)
_TO_DO = r"(?:do|complete|start|begin|commence|finish|action|implement|progress|deliver|undertake)"
_STILL_OPEN = (  # compiled when it is needed, as is _UNDONE
    rf"(?:(?:\bnot|\bnever|n['’]t) (?:yet |fully )*(?:been )?(?:able to {_TO_DO}|{_ENDED})"
    rf"|\bno (?:progress|work|action) (?:has|have|had|was) (?:yet )?(?:been )?(?:made|taken|{_ENDED})"
    rf"|\bnothing (?:has|have|had|was) (?:yet )?(?:been )?{_ENDED}|\bunable to {_TO_DO}|\bawaiting completion"
    r"|\bremains? outstanding|\bstill (?:outstanding|ongoing|under ?way)"
    rf"|\b(?:still|yet|remains?) to (?:{_TO_DO}|be {_ENDED}))\b"
)
_DENYING = (
    "not ", "never ", "n't ", "n’t ", "no ", "nothing ", "unable ", "awaiting ", "remain", "still ", "yet ",
)  # fmt: skip
_UNDOING = ("not ", "never ", "n't ", "n’t ", "will ", "to be ", "no ")
_YET = r"(?: (?:yet|as yet|to date|so far|at present|at this (?:time|stage)|currently|on site))*"
_SUBJECT = r"(?:(?:it|this|we|they|(?:the |this )?(?:action|work))(?: is| are)? )?(?:(?:still|now|currently) )?"
_WHEN = r"(?: (?:in|by|on|before|after|next) [\w/]+(?: [\w/]+){0,3})?"
# A clause that is nothing but that, of the whole of what was asked:
_DENIAL = re.compile(
    rf"(?:(?:[\w'’,-]+ ){{0,10}}?(?:\w*{_STILL_OPEN}|(?<!no longer )\b(?:still )?in progress"
    rf"|\b(?:incomplete|uncompleted|unfinished))(?: (?:this|the|that) (?:action|work)| this)?"
    rf"|(?:{_SUBJECT}(?:will|(?:due|expected|planned|scheduled|likely|hoped) to|to(?= be)) (?:be )?"
    rf"(?:{_TO_DO}|{_ENDED})(?: this| it)?|work (?:starts|begins)){_WHEN}|no (?:action|work) (?:taken|done)"
    rf"|{_SUBJECT}(?:awaiting|waiting for|pending) (?:an? |the )?[\w'’]+(?: (?:from|by|of)(?: [\w'’]+){{1,4}})?"
    rf"|{_SUBJECT}being {_ENDED}(?: by(?: [\w'’]+){{1,4}})?"
    r"|(?:[\w'’]+ ){1,4}(?:is|are)(?: still| now| currently)? working on (?:it|this|that)"
    r"|(?:(?:it|this|work|the (?:action|work)) (?:is|was|has been) )?"
    rf"(?:on hold|paused|delayed|deferred|postponed|suspended|stalled)(?: until(?: \w+){{1,4}})?){_YET}",
    re.I,
)
_UNABLE = re.compile(
    r"(?:[\w'’]+ ){1,6}(?:(?:\w*n['’]t|not)(?: yet)?(?: been)?(?: yet)? able|unable) to (\w+)(?: \w+){0,4}"
    rf"{_YET}",
    re.I,
)
# One that says so of a verb, which may be what was asked for, but for a decision, which may be no:
_IT = r"(?: it| them| this| these| (?:the|any)(?: \w+){1,3})?"
_UNDONE = (
    r"(?:[\w'’-]+ ){0,8}?(?:(?:not|never|\w+n['’]t)(?: yet| been| be| possible to)* "
    rf"(?!agree|approve|accept|support|adopt|endorse)(\w{{3,}}){_IT}"
    rf"|will(?: now)?(?: be)? (\w{{3,}}){_IT}{_WHEN}"
    rf"|(?<=\s)(?:(?:is|are|has|have) )?(?:(?:still|yet|due|expected|planned) )?to be (\w{{3,}}){_WHEN}"
    rf"|no (?:\w+ ){{1,3}}(?:has|have) (?:yet )?been (\w{{3,}})){_YET}"
)
_REASON = re.compile(r" (?:because|due to|owing to|as|since|until|pending)\b.*", re.I)
# Who is asked may say no, and what is looked into may come to nothing; so what stands behind these is not denied.
_MAY_BE_NO = re.compile(
    r"\b(?:(?:ask|request|invit|urg)(?:e|s|es|ed|ing)?|(?:consider|investigate|explore|examine|assess)s?|whether)\b"
)
# What is told of may not have happened, or be still to come.
_TELLS = re.compile(
    r"\b(?:reports?|reported|find out|confirm|advise|clarify|assurances?|respond|response|look into|schedule|claims"
    r"|number|when|whether|how|so that)\b"
)
_LASTING = re.compile(r"\bin (?:the )?future\b|\bin the (?:usual|normal) way\b", re.I)
_NEGATIVE = frozenset({"not", "no", "never", "stop", "cease", "without"})
_PARTS = frozenset({
    "phase", "phases", "part", "parts", "stage", "stages", "first", "second", "third", "fourth", "final", "last",
    "some", "half", "most", "remaining", "remainder", "rest", "other", "others", "1", "2", "3", "4", "one", "two",
    "three",
})  # fmt: skip
_CLAUSE = re.compile(r"[.!?;\n]+|, | (?:but|and|although|though|while) ")


def says_done(words: str) -> str:
    """What in an update says that the whole of an action is done; nothing where nothing does."""
    sentences = SENTENCE.findall(words) if _has(words, _CLAIMING) else []
    found = ((_DONE.search(one), one) for one in sentences)
    return next((done[0] for done, one in found if done and not _NOT_DONE.search(one)), "")


def denial_in(words: str, asked: str) -> str:
    """What in an update says that something of what was `asked` (a key) is not done yet; nothing where nothing does."""
    if _has(words, _DENYING) and (denied := re.search(_STILL_OPEN, words, re.I)):
        return denied[0]
    clauses = _clauses(words) if _has(words, _UNDOING) else ()
    claims = (_REASON.sub("", one) for one in clauses)
    return next((one for one in claims if _is_undone(one, asked)), "")


def is_denial(words: str, asked: str) -> bool:
    """Whether each clause of an update says that what was `asked` is not done, of no part of it alone."""
    clauses = _clauses(words)
    return bool(clauses) and all(
        (_DENIAL.fullmatch(one) or _is_unable(one, asked) or _is_undone(one, asked))
        and _PARTS.isdisjoint(key(one).split())
        for one in clauses
    )


def _has(words: str, signs: tuple[str, ...]) -> bool:
    """Whether a text has one of some signs without which a slower search finds nothing."""
    return any(map(words.lower().__contains__, signs))


@kept
def _clauses(words: str) -> list[str]:
    return [one.strip() for one in _CLAUSE.split(words) if any(map(str.isalnum, one))]


def _is_undone(clause: str, asked: str) -> bool:
    """Whether a clause says only that what was asked for is not done, by the verb that it was asked with."""
    found = re.fullmatch(_UNDONE, clause, re.I) if _has(clause, _UNDOING) else None
    if found is None or _LASTING.search(clause):
        return False
    if not found[1] and _TELLS.search(asked):
        return False
    return _is_asked(next(filter(None, found.groups())), asked)


def _is_unable(clause: str, asked: str) -> bool:
    """Whether a clause says only that something could not be done, and that is no answer to what was asked."""
    found = _UNABLE.fullmatch(clause)
    return found is not None and (not _MAY_BE_NO.search(asked) or _is_asked(found[1], asked))


def _is_asked(verb: str, asked: str) -> bool:
    """Whether something was asked for with a verb, in whatever form: *send* and *sent*."""
    said = verb.casefold()
    sizes = ((max(3, min(len(said), len(one), 6) - 1), one) for one in _asked_with(asked))
    return any(said[:size] == one[:size] for size, one in sizes)


@kept
def _asked_with(asked: str) -> frozenset[str]:
    """The words among which is the verb of what was asked for; none where it was asked not to be done."""
    may_be_no, words = _MAY_BE_NO.search(asked), asked.split()
    meant = asked[: may_be_no.end()].split() if may_be_no else words
    return frozenset(meant) - FAINT_WORDS - {"that"} if _NEGATIVE.isdisjoint(words) else frozenset()
