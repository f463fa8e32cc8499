"""docs/query.md: every example is read as it says, and finds what the passages of the shipped library say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from docterm.library.library import Library
from docterm.search.facts import facts_of
from docterm.search.passages import PassageMatcher
from docterm.search.query import parse
from docterm.search.service import SearchService

PAGE = (Path(__file__).parents[2] / "docs" / "query.md").read_text("utf-8")
ROW = re.compile(r"^\| `(.+?)` \| `(.+?)` \| (.+) \|$", re.MULTILINE)
EXAMPLES = [
    (typed.replace(r"\|", "|"), read.replace(r"\|", "|"), said, place > PAGE.index("## What is repaired"))
    for typed, read, said, place in ((row[1], row[2], row[3], row.start()) for row in ROW.finditer(PAGE))
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    from docterm.config.paths import shipped_library

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        library = Library(shipped_library())
        library.refresh()
        service = SearchService(library)
        service.synchronise()
        yield service
        service.close()
        library.close()


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == len(re.findall(r"^\| `", PAGE, re.MULTILINE)) > 30


@pytest.mark.parametrize(("typed", "read", "said", "broken"), EXAMPLES, ids=[example[0] for example in EXAMPLES])
def test_an_example_is_read_as_the_page_says(typed: str, read: str, said: str, broken: bool) -> None:
    query = parse(typed)
    assert query.read_as == read
    assert parse(read).node == query.node
    if broken:
        assert any(said in note for note in query.notes)
    else:
        assert all("sentence" in note for note in query.notes)


@pytest.mark.parametrize("typed", [example[0] for example in EXAMPLES])
def test_an_example_finds_what_the_passages_say(typed: str, service: SearchService) -> None:
    results = service.search(typed, limit=None)
    matcher = PassageMatcher(results.node)
    wanted = {
        (document.key, passage.index)
        for document in service.library.documents()
        for passage in service.library.passages(document)
        if matcher.find(passage, facts_of(document)) is not None
    }
    assert {(hit.document.key, hit.passage.index) for hit in results.hits} == wanted
