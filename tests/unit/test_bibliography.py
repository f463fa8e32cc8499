"""Files of records: .bib, CSL-YAML, sidecars, references.json; names, dates and LaTeX in them; hostile ones."""

from __future__ import annotations

import contextlib
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docterm.errors import ReadError, RequestError
from docterm.library.bibliography.bibtex import attached, read_bibtex
from docterm.library.bibliography.csl import field_name, read_item, read_value
from docterm.library.bibliography.dates import parse_date, shown_date
from docterm.library.bibliography.keys import is_valid, key_from_name, make_key
from docterm.library.bibliography.latex import decode
from docterm.library.bibliography.names import bibtex_names, found_names, shown_names, typed_names
from docterm.library.bibliography.origin import Origin, Source
from docterm.library.bibliography.provenance import describe
from docterm.library.bibliography.yaml import read_yaml
from docterm.library.model import Record

ZOTERO = r"""
@article{mullerCouncils2020,
  title = {Councils and {{GDP}}: A study},
  author = {M{\"u}ller, J{\"o}rg and van der Berg, Jan and {World Lamp Union}},
  date = {2020-03},
  journaltitle = {Lamp Review},
  entrysubtype = {newspaper},
  volume = {3}, number = {2}, pages = {10--19},
  doi = {10.1234/lamp.5},
  urldate = {2021-02-03},
  langid = {british},
  file = {Full Text:/home/me/Zotero/storage/AB12/Müller - 2020.pdf:application/pdf;Snapshot\: x:/s/y.html:text/html}
}
@phdthesis{old, author={Ines Okafor}, title={On buoys}, school={Harbour College}, year=1999, month=mar, day=4}
@online{page, title={A page}, url={https://example.org/a_b}, year={2021}, month={10~may}, organization={Lamps}}
@misc{vague, title={Vague}, date={the spring of the flood}}
"""


def one(text: str) -> Record:
    (entry,), notes = read_bibtex(text)
    assert notes == []
    return entry.record


def test_what_zotero_and_better_bibtex_write() -> None:
    entries, notes = read_bibtex(ZOTERO)
    assert notes == []
    first, thesis, page, vague = (entry.record for entry in entries)
    assert first == {
        "id": "mullerCouncils2020",
        "type": "article-newspaper",
        "title": "Councils and GDP: A study",
        "author": [
            {"family": "Müller", "given": "Jörg"},
            {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
            {"literal": "World Lamp Union"},
        ],
        "issued": {"date-parts": [[2020, 3]]},
        "accessed": {"date-parts": [[2021, 2, 3]]},
        "container-title": "Lamp Review",
        "volume": "3",
        "issue": "2",
        "page": "10-19",
        "DOI": "10.1234/lamp.5",
        "language": "en-GB",
    }
    assert entries[0].files == ("/home/me/Zotero/storage/AB12/Müller - 2020.pdf", "/s/y.html")
    assert (thesis["type"], thesis["genre"], thesis["publisher"]) == ("thesis", "PhD thesis", "Harbour College")
    assert thesis["issued"] == {"date-parts": [[1999, 3, 4]]}
    assert (page["issued"], page["URL"]) == ({"date-parts": [[2021, 5, 10]]}, "https://example.org/a_b")
    assert page["container-title"] == "Lamps"
    assert vague["issued"] == {"literal": "the spring of the flood"}


@pytest.mark.parametrize(
    ("field", "paths"),
    [
        (r":C\:\\path\\to\\file.pdf:PDF", ("C:/path/to/file.pdf",)),
        (r"Doe\: Title:files/12/a.pdf:application/pdf", ("files/12/a.pdf",)),
        ("files/12/Doe.pdf", ("files/12/Doe.pdf",)),
        (r"a\;b.pdf;c.pdf", ("a;b.pdf", "c.pdf")),
        (r"C:\Users\x\y.pdf", ("C:/Users/x/y.pdf",)),
        (":home/user/a.pdf:pdf", ("home/user/a.pdf",)),
        (r"T:C:\x\a.pdf:application/pdf", ("C:/x/a.pdf",)),
        ("file.pdf:PDF", ("file.pdf",)),
        ("", ()),
    ],
)
def test_attached_files(field: str, paths: tuple[str, ...]) -> None:
    assert attached(field) == paths


def test_a_broken_entry_spoils_no_other() -> None:
    entries, notes = read_bibtex(
        "@book{a, title={A}}\n@book{broken, title={B\n@book{c, title={C}}\n@book{a, title={again}}\n"
        "@book{d, title={D}, title={E}}"
    )
    assert [(entry.id, entry.record["title"]) for entry in entries] == [("a", "A"), ("c", "C"), ("d", "D")]
    assert notes == [
        "line 2: this entry is not written as BibTeX wants it.",
        "line 4: the key a stands there a second time.",
    ]


def test_nothing_in_a_bib_steers_a_terminal() -> None:
    record = one("@book{k\x1b[31m, title={a\x1b[2Jb\x9bc\u202ed}, author={\x07Bell, A\x00da}}")
    assert not set("\x1b\x9b\u202e\x07\x00") & set(json.dumps(record, ensure_ascii=False))
    assert "\\u00" not in json.dumps(record, ensure_ascii=False)


@pytest.mark.parametrize(
    "text",
    [
        "@article{a, title=" + "{" * 100_000,
        "@article{a, title=" + "{" * 100_000 + "}" * 100_000 + "}",
        "@article{" * 5_000,
        '@article{a, title="' * 20_000,
        "@article{a, author={" + "{\\'" * 50_000 + "}",
        "@article{a, author={" + "a and " * 20_000 + "b}}",
        "@article{a, file={" + ";:\\" * 30_000 + "}}",
        "@string{a = {x}}\n" + "\n".join(f"@string{{a{n} = a # a}}" for n in range(2_000)),
    ],
    ids=lambda text: text[:24],
)
def test_a_hostile_bib_takes_no_time(text: str) -> None:
    began = time.monotonic()
    read_bibtex(text)
    assert time.monotonic() - began < 60


def test_five_thousand_entries_are_read_in_bounded_time() -> None:
    article = ZOTERO.partition("@phdthesis")[0]
    text = "".join(article.replace("mullerCouncils2020", f"key{number}") for number in range(5_000))
    began = time.monotonic()
    entries, _ = read_bibtex(text)
    assert len(entries) == 5_000
    assert time.monotonic() - began < 60  # 2 s on a machine at rest


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (
            r"M{\"u}ller, \'{\i}le, na\"\i ve, \v{S}koda, \c{c}a, {\ss}, \L\'od\'z",
            "Müller, íle, naïve, Škoda, ça, ß, Łódź",
        ),
        (r"{GDP} \& co 10\% ``q'' a--b---c", "GDP & co 10% “q” a–b—c"),
        (r"\textit{it} $x$ \url{http://a_b/~c}", "it x http://a_b/ c"),
        ("{" * 5_000 + "x" + "}" * 5_000, "x"),
        ("\\", "\\"),
        (r"\'", ""),
    ],
)
def test_latex(latex: str, text: str) -> None:
    assert decode(latex) == text


