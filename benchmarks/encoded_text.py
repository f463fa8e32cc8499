"""How often the encoding of a plain text is found: `python benchmarks/encoded_text.py PACKAGES`.

PACKAGES is the folder of `reader_texts.fetch_packages`. Samples of one and of five paragraphs of the Debian
Administrator's Handbook in 18 languages are written in every encoding; right is what gives back each character.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from reader_texts import handbook

from docterm.errors import ReadError
from docterm.library.readers.decode import decode

LEGACY = {
    "ar-MA": "cp1256 iso8859_6", "cs-CZ": "cp1250 iso8859_2", "da-DK": "cp1252", "de-DE": "cp1252 iso8859_15",
    "el-GR": "cp1253 iso8859_7", "es-ES": "cp1252", "fr-FR": "cp1252 iso8859_15", "hr-HR": "cp1250 iso8859_2",
    "it-IT": "cp1252", "ja-JP": "cp932 euc_jp iso2022_jp", "ko-KR": "cp949", "nl-NL": "cp1252",
    "pl-PL": "cp1250 iso8859_2", "pt-BR": "cp1252", "ru-RU": "cp1251 koi8_r iso8859_5", "tr-TR": "cp1254",
    "zh-CN": "gb18030 gb2312", "zh-TW": "big5",
}  # fmt: skip
"""What the languages were written in before Unicode; Arabic, Chinese and Japanese among them."""
UNICODE = {
    "UTF-8": ("utf-8", b""),
    "UTF-8 with a mark": ("utf-8", b"\xef\xbb\xbf"),
    "UTF-16 with a mark, little-endian": ("utf-16-le", b"\xff\xfe"),
    "UTF-16 with a mark, big-endian": ("utf-16-be", b"\xfe\xff"),
    "UTF-16 without, little-endian": ("utf-16-le", b""),
    "UTF-16 without, big-endian": ("utf-16-be", b""),
}
SAMPLES = 20
FOREIGN = 0.004
"""The share of letters beyond ASCII that a sample must have: the books are not translated throughout."""


class Tally(NamedTuple):
    """Samples that came back as they were, of all."""

    right: int
    total: int


def samples(packages: Path, language: str, paragraphs: int) -> list[str]:
    """Give texts of so many paragraphs, spread over the book."""
    texts = [text for chapter in handbook(packages, language) for text in chapter.paragraphs if _is_foreign(text)]
    step = max(1, (len(texts) - paragraphs) // SAMPLES)
    return ["\n\n".join(texts[start : start + paragraphs]) + "\n" for start in range(0, len(texts) - paragraphs, step)]


def _is_foreign(text: str) -> bool:
    foreign = sum(not char.isascii() and char.isalpha() for char in text)
    return len(text) > 80 and foreign > FOREIGN * len(text)


def is_right(text: str, data: bytes) -> bool:
    """Say whether the bytes of a text are read as that text."""
    try:
        return decode(data) == text
    except ReadError:
        return False


def _encoded(texts: list[str], encoding: str) -> Iterator[tuple[str, bytes]]:
    """Give those texts that an encoding can hold, without typographic marks where it has none."""
    for text in texts:
        data = text.encode(encoding, errors="ignore")
        kept = data.decode(encoding)
        if len(kept) > 0.95 * len(text) and not kept.isascii():
            yield kept, data


def measure(packages: Path, paragraphs: int) -> tuple[dict[str, Tally], dict[str, Tally]]:
    """Give the tallies of the Unicode encodings, and those of the legacy ones by language and encoding."""
    unicode = dict.fromkeys(UNICODE, Tally(0, 0))
    legacy: dict[str, Tally] = {}
    for language, encodings in LEGACY.items():
        texts = samples(packages, language, paragraphs)
        for name, (encoding, mark) in UNICODE.items():
            right = sum(is_right(text, mark + text.encode(encoding)) for text in texts)
            unicode[name] = Tally(unicode[name].right + right, unicode[name].total + len(texts))
        for encoding in encodings.split():
            outcomes = [is_right(text, data) for text, data in _encoded(texts, encoding)]
            legacy[f"{language} {encoding}"] = Tally(sum(outcomes), len(outcomes))
    return unicode, legacy


def seconds_a_megabyte(packages: Path) -> float:
    """Give the processor seconds that a megabyte of Windows-1252 takes."""
    text = "\n\n".join(text for chapter in handbook(packages, "de-DE") for text in chapter.paragraphs)
    data = (text.encode("cp1252", errors="ignore") * 3)[:1_000_000]
    start = time.process_time()
    decode(data)
    return time.process_time() - start


def share(tallies: dict[str, Tally]) -> float:
    """Give the share of right samples of all."""
    return sum(tally.right for tally in tallies.values()) / max(1, sum(tally.total for tally in tallies.values()))


def main(packages: Path) -> None:
    """Print the figures."""
    for paragraphs in (1, 5):
        unicode, legacy = measure(packages, paragraphs)
        for name, tally in (unicode | legacy).items():
            print(f"{paragraphs} {name:<36} {tally.right:>4} of {tally.total}")
        print(f"{paragraphs} paragraphs: Unicode {share(unicode):.3f}, legacy {share(legacy):.3f}")
    print(f"1 MB: {seconds_a_megabyte(packages):.2f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
