"""What docterm asks of any search engine. Another engine is added by a line in ENGINES."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docterm.library.model import Locator, Passage, Role
from docterm.search.engine import Engine, EngineBusy, Entry
from docterm.search.facts import Facts
from docterm.search.matcher import Matcher
from docterm.search.query import parse
from docterm.search.tree import And, Node, Or, Phrase, Prefix, Term, conjuncts
from docterm.search.whoosh_engine import WhooshEngine

Make = Callable[[Path], Engine]
ENGINES: dict[str, Make] = {
    "whoosh": WhooshEngine,
}

VOCABULARY = (
    "light lights lighted lighthouse harbour harbours the The of a U.S. 1,200 12 café cafe\u0301 state-owned don’t "
    "x xx 北京 ½ ÉTÉ"
).split()
TEXT = st.lists(st.sampled_from(VOCABULARY), max_size=10).map(" ".join)
CORPUS = st.dictionaries(
    st.sampled_from(["a", "a-2", "A", "b c", "voa2023", "z:1"]),
    st.lists(st.tuples(st.sampled_from([Role.BODY, Role.BODY, Role.BODY, Role.TITLE, Role.CAPTION]), TEXT), max_size=6),
    max_size=5,
)
WORD = st.sampled_from("light lights harbour the of u.s. 1,200 cafe own x don't ete zebra 京 ½".split())
LEAF: st.SearchStrategy[Node] = st.one_of(
    WORD.map(Term),
    st.sampled_from(["l", "light", "lighth", "u", "x", "1", "caf", "don't", "北", "zz", "h"]).map(Prefix),
    st.lists(WORD.map(Term), min_size=2, max_size=3).map(lambda words: Phrase(tuple(words))),
)
PARTS = st.lists(LEAF, min_size=1, max_size=4, unique=True).map(tuple)
NODE: st.SearchStrategy[Node] = st.one_of(PARTS.map(And), PARTS.map(Or))
Corpus = dict[str, list[tuple[Role, str]]]


def passages(key: str, texts: list[tuple[Role, str]]) -> list[Passage]:
    return [Passage(key, index, role, text, Locator(None)) for index, (role, text) in enumerate(texts)]


def bodies(key: str, *texts: str) -> list[Passage]:
    return passages(key, [(Role.BODY, text) for text in texts])


def entry(key: str, stamp: str, texts: Iterable[Passage] | None) -> Entry:
    return Entry(Facts(key), stamp, texts)


def stamps(engine: Engine) -> dict[str, str]:
    return {key: known.stamp for key, known in engine.documents().items()}


def fill(engine: Engine, corpus: Corpus) -> None:
    """Make the engine hold the corpus and nothing else."""
    random.seed()  # Hypothesis seeds it alike for each example, and engines name their files by it
    engine.update(
        [entry(key, f"stamp of {key}", passages(key, texts)) for key, texts in corpus.items()],
        stamps(engine).keys() - corpus.keys(),
    )


def places(engine: Engine, node: Node, limit: int | None = None) -> set[tuple[str, int]]:
    return {(each.key, each.index) for each in engine.search(node, limit).ranked}


def expected(corpus: Corpus, matches: Callable[[str], bool]) -> set[tuple[str, int]]:
    return {
        (key, index)
        for key, texts in corpus.items()
        for index, (role, text) in enumerate(texts)
        if role is Role.BODY and matches(text)
    }


@pytest.fixture(scope="module", params=list(ENGINES.values()), ids=list(ENGINES))
def make(request: pytest.FixtureRequest) -> Make:
    made: Make = request.param
    return made


@pytest.fixture(scope="module")
def shared(make: Make, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine that many examples fill one after the other, which also tests replacing and removing."""
    engine = make(tmp_path_factory.mktemp("shared") / "index")
    yield engine
    engine.close()


@pytest.fixture
def engine(make: Make, tmp_path: Path) -> Iterator[Engine]:
    engine = make(tmp_path / "index")
    yield engine
    engine.close()


