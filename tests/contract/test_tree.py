"""Random queries of every kind of node: an engine finds what the matcher accepts, whatever it reckons with."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docterm.errors import QueryError
from docterm.library.model import Locator, Passage, Role
from docterm.search.engine import Cancelled, Engine, Entry
from docterm.search.facts import Facts
from docterm.search.matcher import Matcher
from docterm.search.tree import (
    And,
    Boost,
    DateRange,
    Field,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Regex,
    Term,
    Wildcard,
    conjuncts,
)
from docterm.search.whoosh_engine import WhooshEngine
from trees import NODE, TEXT

ENGINES: dict[str, Callable[[Path], Engine]] = {
    "plain": lambda folder: WhooshEngine(folder, numpy=False),
    "numpy": lambda folder: WhooshEngine(folder, numpy=True),
}
FACTS = st.builds(
    Facts,
    st.just(""),
    title=TEXT,
    author=st.sampled_from(["", "Ann Light; Bo Harbour", "Light"]),
    source=st.sampled_from(["", "The Harbour", "x"]),
    type=st.sampled_from(["", "article-news", "book"]),
    tag=st.sampled_from(["", "light; x", "lights"]),
    lang=st.sampled_from(["", "en-GB", "de", "German", "fr", "zh", "?"]),
    path=st.sampled_from(["a/light.md", "b/x.txt"]),
    date=st.sampled_from(["", "2021", "2021-06", "2021-06-30", "1999-12-31", "2023-01"]),
)
PAGES = st.sampled_from(["", "1", "12", "xii"])
DOCUMENT = st.tuples(FACTS, st.lists(st.tuples(PAGES, TEXT), max_size=5))
CORPUS = st.dictionaries(st.sampled_from(["a", "a-2", "b c", "voa2023", "z:1"]), DOCUMENT, max_size=5)
Corpus = dict[str, tuple[Facts, list[tuple[str, str]]]]

DATE = st.sampled_from([None, "2021", "2021-06", "2021-06-15", "2022", "1999-12-31"])
NAMES = st.sampled_from(["title", "author", "source", "key", "type", "tag", "lang", "path", "page"])
ASKED = st.sampled_from(["light", "lights", "harbour", "voa2023", "en", "news", "xii", "1", "x", "a"])
QUESTION: st.SearchStrategy[Node] = st.one_of(
    st.builds(DateRange, DATE, DATE),
    st.builds(Field, NAMES, ASKED.map(Term)),
    st.builds(Field, NAMES, ASKED.map(Prefix)),
    st.sampled_from(["li.ht", "the h", r"\d+", "x*", "^the", "s$"]).map(Regex),
)


@st.composite
def _nodes(draw: st.DrawFn) -> Node:
    """Give words, questions and patterns, all of them under any And, Or, Not."""
    parts = tuple(draw(st.lists(st.one_of(NODE, QUESTION, QUESTION.map(Not)), min_size=1, max_size=3)))
    ways: list[Node] = [And(parts), Or(parts), Not(Or(parts)), And((parts[0], Or(parts)))]
    return draw(st.sampled_from(ways))


def entries(corpus: Corpus, text_stamp: str = "1") -> list[Entry]:
    return [Entry(named(facts, key), text_stamp, passages(key, texts)) for key, (facts, texts) in corpus.items()]


def named(facts: Facts, key: str) -> Facts:
    return replace(facts, key=key)


def passages(key: str, texts: list[tuple[str, str]]) -> list[Passage]:
    return [
        Passage(key, index, Role.BODY, text, Locator(index + 1, None, (), page))
        for index, (page, text) in enumerate(texts)
    ]


def expected(corpus: Corpus, node: Node) -> set[tuple[str, int]]:
    matcher = Matcher(node)
    return {
        (key, index)
        for key, (facts, texts) in corpus.items()
        for index, (page, text) in enumerate(texts)
        if matcher.matches(text, named(facts, key), page)
    }


@pytest.fixture(scope="module", params=list(ENGINES))
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine that many examples fill one after the other: its segments come and go."""
    if request.param == "numpy" and find_spec("numpy") is None:
        pytest.skip("numpy is not installed")
    engine = ENGINES[request.param](tmp_path_factory.mktemp("shared") / "index")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("docterm.search.whoosh_engine.merging.MOST", 2)  # so that few documents are enough to join some
        yield engine
    engine.close()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(corpus=CORPUS, nodes=st.lists(st.one_of(NODE, _nodes()), min_size=10, max_size=10), chance=st.integers(0, 3))
def test_an_engine_finds_what_the_matcher_accepts(
    shared: Engine, corpus: Corpus, nodes: list[Node], chance: int
) -> None:
    random.seed()  # Hypothesis seeds it alike for each example, and Whoosh names its files by it
    shared.update([], shared.documents().keys() - corpus.keys())
    every = entries(corpus)
    passing = range(0, len(every), 2)
    for start in passing:  # segments of two documents and one that is gone soon, first or last
        gone = Entry(Facts(f"passing {start}"), "1", bodies(f"passing {start}", "light", "state-owned x"))
        some = [gone, *every[start : start + 2]]
        shared.update(some[::-1] if start else some, [])
    shared.update(every[: chance % 2 * 2], [f"passing {start}" for start in passing])
    if chance:
        shared.tidy()
    for node in nodes:
        wanted = expected(corpus, node)
        found = shared.search(node, None)
        assert {(each.key, each.index) for each in found.ranked} == wanted, node
        assert found.total == len(found.ranked) == len(wanted)
        scores = [each.score for each in found.ranked]
        assert scores == sorted(scores, reverse=True)
        assert all(score > 0 for score in scores)
        best = shared.search(node, 2)
        assert [each.score for each in best.ranked] == pytest.approx(scores[:2])
        assert dict(best.documents) == dict(found.documents)
        assert dict(found.parts) == {part: len(expected(corpus, part)) for part in conjuncts(node)}
        assert shared.count(node) == len(wanted)


