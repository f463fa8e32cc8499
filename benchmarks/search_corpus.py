"""Makes the passages that `search.py` measures on, out of documentation and dictionaries of Debian: nothing is stored.

    python benchmarks/search_corpus.py FOLDER [PASSAGES]

downloads the packages with apt-get (about 150 MB), unpacks them with dpkg, and writes FOLDER/passages.jsonl: one JSON
object a line, {"document", "title", "date", "text"}, documents in random order, passages of 160 to 1 600 characters,
none twice. Where real text ends before PASSAGES (1 000 000) are reached, sentences of it are put together anew, with
words that stand nowhere else. Without apt-get, `--zipf` makes passages of made-up words, as common as real ones are.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import random
import re
import subprocess
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path

PACKAGES = (
    "dict-gcide dict-wn dict-foldoc linux-doc-6.1 python3.11-doc postgresql-doc-15 perl-doc git-doc manpages "
    "manpages-dev vim-runtime rust-doc erlang-doc python-django-doc fortunes"
).split()
LONGEST_DOCUMENT = 200
_PASSED_OVER = re.compile(
    r"rust-doc/(?!.*/html/(?:book|reference)/)|(?:linux-doc|python3)[^/]*/.*\.html|/translations/|genindex|print\.html"
)
"""Pages of signatures, pages whose source is there too, other languages, and what repeats other pages."""
_SPACE = re.compile(r"\s+")
_BLOCK = re.compile(r"(?i)</?(?:p|li|dd|dt|td|th|pre|blockquote|h[1-6]|div|caption|tr|ul|ol|table)\b[^>]*>")
_DROPPED = re.compile(r"(?is)<(script|style|nav|header|footer|head)\b.*?</\1>")
_TAG = re.compile(r"<[^>]+>")
_ROFF = re.compile(r'(?m)^[.\'](?:PP|P|LP|SH|SS|TP|IP|HP|sp)\b|^[.\'][A-Za-z\\"]+[^\n]*$')


def main() -> None:
    """Make the corpus."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("passages", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--zipf", action="store_true", help="made-up words, no download")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    documents = [] if options.zipf else list(_shuffled(_real(options.folder)))
    with (options.folder / "passages.jsonl").open("w", encoding="utf-8") as file:
        written = 0
        for document in _enough(documents, options.passages):
            for passage in document:
                if written < options.passages:
                    file.write(json.dumps(passage, ensure_ascii=False) + "\n")
                    written += 1
    print(f"{written} passages, {sum(map(len, documents))} of them real")


