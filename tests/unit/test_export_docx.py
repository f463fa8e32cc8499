"""Word documents: Zotero's fields are read back by Pandoc, and documents of the user's are brought up to date."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from test_export import QUOTES, cites, run, said

from docterm.errors import CitationError
from docterm.library.readers.docx import read
from docterm.quotes.form import Form
from docterm.quotes.pandoc import programs
from quote_samples import HOSTILE, RECORDS, quote_of


def read_back(path: Path) -> tuple[list[Any], list[Any]]:
    """Give what Pandoc reads in a Word document: its blocks, and the records in Zotero's fields."""
    import subprocess

    program = next(iter(programs()))
    command = [program, "--from=docx+citations", "--to=json", str(path)]
    document = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return document["blocks"], document["meta"]["references"]["c"]


def part(path: Path, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def codes(xml: str) -> list[dict[str, Any]]:
    fields = re.findall(r"<w:instrText[^>]*> ADDIN ZOTERO_ITEM CSL_CITATION (.*?) </w:instrText>", xml)
    return [json.loads(field.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")) for field in fields]


@pytest.mark.parametrize("style", ["apa", "chicago-notes-bibliography", "nature"])
def test_fields_are_read_back_with_key_place_and_record(tmp_path: Path, style: str) -> None:
    path = tmp_path / "out.docx"
    run(
        path,
        Form.DOCX,
        [*QUOTES, replace(QUOTES[0], id=QUOTES[0].id[:-4] + "0000", locator=QUOTES[0].locator)],
        style=style,
    )
    blocks, references = read_back(path)
    found = [(each["citationId"], said(each["citationSuffix"]).strip(" ,")) for each in cites(blocks)]
    assert found == [
        ("news", "paragraph 4"),
        ("report", "paragraph 7"),
        ("news", "paragraph 9"),
        ("news", "paragraph 4"),
    ]
    titles = {said(each["c"]["title"]["c"]) for each in references}
    assert titles == {"Dockers walk out over “unsafe” cranes", "Cables under the sea"}


def test_a_field_has_what_zotero_asks_for(tmp_path: Path) -> None:
    path = tmp_path / "out.docx"
    run(path, Form.DOCX)
    xml = part(path)
    first = codes(xml)[0]
    assert first["properties"] == {
        "formattedCitation": "(Okafor, 2024, para. 4)",
        "plainCitation": "(Okafor, 2024, para. 4)",
        "noteIndex": 0,
    }
    (item,) = first["citationItems"]
    assert (item["id"], item["locator"], item["label"]) == ("news", "4", "paragraph")
    assert item["itemData"]["title"] == RECORDS[0]["title"]
    assert first["schema"].endswith("csl-citation.json")
    assert xml.count("ADDIN ZOTERO_BIBL") == 1
    assert (
        xml.count('fldCharType="begin"') == xml.count('fldCharType="separate"') == xml.count('fldCharType="end"') == 4
    )


@pytest.mark.parametrize("style", ["apa", "oscola"])
def test_hostile_words_are_words(tmp_path: Path, style: str) -> None:
    path = tmp_path / "out.docx"
    hostile = [
        quote_of(
            {"id": f"k{n}", "type": "book", "title": text, "author": [{"literal": text}]}, 1, f"{text}\x00\x1b\ufffe"
        )
        for n, text in enumerate(HOSTILE)
    ]
    run(path, Form.DOCX, hostile, style=style)
    for name in ("word/document.xml", "word/footnotes.xml", "word/styles.xml", "[Content_Types].xml"):
        ElementTree.fromstring(part(path, name))
    blocks, _ = read_back(path)
    assert {each["citationId"] for each in cites(blocks)} == {each.key for each in hostile}
    assert run(path, Form.DOCX, hostile, style=style).unchanged == [each.id for each in hostile]


def test_docterm_reads_the_document_itself(tmp_path: Path) -> None:
    path = tmp_path / "out.docx"
    run(path, Form.DOCX)
    text = "\n".join(block.text for block in read(path.read_bytes()).blocks)
    assert "“They ‘walked out’ before dawn” (Okafor, 2024, para. 4)." in text


def with_words(path: Path, old: str, new: str) -> None:
    """Change the text of a document, as a writer in Word does."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts["word/document.xml"]
    parts["word/document.xml"] = parts["word/document.xml"].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


MINE = "<w:p><w:r><w:t>Mine — äö</w:t></w:r></w:p>"


def test_what_the_user_writes_around_stays_and_new_quotes_come_before_the_references(tmp_path: Path) -> None:
    path = tmp_path / "out.docx"
    run(path, Form.DOCX, QUOTES[:1], QUOTES)
    with_words(path, "<w:body>", f"<w:body>{MINE}")
    with_words(path, "<w:sectPr/>", f"{MINE}<w:sectPr/>")
    changes = run(path, Form.DOCX)
    assert (changes.new, changes.unchanged) == ([each.id for each in QUOTES[1:]], [QUOTES[0].id])
    xml = part(path)
    assert xml.count(MINE) == 2
    assert xml.index("walked out") < xml.index("word word") < xml.index("cold") < xml.index("ZOTERO_BIBL")
    assert xml.count("Cables under the sea") == 2, "in its field, and in the list that was written anew"
    read_back(path)


def test_a_quote_that_changed_is_updated_and_one_changed_by_hand_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "out.docx"
    run(path, Form.DOCX)
    with_words(path, "s cold", "s icy")
    changed = [QUOTES[0], replace(QUOTES[1], text="other words.", context="other words."), QUOTES[2]]
    changes = run(path, Form.DOCX, changed)
    assert (changes.updated, changes.kept, changes.unchanged) == ([QUOTES[1].id], [QUOTES[2].id], [QUOTES[0].id])
    xml = part(path)
    assert "s icy" in xml
    assert "word word" not in xml
    assert "other words" in xml


def test_a_citation_that_zotero_has_renewed_stays(tmp_path: Path) -> None:
    path = tmp_path / "out.docx"
    run(path, Form.DOCX)
    with_words(path, '<w:t xml:space="preserve">(Okafor, 2024, para. 4)', '<w:t xml:space="preserve">[1, Para. 4]')
    before = path.read_bytes()
    assert len(run(path, Form.DOCX).unchanged) == 3
    assert path.read_bytes() == before


def test_a_document_of_another_program_takes_quotes_at_its_end(tmp_path: Path) -> None:
    import subprocess

    path = tmp_path / "manuscript.docx"
    subprocess.run([next(iter(programs())), "-o", str(path)], input=b"# Mine\n\nSome *words*.^[a note]\n", check=True)
    with zipfile.ZipFile(path) as archive:
        before = {name: archive.read(name) for name in archive.namelist()}
    assert len(run(path, Form.DOCX, style="chicago-notes-bibliography").new) == 3
    with zipfile.ZipFile(path) as archive:
        after = {name: archive.read(name) for name in archive.namelist()}
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"word/document.xml", "word/footnotes.xml"}
    blocks, _ = read_back(path)
    assert said(blocks[:2]).startswith("\0HeaderSome words.")
    assert len(cites(blocks)) == 3


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a zip",
        {"other.xml": "<x/>"},
        {"word/document.xml": "<w:document"},
        {"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'},
        {"word/document.xml": '<?xml version="1.0" encoding="utf-16"?><x/>'},
    ],
)
def test_what_is_no_document_is_left_as_it_is(tmp_path: Path, content: bytes | dict[str, str]) -> None:
    path = tmp_path / "out.docx"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in content.items():
                archive.writestr(name, text)
    before = path.read_bytes()
    with pytest.raises(CitationError, match="cannot be added to"):
        run(path, Form.DOCX)
    assert path.read_bytes() == before
