"""The concordance."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docterm.errors import QueryError
from docterm.library.library import Library
from docterm.library.model import Document, Kind, Locator, Passage, Role, Status
from docterm.search.concordance import Concordance, KwicSort, concordance
from docterm.search.matcher import Matcher
from docterm.search.query import parse
from docterm.text import words


def document(key: str, *texts: str | tuple[Role, str]) -> tuple[Document, list[Passage]]:
    blocks = [text if isinstance(text, tuple) else (Role.BODY, text) for text in texts]
    passages = [Passage(key, index, role, text, Locator(index + 1)) for index, (role, text) in enumerate(blocks)]
    bodies = [passage.text for passage in passages if passage.role is Role.BODY]
    count = sum(len(words(text)) for text in bodies)
    return Document(
        key, key, "", "", Kind.DOCUMENT, f"{key}.txt", words=count, paragraphs=len(bodies), status=Status.READY
    ), passages


def lines(
    node: str, *documents: tuple[Document, list[Passage]], width: int = 40, sort: KwicSort = KwicSort.PLACE
) -> Concordance:
    texts = {each.key: passages for each, passages in documents}
    return concordance(node, [each for each, _ in documents], lambda each: texts[each.key], width=width, sort=sort)


LIGHTS = document(
    "lights",
    "The harbour lights were dimmed. Lights out, they said: no light!",
    (Role.CAPTION, "Lights at night"),
    "Lighthouse keepers light the light.",
)
DARK = document("dark", "No word of it, but one: light.")


def test_every_place_of_a_word() -> None:
    found = lines("light", LIGHTS, DARK)
    assert [(line.passage.key, line.passage.index, line.node) for line in found.lines] == [
        ("lights", 0, "lights"),
        ("lights", 0, "Lights"),
        ("lights", 0, "light"),
        ("lights", 2, "light"),
        ("lights", 2, "light"),
        ("dark", 0, "light"),
    ]
    assert all(line.passage.text[line.span.start : line.span.end] == line.node for line in found.lines)
    assert found.counts["lights"].count == 5
    assert found.counts["lights"].per_1000 == pytest.approx(5000 / 16)
    assert found.counts["dark"].per_1000 == pytest.approx(1000 / 7)


def test_only_documents_that_have_it_are_counted() -> None:
    found = lines("keepers", LIGHTS, DARK)
    assert set(found.counts) == {"lights"}
    assert lines("zebra", LIGHTS, DARK) == Concordance("zebra", "zebra", (), (), {})
    assert lines("light", document("empty")).counts == {}


@pytest.mark.parametrize(
    ("node", "nodes"),
    [
        ("light*", ["lights", "Lights", "light", "Lighthouse", "light", "light"]),
        ('"harbour lights"', ["harbour lights"]),
        ("harbour lights", ["harbour lights"]),
        ("“no light”", ["no light"]),
        ("lights harbour", []),
        ("NO LIGHT", ["no light"]),
        ("harbour light*", ["harbour lights"]),
        ("harbour AND dimmed", ["harbour", "dimmed"]),
        ("harbour OR keepers", ["harbour", "keepers"]),
        ("light -harbour", ["light", "light"]),
        ("harbour NEAR/2 lights", ["harbour", "lights"]),
        ("/h\\w+ li/", ["harbour li", "he li"]),
        ("key:lights dimmed", ["dimmed"]),
        ("key:dark dimmed", []),
        ("role:caption lights", ["Lights"]),
        ("role:any night", ["night"]),
        ("night", []),
        ("title:lights", []),
    ],
)
def test_nodes(node: str, nodes: list[str]) -> None:
    assert [line.node for line in lines(node, LIGHTS).lines] == nodes


def test_a_word_said_twice_is_a_phrase_of_two() -> None:
    twice = document("twice", "What he had had he had lost; a bye bye.")
    assert [line.node for line in lines("had had", twice).lines] == ["had had"]
    assert [line.node for line in lines("Bye-bye", twice).lines] == ["bye bye"]


@pytest.mark.parametrize("node", ["", " - ", "“”"])
def test_no_word(node: str) -> None:
    with pytest.raises(QueryError):
        lines(node, LIGHTS)


def test_context_is_cut_at_word_ends() -> None:
    text = "the quick brown fox jumps over the lazy light and goes far away from there"
    (line,) = lines("light", document("a", text), width=12).lines
    assert (line.left, line.right) == ("the lazy", "and goes")
    (line,) = lines("light", document("a", text), width=0).lines
    assert (line.left, line.right) == ("", "")
    (line,) = lines("light", document("a", text), width=1000).lines
    assert f"{line.left} {line.node} {line.right}" == text


def test_sorted_by_the_words_on_the_left_the_nearest_first() -> None:
    texts = ["Zoo a light", "an old light", "bright old light", "Light"]
    found = lines("light", document("a", *texts), sort=KwicSort.LEFT)
    assert [line.left for line in found.lines] == ["", "Zoo a", "an old", "bright old"]


def test_sorted_by_the_words_on_the_right() -> None:
    texts = ["light zebra", "light “Apple", "light apple, pie", "light"]
    found = lines("light", document("a", *texts), sort=KwicSort.RIGHT)
    assert [line.right for line in found.lines] == ["", "“Apple", "apple, pie", "zebra"]


TEXT = st.lists(st.sampled_from(["light", "Lights,", "the", "harbour", "lighthouse", "北京"]), max_size=15).map(
    " ".join
)


@given(st.lists(TEXT, min_size=1, max_size=4), st.sampled_from(["light", "light*", "the light"]), st.integers(0, 30))
def test_lines_agree_with_the_matcher(texts: list[str], node: str, width: int) -> None:
    one, two = document("one", *texts), document("two", *reversed(texts))
    matcher = Matcher(parse(f'"{node}"' if " " in node else node).node)
    wanted = Counter((key, span) for key in ("one", "two") for text in texts for span in matcher.spans(text))
    for sort in KwicSort:
        found = lines(node, one, two, width=width, sort=sort)
        assert Counter((line.passage.key, line.span) for line in found.lines) == wanted
        assert {key: count.count for key, count in found.counts.items()} == dict(
            Counter(key for key, _ in wanted.elements())
        )
        for line in found.lines:
            text = line.passage.text
            assert len(line.left) <= width
            assert len(line.right) <= width
            assert text[: line.span.start].rstrip().endswith(line.left)
            assert text[line.span.end :].lstrip().startswith(line.right)
            assert set(line.left.split()) | set(line.right.split()) <= {*text.split(), ","}


def test_in_a_library(library_folder: Path) -> None:
    library = Library(library_folder)
    library.refresh()
    found = concordance("council", library.documents(), library.passages)
    paths = {document.key: document.path for document in library.documents()}
    assert [(paths[line.passage.key], line.passage.number) for line in found.lines] == [
        ("harbour.md", 1),
        ("harbour.md", 4),
        ("storm.txt", 1),
    ]
    assert sum(count.count for count in found.counts.values()) == 3
    library.close()
