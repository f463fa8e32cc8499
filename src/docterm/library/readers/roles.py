"""What a line or a paragraph of plain text shows itself to be: a caption, a byline, a link, the small print.

Each rule looks at one text alone and is cheap at any length; where a text stands is judged by the callers.
"""

from __future__ import annotations

import re

from docterm.library.model import Role

_LONGEST_ASIDE = 240
_LONGEST_CAPTION = 400
_LONGEST_SMALL_PRINT = 700
_LONGEST_FRONT_LINE = 100

# --- running text --------------------------------------------------------------------------------

_SENTENCE_END = re.compile(
    r"""[.!?…。！？]['"”’»)\]]*$"""
    r"""|(?<!\d)[.!?]['"”’»)\]]*\ ?\[?\d{1,3}\]?$"""  # the mark of a footnote
    r"""|[:;]$"""
)
_ITEM = re.compile(r"(?:[•◦▪‣·●○■*–—-]|\(?\d{1,3}[.)]|\(?[a-z][.)]|\([ivx]{1,5}\)|\[\d{1,3}\])\s")


def ends_sentence(text: str) -> bool:
    """Say whether a line or paragraph ends with a sentence, a colon or a semicolon."""
    return _SENTENCE_END.search(text[-40:]) is not None


def starts_item(text: str) -> bool:
    """Say whether a line begins as the item of a list: with a bullet, a number or a letter."""
    return _ITEM.match(text) is not None


# --- single lines --------------------------------------------------------------------------------

_LINK = re.compile(r"(?:[\[(<]?\d{0,3}[\])>.:]? ?)?<?(?:https?://|www\.)\S+", re.IGNORECASE)
_RELATED = re.compile(
    r"(?:related(?: (?:article|story|stories|coverage|content|reading|link|post|video)s?)?|read (?:more|also|next)|"
    r"see also|also read|more (?:on this|from|in this)|don['’]t miss|most read|you may also like)\b ?(?:[:|–—-]|$)"
    r"|(?:recommended|watch|listen|trending|further reading) ?(?:[:|]|$)",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"(?:advertisement|story continues below|article continues below|sign up\b.{0,80}newsletter|subscribe (?:now|to)\b"
    r"|share this\b|skip to (?:main )?content|page \d{1,4}(?: (?:of|/) \d{1,4})?$|\d{1,4} ?(?:of|/) ?\d{1,4}$)",
    re.IGNORECASE,
)
_RULE = re.compile(r"[-=_*~#.·•–— ]{3,}")
_CAPTION_LABEL = re.compile(
    r"(?:photo(?:graph)?|image|picture|caption|illustration|figure|fig\.|video|graphic|screenshot|source|credit)s?"
    r"(?: (?:by|credits?|courtesy(?: of)?|\d{1,3}))* ?[:|.]",
    re.IGNORECASE,
)


def is_link(text: str) -> bool:
    """Say whether a line is a web address and nothing else but perhaps its number."""
    return _LINK.fullmatch(text) is not None


def line_role(text: str) -> Role | None:
    """Give the role of a line that stands apart from running text wherever it stands, else None."""
    if is_link(text):
        return Role.LINKS
    if len(text) > _LONGEST_ASIDE or not (text[0].isupper() or not text[0].isalpha()):
        return None
    if _RELATED.match(text):
        return Role.RELATED
    if _FURNITURE.match(text) or _RULE.fullmatch(text):
        return Role.FURNITURE
    return Role.CAPTION if _CAPTION_LABEL.match(text) else None


# --- the lines under a headline ------------------------------------------------------------------

