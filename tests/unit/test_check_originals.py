"""Quotations cut from the user's own copies of the two articles, as they are and changed; skipped without copies."""

from __future__ import annotations

import os
import random
import re
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from docterm.library.library import Library
from docterm.quotes.check.draft import DraftForm, parse
from docterm.quotes.check.judging import Judged, check

FOLDER = os.environ.get("DOCTERM_ORIGINALS", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="DOCTERM_ORIGINALS names no folder with voa.txt and carnegie.txt")

Change = Callable[[list[str], int], list[str]]
HARMLESS: dict[str, Change] = {
    "as it is": lambda words, _: words,
    "first letter": lambda words, _: [words[0][0].swapcase() + words[0][1:], *words[1:]],
    "words put in": lambda words, place: [*words[:place], "[it seems]", *words[place:]],
    "lines": lambda words, _: textwrap.fill(" ".join(words), 30, break_on_hyphens=False).split(" "),
    "emphasis": lambda words, place: [*words[:place], f"*{words[place]}*", *words[place + 1 :]],
}
HARMFUL: dict[str, Change] = {
    "a word less": lambda words, place: words[:place] + words[place + 1 :],
    "a word more": lambda words, place: [*words[:place], "not", *words[place:]],
    "another word": lambda words, place: [*words[:place], "zebra", *words[place + 1 :]],
    "capitals": lambda words, place: [*words[:place], "NOT", *words[place:]],
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("originals")
    for name in ("voa", "carnegie"):
        (folder / f"{name}.txt").write_bytes(Path(FOLDER, f"{name}.txt").read_bytes())
    library = Library(folder)
    library.refresh()
    yield library
    library.close()


def checked(library: Library, change: Change) -> list[tuple[str, Judged]]:
    """Quote 120 runs of 6 to 40 words, changed, and give the paragraph that each is from and what is said of it."""
    chosen = random.Random(5)
    bodies = [each for document in library.documents() for each in library.passages(document) if each.number]
    drafted: list[tuple[str, str]] = []
    while len(drafted) < 120:
        passage, count = chosen.choice(bodies), chosen.choice((6, 12, 40))
        words = passage.text.split()
        if len(words) > count:
            first = chosen.randrange(len(words) - count)
            run = " ".join(change(words[first : first + count], chosen.randrange(1, count - 1)))
            inside = re.sub('[“”"]', "’", run)
            drafted.append((str(passage.address), f"They say “{inside}” [@{passage.key}, para. {passage.number}]."))
    text = "\n\n".join(sentence for _, sentence in drafted)
    judged = check(parse(text.encode(), DraftForm.MARKDOWN), library).judged
    assert len(judged) == len(drafted)
    return [(address, each) for (address, _), each in zip(drafted, judged, strict=True)]


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_cut_from_an_article_is_verbatim(library: Library, name: str) -> None:
    found = checked(library, HARMLESS[name])
    assert {each.wording.value for _, each in found} == {"verbatim"}
    assert all(each.is_well for _, each in found)


@pytest.mark.parametrize("name", HARMFUL)
def test_what_was_changed_is_altered_and_found_where_it_was_cut(library: Library, name: str) -> None:
    found = checked(library, HARMFUL[name])
    assert "verbatim" not in {each.wording.value for _, each in found}
    assert sum(each.wording.value == "altered" for _, each in found) >= 0.98 * len(found)
    assert sum(str(each.address) == address for address, each in found) >= 0.97 * len(found)
