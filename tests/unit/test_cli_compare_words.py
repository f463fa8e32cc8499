"""The vocabulary of `docterm compare`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Run

LEFT = ["The storm tore the ferries of Lindvik.", "A storm came to Brandt.", "One more storm, said Ilse Brandt."]
RIGHT = ["Barley was dear in Lindvik.", "Barley was dear.", "Barley and flour were dear.", "A gale came by."]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, paragraphs in (("left", LEFT), ("right", RIGHT), ("other", ["Flour was cheap.", "Storms came by."])):
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\n" + "\n\n".join(paragraphs), "utf-8")
    return tmp_path


def vocabulary(shown: str) -> list[str]:
    """The lines from the vocabulary on."""
    return shown[shown.index("Vocabulary: ") :].splitlines()


def test_each_kind_of_term_has_a_table_with_bars(docterm: Run, folder: Path) -> None:
    lines = vocabulary(docterm("compare", "left", "right", "--library", folder).stdout)
    assert lines[0] == (
        "Vocabulary: left and right. 18 words against 17 words. This describes them. "
        "A text of 17 words cannot show that it avoids a word."
    )
    words, names = lines.index("Words"), lines.index("Names")
    assert words < names
    assert [line.split() for line in lines[words + 2 : words + 4]] == [
        "more in left: 1, besides 3 in too few places, or hardly more".split(),
        ["3", "166.7", "▐███████", "storm", "0.0", "0", "+2.7", "±4.2", "3|0"],
    ]
    barley = next(line for line in lines if " barley " in line.lower())
    assert barley.split() == ["0", "0.0", "Barley", "████████", "176.5", "3", "-2.9", "±4.2", "0|3"]
    brandt = next(line for line in lines if " Brandt " in line)
    assert brandt.endswith("few")


def test_the_rows_of_the_json_say_kind_and_passages(docterm: Run, folder: Path) -> None:
    rows = json.loads(docterm("compare", "left", "right", "--library", folder, "--json").stdout)["vocabulary"]
    told = {row["term"]: (row["kind"], row["passages"], row["few"], row["z"]) for row in rows}
    assert told["storm"] == ("word", [3, 0], False, None)
    assert told["Brandt"] == ("name", [2, 0], True, None)


def test_words_are_held_against_the_rest_of_the_library(docterm: Run, folder: Path) -> None:
    shown = docterm("compare", "left", "right", "--against", "library", "--library", folder).stdout
    assert "Vocabulary: left and the rest. 18 words against 2 documents of 23 words." in shown
    assert "Vocabulary: right and the rest. 17 words against 2 documents of 24 words." in shown
    assert "Vocabulary: left and right." not in shown


def test_the_json_against_the_library_keeps_all_it_had(docterm: Run, folder: Path) -> None:
    plain = json.loads(docterm("compare", "left", "right", "--library", folder, "--json").stdout)
    found = json.loads(
        docterm("compare", "left", "right", "--against", "library", "--library", folder, "--json").stdout
    )
    against = found.pop("against_library")
    assert found == plain
    assert (against["left"]["documents"], against["left"]["words"]) == (2, 23)
    rows = {row["term"]: row for row in against["left"]["vocabulary"]}
    assert (rows["storm"]["left"], rows["storm"]["right"], rows["storm"]["passages"]) == (3, 1, [3, 1])
    assert rows["storm"]["z"] > 0


def test_the_rest_may_be_one_document(docterm: Run, tmp_path: Path) -> None:
    for name in ("left", "right"):
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\nThe storm came.", "utf-8")
    answer = docterm("compare", "left", "right", "--against", "library", "--library", tmp_path)
    assert answer.returncode == 0
    assert "Vocabulary: left and the rest. 3 words against 3 words." in answer.stdout


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "There are no words in odd."),
        ("12 3,400 2019.", "There is nothing but numbers and function words, which are left out."),
        ("A storm.", "  more in left: none"),
    ],
)
def test_what_cannot_be_compared_is_said_to_be_so(docterm: Run, tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "left.md").write_text("# Left\n\n1 2 3.\n\n4 of 5." if "1" in text else "# Left\n\nGale.", "utf-8")
    (tmp_path / "odd.md").write_text(f"# Odd\n\n{text}\n", "utf-8")
    answer = docterm("compare", "left", "odd", "--library", tmp_path)
    assert answer.returncode == 0
    assert told in answer.stdout
    assert not {"inf", "nan"} & set(answer.stdout.split())