_BY = re.compile(r"(?:(?:written|reported|words|text|story|analysis) )?by:? |(?:von|par|por) ", re.IGNORECASE)
_BETWEEN_NAMES = frozenset(
    "and & with for in of de da del della der den di du la le van von bin al ibn y et und".split()
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = re.compile(
    rf"\b(?:\d{{4}}-\d\d?-\d\d?|\d\d?[./]\d\d?[./]\d{{2,4}}|\d{{4}}年\d\d?月\d\d?日"
    rf"|\d\d?(?:st|nd|rd|th|\.)? (?:of |de )?[^\W\d_]{{3,12}}\.?,? (?:de )?\d{{4}}"
    rf"|[^\W\d_]{{3,12}}\.? \d\d?(?:st|nd|rd|th)?,? \d{{4}}|{_MONTH} \d{{4}})(?!\w)",
    re.IGNORECASE,
)
_BESIDE_DATE = frozenset(
    "published updated posted modified created date last first on at issue a.m p.m am pm et est edt cet gmt utc bst "
    "min mins minute minutes read monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur "
    "thurs fri sat sun".split()
)
_CLOCK = re.compile(r"\d\d?(?:[:.]\d\d){0,2}(?:[ap]m)?")


def front_role(text: str) -> Role | None:
    """Give BYLINE or DATE for a line that is one, else None; ask only of the first lines of a text."""
    if len(text) > _LONGEST_FRONT_LINE:
        return None
    if _is_byline(text):
        return Role.BYLINE
    return Role.DATE if _is_date(text) else None


def _is_byline(text: str) -> bool:
    lead = _BY.match(text)
    if lead is None or not text[0].isupper() or ends_sentence(text):
        return False
    words = _DATE.sub("", text[lead.end() :]).replace(",", " ").split()
    names = [word for word in words if word.casefold() not in _BETWEEN_NAMES]
    return 0 < len(names) <= 12 and all(name[0].isupper() or not name[0].isalpha() for name in names)


def _is_date(text: str) -> bool:
    rest, found = _DATE.subn(" ", text)
    words = [word.strip(",:;|·•()–—-/.") for word in rest.split()]
    others = [word for word in words if word and word.casefold() not in _BESIDE_DATE and not _CLOCK.fullmatch(word)]
    return found > 0 and len(others) <= 2 and all(word[0].isupper() for word in others)  # a place may stand there


# --- whole paragraphs ----------------------------------------------------------------------------

_AGENCY = (
    r"(?:Getty(?: Images)?|AP(?: Photo| Images)?|Associated Press|Reuters|REUTERS|AFP|TASS|EPA|EPA-EFE|Xinhua|"
    r"Shutterstock|Alamy|Bloomberg|iStock|Unsplash|Pixabay|Wikimedia(?: Commons)?|Flickr|Anadolu|Sputnik|ZUMA|"
    r"PA(?: Images)?|UPI|dpa)"
)
_CREDIT = re.compile(
    r"""(?:^|[.!?…)”"’'] |[—–|(] ?)(?:Photo(?:graph)?|Image|Picture|Illustration|Graphic|Screenshot|Video|Credit)s?"""
    r"(?:(?: (?:by|credits?|courtesy(?: of)?|via))* ?: ?.{2,80}| (?:by|courtesy of) [^!?]{2,60}(?<![.;:]))$",
)
_AGENCY_CREDIT = re.compile(
    rf"\((?:[^()]{{2,60}}[/,|] ?)?(?:AP|AFP|File|Handout|Pool) (?:[Pp]hoto|[Ii]mage)[^()]{{0,60}}\)\.?$"
    rf"|\([^()]{{2,60}}[/|] ?{_AGENCY}\)\.?$|(?:\bvia|[/|©]) ?{_AGENCY}$"
)
_AGENCY_NAME = re.compile(_AGENCY)
_SMALL_PRINT = re.compile(
    r"(?:this|the (?:above|original|following)) (?:article|story|piece|report|essay|commentary|op-ed|post|interview|"
    r"analysis|column|feature|text|translation|excerpt|content)\b.{0,60}?\b(?:re-?(?:published|printed|posted)|"
    r"(?:first|originally|previously) (?:published|appeared|posted|printed|ran)|"
    r"(?:published|appeared|posted|printed) (?:first|originally|courtesy|with permission|under|here with)|"
    r"syndicated|adapted from|translated from|licensed under)\b"
    r"|(?:re-?(?:published|printed|posted)|originally published|originally appeared|first published|first appeared) "
    r"(?:courtesy|with|from|under|by|on|in|at)\b"
    r"|(?:the )?(?:views|opinions|statements)(?: and (?:views|opinions))?,? (?:expressed|presented|stated)\b"
    r".{0,120}?\b(?:those of|solely|do(?:es)? not|author|not necessarily)\b"
    r"|(?:©|\(c\)|copyright\b).{0,80}?\d{4}|all rights reserved\b|disclaimer:"
    r"|(?:this material|no part of this)\b.{0,60}?\b(?:published|broadcast|reproduced)\b",
    re.IGNORECASE,
)


def is_caption(text: str) -> bool:
    """Say whether a paragraph is the caption of a picture: it begins as one, or ends in a credit."""
    if len(text) > _LONGEST_CAPTION:
        return False
    if text[0].isupper() and _CAPTION_LABEL.match(text) and len(text) <= _LONGEST_ASIDE:
        return True
    return bool(_CREDIT.search(text) or _AGENCY_CREDIT.search(text)) or _ends_in_names(text)


def _ends_in_names(text: str) -> bool:
    """Say whether a paragraph ends in `Photographer Name / Agency`, either way round."""
    before, slash, after = text[-100:].rpartition("/")
    before = re.split(r"[.!?…|()”\"] ?", before.rstrip())[-1]
    left, right = before.split(), after.split()
    if not slash or not 0 < len(left) <= 5 or not 0 < len(right) <= 5 or ends_sentence(text):
        return False
    if not all(word[0].isupper() for word in (*left, *right)):
        return False
    named = any(_AGENCY_NAME.match(side.strip()) for side in (before, after))
    return named or (len(left) >= 2 and len(text) > len(before) + len(after) + 3)


def is_boilerplate(text: str) -> bool:
    """Say whether a paragraph is small print: where it was published first, whose views it gives, the rights."""
    return len(text) <= _LONGEST_SMALL_PRINT and _SMALL_PRINT.match(text) is not None
