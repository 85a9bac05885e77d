"""What officers write where words are still to come, recognised by its kind and not only by a list.

Marks are certain wherever they stand ("[insert figures]", "£XX", "Draft:"); other words are placeholders
only as a whole sentence, and some of those only where there is nothing else ("Jo to provide update"). A text
that opens with "Draft:" says of itself that it is not final; one that opens with "Draft minutes:" does not.
"""

from __future__ import annotations

import re

from pipeline.model.words import kept, key, key_of_one

_LONGEST = 200  # characters of a sentence that says only that words will come
_ADDRESS = re.compile(r"\b(?:[a-z]{2,9}://|www\.)\S+|\b[\w.+-]{1,64}@\S+", re.I)
_COMING = r"(?:tbc|tba|tbd|to be (?:confirmed|advised|agreed|announced|determined|decided))"
_UNNAMED = re.compile(_COMING)
_NOUN = (
    r"(?:dates?|months?|years?|days?|venue|figures?|names?|numbers?|amounts?|sums?|costs?|totals?|percentages?|text"
    r"|details|officers?|surname|title|ref)"
)
_TEXT = r"(?:updates?|text|details|figures?|progress|response|comments?|wording)"
_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_INSIDE = r"[^\[\]{}<>]{0,80}"
_NOTED = r"check|confirm|add|insert|enter|chase|ask|tb[acd]|to do"
_MARK = (  # compiled when there is a sign of one
    # an instruction in square brackets, or the name of what is to stand there
    rf"[\[{{<]\s*(?:(?:insert|add|enter|check|confirm|mewnosod|nodwch)\b{_INSIDE}"
    rf"|(?:{_NOUN} )?{_COMING}\b{_INSIDE}|{_NOUN}"
    rf"|{_TEXT} here|[£€$]|{_INSIDE}\bto (?:follow|confirm|check|advise|provide|supply|add|update|complete"
    rf"|be (?:confirmed|added|inserted|provided|supplied|updated|completed))\b{_INSIDE}"
    rf"|[£€$]?x{{2,}}{_INSIDE}|(?:\w+[ :,]+){{2}}{_INSIDE}\?|\?+)\s*[\]}}>]"
    rf"|\{{\s*{_TEXT}\s*\}}|\[[A-Z]{{2,3}}\d{{1,2}}\]:"
    # the same in round ones
    rf"|\(\s*(?:(?:{_NOUN} )?(?:{_COMING}|to be (?:checked|inserted|added))|insert (?:the )?{_NOUN}|x{{2,}}"
    rf"|{_NOUN}\s*\?+|\?+|check(?: with [^()]{{1,40}})?|(?-i:[A-Z]{{2,3}}) to (?:confirm|check|add|advise|update))"
    r"\s*\)"
    # a sum, a share, a day or a line to fill in
    r"|[£€$]\s?(?:x[x.,]*(?:k|m|bn)?\b|tb[acd]\b|0(?:,000)+\b|_{2,}|\[\s*\]|\?+)|(?<!\w)x+\s?%"
    r"|(?<![^\W_])_{3,}(?![^\W_])|\bdd[/.-]mm[/.-]yy(?:yy)?\b|(?:(?<![\w?])|(?<=\w\?))\?+[/.](?=\d)"
    r"|(?<![\d/.])00[/.]\d\d[/.]\d|(?<=\b(?:in|on|by|of) )(?:\.{3}|…) ?(?=20\d\d)"
    r"|(?<=\w )(?:#{2,}(?!\w)|\[\s*\])|(?<!\w)n{3,}(?!\w)|\blorem ipsum\b.*"
    # a note to whoever finishes the text
    rf"|\btodo:|(?-i:\bTODO\b)|\*{{2,}} ?(?:{_NOTED})\b[^*\n]{{0,80}}\*{{2,}}"
    # but not the Roman numbers twenty and thirty, nor a name such as XX Trust
    r"|(?<!\w)(?<!part )(?<!title )(?<!chapter )(?<!article )(?<!section )(?<!schedule )(?<!volume )"
    rf"(?<!annex )(?<!appendix )x{{2,}}(?!\w)(?!(?-i: (?!{_MONTHS})[A-Z][a-z]))"
)
_SIGNS = (
    *"[{<(£€$%*_#?…", "...", "todo", "yy", "lorem", "xx", "nnn", "00/", "00.",
)  # fmt: skip  # one of them is in every mark; a sign alone is found soonest
_DRAFT = re.compile(
    r"^\**(?:(?:draft|drafft)(?: (?:text|wording|update|for (?:comment|review|discussion)))?\s*(?:[:.–—*]|-\s|$)"
    r"|[\[(]\s*(?:draft|drafft)\b(?: (?:text|wording|update))?\s*(?:[:–—-][^\])]{0,80})?[\])])",
    re.I | re.M,
)
_SPOKEN = r"(?:(?:oral|verbal|tabled)(?: or| and)? )+(?:(?:update|report|response|briefing)s? )?"
_WHICH = r"(?:(?:a|an|the|this|next|further|full|more|latest|new|short|brief|written) )*"
_GIVEN = (
    r"(?:to be|will be|is to be) (?:given|provided|made|sent|supplied|reported|tabled|presented|circulated"
    r"|added|inserted|confirmed|issued|submitted|delivered|shared|written|completed|updated|checked|verified) "
)
_HERE = (  # at this meeting, or none
    r"(?:(?:here|below|verbally|orally|in person|at|to|for|before|during|in|on|by|the|this|our|meeting|committee|panel"
    r"|board|members?|day|night|evening|nearer|closer|time|officers?) )*"
)
_LATER = (
    r"(?:(?:verbally|orally|at|to|for|before|during|in|on|by|from|of|the|this|next|our|meeting|committee|panel"
    r"|council|board|members?|day|night|nearer|closer|time|officers?|lead|shortly|soon|later|separately|asap|due"
    r"|course|when|available|january|february|march|april|may|june|july|august|september|october|november"
    r"|december|spring|summer|autumn|winter|\d{1,4}(?:st|nd|rd|th)?) )*"
)
_AT_MEETING = r"(?:(?:at|before|in time for) (?:the )?(?:this )?meeting|nearer (?:to )?the time|closer to the time) "
_BY_WHOM = (
    r"(?:the )?(?:lead )?(?:officers?|service|directorate|department|director|finance|legal|clerk) "
)
_HAD = r"(?:received|provided|supplied|given|available|submitted)"
_EDIT = r"(?:check|chase|confirm|amend|shorten|clarify|edit|rewrite|advise|update|complete|fill in|add|insert)"
_SURE = re.compile(  # of a sentence beside others
    rf"(?:{_WHICH}(?:{_SPOKEN}(?:{_GIVEN}|to follow )?|{_NOUN} (?:is |are )?{_GIVEN}"
    r"|(?:lead )?(?:officers?|service|director|department) (?:to|will) "
    r"(?:attend (?:the )?(?:meeting|committee|panel|board) to )?(?:update|report|advise|confirm) )"
    r"|(?:will|to) (?:be )?(?:update|updated|report|reported|given|provided|advised) (?:verbally|orally) )"
    rf"{_HERE}"
    rf"|{_WHICH}updates? {_GIVEN}{_HERE}(?:meeting|time) |{_GIVEN}{_AT_MEETING}"
    rf"|(?:\w+ )?(?:will|to|ll) update (?:(?:you|members|the (?:committee|panel|board)) )?{_AT_MEETING}"
    rf"|(?:still )?to be updated (?:by (?:\w+ ){{1,8}})?|to be (?:completed|provided|supplied|filled in) by {_BY_WHOM}"
    r"|updates? (?:(?:is|was|has been) )?(?:required|needed|requested|sought|outstanding) (?:from (?:\w+ ){1,6})?"
    rf"|{_COMING} |updates? (?:to follow|(?:is )?(?:awaited|pending)) "
    rf"|{_WHICH}(?:{_NOUN}|{_TEXT}|words) to (?:go|come) (?:in )?(?:here|later) "
    rf"|(?:please )?(?:insert|add|enter|type|provide) (?:your |an? |the |latest |any )*(?:{_TEXT}|{_NOUN}|links?) "
    r"(?:here |below )?"
    rf"|(?:no updates?|updates? (?:is |was )?not)(?: yet)? (?:has |was )?(?:been )?{_HAD} "
    r"(?:(?:from|by) (?:\w+ ){1,6})?"
    rf"|(?:awaiting|pending|needs?) (?:an? |the |further )*{_TEXT} from {_BY_WHOM}"
    r"|(?:still )?(?:awaiting|waiting for|pending|needs?) (?:an? |the |officers? |latest )*(?:updates?|wording|text) "
    rf"(?:from {_BY_WHOM})?"
    rf"|(?:\w+ ){{0,3}}(?:(?:can|could|would|will) you|please) (?:please )?{_EDIT} "
    rf"(?:(?:this|that|it|these|here|with|(?:the )?(?:{_NOUN}|{_TEXT})) (?:\w+ ){{0,3}})?"
    r"|(?:note|message|query) (?:to|for) (?:the )?(?:clerk|editor|self|officers?|chair|democratic services) .*"
    r"|(?:click|tap) (?:or tap )?(?:here )?to (?:enter|add|choose) .{1,20}|choose an item |enter (?:text|a date) here "
    r"|text here "
    rf"|(?:a?waiting|chasing) (?:on |for )?(?:\w+ ){{1,3}}for (?:\w+ ){{0,2}}(?:{_TEXT}|words) "
)
_ALONE = re.compile(  # of all that a text says, or `_SURE`
    rf"(?:{_COMING} |{_WHICH}(?:{_SPOKEN}(?:{_GIVEN})?"
    r"|updates? (?:at|to|for|before) (?:the |this |next )*(?:meeting|committee|panel|board) "
    r"|(?:updates?|details|figures?|information|data|text|response|report|papers?|briefing|presentation) "
    rf"(?:{_GIVEN}|to follow |will follow |(?:is |are )?(?:awaited|pending|outstanding|due) ))"
    r"|(?:to|will) be (?:given|provided|sent|supplied|reported|circulated|tabled|updated) "
    r"|(?:\w+ ){1,4}(?:to|will) (?:update|provide|advise|report back|speak|comment|explain) "
    r"|(?:\w+ ){0,4}(?:to|will) (?:provide|give|send|supply|write|add|submit|complete) "
    rf"{_WHICH}(?:verbal |oral )?(?:updates?|response|text|wording|details|figures?|progress) ){_LATER}"
    rf"|{_WHICH}{_SPOKEN}(?:{_GIVEN}by (?:\w+ ){{1,6}}|from (?:\w+ ){{1,3}})"
    rf"|no (?:(?:response|reply|information) |(?!comments?\b){_TEXT} (?=.*{_HAD}))"
    rf"(?:(?:has |have |was |were )?(?:been )?{_HAD} )?"
    rf"(?:(?:from|by) {_BY_WHOM})?"
    rf"|(?:not|none|nothing)(?: yet)? (?:been )?{_HAD} (?:(?:from|by) {_BY_WHOM})?"
    r"|(?:need |still )?to check (?:this |with (?:\w+ ){1,3})?|check with (?:\w+ ){1,3}"
    r"|(?:\w+ ){1,2}to (?:chase|confirm) "
    r"|ask (?:\w+ ){1,3}for .{0,20}latest |(?:officers? )?(?:was )?chased (?:\d+ )*(?:no (?:response|reply) )?"
    r"|(?:\w+ ){1,3}(?:is )?(?:on|off on) (?:annual |sick |maternity )?leave (?:updates? to follow )?"
    r"|(?:presentation|briefing|report) at (?:the )?(?:meeting|committee|panel) "
    rf"|(?:\w+ ){{1,4}}to report (?:{_AT_MEETING})?"
)
_PAPER = re.compile(  # with a month, when what was asked for comes: it is an update
    r"(?:(?:a|the|written|update|progress|briefing) )*(?:reports?|papers?|presentation|briefing|note|response|letter) "
    rf".*\b{_MONTHS}|to be reported .*\b{_MONTHS}",
    re.I,
)
# One of these is in all that `_SURE` and `_ALONE` find, which are slow to look for.
_TELLING = frozenset((
    "add", "advise", "ask", "awaited", "awaiting", "be", "briefing", "chase", "chased", "chasing", "check", "choose",
    "click", "come", "comment", "complete", "confirm", "due", "enter", "explain", "follow", "give", "go", "insert",
    "leave", "message", "need", "needs", "no", "none", "not", "note", "nothing", "oral", "orally", "outstanding",
    "pending", "please", "presentation", "provide", "query", "report", "send", "speak", "submit", "supply", "tabled",
    "tap", "tba", "tbc", "tbd", "text", "type", "update", "updates", "verbal", "verbally", "waiting", "write", "you",
))  # fmt: skip
_SENTENCE_END = re.compile(r"[.!?;\n](?:(?<![.!?;\n]{2})[.!?;\n]*(?:\s+|$)|(?<=\n))")
_LABEL = re.compile(  # such as `March 2027:` or `Jo Bell –`, but no sentence
    r"(?:(?i:in progress|on hold|on track|not (?:yet )?started|under ?way)"
    r"|(?:update (?:for |on )?)?[A-Z0-9][\w'./]*(?:[ ,]+(?:(?:of|for|on|from) )?[A-Z0-9][\w'./]*){0,5})"
    r"\s*(?:[:–—]|(?<=\s)-\s)\s*|\(?(?:[a-z]|\d{1,2})\)\s*"
)
_ASKED = re.compile(  # of whoever reads it: `x`, `@Jo Bell`, `Jo - is this still live?`; a label with nothing behind it
    r"([^\W\d_])\1{0,4}\W*|[\w.+-]{0,64}@\w\S*|@\w+(?: \w+){0,2}|[^:–—\n]{1,30}[:–—]|\w+(?: \w+)?\?+"
    r"|(?:\w+(?: \w+)?(?:,|:| [-–—]) )?(?:is|are|was|were|do|does|did|can|could|should|has|have) [^.?\n]{1,80}\?+",
    re.I,
)


