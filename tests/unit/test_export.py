"""Exports can be repeated: what docterm wrote is brought up to date, what the user wrote stays, in every form."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docterm.errors import CitationError, ProgramError
from docterm.library.bibliography.files import read_records
from docterm.library.bibliography.ris import read_ris
from docterm.library.model import Address, Locator
from docterm.library.scan import Found
from docterm.quotes.export import blocks
from docterm.quotes.export.changes import Changes
from docterm.quotes.export.exporting import Task, export
from docterm.quotes.form import Form
from docterm.quotes.manuscript import PROSE, Wishes
from docterm.quotes.model import Quote
from docterm.quotes.pandoc import shared
from quote_samples import HOSTILE, RECORDS, quote, quote_of

QUOTES = [
    quote_of(RECORDS[0], 4, "They “walked out” before dawn."),
    quote_of(RECORDS[2], 7, " ".join(["word"] * 45) + "."),
    quote_of(RECORDS[0], 9, "It's cold"),
]
TEXTS = list(PROSE)
RECORD_FORMS = [Form.CSL_JSON, Form.BIBLATEX, Form.BIBTEX, Form.RIS]


def run(
    path: Path, form: Form, quotes: Sequence[Quote] = QUOTES, notebook: Sequence[Quote] | None = None, **wishes: Any
) -> Changes:
    everything = quotes if notebook is None else notebook
    return export(Task(quotes, everything, form, path, Wishes(**wishes))).changes


def ids(quotes: Sequence[Quote], form: Form) -> list[str]:
    return list(dict.fromkeys(each.key if form in RECORD_FORMS else each.id for each in quotes))


# --- again and again -----------------------------------------------------------------------------


@pytest.mark.parametrize("form", Form)
def test_the_same_export_again_changes_nothing(tmp_path: Path, form: Form) -> None:
    path = tmp_path / "out"
    assert run(path, form).new == ids(QUOTES, form)
    before, stamp = path.read_bytes(), path.stat().st_mtime_ns
    again = run(path, form)
    assert again == Changes(unchanged=ids(QUOTES, form))
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, stamp)
    assert [found.name for found in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("form", Form)
def test_a_new_quote_is_added_and_the_others_stay(tmp_path: Path, form: Form) -> None:
    path = tmp_path / "out"
    run(path, form, QUOTES[:1])
    changes = run(path, form, [QUOTES[1]], QUOTES)
    assert changes.new == ids([QUOTES[1]], form)
    assert not changes.lost
    if form is not Form.DOCX:
        whole = path.read_text("utf-8")
        assert all(name in whole for name in ids(QUOTES[:2], form))
    if form in (Form.TEXT, Form.MARKDOWN, Form.HTML):
        assert whole.count("Dockers walk out") == whole.count("Cables under the sea"), "both works are listed"
        assert whole.index("walked out") < whole.index("word word") < whole.index("References")


@pytest.mark.parametrize("form", TEXTS)
@pytest.mark.parametrize("line", ["\n", "\r\n"])
def test_what_the_user_writes_around_stays_byte_for_byte(tmp_path: Path, form: Form, line: str) -> None:
    path = tmp_path / "out"
    run(path, form)
    text = path.read_text("utf-8").replace("\n", line)
    second = text.rindex(line, 0, text.index(f"docterm:begin {QUOTES[1].id}")) + len(line)
    mine = f"Mine: “äö” \\ $ {line}{line}"
    text = f"{mine}{text[:second]}{mine}{text[second:]}{mine}"
    path.write_bytes(text.encode())
    assert len(run(path, form).unchanged) == 3
    assert path.read_bytes() == text.encode()
    changed = [QUOTES[0], replace(QUOTES[1], text="other words.", context="other words."), QUOTES[2]]
    assert run(path, form, changed).updated == [QUOTES[1].id]
    after = path.read_bytes().decode()
    assert after.count(mine) == 3
    assert after.count("\n") == after.count(line)
    assert "word word" not in after
    assert "other words" in after


@pytest.mark.parametrize("form", TEXTS)
def test_what_the_user_changed_inside_is_left_alone_and_said(tmp_path: Path, form: Form) -> None:
    path = tmp_path / "out"
    run(path, form)
    path.write_text(path.read_text("utf-8").replace("cold", "[icy]"), "utf-8")
    before = path.read_bytes()
    changes = run(path, form)
    assert (changes.kept, len(changes.unchanged)) == ([QUOTES[2].id], 2)
    assert path.read_bytes() == before


@pytest.mark.parametrize("form", [form for form in Form if form not in RECORD_FORMS])
def test_a_quote_that_the_notebook_has_no_more_is_lost_and_stays(tmp_path: Path, form: Form) -> None:
    path = tmp_path / "out"
    run(path, form)
    before = path.read_bytes()
    changes = run(path, form, QUOTES[:2])
    assert changes.lost == [QUOTES[2].id]
    assert len(changes.unchanged) == 2
    if form in TEXTS or form is Form.CSV:
        assert path.read_bytes() == before
    assert not run(path, form, QUOTES[:2], QUOTES).lost, "another choice of quotes loses none"


def test_a_block_without_its_end_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "out"
    run(path, Form.MARKDOWN)
    text = path.read_text("utf-8").replace(f"<!-- docterm:end {QUOTES[0].id} -->\n", "")
    path.write_text(text, "utf-8")
    assert run(path, Form.MARKDOWN).kept == [QUOTES[0].id]
    assert path.read_text("utf-8").count(f"docterm:begin {QUOTES[0].id}") == 1


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=60)


@given(
    WORDS, WORDS, st.dictionaries(st.sampled_from(["a", "b", "references"]), WORDS, min_size=1), st.sampled_from(TEXTS)
)
def test_any_text_around_and_inside_blocks_survives(
    before: str, after: str, contents: dict[str, str], form: Form
) -> None:
    comment = PROSE[form].comment
    merged, changes = blocks.merge(f"{before}\n", contents, comment, ())
    merged += after
    assert merged.startswith(f"{before}\n")
    again, changes = blocks.merge(merged, contents, comment, ())
    assert again == merged
    assert changes.new == changes.updated == changes.kept == []


# --- re-read by pandoc ---------------------------------------------------------------------------


def read(text: str, form: str) -> list[Any]:
    blocks: list[Any] = json.loads(shared().convert(text, form, "json"))["blocks"]
    return blocks


def cites(node: Any) -> list[dict[str, Any]]:
    """Give the citations in a piece of Pandoc's JSON."""
    if isinstance(node, dict):
        own = node["c"][0] if node.get("t") == "Cite" else []
        return own + cites(node.get("c"))
    return [found for each in node for found in cites(each)] if isinstance(node, list) else []


