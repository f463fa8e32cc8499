"""`docterm record`, tags and groups in `docterm list`, keys that are pinned, and records found for documents."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from docterm.config.paths import cache_for
from docterm.library.library import Library

if TYPE_CHECKING:
    from conftest import Run

BIB = r"""
@article{okaforNight2019, title={Night pilots}, author={Okafor, Ines}, date={2019-04}, file={:C\:\\z\\notes.txt:txt}}
@article{byDoi, title={Something else}, doi={10.1234/abc}, author={{Lamp Union}}}
@article{byTitle, title={The councils and the lamps of the bay}, year=2001}
@book{odd--key, title={Odd}, file={odd.txt}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a library without any record: two notes that would have the same key."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for name, text in (("b.md", "First"), ("c.md", "Second")):
        meta = "title: Lamps of the bay\nauthor: Ines Okafor\ndate: 2019-04-02\nsource: Tidewater Review"
        (folder / name).write_text(f"---\n{meta}\n---\n\n{text} the lamps went out, one after the other.\n", "utf-8")
    return folder


def keys(folder: Path) -> dict[str, str]:
    library = Library(folder)
    library.refresh()
    found = {document.path: document.key for document in library.documents()}
    library.close()
    return found


def record(docterm: Run, folder: Path, *arguments: str) -> dict[str, Any]:
    answer = docterm("record", *arguments, "--json", "--library", folder)
    assert answer.returncode == 0, answer.stderr
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def sources(found: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {each["name"]: (each["text"], each["source"]["kind"]) for each in found["fields"]}


def items(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder / "references.json").read_text("utf-8"))
    return found


def test_every_field_says_where_it_comes_from(docterm: Run, library_folder: Path) -> None:
    (library_folder / "storm.txt.csl.json").write_text(json.dumps({"title": "A storm", "issue": 4}))
    answer = docterm("record", "storm", "--library", library_folder)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.splitlines() == [
        "storm",
        "  type: article-newspaper  [references.json]",
        "  title: A storm  [sidecar storm.txt.csl.json]",
        "  author: Lind, Tomas  [references.json]",
        "  issued: 2021-05-07  [references.json]",
        "  container-title: Island Courier  [references.json]",
        "  issue: 4  [sidecar storm.txt.csl.json]",
    ]
    found = record(docterm, library_folder, "ledger")
    assert found["schema"] == "docterm.record/1"
    assert sources(found)["title"] == ("ledger", "file name")
    assert found["key"]["source"]["kind"] == "made"


def test_a_correction_is_written_to_references_json_alone(docterm: Run, library_folder: Path) -> None:
    before = items(library_folder)
    before.insert(0, {"id": "of another program", "x": {"y": [1.5, None]}, "author": "kept as it was"})
    (library_folder / "references.json").write_text(json.dumps(before), "utf-8")
    text = (library_folder / "storm.txt").read_bytes()
    found = record(docterm, library_folder, "storm", "title=Gale", "author=Lind, Bo; Lamp Union", "issued=2021-06")
    assert found["changed"] == ["title", "author", "issued"]
    assert {name: sources(found)[name] for name in ("title", "author", "issued", "container-title")} == {
        "title": ("Gale", "user"),
        "author": ("Lind, Bo; Lamp Union", "user"),
        "issued": ("2021-06", "user"),
        "container-title": ("Island Courier", "references.json"),
    }
    after = items(library_folder)
    assert after[0] == before[0]
    assert (after[1]["title"], after[1]["issued"]) == ("Gale", {"date-parts": [[2021, 6]]}), "other programs read it"
    assert (library_folder / "storm.txt").read_bytes() == text
    record(docterm, library_folder, "storm", "title=Another gale", "title-short=Gale")
    record(docterm, library_folder, "storm", "title=", "author=", "issued=", "title-short=")
    restored = items(library_folder)[1]
    assert restored | {"custom": None} == before[1] | {"custom": None}


@pytest.mark.parametrize(
    ("correction", "why"),
    [
        ("titel=x", "Did you mean `title`?"),
        ("title", "Write FIELD=VALUE"),
        ("issued=2021-02-30", "is no date"),
        ("type=novel", "no type of CSL"),
        ("volume=", "You have not corrected volume."),
        ("tags=", "The document has no tags."),
    ],
)
def test_a_correction_that_is_refused_writes_nothing(
    docterm: Run, library_folder: Path, correction: str, why: str
) -> None:
    before = (library_folder / "references.json").read_bytes()
    answer = docterm("record", "storm", "language=en", correction, "--library", library_folder)
    assert answer.returncode == 2
    assert why in answer.stderr
    assert (library_folder / "references.json").read_bytes() == before


@pytest.mark.parametrize(
    "content", ["{}", "[1]", "{", '[{"id": "storm", "a": 1, "a": 2}]', '[{"id":"storm","custom":5}]']
)
def test_a_file_that_cannot_be_kept_whole_is_not_written(docterm: Run, library_folder: Path, content: str) -> None:
    (library_folder / "references.json").write_text(content)
    answer = docterm("record", "storm", "title=Gale", "--library", library_folder)
    assert answer.returncode == 2
    assert "references.json" in answer.stderr
    assert (library_folder / "references.json").read_text() == content


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_docterm_writes_through_no_link(docterm: Run, library_folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.json"
    (library_folder / "references.json").rename(outside)
    (library_folder / "references.json").symlink_to(outside)
    before = outside.read_bytes()
    assert docterm("record", "storm", "title=Gale", "--library", library_folder).returncode == 2
    assert outside.read_bytes() == before


def test_tags_and_groups(docterm: Run, library_folder: Path) -> None:
    record(docterm, library_folder, "storm", "tags=Weather, sea", "groups=thesis")
    record(docterm, library_folder, "ledger", "tags=sea")

    def listed(*arguments: str) -> list[str]:
        answer = docterm("list", *arguments, "--json", "--library", library_folder)
        return [each["key"] for each in json.loads(answer.stdout)["documents"]]

    assert listed("--tag", "SEA") == ["storm", "ledger"]
    assert listed("--tag", "sea", "--tag", "weather") == ["storm"]
    assert listed("--group", "thesis") == ["storm"]
    assert listed("--group", "none") == []
    found = record(docterm, library_folder, "storm", "tags=")
    assert (found["document"]["tags"], found["document"]["groups"]) == ([], ["thesis"])


def test_the_shipped_library_is_copied_before_a_correction(docterm: Run, shipped: Path) -> None:
    before = (shipped / "references.json").read_bytes()
    answer = docterm("record", "voa2023", "title=Mine", "--json")
    assert json.loads(answer.stdout)["record"]["title"] == "Mine"
    assert "own copy" in json.loads(answer.stdout)["notes"][-1]
    assert (shipped / "references.json").read_bytes() == before
    assert json.loads(docterm("show", "voa2023", "--json").stdout)["document"]["title"] == "Mine"


def test_made_keys_hold_once_they_are_used_even_without_the_cache(docterm: Run, folder: Path) -> None:
    assert keys(folder) == {"b.md": "okafor2019lamps", "c.md": "okafor2019lamps-2"}
    assert docterm("quote", "okafor2019lamps-2:1", "lamps went out", "--library", folder).returncode == 0
    (folder / "a.md").write_text((folder / "b.md").read_text().replace("First", "Zeroth"))
    shutil.rmtree(cache_for(folder))
    assert keys(folder) == {"a.md": "okafor2019lamps", "b.md": "okafor2019lamps-3", "c.md": "okafor2019lamps-2"}
    (folder / "c.md").rename(folder / "0.md")
    assert keys(folder)["0.md"] == "okafor2019lamps-2", "a renamed file is known by its content"
    (folder / "0.md").write_text((folder / "0.md").read_text() + "\nOne line more.\n")
    assert "okafor2019lamps-2" not in keys(folder).values(), "nobody else gets the key of a file that is not there"
    (pinned,) = items(folder)
    assert (pinned["id"], pinned["type"], pinned["custom"]["docterm"]["pinned"]["path"]) == (
        "okafor2019lamps-2",
        "document",
        "c.md",
    )


def test_a_corrected_document_keeps_its_key(docterm: Run, folder: Path) -> None:
    found = record(docterm, folder, "b.md", "author=Bell, Ada", "type=report")
    assert (found["key"]["value"], sources(found)["type"]) == ("okafor2019lamps", ("report", "user"))
    assert keys(folder)["b.md"] == "okafor2019lamps"
    assert sources(record(docterm, folder, "b.md"))["title"] == ("Lamps of the bay", "front matter")


def test_entries_of_a_bib_find_their_documents(docterm: Run, folder: Path) -> None:
    (folder / "refs.bib").write_text(BIB)
    (folder / "sub").mkdir()
    (folder / "sub/notes.txt").write_text("Notes of a night.\n")
    (folder / "odd.txt").write_text("Odd.\n")
    (folder / "doi.md").write_text("---\ndoi: 10.1234/ABC\n---\n\nA text.\n")
    (folder / "title.md").write_text("# The councils, and the lamps of the Bay\n\nA text.\n")
    found = keys(folder)
    assert {path: found[path] for path in ("sub/notes.txt", "doi.md", "title.md")} == {
        "sub/notes.txt": "okaforNight2019",
        "doi.md": "byDoi",
        "title.md": "byTitle",
    }
    assert sources(record(docterm, folder, "byDoi"))["author"] == ("Lamp Union", "bib")
    answer = docterm("list", "--library", folder)
    assert "“odd--key”" in answer.stderr
    assert docterm("list", "--problems", "--library", folder).stdout == "Every file of the library can be read.\n"


def test_yaml_records_and_what_is_wrong_with_them(docterm: Run, folder: Path) -> None:
    (folder / "refs.yaml").write_text("references:\n- id: b\n  title: From YAML\n  issued: 2001-02\n")
    (folder / "settings.yml").write_text("a: &anchor [1]\nb: *anchor\n")
    assert sources(record(docterm, folder, "b.md"))["issued"] == ("2001-02", "yaml")
    assert docterm("list", "--library", folder).stderr == ""
    (folder / "more.yaml").write_text("references:\n- id: &x c\n")
    assert "The records in more.yaml: Line 2: it has an anchor" in docterm("list", "--library", folder).stderr


def test_each_field_says_where_in_the_file_it_was_found_and_how_sure_that_is(docterm: Run, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "storm.txt").write_text(
        "Storm over the harbour\n\nBy Tomas Lind\n\nMay 7, 2021\n\nA storm closed the harbour for three days.\n\n"
        "No pilot was asked, and the ferries stayed in port.\n"
    )
    (folder / "page.html").write_text(
        "<html><head><title>Lights of the harbour</title><meta name='author' content='Ada Roe'></head><body>"
        "<h1>Lights of the harbour</h1><p>The lights of the harbour were dimmed by order of the council.</p></html>"
    )
    (folder / "notes.md").write_text("---\nauthor: Jane Doe\n---\n\n# Notes on buoys\n\nThe last one is lost.\n")
    shown = docterm("record", "storm.txt", "--library", folder).stdout
    assert "title: Storm over the harbour  [extracted storm.txt, the headline, 85% sure]" in shown
    assert "author: Lind, Tomas  [extracted storm.txt, the byline, 90% sure]" in shown
    assert "issued: 2021-05-07  [extracted storm.txt, the date line, 90% sure]" in shown

    def found(name: str) -> dict[str, tuple[str, str, float]]:
        fields = record(docterm, folder, name)["fields"]
        keys = ("kind", "place", "confidence")
        return {each["name"]: tuple(each["source"][key] for key in keys) for each in fields}

    page = found("page.html")
    assert page["title"] == ("extracted", "the headline", 0.8)
    assert page["author"] == ("extracted", "", 0.8)
    notes = found("notes.md")
    assert notes["title"] == ("extracted", "the headline", 0.85)
    assert notes["author"] == ("front matter", "", 1.0)
