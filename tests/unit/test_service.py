"""Searching a library: what is found, in which order, with which notes, and what survives damage."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath

import pytest

from docterm.errors import QueryError
from docterm.library.library import Library
from docterm.library.model import Document, Passage
from docterm.search.engine import Cancelled, EngineDamaged
from docterm.search.facts import facts_of
from docterm.search.passages import PassageMatcher
from docterm.search.query import parse
from docterm.search.results import Results, Sort
from docterm.search.service import INDEX_FOLDER, UNINDEXED, SearchService
from docterm.search.tree import Or


@pytest.fixture
def service(library_folder: Path) -> Iterator[SearchService]:
    library = Library(library_folder)
    service = SearchService(library)
    up_to_date(service)
    yield service
    service.close()
    library.close()


def up_to_date(service: SearchService) -> int:
    service.library.refresh()
    return service.synchronise()


def place(document: Document, passage: Passage) -> str:
    """Give where a passage stands by the name of its file, which is not made up by docterm."""
    return f"{PurePosixPath(document.path).stem}:{passage.number}"


def addresses(results: Results) -> list[str]:
    return [place(hit.document, hit.passage) for hit in results.hits]


def files(service: SearchService, results: Results) -> list[str]:
    paths = {document.key: document.path for document in service.library.documents()}
    return [PurePosixPath(paths[key]).stem for key in results.documents]


def marked(results: Results) -> list[list[str]]:
    return [[hit.passage.text[span.start : span.end] for span in hit.spans] for hit in results.hits]


def everything(service: SearchService, text: str) -> set[str]:
    """Give what a search must find, by holding every paragraph against the matcher."""
    matcher = PassageMatcher(parse(text).node)
    return {
        place(document, passage)
        for document in service.library.documents()
        for passage in service.library.passages(document)
        if matcher.find(passage, facts_of(document)) is not None
    }


QUERIES = ("harbour", "council lights", '"the council"', "cross*", "pilot", "t*", "the", "order stand")
ASKED = (
    *QUERIES,
    *(
        "harbour -council",
        "NOT the",
        "-harbour",
        "council (lights OR order)",
        "lights | buoys",
        "*",
        "harbour^3 council",
    ),
    *(
        '"the * lights"',
        '"council kept"~3',
        "council NEAR/3 lights",
        "lights BEFORE/4 order",
        "dimed~",
        "h?rb*",
        "*our",
    ),
    *(
        "title:storm",
        "title:storm -harbour",
        "author:lind",
        'source:"tidewater review"',
        "key:harbour the",
        "type:document",
    ),
    *("date:2019", "since:2020", "before:2020 harbour", "date:2019..2021 pilot", "-date:2021", "path:storm", "title:*"),
    *(
        r"/c\w+il/",
        "/three days/ harbour",
        "role:title",
        "role:any harbour",
        "role:(title OR subhead) pilots",
        "-role:body",
    ),
    *("which pilots of the harbour did the council ask?", "page:1", "lang:en"),
)


def assert_right(service: SearchService) -> None:
    """Hold the answers to some queries against the passages themselves."""
    for query in QUERIES:
        assert sorted(addresses(service.search(query, limit=None))) == sorted(everything(service, query))


# --- what is found -------------------------------------------------------------------------------


def test_all_of_the_words(service: SearchService) -> None:
    results = service.search("dimmed council")
    assert set(addresses(results)) == {"harbour:1", "storm:1"}
    assert results.notes == ()
    assert results.read_as == "dimmed AND council"
    assert results.passages == 2
    assert dict(results.terms) == {"dimmed": 3, "council": 3}
    assert_right(service)


def test_some_of_the_words_when_no_passage_has_all(service: SearchService) -> None:
    results = service.search("ferries buoys zebra")
    assert set(addresses(results)) == {"storm:2", "harbour:2"}
    assert isinstance(results.node, Or)
    assert results.read_as == "ferries OR buoys"
    assert results.notes == (
        "No passage has all of this; these have some of it.",
        "“zebra” is not in this library.",
    )
    assert dict(results.terms) == {"ferries": 1, "buoys": 1, "zebra": 0}
    assert sorted(map(tuple, marked(results))) == [("buoys",), ("ferries",)]


def test_a_word_that_is_nowhere(service: SearchService) -> None:
    results = service.search("zebra")
    assert results.hits == ()
    assert results.documents == ()
    assert results.passages == 0
    assert results.notes == ("“zebra” is not in this library.",)
    both = service.search("zebra unicorn*")
    assert both.notes == ("“zebra” is not in this library.", "“unicorn*” is not in this library.")
    assert both.read_as == "zebra AND unicorn*"


def test_one_word_of_two_is_nowhere(service: SearchService) -> None:
    results = service.search("zebra buoys")
    assert addresses(results) == ["harbour:2"]
    assert results.read_as == "buoys"


def test_any_of_the_words_when_that_is_asked(service: SearchService) -> None:
    results = service.search("ferries OR buoys")
    assert set(addresses(results)) == {"storm:2", "harbour:2"}
    assert results.notes == ()


def test_a_phrase_marks_the_phrase_and_not_its_words(service: SearchService) -> None:
    results = service.search('"the harbour"')
    assert {piece.lower() for pieces in marked(results) for piece in pieces} == {"the harbour"}
    text = next(hit.passage.text for hit in results.hits if hit.document.path == "storm.txt")
    assert text.lower().count("the ") > 1


def test_forms_of_a_word_are_found_and_marked(service: SearchService) -> None:
    assert {word for words in marked(service.search("pilot")) for word in words} == {"pilots", "Pilots", "pilot"}


def test_only_body_paragraphs_are_found(service: SearchService) -> None:
    results = service.search("night OR storm", limit=None)
    assert all(hit.passage.number is not None for hit in results.hits)
    assert set(addresses(results)) == everything(service, "night OR storm")


@pytest.mark.parametrize("query", ASKED)
def test_every_kind_of_query_finds_what_the_passages_say(service: SearchService, query: str) -> None:
    results = service.search(query, limit=None)
    if results.node != parse(query).node:  # nothing has all of it
        assert not everything(service, query)
    assert set(addresses(results)) == everything(service, results.read_as)
    assert results.passages == len(results.hits)


def test_a_misspelt_word_is_respelt_and_the_part_that_nothing_has_named(service: SearchService) -> None:
    results = service.search("harbuor council dimmed")
    assert results.suggestion == "harbour AND council AND dimmed"
    assert "“harbuor” is not in this library." in results.notes
    assert "The nearest word to “harbuor” is “harbour”." in results.notes
    assert "Without “harbuor” there would be 2 passages." in results.notes
    assert results.read_as == "council OR dimmed"
    assert service.search('"harbuor ligths"').suggestion == '"harbour lights"'
    assert service.search("harbuor", typing=True).suggestion == "harbour"
    assert service.search("harbour").suggestion == ""
    assert service.search("xarbour").suggestion == "harbour", "the first letter may be the wrong one"


def test_an_unfinished_word_is_not_taken_for_a_misspelt_one(
    service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    words = service.engine.words

    def noted(start: str = "") -> Mapping[str, int]:
        looked.append(start)
        return words(start)

    monkeypatch.setattr(service.engine, "words", noted)
    results = service.search("why did the council close the harb", typing=True)
    assert results.read_as == "council OR close OR harb*"
    assert not results.suggestion
    assert "" not in looked, "the whole lexicon is not looked through at a keystroke"


def test_what_limits_the_answer_is_named_and_stays(service: SearchService) -> None:
    results = service.search("harbour date:1999")
    assert not results.hits
    assert results.notes == ("Without “date:1999..1999” there would be 3 passages.",)
    results = service.search("ferries buoys zebra date:2021")
    assert (
        results.read_as == "ferries AND date:2021..2021" or results.read_as == "(ferries OR buoys) AND date:2021..2021"
    )
    assert addresses(results) == ["storm:2"]


def test_a_query_without_words_finds_passages_with_nothing_to_mark(service: SearchService) -> None:
    results = service.search("date:2021")
    assert results.hits
    assert not any(hit.spans for hit in results.hits)


@pytest.mark.parametrize("query", ASKED)
def test_what_the_parts_are_worth_is_the_score(service: SearchService, query: str) -> None:
    results = service.search(query, limit=None)
    explanation = service.explain(results)
    assert explanation.steps[0].passages == results.passages
    for hit, parts in zip(results.hits, explanation.scores, strict=True):
        assert sum(parts.values()) == pytest.approx(hit.score, rel=1e-3)


def test_a_query_is_explained_as_a_tree_with_counts(service: SearchService) -> None:
    explanation = service.explain(service.search("council (lights OR order) -(spring OR zebra)"))
    assert [(step.depth, step.text) for step in explanation.steps] == [
        (0, "AND"),
        (1, "council"),
        (1, "OR"),
        (2, "lights"),
        (2, "order"),
        (1, "NOT"),
        (2, "OR"),
        (3, "spring"),
        (3, "zebra"),
    ]
    assert [step.passages for step in explanation.steps][-2:] == [1, 0]


@pytest.mark.parametrize("text", ["", "“”", " - "])
def test_no_word(service: SearchService, text: str) -> None:
    with pytest.raises(QueryError):
        service.search(text)
    assert service.notes == []


def test_typing(service: SearchService) -> None:
    assert addresses(service.search("buo", typing=True)) == ["harbour:2"]
    assert service.search("buo").passages == 0
    assert service.search("buo ", typing=True).passages == 0
    assert service.search("count buo", typing=True).read_as == "count AND buo*"


def test_hostile_queries_end_in_an_answer(service: SearchService) -> None:
    for text in (
        "w " * 10_000,
        '"' + "a " * 5000 + '"',
        "a" * 100_000,
        "*" * 1000 + "a",
        "harbour\x00\x1b[2J",
        "\ud800x",
    ):
        service.search(text)
        service.search(text, typing=True)
    assert service.notes == []
    assert_right(service)


# --- counts and order ----------------------------------------------------------------------------


@pytest.fixture
def years(service: SearchService) -> SearchService:
    folder = service.library.root
    for key, year in (("old", 1999), ("young", 2024), ("undated", None)):
        dated = f"date: {year}-01-01\nsource: The Press\n" if year else "source: Nobody\n"
        body = "\n\n".join(f"Paragraph {number} on tulips. " + "Tulips! " * number for number in range(4))
        (folder / f"{key}.md").write_text(f"---\ntitle: {key}\n{dated}---\n\n{body}\n", "utf-8")
    up_to_date(service)
    return service


def test_sorted_by_relevance(years: SearchService) -> None:
    results = years.search("tulips")
    scores = [hit.score for hit in results.hits]
    assert scores == sorted(scores, reverse=True)
    assert {hit.passage.number for hit in results.hits[:3]} == {4}


def test_sorted_by_place(years: SearchService) -> None:
    order = [f"{key}:{number}" for key in ("old", "young", "undated") for number in range(1, 5)]
    assert addresses(years.search("tulips", sort=Sort.PLACE)) == order
    assert addresses(years.search("tulips", sort=Sort.PLACE, limit=5)) == order[:5]


def test_sorted_by_date(years: SearchService) -> None:
    order = [f"{key}:{number}" for key in ("young", "old", "undated") for number in range(1, 5)]
    assert addresses(years.search("tulips", sort=Sort.DATE)) == order
    assert addresses(years.search("tulips", sort=Sort.DATE, limit=2)) == order[:2]


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("limit", [1, 3, 12, 50, None])
def test_a_limit_cuts_the_hits_and_no_count(years: SearchService, limit: int | None, sort: Sort) -> None:
    results = years.search("tulips", limit=limit, sort=sort)
    assert len(results.hits) == min(limit or 12, 12)
    assert results.passages == 12
    assert set(files(years, results)) == {"old", "young", "undated"}
    assert len(results.documents) == 3
    assert {name: dict(counts) for name, counts in results.facets.items()} == {
        "source": {"The Press": 8, "Nobody": 4},
        "year": {"1999": 4, "2024": 4},
        "type": {"document": 12},
        "tag": {},
    }


def test_no_hits_at_all_may_be_asked_for(years: SearchService) -> None:
    results = years.search("tulips", limit=0)
    assert results.hits == ()
    assert results.passages == 12
    assert years.notes == []


def test_documents_stand_in_the_order_of_their_best_hit(years: SearchService) -> None:
    (years.library.root / "best.txt").write_text("Tulips tulips tulips tulips.\n", "utf-8")
    up_to_date(years)
    results = years.search("tulips", limit=None)
    assert results.documents == tuple(dict.fromkeys(hit.document.key for hit in results.hits))
    assert files(years, results)[0] == "best"
    by_place = years.search("tulips", sort=Sort.PLACE)
    assert files(years, by_place) == ["old", "young", "best", "undated"]


# --- running searches ----------------------------------------------------------------------------


class SlowLibrary(Library):
    """A library whose passages come when they are let go."""

    def __init__(self, root: Path) -> None:
        self.reached = threading.Event()
        self.go_on = threading.Event()
        self.go_on.set()
        super().__init__(root)

    def passage(self, key: str, index: int):  # type: ignore[no-untyped-def]  # noqa: ANN201
        self.reached.set()
        self.go_on.wait(20)
        return super().passage(key, index)


@pytest.mark.parametrize(
    "overtake", [SearchService.cancel, lambda service: service.search("tulips")], ids=["cancelled", "overtaken"]
)
def test_the_newest_search_wins(library_folder: Path, overtake: Callable[[SearchService], object]) -> None:
    library = SlowLibrary(library_folder)
    service = SearchService(library)
    up_to_date(service)
    library.go_on.clear()
    outcome: list[object] = []

    def search() -> None:
        try:
            outcome.append(service.search("harbour"))
        except Cancelled as cancelled:
            outcome.append(cancelled)

    thread = threading.Thread(target=search)
    thread.start()
    assert library.reached.wait(20)
    overtake(service)
    library.go_on.set()
    thread.join(20)
    assert [type(each) for each in outcome] == [Cancelled]
    assert service.search("harbour").passages == 3
    service.close()
    library.close()


def test_many_threads_search_and_the_last_one_gets_its_answer(service: SearchService) -> None:
    outcomes: list[str] = []

    def search() -> None:
        try:
            service.search("harbour")
            outcomes.append("answered")
        except Cancelled:
            outcomes.append("cancelled")
        except BaseException as error:
            outcomes.append(repr(error))

    threads = [threading.Thread(target=search) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(outcomes) <= {"answered", "cancelled"}
    assert "answered" in outcomes


def test_a_search_that_was_cancelled_before_does_not_stop_the_next(service: SearchService) -> None:
    service.cancel()
    assert service.search("harbour").passages == 3


# --- keeping up ----------------------------------------------------------------------------------


def test_what_changes_in_the_folder_is_seen(service: SearchService) -> None:
    folder = service.library.root
    assert up_to_date(service) == 0
    (folder / "new.txt").write_text("A walrus came.\n\nThe walrus left.\n", "utf-8")
    assert service.search("walrus").passages == 0
    assert up_to_date(service) == 1
    assert addresses(service.search("walrus", sort=Sort.PLACE)) == ["new:1", "new:2"]
    (folder / "new.txt").write_text("Only one walrus paragraph is left here.\n", "utf-8")
    assert up_to_date(service) == 1
    assert addresses(service.search("walrus")) == ["new:1"]
    (folder / "new.txt").rename(folder / "renamed.txt")
    assert up_to_date(service) == 1, "the key stays with the file, and so do its passages"
    assert addresses(service.search("walrus")) == ["renamed:1"]
    (folder / "renamed.txt").unlink()
    assert up_to_date(service) == 1
    assert service.search("walrus").passages == 0
    assert_right(service)
    assert service.notes == []


@pytest.mark.parametrize("few", [0, 2000])
def test_a_file_that_is_gone_or_changed_before_it_is_indexed_again_harms_nothing(
    service: SearchService, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docterm.search.service.READ_EACH_TIME", few)
    folder = service.library.root
    storm = service.library.document("storm")
    text = (folder / "storm.txt").read_text("utf-8")
    (folder / "storm.txt").write_text(text.replace("council", "guild").replace("harbour", "quay"), "utf-8")
    (folder / "ledger.txt").unlink()
    service.library.refresh()
    assert service.library.document(storm.key).stamp != storm.stamp  # the key is the same, the text another
    for query in ("crossings ferries OR harbour", "dimmed council", "harbour"):
        results = service.search(query, limit=None)
        assert (UNINDEXED in results.notes) == (few == 0)
        if few:
            assert set(addresses(results)) == everything(service, results.read_as)
        for hit in results.hits:
            assert hit.spans
            assert PassageMatcher(results.node).find(hit.passage) is not None


def test_before_it_is_indexed_a_search_reads_a_few_documents_and_says_so_of_many(
    library_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(library_folder)
    service = SearchService(library)
    library.refresh()
    assert service.search("harbour").notes == ()
    for query in QUERIES:
        assert set(addresses(service.search(query, limit=None))) == everything(service, query)
    monkeypatch.setattr("docterm.search.service.READ_EACH_TIME", 0)
    assert UNINDEXED in service.search("harbour").notes
    service.synchronise()
    assert UNINDEXED not in service.search("harbour").notes
    service.close()
    library.close()


def test_overlapping_calls_index_everything_once_and_leave_no_note(
    library_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docterm.search.service.BATCH", 1)
    library = Library(library_folder)
    service = SearchService(library)
    library.refresh()
    touched: list[int] = []
    threads = [threading.Thread(target=lambda: touched.append(service.synchronise())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(touched) == [0, 0, 0, len(library.documents())]
    assert UNINDEXED not in service.search("harbour").notes
    service.close()
    library.close()


def test_indexing_that_is_cancelled_goes_on_where_it_stopped(
    library_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docterm.search.service.BATCH", 1)
    monkeypatch.setattr("docterm.search.service.READ_EACH_TIME", 0)
    library = Library(library_folder)
    service = SearchService(library)
    library.refresh()
    answers = iter([False, True])
    assert service.synchronise(lambda: next(answers)) == 1
    assert UNINDEXED in service.search("harbour").notes
    assert service.synchronise() == len(library.documents()) - 1
    assert UNINDEXED not in service.search("harbour").notes
    service.close()
    library.close()


def test_two_services_on_one_library(service: SearchService) -> None:
    library = Library(service.library.root)
    other = SearchService(library)
    (library.root / "new.txt").write_text("A walrus came.\n", "utf-8")
    assert up_to_date(service) == 1
    assert up_to_date(other) == 0
    assert addresses(other.search("walrus")) == addresses(service.search("walrus")) == ["new:1"]
    assert service.notes == other.notes == []
    other.close()
    library.close()


def test_closing_twice_and_searching_again(service: SearchService) -> None:
    service.close()
    service.close()
    assert service.search("harbour").passages == 3


# --- damage --------------------------------------------------------------------------------------


def flipped(data: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(chance.choice([1, 3, 64])):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


DAMAGES: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "flipped": flipped,
    "cut": lambda data, chance: data[: chance.randrange(len(data))],
    "emptied": lambda data, chance: b"",
    "garbage": lambda data, chance: chance.randbytes(len(data)),
    "longer": lambda data, chance: data + b"\0" * 100,
}


def reopened(root: Path) -> SearchService:
    return SearchService(Library(root))


def shut(service: SearchService) -> None:
    service.close()
    service.library.close()


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("changed", [True, False], ids=["and a document changed", "nothing changed"])
def test_a_damaged_index_is_made_anew(service: SearchService, damage: str, changed: bool, tmp_path: Path) -> None:
    root, folder = service.library.root, service.library.cache_folder / INDEX_FOLDER
    service.close()
    shutil.copytree(folder, tmp_path / "sound")
    chance = random.Random(11)
    files = sorted(path.name for path in folder.iterdir() if path.stat().st_size)
    assert len(files) >= 3
    for number, name in enumerate(files):
        shutil.rmtree(folder)
        shutil.copytree(tmp_path / "sound", folder)
        (folder / name).write_bytes(DAMAGES[damage]((folder / name).read_bytes(), chance))
        if changed:
            (root / "ledger.txt").write_text(f"The harbour of the council.\n\nCrossing {number}.\n", "utf-8")
        again = reopened(root)
        up_to_date(again)
        assert_right(again)
        assert len(again.notes) <= 1
        # The seal says nothing of itself, and what stands behind the last commit in the log does not count.
        if not name.endswith(".json") and (name[-4:], damage) != (".log", "longer"):
            assert again.notes == ["The search index was damaged or of another version; it was made anew."], name
        shut(again)
        once_more = reopened(root)
        assert up_to_date(once_more) == 0
        assert once_more.notes == []
        shut(once_more)


@pytest.mark.parametrize("pattern", ["*.passages", "*.log", "*.toc", "seal.json", "*"])
def test_index_files_that_are_gone(service: SearchService, pattern: str) -> None:
    root, folder = service.library.root, service.library.cache_folder / INDEX_FOLDER
    service.close()
    for path in folder.glob(pattern):
        path.unlink()
    again = reopened(root)
    up_to_date(again)
    assert_right(again)
    assert len(again.notes) <= 1
    shut(again)


@pytest.mark.parametrize("pattern", ["*.passages", "*.log", "*.toc", "seal.json", "*"])
def test_index_files_that_go_while_it_is_open(service: SearchService, pattern: str) -> None:
    folder = service.library.cache_folder / INDEX_FOLDER
    assert_right(service)
    for path in folder.glob(pattern):
        path.unlink()
    (service.library.root / "new.txt").write_text("A harbour of the council.\n", "utf-8")
    up_to_date(service)
    assert_right(service)
    assert len(service.notes) <= 1


def test_another_version_of_the_index(service: SearchService) -> None:
    root, stamps = service.library.root, service.library.cache_folder / INDEX_FOLDER / "seal.json"
    service.close()
    content = json.loads(stamps.read_bytes())
    stamps.write_text(json.dumps(content | {"engine": "0/older"}))
    again = reopened(root)
    up_to_date(again)
    assert again.notes == ["The search index was damaged or of another version; it was made anew."]
    assert_right(again)
    shut(again)


def test_an_engine_that_is_damaged_for_good_is_not_tried_for_ever(
    service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def damaged(*_: object) -> None:
        calls.append(1)
        raise EngineDamaged

    monkeypatch.setattr(service.engine, "search", damaged)
    with pytest.raises(EngineDamaged):
        service.search("harbour")
    assert len(calls) == 2


INDEXER = """
import sys
from pathlib import Path, PurePosixPath
from docterm.library.library import Library
from docterm.search.service import SearchService
library = Library(Path(sys.argv[1]))
service = SearchService(library)
print("ready", flush=True)
library.refresh()
print("read", flush=True)
service.synchronise()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_killed_while_it_reads_and_indexes(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    for number in range(40):
        paragraphs = (f"Paragraph {each} of file {number} on the harbour council.\n" for each in range(30))
        (folder / f"f{number}.txt").write_text("\n".join(paragraphs), "utf-8")
    chance = random.Random(7)
    for turn in range(4):
        process = subprocess.Popen([sys.executable, "-c", INDEXER, str(folder)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        if turn % 2:
            process.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.4))
        process.kill()
        process.communicate()
        (folder / f"f{turn}.txt").write_text(f"Changed in turn {turn} by the harbour.\n", "utf-8")
        service = reopened(folder)
        service.search("harbour", limit=1)  # what is there can be searched
        shut(service)
    service = reopened(folder)
    up_to_date(service)
    assert service.search("harbour", limit=1).passages == 36 * 30 + 4
    assert service.search("council", limit=1).passages == 36 * 30
    assert set(everything(service, "harbour")) == set(addresses(service.search("harbour", limit=None)))
    shut(service)
