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

    The list is JSON with a word a line in the order of their bytes, so that a word is found by halving; made into
    a dictionary it would take six times as long, and 30 MB. Takes 10 ms; nothing of the list is kept.
    """
    import gzip
    from importlib.resources import files  # pyspellchecker itself takes 0.2 s to index the list

    lines = gzip.decompress((files("spellchecker") / "resources" / f"{language}.json.gz").read_bytes())
    counts = {word: _count(lines, word.encode("utf-8")) for word in words}
    return {word: count for word, count in counts.items() if count}


def _count(lines: bytes, word: bytes) -> int:
    """Give the number behind a word in lines of `"word": number,`, 0 where it is none of them."""
    low, high = lines.find(b"\n") + 1, lines.rfind(b"\n") + 1
    while low < high:
        middle = (low + high) // 2
        start, end = lines.rfind(b"\n", low - 1, middle) + 1, lines.find(b"\n", middle) + 1
        name, _, number = lines[start:end].rpartition(b":")
        if name[1:-1] == word:
            return int(number.strip(b", \n"))
        low, high = (end, high) if name[1:-1] < word else (low, start)
    return 0
