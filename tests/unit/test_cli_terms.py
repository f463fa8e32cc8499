"""`docterm terms`: terms by groups of documents, through the years, and over a document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from docterm.compare.cancel import Cancelled
from docterm.compare.matrix import telling_terms
from docterm.library.grouping import UNKNOWN, By, grouped
from docterm.library.library import Library
from docterm.search.concordance import concordance
from docterm.search.dispersion import places

if TYPE_CHECKING:
    from conftest import Run

PARAGRAPHS = {
    "calm": ["The sea was calm.", "A calm sea and a gull.", "So calm a sea, in Lindvik."],
    "rough": ["The storm came from Norway.", "A storm at sea.", "Storms of Norwegian kind.", "A storm, and a gull."],
    "market": ["Barley was dear.", "Barley, barley.", "Some barley."],
}
FACTS: dict[str, dict[str, Any]] = {
    "calm": {"date": "2019", "source": "Courier"},
    "rough": {"date": "2021-05", "source": "Courier"},
    "market": {"source": "Ledger"},
}
TAGS = {"calm": ["sea", "weather"], "rough": ["sea"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for key, paragraphs in PARAGRAPHS.items():
        facts = "\n".join(f"{name}: {json.dumps(value)}" for name, value in FACTS[key].items())
        (tmp_path / f"{key}.md").write_text(
            f"---\nkey: {key}\ntitle: {key}\n{facts}\n---\n\n" + "\n\n".join(paragraphs), "utf-8"
        )
    records = [{"id": key, "custom": {"docterm": {"tags": tags}}} for key, tags in TAGS.items()]
    (tmp_path / "references.json").write_text(json.dumps(records), "utf-8")
    return tmp_path


def answer(docterm: Run, *arguments: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(docterm("terms", *arguments, "--json").stdout)
    return found


# --- groups --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        (By.SOURCE, {"Courier": ["calm", "rough"], "Ledger": ["market"]}),
        (By.YEAR, {"2019": ["calm"], "2021": ["rough"], UNKNOWN: ["market"]}),
        (By.TAG, {"sea": ["calm", "rough"], "weather": ["calm"], UNKNOWN: ["market"]}),
        (By.KEY, {"rough": ["rough"], "calm": ["calm"], "market": ["market"]}),
    ],
)
def test_documents_stand_in_groups(folder: Path, by: By, groups: dict[str, list[str]]) -> None:
    library = Library(folder)
    library.refresh()
    found = grouped(library.documents(), by)
    assert {group.label: sorted(document.key for document in group.documents) for group in found} == groups
    assert [group.label for group in found][-1] == list(groups)[-1]
    library.close()


# --- the matrix ----------------------------------------------------------------------------------


def test_the_terms_that_tell_the_groups_apart_are_shown_in_turn(docterm: Run, folder: Path) -> None:
    found = answer(docterm, "--by", "key", "--library", folder)
    assert found["schema"] == "docterm.terms/1"
    assert [group["label"] for group in found["groups"]] == ["rough", "calm", "market"]
    assert [row["term"] for row in found["terms"]] == ["storm", "calm", "barley", "sea"]
    storm = found["terms"][0]["groups"]
    assert [(cell["count"], cell["documents"]) for cell in storm] == [(4, 1), (0, 0), (0, 0)]
    assert found["strips"] == []


def test_a_term_must_stand_in_three_documents_of_a_group_of_several(docterm: Run, folder: Path) -> None:
    found = answer(docterm, "--by", "source", "--library", folder)
    assert [row["term"] for row in found["terms"]] == ["barley"]


def test_given_words_are_counted_as_searching_counts_them(docterm: Run, folder: Path) -> None:
    found = answer(docterm, "gull", "storm OR calm", "nothing", "--by", "source", "--library", folder)
    rows = {row["term"]: row for row in found["terms"]}
    assert rows["gull"]["groups"][0] == {"count": 2, "per_1000": pytest.approx(1000 * 2 / 34, abs=1e-3), "documents": 2}
    assert rows["storm OR calm"]["count"] == 7
    assert rows["nothing"]["count"] == 0
    kwic = json.loads(docterm("kwic", "storm OR calm", "--library", folder, "--json").stdout)
    assert rows["storm OR calm"]["count"] == len(kwic["lines"])


def test_a_telling_term_has_the_count_of_a_search_for_it(docterm: Run, folder: Path) -> None:
    for row in answer(docterm, "--by", "key", "--library", folder)["terms"]:
        (asked,) = answer(docterm, row["term"], "--by", "key", "--library", folder)["terms"]
        assert asked["groups"] == row["groups"]


def test_each_use_is_shown_beside_the_highest_of_its_row(docterm: Run, folder: Path) -> None:
    shown = docterm("terms", "storm", "calm", "--by", "key", "--library", folder).stdout.splitlines()
    assert [line.split() for line in shown[:4]] == [
        ["rough", "calm", "market"],
        ["1", "doc", "1", "doc", "1", "doc"],
        ["storm", "222.2", "█", "-", "·", "-", "·"],
        ["calm", "-", "·", "187.5", "█", "-", "·"],
    ]


def test_years_are_a_line_of_blocks(docterm: Run, folder: Path) -> None:
    run = docterm("terms", "sea", "storm", "barley", "--by", "year", "--library", folder)
    assert run.stdout.splitlines()[:4] == [
        "        uses  2019 to 2021",
        "sea        4  █ ▃",
        "storm      4  · █",
        "barley     4  · ·",
    ]
    assert "1 document without a year" in run.stdout


def test_without_years_there_is_no_timeline(docterm: Run, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("A storm came.\n\nA storm went.\n", "utf-8")
    run = docterm("terms", "storm", "--by", "year", "--library", tmp_path)
    assert (run.stdout, run.returncode) == ("", 0)
    assert "no years to show" in run.stderr


# --- strips --------------------------------------------------------------------------------------


def test_a_strip_shows_where_in_the_document_a_word_stands(docterm: Run, folder: Path) -> None:
    run = docterm("terms", "storm", "gull", "--in", "rough", "--in", "calm", "--library", folder)
    lines = run.stdout.splitlines()
    assert lines[0] == "storm"
    assert lines[1].split()[:2] == ["rough", "4"]
    assert lines[1].split()[2].count("█") == 4
    assert lines[2].split() == ["calm", "0", "·" * 60]
    assert lines[3] == "gull"
    assert lines[4].rstrip("·").endswith("█")


def test_the_strips_of_the_json_are_places_from_0_to_1(docterm: Run, folder: Path) -> None:
    found = answer(docterm, "norway", "--in", "rough", "--library", folder)
    (strip,) = found["strips"]
    whole = len(" ".join(PARAGRAPHS["rough"])) + 1
    assert strip["places"] == [pytest.approx(PARAGRAPHS["rough"][0].index("Norway") / whole, abs=1e-3)]
    assert (strip["key"], strip["count"], found["by"], found["terms"]) == ("rough", 1, None, [])


def test_places_are_in_order_and_inside_the_document(folder: Path) -> None:
    library = Library(folder)
    library.refresh()
    document = library.document("rough")
    found = concordance("storm OR a OR gull", [document], library.passages)
    at = places(found.lines, library.passages(document))
    assert len(at) == len(found.lines) == 8
    assert list(at) == sorted(at)
    assert 0 <= at[0] <= at[-1] < 1
    library.close()


# --- what cannot be shown ------------------------------------------------------------------------


def test_words_that_are_nowhere_are_said_to_be(docterm: Run, folder: Path) -> None:
    run = docterm("terms", "nothing", "--library", folder)
    assert run.returncode == 1
    assert run.stderr == "Nothing found: “nothing” is in none of the documents.\n"


def test_a_strip_needs_a_word(docterm: Run, folder: Path) -> None:
    run = docterm("terms", "--in", "rough", "--library", folder)
    assert run.returncode == 2
    assert "Name one" in run.stderr


@pytest.mark.parametrize("text", ["", "1 2 3.\n\n4 5 6.\n", "One sentence alone.\n"])
def test_a_library_without_telling_terms_says_so(docterm: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "one.txt").write_text(text, "utf-8")
    run = docterm("terms", "--library", tmp_path)
    assert (run.stdout, run.returncode) == ("", 1)
    assert "No word stands in enough passages" in run.stderr or "can be read" in run.stderr


def test_work_stops_when_it_is_cancelled(folder: Path) -> None:
    library = Library(folder)
    library.refresh()
    with pytest.raises(Cancelled):
        telling_terms(library, grouped(library.documents(), By.KEY), 5, cancelled=lambda: True)
    library.close()