@pytest.fixture(params=list(ENGINES))
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "numpy" and find_spec("numpy") is None:
        pytest.skip("numpy is not installed")
    engine = ENGINES[request.param](tmp_path / "index")
    yield engine
    engine.close()


def bodies(key: str, *texts: str) -> list[Passage]:
    return passages(key, [("", text) for text in texts])


def ranking(engine: Engine, node: Node) -> list[int]:
    return [each.index for each in engine.search(node, None).ranked]


def test_a_correction_of_a_record_indexes_no_passage(engine: Engine) -> None:
    engine.update([Entry(Facts("a", title="Lights"), "1", bodies("a", "light", "dark"))], [])
    assert engine.count(Field("title", Term("light"))) == 2
    engine.update([Entry(Facts("a", title="Harbours", date="2021"), "1", None)], [])
    assert engine.count(Field("title", Term("light"))) == 0
    assert engine.count(Field("title", Term("harbour"))) == 2
    assert engine.count(And((Term("light"), DateRange("2021", None)))) == 1
    assert engine.documents()["a"].stamp == "1"


def test_a_boost_changes_the_order_and_not_what_is_found(engine: Engine) -> None:
    engine.update([Entry(Facts("a"), "1", bodies("a", "light x y", "dark x y", "x y z"))], [])
    light, dark = Term("light"), Term("dark")
    assert ranking(engine, Or((light, Boost(dark, 2)))) == [1, 0]
    assert ranking(engine, Or((Boost(light, 2), dark))) == [0, 1]


def test_what_is_rare_weighs_more_than_what_is_common(engine: Engine) -> None:
    engine.update([Entry(Facts("a"), "1", bodies("a", "rare x", "common x", "common y", "common z"))], [])
    assert ranking(engine, Or((Term("rare"), Term("common"))))[0] == 0


def test_titles_and_headings_move_a_passage_up_and_find_none(engine: Engine) -> None:
    headed = [
        Passage("a", 0, Role.BODY, "the light of day", Locator(1)),
        Passage("a", 1, Role.BODY, "the light of day", Locator(2, None, ("Day", "Of lights"))),
        Passage("a", 2, Role.BODY, "the dark of day", Locator(3, None, ("Of lights",))),
    ]
    engine.update([Entry(Facts("a"), "1", headed), Entry(Facts("b"), "1", bodies("b", "the light of day"))], [])
    found = engine.search(Term("light"), None).ranked
    assert [(each.key, each.index) for each in found] == [("a", 1), ("a", 0), ("b", 0)]
    assert found[1].score == found[2].score
    engine.update([Entry(Facts("b", title="The Light"), "1", None)], [])
    found = engine.search(Term("light"), None).ranked
    assert [(each.key, each.index) for each in found] == [("b", 0), ("a", 1), ("a", 0)]
    assert engine.count(Wildcard("*")) == 4
    assert engine.count(And((Wildcard("*lights*"),))) == 0


def test_joining_segments_changes_no_answer(engine: Engine) -> None:
    chance = random.Random(3)
    words = ["light", "lights", "harbour", "the", "of", "state-owned", "x"]
    for number in range(0, 60, 2):
        update = []
        for key in (f"k{number}", f"k{number + 1}"):
            texts = [" ".join(chance.choices(words, k=chance.randrange(1, 12))) for _ in range(chance.randrange(5))]
            update.append(Entry(Facts(key), "1", bodies(key, *texts)))
        engine.update(update, [f"k{number - 5}", f"k{number - 8}"][: number % 3])
    engine.update([Entry(Facts(f"k{number}"), "2", bodies(f"k{number}", "light")) for number in range(50, 55)], [])
    nodes: list[Node] = [
        Term("light"),
        Prefix("l"),
        Phrase((Term("the"), Term("light"))),
        Term("stateowned"),
        Not(Term("x")),
    ]

    def answers() -> list[set[tuple[str, int]]]:
        return [{(each.key, each.index) for each in engine.search(node, None).ranked} for node in nodes]

    before, known = answers(), dict(engine.documents())
    assert engine.tidy()
    assert answers() == before
    assert dict(engine.documents()) == known
    assert not engine.tidy()


def test_a_search_that_is_not_wanted_ends(engine: Engine) -> None:
    engine.update([Entry(Facts("a"), "1", bodies("a", "light"))], [])

    def overtaken() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        engine.search(Term("light"), 5, overtaken)
    assert engine.search(Term("light"), 5).total == 1


def test_a_pattern_that_is_none_is_the_reader_s_mistake(engine: Engine) -> None:
    engine.update([Entry(Facts("a"), "1", bodies("a", "light"))], [])
    with pytest.raises(QueryError):
        engine.search(Regex("("), 5)


def test_any_text_can_be_indexed(engine: Engine) -> None:
    texts = ["\ud800 light", "\x00light\n", "light" * 5_000, "", "-", "light\u00adhouse", "𝕝𝕚𝕘𝕙𝕥"]
    engine.update([Entry(Facts("a"), "1", bodies("a", *texts))], [])
    for node in (Term("light"), Prefix("light"), Term("lighthouse"), Regex("light.")):
        assert set(ranking(engine, node)) == {n for n, text in enumerate(texts) if Matcher(node).matches(text)}