@given(st.text(max_size=40))
def test_latex_and_names_take_any_text(text: str) -> None:
    decode(text)
    assert all(name for name in (*bibtex_names(text), *typed_names(text), *found_names(text)))


def test_names() -> None:
    assert bibtex_names("King, Jr., Martin Luther and Ludwig van Beethoven and others") == [
        {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
        {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
    ]
    assert bibtex_names("family=Berg, given=Jan, prefix=van den, useprefix=true") == [
        {"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"}
    ]
    assert bibtex_names("{Barnes and Noble} and {\\'E}mile Zola")[0] == {"literal": "Barnes and Noble"}
    assert found_names("Ines Okafor and Voice of America") == [
        {"family": "Okafor", "given": "Ines"},
        {"literal": "Voice of America"},
    ]
    assert shown_names(typed_names("van Dyk, Bo; Lamp Union")) == "van Dyk, Bo; Lamp Union"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2021-06-03", "2021-06-03"),
        ("2021-06", "2021-06"),
        ("2021-06-XX", "2021-06"),
        ("2021-06-03T10:00:00Z", "2021-06-03"),
        ("2020-01/2021-02", "2020-01/2021-02"),
        ("2020/..", "2020"),
        ("June 3, 2021", "2021-06-03"),
        ("June 2021", "2021-06"),
        ("ca. 1850", "1850"),
    ],
)
def test_dates_never_say_more_than_they_said(text: str, shown: str) -> None:
    assert shown_date(parse_date(text)) == shown


@pytest.mark.parametrize("text", ["", "soon", "2021-02-30", "2021-13", "0000", "199X", "2020/soon", "9" * 9999])
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None


# --- CSL-YAML ------------------------------------------------------------------------------------

PANDOC = r"""---
nocite: "[@*]"
references:
- author:
  - family: Müller
    given: "J\u00f6rg"
  id: doe2020
  issued: 2020-03
  title: "Some: title"
  abstract: |
    One

    two
- id: b
  issued:
    date-parts:
      - - 2020
        - 3
  title: The contours
    and limits
  accessed: {year: 2021, month: 5}
  author: [{family: Roe, given: Jane}]
...
"""