def said(node: Any) -> str:
    """Give the words in a piece of Pandoc's JSON, with a NUL for what is no plain words, and without citations."""
    if isinstance(node, list):
        return "".join(map(said, node))
    if not isinstance(node, dict):
        return ""
    kind: str = node["t"]
    content: Any = node.get("c")
    if kind in ("Str", "Code", "Math"):
        return str(content) if kind == "Str" else f"\0{kind}"
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind in ("RawInline", "RawBlock", "Link", "Image", "Header", "BulletList", "OrderedList", "Table", "Cite"):
        return "" if kind == "Cite" else f"\0{kind}"
    if kind == "Quoted":
        marks = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
        return marks[0] + said(content[1]) + marks[1]
    return said(content)


READERS = {Form.PANDOC: "markdown", Form.ORG: "org", Form.TYPST: "typst"}


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize("key", ["okafor2024", "a_b:c.d-e", "Ünal2020", "2020x"])
@pytest.mark.parametrize(("first", "last"), [(4, 4), (4, 6)])
@pytest.mark.parametrize("words", [3, 50])
def test_keys_and_places_are_read_back_by_pandoc(form: Form, key: str, first: int, last: int, words: int) -> None:
    cited = quote(" ".join(["word"] * words), address=Address(key, first, last))
    text = PROSE[form].quote(manuscript_of(cited))
    (found,) = cites(read(text, READERS[form]))
    assert found["citationId"] == key
    place = f"para. {first}" if first == last else f"paras. {first}–{last}"
    if form is not Form.TYPST:
        assert said(found["citationSuffix"]).replace("\xa0", " ").strip(" ,") == place
    else:  # Pandoc reads no supplements in Typst; but it writes them
        written = (
            shared().convert(f"[@{{{key}}}, {place}]", "markdown", "typst").replace("~", " ").replace("--", "–").strip()
        )
        assert written.partition("[")[2] in text