# --- what is found -------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(corpus=CORPUS, nodes=st.lists(NODE, min_size=8, max_size=8), limit=st.integers(1, 3))
def test_an_engine_finds_what_the_matcher_accepts(
    shared: Engine, corpus: Corpus, nodes: list[Node], limit: int
) -> None:
    fill(shared, corpus)
    for node in nodes:
        wanted = expected(corpus, Matcher(node).matches)
        found = shared.search(node, None)
        assert {(each.key, each.index) for each in found.ranked} == wanted
        assert len(found.ranked) == len(wanted) == found.total
        assert dict(found.documents) == dict(Counter(key for key, _ in wanted))
        scores = [each.score for each in found.ranked]
        assert scores == sorted(scores, reverse=True)
        assert all(score > 0 for score in scores)
        best = shared.search(node, limit)
        assert [each.score for each in best.ranked] == pytest.approx(scores[:limit])
        assert {(each.key, each.index) for each in best.ranked} <= wanted
        assert (best.total, dict(best.documents)) == (found.total, dict(found.documents))
        for leaf in conjuncts(node):
            assert shared.count(leaf) == len(expected(corpus, Matcher(And((leaf,))).matches))


def test_only_body_passages_are_found(engine: Engine) -> None:
    texts = [(role, "harbour") for role in Role]
    fill(engine, {"a": texts})
    assert places(engine, And((Term("harbour"),))) == {("a", list(Role).index(Role.BODY))}


def test_an_empty_index_answers(engine: Engine) -> None:
    node = parse('harbour "a b" x*').node
    for _ in range(2):
        assert engine.search(node, None).total == 0
        assert engine.search(node, 5).ranked == ()
        assert [engine.count(leaf) for leaf in conjuncts(node)] == [0, 0, 0]
        assert stamps(engine) == {}
        fill(engine, {"a": [], "b": [(Role.TITLE, "harbour")]})
        fill(engine, {})


def test_the_passage_with_more_of_it_is_ranked_first(engine: Engine) -> None:
    padding = "word " * 30
    fill(engine, {"a": [(Role.BODY, f"light {padding}"), (Role.BODY, "light light light")], "b": [(Role.BODY, "dark")]})
    assert [each.index for each in engine.search(And((Term("light"),)), None).ranked] == [1, 0]


def test_long_queries(engine: Engine) -> None:
    words = [f"w{number}" for number in range(64)]
    fill(engine, {"a": [(Role.BODY, " ".join(words))], "b": [(Role.BODY, " ".join(reversed(words)))]})
    assert places(engine, And((Phrase(tuple(map(Term, words))),))) == {("a", 0)}
    assert len(places(engine, And(tuple(map(Term, words))))) == 2
    assert len(places(engine, Or(tuple(map(Prefix, words))))) == 2


def test_a_long_passage(engine: Engine) -> None:
    text = "light " * 50_000 + "harbour"
    fill(engine, {"a": [(Role.BODY, text)]})
    assert places(engine, parse('"light harbour"').node) == {("a", 0)}
    assert places(engine, parse('"harbour light"').node) == set()


# --- keeping up ----------------------------------------------------------------------------------


def test_update_replaces_and_removes(engine: Engine) -> None:
    engine.update([entry("a", "1", bodies("a", "light", "dark")), entry("b", "1", bodies("b", "light"))], [])
    assert stamps(engine) == {"a": "1", "b": "1"}
    engine.update([entry("a", "2", bodies("a", "dark"))], [])
    assert stamps(engine) == {"a": "2", "b": "1"}
    assert places(engine, And((Term("light"),))) == {("b", 0)}
    assert places(engine, And((Term("dark"),))) == {("a", 0)}
    engine.update([], ["b", "never there"])
    assert stamps(engine) == {"a": "2"}
    assert places(engine, And((Term("light"),))) == set()
    engine.update([entry("b", "3", bodies("b", "light"))], ["b"])
    assert stamps(engine) == {"a": "2", "b": "3"}
    assert places(engine, And((Term("light"),))) == {("b", 0)}


def test_update_is_idempotent(engine: Engine) -> None:
    for _ in range(4):
        engine.update([entry("a", "1", bodies("a", "light light", "light"))], ["gone"])
        assert engine.count(Term("light")) == 2
        assert stamps(engine) == {"a": "1"}