def test_yaml_as_pandoc_and_better_bibtex_write_it() -> None:
    references = read_yaml(PANDOC)["references"]  # type: ignore[index]
    first, second = (read_item(item) for item in references)
    assert first == {
        "id": "doe2020",
        "author": [{"family": "Müller", "given": "Jörg"}],
        "issued": {"date-parts": [[2020, 3]]},
        "title": "Some: title",
        "abstract": "One two",
    }
    assert second == {
        "id": "b",
        "author": [{"family": "Roe", "given": "Jane"}],
        "issued": {"date-parts": [[2020, 3]]},
        "accessed": {"date-parts": [[2021, 5]]},
        "title": "The contours and limits",
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a: &x 1\nb: *x", "anchor"),
        ("a: *x", "alias"),
        ("a: !!python/object/apply:os.system [x]", "tag"),
        ("a: [*x, *x]", "alias"),
        ("- " * 100 + "a", "nested"),
        ("a: " + "[" * 100_000, "nested"),
        ("a: [1, 2", "closed"),
        ("a: 1\na: 2", "second time"),
        ("a:\n- b\n - c", "indented"),
    ],
    ids=lambda text: text[:12],
)
def test_yaml_that_is_refused(text: str, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        read_yaml(text)


@given(st.text("ab:-[]{}'\"#&|> \n", max_size=60))
def test_any_yaml_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(ReadError):
        read_yaml(text)


# --- precedence, keys, what users write ----------------------------------------------------------


def test_each_field_comes_from_the_source_that_counts_for_most() -> None:
    layers: list[tuple[Source, Record]] = [
        (Source(Origin.EXTRACTED), {"title": "E", "issued": "E", "URL": "E"}),
        (Source(Origin.BIB), {"title": "B", "volume": "B"}),
        (Source(Origin.USER), {"title": "U"}),
        (Source(Origin.SIDECAR), {"volume": "S", "custom": {"docterm": {"source": "S"}}}),
        (Source(Origin.REFERENCES), {"custom": {"docterm": {"tags": ["t"]}, "other": 1}}),
    ]
    found = describe(layers)
    assert {name: value for name, value in found.record.items() if name != "custom"} == {
        "title": "U",
        "volume": "S",
        "URL": "E",
    }, "an extracted date is not added to a record that somebody wrote"
    assert found.record["custom"] == {"docterm": {"source": "S", "tags": ["t"]}, "other": 1}
    assert {name: source.kind for name, source in found.provenance.items()} == {
        "title": Origin.USER,
        "volume": Origin.SIDECAR,
        "URL": Origin.EXTRACTED,
    }


@pytest.mark.parametrize(
    ("record", "key"),
    [
        ({"author": [{"family": "Okafor"}], "issued": {"date-parts": [[2024]]}, "title": "Docks"}, "okafor2024docks"),
        ({"author": [{"family": "Müßig-Łoś"}], "title": "Über die See"}, "mussiglosuber"),
        ({"publisher": "The Islander", "issued": {"date-parts": [[2021, 5]]}, "title": "A storm"}, "islander2021storm"),
        ({"author": [{"literal": "World Health Organization"}], "title": "Why"}, "worldhealthorganizationwhy"),
        ({"author": [{"family": "习"}], "issued": {"date-parts": [[2020]]}, "title": "数字"}, ""),
        ({"title": "Only a title"}, ""),
        ({}, ""),
    ],
)  # fmt: skip
def test_made_keys(record: Record, key: str) -> None:
    assert make_key(record) == key


def test_keys() -> None:
    assert key_from_name("My file (2).v1") == "my-file-2-v1"
    assert [key for key in ("doe2020", "Doe:2020a", "doe--x", "a b", "-x", "x-", "é1", "") if is_valid(key)] == [
        "doe2020",
        "Doe:2020a",
        "é1",
    ]


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("author", "Roe, Jane; Lamp Union", [{"family": "Roe", "given": "Jane"}, {"literal": "Lamp Union"}]),
        ("issued", "2021-06", {"date-parts": [[2021, 6]]}),
        ("url", "https://example.org/x", "https://example.org/x"),
        ("tags", "a, b,,a", ["a", "b"]),
        ("title", "a\x1b[31m b", "a␛[31m b"),
    ],
)
def test_corrections(field: str, value: str, expected: object) -> None:
    assert read_value(field_name(field), value) == expected


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("titel", "x", "`title`"),
        ("journal", "x", "`container-title`"),
        ("xyzzy", "x", "no field"),
        ("id", "x", "key of a document"),
        ("issued", "2021-02-30", "2021-06-03"),
        ("type", "reprot", "`report`"),
        ("URL", "javascript:alert(1)", "https://"),
        ("DOI", "https://doi.org/10.1/2", "10.1000"),
    ],
)
def test_corrections_that_are_refused(field: str, value: str, why: str) -> None:
    with pytest.raises(RequestError) as caught:
        read_value(field_name(field), value)
    assert why in str(caught.value)