def manuscript_of(cited: Quote) -> Any:
    from docterm.quotes.manuscript import manuscript

    return manuscript([cited], Wishes(), plain=True).quotes[0]


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("long", [False, True])
def test_hostile_words_are_words_in_every_form_that_is_compiled(form: Form, text: str, long: bool) -> None:
    text = text.replace("“", "").replace("”", "").replace("‘", "").replace("’", "").replace("„", "").replace("«", "")
    cited = quote(f"{text} {'word ' * 40 * long}end", address=Address("key", 1, 2))
    written = PROSE[form].quote(manuscript_of(cited))
    blocks = read(written, READERS[form])
    assert [found["citationId"] for found in cites(blocks)] == ["key"]
    assert "\0" not in said(blocks)
    assert _bare(text) in _bare(said(blocks))


def _line(text: str) -> str:
    return " ".join(text.split())


SAME = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "--", "—": "---", "…": "...", "\u200b": "", "\xa0": " "}
)


def _bare(text: str) -> str:
    return "".join(text.translate(SAME).replace("'", "").replace('"', "").split())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words_in_latex(text: str) -> None:
    written = PROSE[Form.LATEX].quote(manuscript_of(quote(f"{_line(text)} end", address=Address("k{}%", 1, 1))))
    inside = written.partition("]{k___}")[2]
    assert inside
    blocks = read(inside, "latex-smart")
    assert "\0" not in said(blocks)
    assert [letter for letter in _line(text) if letter.isalnum()] == [
        letter for letter in said(blocks)[:-4] if letter.isalnum()
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words_in_html(text: str) -> None:
    hostile = RECORDS[0] | {"title": text, "URL": f"javascript:alert(1)//{text}", "author": [{"literal": text}]}
    from docterm.quotes.manuscript import write_out

    written = write_out([quote_of(hostile, 1, text, title=text)], Form.HTML, Wishes()).text
    assert "<script" not in written
    assert "href" not in written
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(written)
    assert {node.tag for node in tree.css("body *")} <= {"p", "cite", "i", "h2", "blockquote"}


def test_the_records_in_a_pandoc_file_are_read_by_pandoc(tmp_path: Path) -> None:
    path = tmp_path / "out.md"
    hostile = [quote_of({"id": f"h{n}", "type": "book", "title": t}, 1) for n, t in enumerate(HOSTILE)]
    run(path, Form.PANDOC, [*QUOTES, *hostile])
    document = json.loads(shared().convert(path.read_text("utf-8"), "markdown", "json"))
    found = {each["c"]["id"]["c"][0]["c"] if each["c"]["id"]["t"] == "MetaInlines" else each["c"]["id"]["c"]
             for each in document["meta"]["references"]["c"]}  # fmt: skip
    assert found == {"news", "report", *(each.key for each in hostile)}


# --- data ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"])
def test_no_cell_of_a_table_is_a_formula(tmp_path: Path, start: str) -> None:
    path = tmp_path / "out.csv"
    run(path, Form.CSV, [replace(quote(f"{start} x"), note=start, tags=(start,), record={"title": start})])
    (row,) = csv.DictReader(path.read_text("utf-8-sig").splitlines())
    assert not [cell for cell in row.values() if cell.startswith(tuple("=+-@\t\r"))]
    assert row["note"] == f"'{start}"


def test_columns_and_rows_of_the_user_stay_in_a_table(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    run(path, Form.CSV)
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["mine", *rows[0]])
        writer.writeheader()
        writer.writerows([{"mine": "yes", **rows[0]}, {"mine": "own row"}, *rows[1:]])
    changed = [replace(QUOTES[0], note="new"), *QUOTES[1:]]
    changes = run(path, Form.CSV, changed)
    assert (changes.updated, len(changes.unchanged), changes.lost) == ([QUOTES[0].id], 2, [])
    after = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    assert [row["mine"] for row in after] == ["yes", "own row", "", ""]
    assert after[0]["note"] == "new"


@pytest.mark.parametrize("form", [Form.JSON, Form.W3C, Form.CSL_JSON])
def test_fields_and_entries_of_the_user_stay_in_json(tmp_path: Path, form: Form) -> None:
    path = tmp_path / "out.json"
    run(path, form)
    whole = json.loads(path.read_text("utf-8"))
    listed = whole if isinstance(whole, list) else whole["quotes" if form is Form.JSON else "items"]
    listed[0]["mine"] = 1
    listed.insert(0, {"id": "own", "x": [1]})
    path.write_text(json.dumps(whole), "utf-8")
    assert not run(path, form).new
    again = json.loads(path.read_text("utf-8"))
    assert again == whole


def test_annotations_follow_the_model_of_the_w3c(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    across = quote(
        "one\ntwo", address=Address("k", 1, 2), start=5, end=3, context="aaaa one\ntwo", note="n", tags=("t",)
    )
    run(path, Form.W3C, [*QUOTES, across, quote("para", kind="paraphrase")])
    page = json.loads(path.read_text("utf-8"))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    for made in page["items"]:
        check_annotation(made)


MOTIVATIONS = {"commenting", "describing", "highlighting", "tagging"}


def check_annotation(each: dict[str, Any]) -> None:
    """Hold an annotation against what the model says must be (W3C Web Annotation Data Model, 3 and 4)."""
    assert ":" in each["id"], "3.1: exactly one IRI"
    assert each["type"] == "Annotation"
    assert each["motivation"] in MOTIVATIONS
    assert each["created"].endswith("Z")
    assert "body" not in each or each["body"]
    for body in each.get("body", []):
        assert (body["type"], body["purpose"] in MOTIVATIONS, bool(body["value"])) == ("TextualBody", True, True)
    assert ":" in each["target"]["source"], "4: exactly one IRI"
    for selector in each["target"]["selector"]:
        check_selector(selector)


def check_selector(selector: dict[str, Any]) -> None:
    shapes: dict[str, dict[str, type]] = {
        "TextQuoteSelector": {"exact": str, "prefix": str, "suffix": str},
        "TextPositionSelector": {"start": int, "end": int},
        "FragmentSelector": {"value": str},
        "RangeSelector": {"startSelector": dict, "endSelector": dict},
    }
    for name, kind in shapes[selector["type"]].items():
        assert isinstance(selector[name], kind)
    assert selector.get("end", 1) >= selector.get("start", 0) >= 0
    for name in ("refinedBy", "startSelector", "endSelector"):
        if name in selector:
            check_selector(selector[name])


# --- records -------------------------------------------------------------------------------------

ALL = [quote_of(record, 1) for record in RECORDS]


def records_in(path: Path) -> dict[str, Any]:
    found = Found(path.name, path.stat().st_size, path.stat().st_mtime_ns)
    read = read_records(path.parent, found)
    assert not read.notes
    return {entry.id: entry.record for entry in read.entries}


def test_csl_json_is_read_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    run(path, Form.CSL_JSON, ALL)
    assert records_in(path) == {record["id"]: record for record in RECORDS}


def test_biblatex_is_read_back_with_type_dates_and_address(tmp_path: Path) -> None:
    path = tmp_path / "out.bib"
    run(path, Form.BIBLATEX, ALL)
    found = records_in(path)
    assert set(found) == {record["id"] for record in RECORDS}
    for record in RECORDS:
        for name in ("type", "author", "issued", "URL", "accessed", "translator", "container-title", "DOI"):
            if name in record and (record["id"], name) != ("web", "container-title"):
                assert found[record["id"]].get(name) == record[name], (record["id"], name)


def test_an_entry_that_the_user_has_in_a_bib_file_stays_theirs(tmp_path: Path) -> None:
    path = tmp_path / "out.bib"
    own = "@misc{news,\n  title = {Mine}\n}\n"
    path.write_text(own)
    changes = run(path, Form.BIBLATEX)
    assert (changes.kept, changes.new) == (["news"], ["report"])
    assert path.read_text().startswith(own)


def test_ris_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "out.ris"
    run(path, Form.RIS, ALL)
    entries, notes = read_ris(path.read_text("utf-8"))
    assert not notes
    found = {entry.id: entry.record for entry in entries}
    for record in RECORDS:
        for name in set(record) - {"edition", "issue", "accessed", "number"}:
            assert found[record["id"]].get(name) == record[name], (record["id"], name)


def test_a_ris_file_keeps_the_line_ends_it_has(tmp_path: Path) -> None:
    path = tmp_path / "out.ris"
    own = b"TY  - BOOK\r\nID  - mine\r\nER  - \r\n"
    path.write_bytes(own)
    run(path, Form.RIS)
    written = path.read_bytes()
    assert written.startswith(own)
    assert written.count(b"\r\n") == written.count(b"\n") > 10
    assert set(run(path, Form.RIS).unchanged) == {"news", "report"}
    assert path.read_bytes() == written


@pytest.mark.parametrize("form", [Form.BIBLATEX, Form.BIBTEX])
@pytest.mark.parametrize("odd", ["}", "{", "\\", "}}\n\n@misc{x,"])
def test_an_address_that_is_none_spoils_no_entry_beside_it(tmp_path: Path, form: Form, odd: str) -> None:
    path = tmp_path / "out.bib"
    addresses = {"URL": f"https://example.org/{odd}", "DOI": f"10.1000/{odd}"}
    run(path, form, [replace(QUOTES[0], record=RECORDS[0] | addresses), QUOTES[1]])
    items = json.loads(shared().convert(path.read_text("utf-8"), form.value, "csljson"))
    assert [item["id"] for item in items] == ["news", "report"]


def test_tags_that_the_user_added_to_a_ris_record_stay(tmp_path: Path) -> None:
    path = tmp_path / "out.ris"
    run(path, Form.RIS)
    text = path.read_text("utf-8").replace("ID  - news\n", "ID  - news\nC1  - mine\n")
    path.write_text(text, "utf-8")
    changed = [replace(QUOTES[0], record=RECORDS[0] | {"title": "Another"}), *QUOTES[1:2]]
    assert run(path, Form.RIS, changed).updated == ["news"]
    assert "C1  - mine" in path.read_text("utf-8")
    assert "TI  - Another" in path.read_text("utf-8")


# --- what goes wrong -----------------------------------------------------------------------------


@pytest.mark.parametrize("form", [Form.MARKDOWN, Form.CSV, Form.JSON, Form.DOCX, Form.RIS, Form.BIBLATEX])
@pytest.mark.parametrize("content", [b"\xff\xfe\x00bad", b"PK\x03\x04 not a zip"])
def test_a_file_of_another_kind_is_left_as_it_is(tmp_path: Path, form: Form, content: bytes) -> None:
    path = tmp_path / "out"
    path.write_bytes(content)
    if content.startswith(b"PK") and form in (Form.MARKDOWN, Form.RIS, Form.BIBLATEX):
        return
    with pytest.raises(CitationError):
        run(path, form)
    assert path.read_bytes() == content


@pytest.mark.parametrize("form", Form)
def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, form: Form) -> None:
    for place in (tmp_path / "none" / "out", tmp_path, Path("/dev/full"), tmp_path / ("x" * 300)):
        with pytest.raises(CitationError, match=r"cannot be|There is no such folder"):
            run(place, form)


FULL = """
import resource, signal, sys
sys.path[:0] = {paths!r}
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from pathlib import Path
import test_export as tests
from docterm.quotes.form import Form
resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))
try:
    tests.run(Path({path!r}), Form({form!r}), tests.QUOTES * 30)
except Exception as error:
    print(type(error).__name__, error)
"""


@pytest.mark.skipif(os.name != "posix", reason="a full disk is simulated the POSIX way")
@pytest.mark.parametrize("form", [Form.MARKDOWN, Form.DOCX, Form.CSV])
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, form: Form) -> None:
    path = tmp_path / "out"
    run(path, form, QUOTES[:1])
    before = path.read_bytes()
    paths = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
    code = FULL.format(paths=paths, room=300, path=str(path), form=form.value)
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.startswith("CitationError")
    assert "It is as it was." in answer.stdout
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["out"]