def _real(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Give the documents of the packages: name and blocks of text."""
    (folder / "debs").mkdir(exist_ok=True)
    for package in PACKAGES:
        root = folder / "unpacked" / package
        if not root.exists():
            subprocess.run(["apt-get", "download", package], cwd=folder / "debs", check=True, capture_output=True)
            (archive,) = (folder / "debs").glob(f"{package}_*.deb")
            subprocess.run(["dpkg", "-x", archive, root], check=True)
        for path in sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink()):
            name = f"{package}/{path.relative_to(root).as_posix()}"
            if not _PASSED_OVER.search(name):
                yield from _read(path, name)


def _read(path: Path, name: str) -> Iterator[tuple[str, list[str]]]:
    kinds = [suffix for suffix in path.suffixes if suffix not in (".gz", ".dz")]
    kind = kinds[-1] if kinds else ""
    if name.endswith(".dict.dz"):
        yield from _dictionary(path, name)
        return
    man = "/man/man" in name
    if kind not in (".html", ".txt", ".pod", ".rst") and not man and not name.startswith("fortunes/usr/share/games"):
        return
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix in (".gz", ".dz") else data).decode("utf-8", "replace")
    if kind == ".html":
        text = _TAG.sub("", _BLOCK.sub("\n\n", _DROPPED.sub(" ", text)))
        yield name, re.split(r"\n\s*\n", html.unescape(text))
    elif man:
        yield name, re.split(r"\n\s*\n", re.sub(r"\\f.|\\[&,/]", "", _ROFF.sub("\n\n", text)).replace("\\-", "-"))
    else:
        yield name, re.split(r"\n%\n|\n\s*\n", text)


def _dictionary(path: Path, name: str) -> Iterator[tuple[str, list[str]]]:
    entries = re.split(r"\n(?=\S)", gzip.decompress(path.read_bytes()).decode("utf-8", "replace"))
    for start in range(0, len(entries), 400):
        yield f"{name}-{start:06}", entries[start : start + 400]


def _shuffled(texts: Iterable[tuple[str, list[str]]]) -> Iterator[list[dict[str, str]]]:
    chance = random.Random(7)
    seen: set[str] = set()
    documents = []
    for name, blocks in texts:
        passages = [text for text in _shaped(blocks) if text not in seen and not seen.add(text)]  # type: ignore[func-returns-value]
        for start in range(0, len(passages), LONGEST_DOCUMENT):
            documents.append((f"{name}#{start:06}", passages[start : start + LONGEST_DOCUMENT]))
    chance.shuffle(documents)
    for name, passages in documents:
        date = _date(chance)
        yield [{"document": name, "title": name.rpartition("/")[2], "date": date, "text": text} for text in passages]


def _date(chance: random.Random) -> str:
    return f"{chance.randint(2005, 2026)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"


def _shaped(blocks: Iterable[str]) -> Iterator[str]:
    """Give passages: short blocks joined with what follows, long ones cut at the end of a sentence or a word."""
    waiting = ""
    for block in blocks:
        waiting = f"{waiting} {_SPACE.sub(' ', block).strip()}".strip()
        while len(waiting) > 1600:
            cut = max(
                waiting.rfind(". ", 400, 1400), waiting.rfind(" ", 400, 1400) if ". " not in waiting[400:1400] else -1
            )
            cut = cut if cut > 0 else 1400
            yield waiting[: cut + 1].strip()
            waiting = waiting[cut + 1 :].strip()
        if len(waiting) >= 160:
            yield waiting
            waiting = ""


def _enough(documents: list[list[dict[str, str]]], wanted: int) -> Iterator[list[dict[str, str]]]:
    """Give the real documents, and made-up ones until there are enough passages."""
    yield from documents
    chance = random.Random(11)
    written = sum(map(len, documents))
    make = _recombined(documents, chance) if documents else _zipf(chance)
    number = 0
    while written < wanted:
        size = chance.randint(10, LONGEST_DOCUMENT)
        date = _date(chance)
        yield [
            {"document": f"made/{number:06}", "title": f"Made {number}", "date": date, "text": next(make)}
            for _ in range(size)
        ]
        written += size
        number += 1


def _recombined(documents: list[list[dict[str, str]]], chance: random.Random) -> Iterator[str]:
    texts = (passage["text"] for document in documents for passage in document[::3])
    sentences = [each for text in texts for each in re.split(r"(?<=[.;])\s+", text) if len(each) > 30]
    syllables = "ba ko ri ten mo lu san vi dor ex pal qui zen ar ul ith gra on".split()
    while True:
        text = " ".join(chance.choice(sentences) for _ in range(chance.randint(2, 5)))[:1500]
        yield text + (
            f" {''.join(chance.choices(syllables, k=chance.randint(3, 5)))}" if chance.random() < 0.25 else ""
        )


def _zipf(chance: random.Random) -> Iterator[str]:
    letters = "etaoinshrdlucmfwypvbgkjqxz"
    heights = list(accumulate(1 / rank for rank in range(1, 200_001)))
    lengths = [2, 3, 3, 4, 5, 6, 7, 8, 9, 11]
    likely = list(accumulate(1 / (place + 2) for place in range(26)))
    words = ["".join(chance.choices(letters, cum_weights=likely, k=chance.choice(lengths))) for _ in heights]
    while True:
        yield " ".join(chance.choices(words, cum_weights=heights, k=chance.randint(20, 110))) + "."


if __name__ == "__main__":
    main()
