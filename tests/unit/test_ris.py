"""RIS, as databases and reference managers write it, is read as records of the library."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docterm.library.bibliography.ris import own_lines, read_ris, ris_records, write_ris
from docterm.text import label

if TYPE_CHECKING:
    from conftest import Run

ZOTERO = """TY  - NEWS
TI  - Storm over the harbour: a report from the quays, long enough to be
  broken over two lines
AU  - Lind, Tomas
AU  - van den Berg, Eva
AU  - Harbour Office
T2  - Island Courier
DA  - 2021/05/07/
PY  - 2021
UR  - https://example.org/storm
KW  - storms
KW  - harbours
SP  - 14
EP  - 19
SN  - 1234-5678
L1  - files/storm.txt
ID  - storm
ER  -
"""


def test_a_record_is_read_with_all_its_fields() -> None:
    (entry,), notes = read_ris(ZOTERO)
    assert not notes
    assert entry.files == ("files/storm.txt",)
    assert entry.record == {
        "id": "storm",
        "type": "article-newspaper",
        "title": "Storm over the harbour: a report from the quays, long enough to be broken over two lines",
        "author": [
            {"family": "Lind", "given": "Tomas"},
            {"family": "Berg", "given": "Eva", "non-dropping-particle": "van den"},
            {"literal": "Harbour Office"},
        ],
        "container-title": "Island Courier",
        "issued": {"date-parts": [[2021, 5, 7]]},
        "URL": "https://example.org/storm",
        "keyword": "storms, harbours",
        "page": "14-19",
        "ISSN": "1234-5678",
    }


def test_a_record_without_an_id_gets_a_key() -> None:
    (entry,), _ = read_ris("TY  - BOOK\nAU  - Novák, Jan\nPY  - 2015\nTI  - A history of walls\nER  - \n")
    assert entry.id == "novak2015history"


def test_damaged_records_are_said_and_the_others_read() -> None:
    text = f"garbage\nTY  - BOOK\nER  - \n{ZOTERO}TY  - JOUR\nTI  - Cut off in the middle\nAU  - Sato, Ken"
    entries, notes = read_ris(text)
    assert [entry.id for entry in entries] == ["storm", "satocut"]
    assert notes == ["line 2: this record has no id, and neither author, year nor title to make one of."]


@given(st.text())
def test_no_text_makes_reading_fail(text: str) -> None:
    read_ris(text)
    assert "".join(piece for _, piece in ris_records(text)) == text


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])).map(str.split).map(" ".join).filter(len))
def test_any_title_is_one_line_and_read_back(title: str) -> None:
    written = write_ris({"id": "k", "type": "book", "title": title})
    (entry,), _ = read_ris(written)
    assert len(written.splitlines()) == 4
    assert entry.record.get("title", "") == label(title, 1000)


def test_lines_of_the_user_stay_when_a_record_is_written_anew() -> None:
    old = "TY  - BOOK\nID  - k\nTI  - Old\nC1  - mine\nER  - "
    assert own_lines(old, "TY  - BOOK\nID  - k\nTI  - New\nER  - ") == (
        "TY  - BOOK\nID  - k\nTI  - New\nC1  - mine\nER  - "
    )


@pytest.mark.parametrize("attached", [True, False])
def test_a_file_of_records_describes_the_documents_of_a_library(docterm: Run, tmp_path: Path, attached: bool) -> None:
    (tmp_path / "storm.txt").write_text("A storm closed the harbour for three days, and nobody came.\n")
    text = ZOTERO if attached else ZOTERO.replace("L1  - files/storm.txt\n", "")
    (tmp_path / "export.ris").write_text(text)
    answer = docterm("record", "storm", "--json", "--library", tmp_path)
    found = {field["name"]: field for field in json.loads(answer.stdout)["fields"]}
    assert found["container-title"]["value"] == "Island Courier"
    assert found["container-title"]["source"]["kind"] == "ris"
    assert found["container-title"]["source"]["path"] == "export.ris"