def test_keys_are_taken_as_they_are(engine: Engine) -> None:
    keys = ["a", "A", "a b", "b a", "a-2", "é", "*", "x" * 300]
    engine.update([entry(key, key, bodies(key, "light")) for key in keys], [])
    engine.update([], ["a"])
    assert set(stamps(engine)) == set(keys) - {"a"}
    assert {key for key, _ in places(engine, And((Term("light"),)))} == set(keys) - {"a"}


def test_an_update_that_fails_changes_nothing(engine: Engine) -> None:
    engine.update([entry("a", "1", bodies("a", "light"))], [])

    def broken() -> Iterator[Passage]:
        yield from bodies("b", "light")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        engine.update([entry("a", "2", bodies("a", "dark")), entry("b", "1", broken())], [])
    assert stamps(engine) == {"a": "1"}
    assert places(engine, And((Term("light"),))) == {("a", 0)}
    engine.update([entry("b", "1", bodies("b", "light"))], [])  # and the index is not left locked
    assert places(engine, And((Term("light"),))) == {("a", 0), ("b", 0)}


def test_reset(engine: Engine) -> None:
    engine.update([entry("a", "1", bodies("a", "light"))], [])
    engine.reset()
    assert stamps(engine) == {}
    assert engine.search(And((Term("light"),)), None).total == 0
    engine.update([entry("a", "1", bodies("a", "dark"))], [])
    assert places(engine, And((Term("dark"),))) == {("a", 0)}


def test_an_index_made_anew_while_another_docterm_writes_it(make: Make, tmp_path: Path) -> None:
    """Each has its files open and the same folder, as two processes have."""
    failures: list[BaseException] = []

    def work(anew: bool) -> None:
        try:
            mine = make(tmp_path / "index")
            for turn in range(25):
                if anew:
                    mine.reset()
                mine.update([entry("a", str(turn), bodies("a", "light", f"n{turn}"))], [])
                mine.documents()
                mine.count(Term("light"))
            mine.close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(anew,)) for anew in (True, False, True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    last = make(tmp_path / "index")
    assert places(last, And((Term("light"),))) == {("a", 0)}
    last.close()


def test_what_was_indexed_is_there_when_it_is_opened_again(make: Make, tmp_path: Path) -> None:
    first = make(tmp_path / "index")
    first.update([entry("a", "1", bodies("a", "light"))], [])
    first.close()
    second = make(tmp_path / "index")
    assert stamps(second) == {"a": "1"}
    assert places(second, And((Term("light"),))) == {("a", 0)}
    second.close()
    assert (tmp_path / "index").stat().st_mode & 0o077 == 0


def test_threads_may_share_an_engine(engine: Engine) -> None:
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(6):
                engine.update([entry(f"k{number}", str(turn), bodies(f"k{number}", "light", f"n{turn}"))], [])
                assert engine.count(Term("light")) >= 1
                assert places(engine, And((Term("light"),))) >= {(f"k{number}", 0)}
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert stamps(engine) == {"k0": "5", "k1": "5", "k2": "5"}
    assert engine.count(Term("light")) == engine.count(Term("n5")) == 3


# --- two on one folder ---------------------------------------------------------------------------


def test_a_reader_sees_what_another_has_written(make: Make, tmp_path: Path) -> None:
    reader, writer = make(tmp_path / "index"), make(tmp_path / "index")
    assert places(reader, And((Term("light"),))) == set()
    writer.update([entry("a", "1", bodies("a", "light"))], [])
    assert stamps(reader) == {"a": "1"}
    assert places(reader, And((Term("light"),))) == {("a", 0)}
    writer.update([entry("b", "1", bodies("b", "light"))], ["a"])
    assert places(reader, And((Term("light"),))) == {("b", 0)}
    reader.update([entry("c", "1", bodies("c", "light"))], [])
    assert stamps(writer) == {"b": "1", "c": "1"}
    assert places(writer, And((Term("light"),))) == {("b", 0), ("c", 0)}
    reader.close()
    writer.close()


WRITER = """
import contextlib
import sys
from pathlib import Path
from docterm.library.model import Locator, Passage, Role
from docterm.search.engine import EngineBusy, Entry
from docterm.search.facts import Facts
from tests_engine import make
engine = make(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for turn in range(int(sys.argv[3])):
    key = f"{sys.argv[2]}-{turn}"
    texts = [Passage(key, index, Role.BODY, f"light word{index} {key}", Locator(None)) for index in range(20)]
    try:
        engine.update([Entry(Facts(key), "1", texts)], [f"{sys.argv[2]}-{turn - 3}"])
        print("done", key, flush=True)
    except EngineBusy:
        print("busy", key, flush=True)
    with contextlib.suppress(EngineBusy):
        engine.tidy()
engine.close()
"""


def start_writer(make: Make, tmp_path: Path, name: str, turns: int) -> subprocess.Popen[str]:
    """Start a process that updates the index once for each line, and wait until it has opened it."""
    helper = tmp_path / "tests_engine.py"
    helper.write_text(f"from {make.__module__} import {getattr(make, '__name__', '')} as make\n")
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path / "index"), name, str(turns)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_two_processes_write_one_index(make: Make, tmp_path: Path) -> None:
    make(tmp_path / "index").close()
    turns = 8
    writers = [start_writer(make, tmp_path, name, turns) for name in "pq"]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    done: set[str] = set()
    for writer in writers:
        out, _ = writer.communicate(timeout=60)
        assert writer.returncode == 0
        lines = [line.split() for line in out.splitlines()]
        assert len(lines) == turns
        assert {verdict for verdict, _ in lines} <= {"done", "busy"}
        done |= {key for verdict, key in lines if verdict == "done"}
    engine = make(tmp_path / "index")
    assert not getattr(engine, "fresh", False)
    indexed = {key for key, _ in places(engine, And((Term("light"),)))}
    assert set(stamps(engine)) == indexed
    if len(done) == 2 * turns:
        assert indexed == {f"{name}-{turn}" for name in "pq" for turn in range(turns - 3, turns)}
    assert engine.count(Term("light")) == 20 * len(indexed)
    engine.close()