def test_a_link_stays_a_link_and_a_mode_stays(tmp_path: Path) -> None:
    real, path = tmp_path / "real.md", tmp_path / "link.md"
    real.write_text("mine\n")
    real.chmod(0o640)
    path.symlink_to(real)
    run(path, Form.MARKDOWN)
    assert path.is_symlink()
    assert real.read_text("utf-8").startswith("mine\n")
    assert real.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("form", Form)
def test_without_pandoc_everything_but_bib_files_is_exported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Form
) -> None:
    monkeypatch.setenv("DOCTERM_PANDOC", "")
    shared().close()
    path = tmp_path / "out"
    if form in (Form.BIBLATEX, Form.BIBTEX):
        with pytest.raises(ProgramError, match="csl-json needs none"):
            run(path, form)
        assert not path.exists()
    else:
        assert run(path, form).new == ids(QUOTES, form)


def test_places_by_page_and_heading_reach_every_form(tmp_path: Path) -> None:
    paged = replace(QUOTES[0], locator=Locator(4, 12, ("The strike",)))
    for form in PROSE:
        for by, wanted in (("page", "12"), ("heading", "The strike")):
            path = tmp_path / f"{form}-{by}"
            run(path, form, [paged], by=by)
            assert wanted in path.read_text("utf-8"), (form, by)
