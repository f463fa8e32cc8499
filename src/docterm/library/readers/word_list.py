"""How often words occur in a language, by the lists that pyspellchecker carries: to judge hyphens at line ends by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set as AbstractSet

_COMMON = {
    "en": "the of and to in is that was for with",
    "de": "der die und das nicht ist den mit von ein",
    "fr": "les des est une dans pour que qui sur et",
    "es": "los las una por con para que del es y",
    "it": "di che il la non per una sono con del",
    "pt": "os que uma para com não por dos da em",
    "nl": "het een van de dat niet voor zijn met op",
    "ru": "и в не на что с по как для это",
}
"""Words by which a language shows."""
_ENOUGH = 0.08
"""They are so much of a text in their language: at least 15 % of most."""


def language_of(counts: Counter[str]) -> str | None:
    """Give the language of a text by how often its words occur, None where it is none of those with a list."""
    share = {name: sum(counts[word] for word in common.split()) for name, common in _COMMON.items()}
    best = max(share, key=lambda name: share[name])
    return best if share[best] > _ENOUGH * counts.total() else None


def listed(words: AbstractSet[str], language: str) -> dict[str, int]:
    """Give those of some lower-case words that the list of a language has, with how often they occurred.

    Takes 60 ms and some 30 MB for the time; nothing of the list is kept but what is given.
    """
    import gzip
    import json
    from importlib.resources import files  # pyspellchecker itself takes 0.2 s to index the list

    data = (files("spellchecker") / "resources" / f"{language}.json.gz").read_bytes()
    counts: dict[str, int] = json.loads(gzip.decompress(data))
    return {word: counts[word] for word in words if word in counts}