def test_an_index_that_is_being_written_is_busy(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if make is WhooshEngine:
        monkeypatch.setattr("docterm.search.whoosh_engine.writer.LOCK_SECONDS", 0.2)
    first, second = make(tmp_path / "index"), make(tmp_path / "index")
    writing, go_on = threading.Event(), threading.Event()

    def slow() -> Iterator[Passage]:
        yield from bodies("a", "light")
        writing.set()
        go_on.wait(20)

    thread = threading.Thread(target=lambda: first.update([entry("a", "1", slow())], []))
    thread.start()
    assert writing.wait(20)
    with pytest.raises(EngineBusy):
        second.update([entry("b", "1", bodies("b", "light"))], [])
    assert places(second, And((Term("light"),))) == set()  # reading goes on meanwhile
    go_on.set()
    thread.join()
    second.update([entry("b", "1", bodies("b", "light"))], [])
    assert places(first, And((Term("light"),))) == {("a", 0), ("b", 0)}
    first.close()
    second.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_writer_that_is_killed_loses_nothing_that_was_acknowledged(make: Make, tmp_path: Path) -> None:
    moments = random.Random(5)
    make(tmp_path / "index").close()
    for number in range(4):
        process = start_writer(make, tmp_path, f"w{number}", 400)
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
        time.sleep(moments.uniform(0.0, 0.3))
        process.kill()
        out, _ = process.communicate(timeout=60)
        done = [line.split()[1] for line in out.splitlines() if line.startswith("done")]
        engine = make(tmp_path / "index")
        indexed = stamps(engine)
        if not getattr(engine, "fresh", False):
            # a document whose removal was acknowledged stays away, one that was indexed stays
            last = int(done[-1].split("-")[1]) if done else -1
            kept = {f"w{number}-{turn}" for turn in range(max(0, last - 1), last + 1)}
            assert kept <= set(indexed)
        keys = {*indexed, *(f"w{number}-{turn}" for turn in range(20)), "new"}
        engine.update([entry(key, "2", bodies(key, *["light"] * 20)) for key in sorted(keys)], [])
        assert stamps(engine) == dict.fromkeys(keys, "2")
        found = engine.search(And((Term("light"),)), None)
        assert {key: count for key, count in found.documents.items() if key in keys} == dict.fromkeys(keys, 20)
        engine.close()