@kept
def placeholder_mark(words: str) -> str:
    """The first mark in a text of words still to come, as it was written; nothing where there is none."""
    small = words.lower()
    if not any(map(small.__contains__, _SIGNS)):
        return ""  # as almost always
    said = _ADDRESS.sub(lambda found: " " * len(found[0]), words)
    found = re.search(_MARK, said, re.I)
    return words[found.start() : found.end()] if found else ""


def to_come_in(words: str) -> str:
    """What in an update says that its words are still to come, though others stand beside it; nothing where
    nothing does.
    """
    draft = _DRAFT.search(words) if "draf" in words.lower() else None
    if draft:
        return draft[0].strip()
    sure = (one for one in _sentences(words) if _fits(one, _SURE))
    return placeholder_mark(words) or next(sure, "")


@kept
def is_to_come(words: str) -> bool:
    """Whether a text says nothing but that its words are still to come."""
    said = _sentences(words)
    return _ASKED.fullmatch(words.strip()) is not None or (
        bool(said)
        and all(_fits(one, _SURE, _ALONE) or placeholder_mark(one) == one for one in said)
    )


def is_unnamed(words: str) -> bool:
    """Whether a text only says that it is not known yet: *TBC*, *To be agreed*, *??*."""
    return _UNNAMED.fullmatch(key(words)) is not None or ("?" in words and not key(words))


@kept
def _sentences(words: str) -> list[str]:
    """The sentences of a text, without their closing marks; none of a text in which none can be of a kind."""
    if not placeholder_mark(words) and _TELLING.isdisjoint(key(words).split()):
        return []  # as often
    return [said for one in _SENTENCE_END.split(words) if (said := one.strip())]


def _fits(sentence: str, *kinds: re.Pattern[str]) -> bool:
    """Whether a sentence is one of some kinds, with or without a label before it."""
    said = key_of_one(sentence) if len(sentence) <= _LONGEST else ""
    if _TELLING.isdisjoint(said.split()):
        return False  # as almost always
    label = _LABEL.match(sentence)
    ways = (said, key_of_one(sentence[label.end() :])) if label else (said,)
    return any(
        kind.fullmatch(f"{way} ")
        for way in filter(None, ways)
        for kind in kinds
        if kind is not _ALONE or not _PAPER.match(way)
    )
