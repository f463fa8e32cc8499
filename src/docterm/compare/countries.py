"""Which words speak of one country: Russia and Russian, China and Chinese, which no stemmer joins."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from docterm.text import fold, stem

LIST = Path(__file__).with_name("countries.txt")


@cache
def country_stems() -> dict[str, str]:
    """Give for the stem of each word of the list the stem that it is counted as: that of the country's name."""
    found: dict[str, str] = {}
    for line in LIST.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            stems = [stem(fold(word)) for word in line.split()]
            found |= dict.fromkeys(stems, stems[0])
    return found
