"""`docterm search` and `docterm kwic`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from docterm.text import words

if TYPE_CHECKING:
    from conftest import Run

Terminal = Callable[..., tuple[int, str]]


def test_search_text(docterm: Run, library_folder: Path) -> None:
    answer = docterm("search", "dimmed", "light", "--library", library_folder)
    assert answer.returncode == 0
    assert answer.stderr == "read as: dimmed AND light\n"
    first, *_, last = answer.stdout.splitlines()
    assert first in ("harbour:2  The harbour at night", "storm:1  Storm over the harbour",
                     "harbour:1  The harbour at night")  # fmt: skip
    assert "  Island Courier, 2021-05-07\n  A storm closed the harbour" in answer.stdout
    assert last == "3 passages in 2 documents."


def test_search_json(docterm: Run, library_folder: Path) -> None:
    answer = docterm("search", "“We count”", "--library", library_folder, "--json")
    found: dict[str, Any] = json.loads(answer.stdout)
    assert answer.stdout.count("\n") == 1
    assert not answer.stderr
    assert {name: found[name] for name in ("schema", "query", "read_as", "notes", "total", "terms")} == {
        "schema": "docterm.search/1",
        "query": "“We count”",
        "read_as": '"we count"',
        "notes": [],
        "total": {"passages": 1, "documents": 1},
        "terms": {'"we count"': 1},
    }
    assert found["facets"] == {
        "source": {"Tidewater Review": 1},
        "year": {"2019": 1},
        "type": {"document": 1},
        "tag": {},
    }
    (hit,) = found["hits"]
    ((start, end),) = hit["spans"]
    assert hit["text"][start:end] == "We count"
    assert hit["address"] == "harbour:2"
    where = {"paragraph": 2, "number": "2", "page": None, "page_label": "", "heading": ["The pilots"]}
    assert hit["locator"] == where
    assert hit["score"] > 0


def test_search_json_says_where_in_a_document_the_hits_stand(docterm: Run, library_folder: Path) -> None:
    (library_folder / "eels.txt").write_text("\n\n".join(f"Eel number {n} was counted." for n in range(64)), "utf-8")
    found = json.loads(docterm("search", "number 63 OR number 62", "--library", library_folder, "--json").stdout)
    assert found["dispersion"]["eels"] == [0] * 15 + [2]


def test_search_jsonl_is_one_hit_a_line(docterm: Run, library_folder: Path) -> None:
    answer = docterm("search", "harbour", "--library", library_folder, "--jsonl")
    hits = [json.loads(line) for line in answer.stdout.splitlines()]
    assert {hit["document"] for hit in hits} == {"harbour", "storm", "ledger"}
    assert answer.stderr == "read as: harbour\n"


def test_search_limit_says_what_is_left(docterm: Run, library_folder: Path) -> None:
    answer = docterm("search", "harbour", "--limit", 1, "--library", library_folder)
    assert answer.stdout.splitlines()[-1] == "1 of 3 passages in 3 documents; --limit N shows more."


@pytest.mark.parametrize(
    ("sort", "expected"), [("date", ["storm", "harbour", "ledger"]), ("place", ["harbour", "storm", "ledger"])]
)
def test_search_sort(docterm: Run, library_folder: Path, sort: str, expected: list[str]) -> None:
    answer = docterm("search", "harbour", "--sort", sort, "--library", library_folder, "--json")
    assert [hit["document"] for hit in json.loads(answer.stdout)["hits"]] == expected


def test_nothing_found_says_how_often_each_word_stands(docterm: Run, library_folder: Path) -> None:
    answer = docterm("search", '"harbour council"', "zebra", "--library", library_folder)
    assert answer.returncode == 1
    assert not answer.stdout
    assert answer.stderr.splitlines()[-1] == 'Nothing found. Passages with each part: "harbour council" 0, zebra 0.'
    alone = docterm("search", "zebra", "--library", library_folder)
    assert alone.stderr.splitlines()[-1] == "Nothing found."
    found = docterm("search", "zebra", "--library", library_folder, "--json")
    assert found.returncode == 1
    assert json.loads(found.stdout)["terms"] == {"zebra": 0}


def test_some_of_the_words_say_so(docterm: Run, library_folder: Path) -> None:
    answer = docterm("search", "zebra", "nets", "--library", library_folder)
    assert answer.returncode == 0
    assert "“zebra” is not in this library." in answer.stderr
    assert "read as: nets" in answer.stderr


def test_query_with_a_hyphen_follows_two(docterm: Run, library_folder: Path) -> None:
    assert docterm("search", "--library", library_folder, "--", "-nets").returncode == 0
    assert docterm("search", "--library", library_folder, "-nets").returncode == 2


def test_hits_are_bold_on_a_terminal(on_terminal: Terminal, library_folder: Path) -> None:
    code, written = on_terminal("search", "buoys", "--library", library_folder)
    assert code == 0
    assert written.count("\x1b[1mbuoys\x1b[0m") == 1
    assert written.count("\x1b") == 2


@pytest.mark.parametrize("setting", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour(on_terminal: Terminal, library_folder: Path, setting: dict[str, str]) -> None:
    for verb in (["search"], ["kwic"]):
        code, written = on_terminal(*verb, "buoys", "--library", library_folder, **setting)
        assert code == 0
        assert "\x1b" not in written


# --- saved searches ------------------------------------------------------------------------------


def test_a_saved_search_shows_what_is_new_and_then_has_seen_it(docterm: Run, library_folder: Path) -> None:
    def search(*arguments: object) -> Any:
        return docterm("search", *arguments, "--library", library_folder)

    assert "Saved as “boats at night”:" in search("storm", "--save", "boats at night").stderr
    told = search("crossings", "--save", "boats at night").stderr
    assert "Saved as “boats at night”, in place of storm:" in told
    nothing = search("--saved", "boats at night")
    assert nothing.returncode == 1
    assert nothing.stdout.startswith("Nothing new since ")
    (library_folder / "eels.txt").write_text("On eels\n\nEels are counted in the crossings of spring.\n", "utf-8")
    listed = json.loads(search("--saved", "--json").stdout)
    assert [(each["name"], each["query"], each["new"]) for each in listed["searches"]] == [
        ("boats at night", "crossings", 1)
    ]
    found = json.loads(search("--saved", "boats at night", "--json").stdout)
    assert [hit["document"] for hit in found["hits"]] == ["eels"]
    assert found["saved"]["new"] == 1
    assert search("--saved", "boats at night").returncode == 1
    assert "Forgot" in search("--forget", "boats at night").stderr
    assert search("--saved").returncode == 1


@pytest.mark.parametrize(
    "arguments", [(), ("a", "--saved", "b"), ("--save", "a"), ("--saved", "zebra"), ("--forget", "zebra"),
                  ("a", "--save", " ")],
)  # fmt: skip
def test_a_request_about_saved_searches_that_makes_no_sense_is_refused(
    docterm: Run, library_folder: Path, arguments: tuple[str, ...]
) -> None:
    answer = docterm("search", *arguments, "--library", library_folder)
    assert answer.returncode == 2
    assert len(answer.stderr.splitlines()) == 2
    assert not answer.stdout


# --- kwic ----------------------------------------------------------------------------------------


def test_kwic_text(docterm: Run, library_folder: Path) -> None:
    answer = docterm("kwic", "crossing", "--library", library_folder, "--width", 20)
    assert answer.returncode == 0
    assert answer.stdout.splitlines() == [
        "harbour:2     lights made every crossing slower. “We count",
        "storm:2        in port, and the crossing to the islands was",
        "ledger:2                  Forty crossings were entered in",
        "",
        "  harbour: 1, 20.00 per 1,000 words",
        "  storm: 1, 21.74 per 1,000 words",
        "  ledger: 1, 45.45 per 1,000 words",
    ]


def test_kwic_json(docterm: Run, library_folder: Path) -> None:
    answer = docterm("kwic", "dimmed", "lights", "--library", library_folder, "--json")
    found = json.loads(answer.stdout)
    assert found["schema"] == "docterm.kwic/1"
    assert found["node"] == "dimmed lights"
    (line,) = found["lines"]
    assert line == {
        "address": "harbour:2",
        "left": "Pilots said that",
        "node": "dimmed lights",
        "right": "made every crossing slower. “We count",
        "span": [17, 30],
    }
    assert found["counts"] == {"harbour": {"count": 1, "per_1000": 20.0}}


def test_kwic_in_named_documents(docterm: Run, library_folder: Path) -> None:
    answer = docterm("kwic", "harbour", "--in", "ledger", "--in", "storm", "--library", library_folder, "--jsonl")
    assert {json.loads(line)["address"] for line in answer.stdout.splitlines()} == {"ledger:1", "storm:1"}
    assert docterm("kwic", "harbour", "--in", "nothing", "--library", library_folder).returncode == 2


@pytest.mark.parametrize("sort", ["left", "right"])
def test_kwic_sort(docterm: Run, library_folder: Path, sort: str) -> None:
    answer = docterm("kwic", "the", "--sort", sort, "--library", library_folder, "--json")
    sides = [words(line[sort]) for line in json.loads(answer.stdout)["lines"]]
    nearest = [side[-1 if sort == "left" else 0] for side in sides if side]
    assert nearest == sorted(nearest)


def test_kwic_nothing_found(docterm: Run, library_folder: Path) -> None:
    answer = docterm("kwic", "zebra", "--library", library_folder)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr == "Nothing found: “zebra” is in none of the documents.\n"


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_lines_fit_the_terminal(on_terminal: Terminal, library_folder: Path, columns: int) -> None:
    for verb in (["search", "harbour"], ["kwic", "harbour"], ["list"], ["show", "storm"], ["compare", "storm", "harb"]):
        code, written = on_terminal(*verb, "--library", library_folder, columns=columns, NO_COLOR="1")
        assert code == 0
        assert [line for line in written.splitlines() if len(line) > columns] == [], verb


def test_without_a_source_the_author_speaks_and_without_both_no_line_is_empty(
    docterm: Run, library_folder: Path
) -> None:
    text = "---\ntitle: On eels\nauthor: Ines Okafor\n---\n\nEels are counted in the crossings of spring.\n"
    (library_folder / "eels.md").write_text(text, "utf-8")
    found = docterm("search", "crossings", "--library", library_folder).stdout
    assert "eels:1  On eels\n  Okafor\n" in found
    assert "\n\n\n" not in found
    assert not [block for block in found.split("\n\n") if block.startswith("  ")]
    assert "eels · Okafor · " in docterm("show", "eels", "--library", library_folder).stdout
    assert "Okafor" in docterm("list", "--library", library_folder).stdout


def test_search_explains_its_tree_and_scores(docterm: Run, library_folder: Path) -> None:
    answer = docterm("search", "--library", library_folder, "--explain", "harbour -spring")
    first, *lines = answer.stdout.splitlines()
    assert first.startswith("AND  ")
    assert lines[0].startswith("  harbour  ")
    assert lines[1].startswith("  NOT spring  ")
    assert any(line.startswith("  score ") and " = harbour " in line for line in lines)
    found = json.loads(docterm("search", "--library", library_folder, "--explain", "--json", "harbour").stdout)
    assert found["explanation"]["tree"] == [{"depth": 0, "part": "harbour", "passages": found["total"]["passages"]}]
    assert [parts["harbour"] for parts in found["explanation"]["scores"]] == [hit["score"] for hit in found["hits"]]


def test_search_offers_the_nearest_spelling(docterm: Run, library_folder: Path) -> None:
    answer = docterm("search", "--library", library_folder, "harbuor", "lihgts")
    assert answer.returncode == 1
    assert "Did you mean: harbour AND lights" in answer.stderr
    found = json.loads(docterm("search", "--library", library_folder, "--json", "harbuor").stdout)
    assert found["suggestion"] == "harbour"


def test_search_finds_what_is_no_paragraph_when_its_role_is_asked_for(docterm: Run, library_folder: Path) -> None:
    answer = docterm("search", "--library", library_folder, "role:subhead", "pilots")
    assert answer.stdout.startswith("harbour (subhead)  ")
