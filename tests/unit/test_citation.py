"""Quotes are cited in author-date form, as text and as Markdown; a paraphrase never looks like a quotation."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from docterm.library.model import Address
from docterm.quotes.citation import cite
from docterm.quotes.form import Form
from docterm.quotes.manuscript import PROSE, Wishes, manuscript
from docterm.quotes.markdown import guard_line
from docterm.quotes.model import QuoteKind, frozen_record
from docterm.quotes.quotation import PARAPHRASE
from docterm.quotes.reference import reference, reference_runs
from docterm.quotes.runs import as_markdown
from docterm.text import sanitise
from quote_samples import CARNEGIE, quote


def visible(markdown: str) -> str:
    """What a reader sees of Markdown: the text of all its inline content, and no structure."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    inline = [child for token in tokens for child in token.children or ()]
    return "".join("\n" if child.type == "softbreak" else child.content for child in inline)


# --- references ----------------------------------------------------------------------------------


def test_a_reference_is_readable_as_text_and_as_markdown() -> None:
    assert reference(CARNEGIE) == (
        "Gabuev, A., & Kovachich, L. (2021, June 3). A title. Carnegie Moscow Center. https://example.org/a_b_c"
    )
    assert as_markdown(reference_runs(CARNEGIE)) == (
        "Gabuev, A., & Kovachich, L. (2021, June 3). *A title*. Carnegie Moscow Center. <https://example.org/a_b_c>"
    )


@pytest.mark.parametrize(
    ("record", "line"),
    [
        ({}, "Untitled. (n.d.)."),
        ({"title": "Who knows?"}, "Who knows? (n.d.)."),
        (
            {"title": "T.", "author": [{"literal": "Voice of America"}], "publisher": "Voice of America"},
            "Voice of America. (n.d.). T.",
        ),
        ({"title": "T", "publisher": "Voice of America", "issued": {"date-parts": [["2023", "4"]]}},
         "Voice of America. (2023, April). T."),
        ({"title": "T", "author": [{"family": "Berg", "given": "Jean-Paul M.", "non-dropping-particle": "van den"}]},
         "van den Berg, J.-P. M. (n.d.). T."),
        ({"title": "T", "author": [{"family": "Poe", "given": "A.B.", "suffix": "Jr."}]}, "Poe, A. B., Jr. (n.d.). T."),
        ({"title": "T", "author": [{"family": "习", "given": "近平"}]}, "习, 近平. (n.d.). T."),
        ({"title": "T", "author": [{"family": name, "given": "X"} for name in "ABC"]},
         "A, X., B, X., & C, X. (n.d.). T."),
        ({"title": "T", "issued": {"literal": "spring 2021"}}, "T. (spring 2021)."),
        ({"title": "<i>T</i> & <span class=\"nocase\">U</span>"}, "T & U. (n.d.)."),
        ({"title": "T", "editor": [{"family": "Ed"}], "container-title": "Journal", "volume": 3, "issue": "2",
          "page": "1-9", "DOI": "10.1/x"}, "Ed. (n.d.). T. Journal, 3(2), 1–9. https://doi.org/10.1/x"),
    ],
)  # fmt: skip
def test_references_of_sparse_and_odd_records(record: dict[str, Any], line: str) -> None:
    assert reference(record) == line


def test_of_more_than_twenty_authors_the_first_nineteen_and_the_last_are_listed() -> None:
    record = {"title": "T", "author": [{"literal": f"N{number}"} for number in range(1, 23)]}
    assert "N19, … N22." in reference(record)
    assert "N20" not in reference(record)


def test_foreign_marks_in_a_record_do_nothing_in_markdown() -> None:
    record = {"title": "*a* [b](http://x) <script> `c` $d$ @e ^f^", "author": [{"literal": "# _G_ & Co"}]}
    shown = guard_line(as_markdown(reference_runs(record)))
    assert visible(shown) == "# _G_ & Co. (n.d.). *a* [b](http://x) <script> `c` $d$ @e ^f^."
    assert "<a" not in MarkdownIt("commonmark").render(shown)
    assert "[click]" not in as_markdown(reference_runs({"title": "T", "URL": "javascript:x[click](y)"}))


# --- run-in --------------------------------------------------------------------------------------


def test_a_short_quote_runs_in_with_its_citation() -> None:
    assert cite(quote(), Form.TEXT) == "“quoted words” (Gabuev & Kovachich, 2021, para. 9)"
    assert cite(quote(), Form.PANDOC) == "“quoted words” [@gabuev2021, para. 9]"


@pytest.mark.parametrize(
    ("record", "citation"),
    [
        ({}, "(Carnegie, 2021, para. 9)"),
        ({"author": [{"family": "One"}]}, "(One, 2021, para. 9)"),
        ({"author": [{"family": name} for name in ("One", "Two", "Three")]}, "(One et al., 2021, para. 9)"),
        ({"author": [{"literal": "The Org, Inc."}], "issued": {"date-parts": [[1999]]}},
         "(The Org, Inc., 1999, para. 9)"),
        ({"author": "A Name", "issued": {"date-parts": "x", "literal": "around 1850"}}, "(A Name, 1850, para. 9)"),
        ({"author": [5, None, {}], "publisher": []}, "(Carnegie, 2021, para. 9)"),
        ({"author": [5, {"family": 7}], "issued": 5}, "(7, 5, para. 9)"),
    ],
)  # fmt: skip
def test_authors_and_years_of_a_citation(record: dict[str, Any], citation: str) -> None:
    assert cite(quote(record=record), Form.TEXT) == f"“quoted words” {citation}"


def test_without_a_date_the_citation_says_so() -> None:
    assert cite(quote(record={"author": [{"family": "One"}]}, date=""), Form.TEXT).endswith("(One, n.d., para. 9)")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("they said “no” and left", "“they said ‘no’ and left” ()"),
        ('they said "no" and left', "“they said 'no' and left” ()"),
        ("don’t say it's the ’90s", "“don’t say it's the ’90s” ()"),
        ("It ended.", "“It ended” ()."),
        ("It ended?", "“It ended?” ()"),
        ("It ended...", "“It ended...” ()"),
        ("It ended in the U.S.", "“It ended in the U.S.” ()"),
        ("They said “no.”", "“They said ‘no.’” ()"),
    ],
)
def test_marks_inside_a_run_in_quote(text: str, shown: str) -> None:
    citation = "(Gabuev & Kovachich, 2021, para. 9)"
    assert cite(quote(text), Form.TEXT) == shown.replace("()", citation)


def test_a_range_of_paragraphs_is_written_with_an_en_dash() -> None:
    wide = quote("first\nsecond", address=Address("gabuev2021", 9, 10))
    assert cite(wide, Form.TEXT).endswith("(Gabuev & Kovachich, 2021, paras. 9–10)")
    assert cite(wide, Form.PANDOC).endswith("[@gabuev2021, paras. 9–10]")


@pytest.mark.parametrize(
    ("key", "shown"), [("a2021:x", "@a2021:x"), ("a b", "@{a_b}"), ("ü.", "@{ü.}"), ("a--b", "@{a--b}")]
)
def test_keys_are_written_by_pandocs_rule(key: str, shown: str) -> None:
    assert f"[{shown}, para. 9]" in cite(quote(address=Address(key, 9, 9)), Form.PANDOC)


# --- blocks --------------------------------------------------------------------------------------


def test_forty_words_make_a_block_and_thirty_nine_do_not() -> None:
    short, long = " ".join(["word"] * 39) + ".", "He said “it” " + " ".join(["word"] * 37) + "."
    assert cite(quote(short), Form.TEXT).startswith("“word")
    assert cite(quote(long), Form.TEXT) == f"    {long} (Gabuev & Kovachich, 2021, para. 9)"
    assert cite(quote(long), Form.PANDOC) == f"> {long} [@gabuev2021, para. 9]"


def test_a_quote_over_paragraphs_is_a_block_of_paragraphs() -> None:
    wide = quote("First one.\n1. Second.", address=Address("gabuev2021", 9, 10))
    assert cite(wide, Form.TEXT) == "    First one.\n\n    1. Second. (Gabuev & Kovachich, 2021, paras. 9–10)"
    assert cite(wide, Form.PANDOC) == "> First one.\n>\n> 1\\. Second. [@gabuev2021, paras. 9–10]"


@pytest.mark.parametrize(
    "start", ["# a", "- a", "+ a", "1. a", "2) a", "(3) a", "a. b", "iv) b", "> a", ": a", "=== a", "--- a", "| a"]
)
def test_no_line_of_a_block_becomes_a_list_or_a_heading(start: str) -> None:
    shown = cite(quote(f"{start}\n{start}", address=Address("k", 1, 2)), Form.PANDOC)
    kinds = {token.type for token in MarkdownIt("commonmark").parse(shown)}
    assert kinds == {"blockquote_open", "paragraph_open", "inline", "paragraph_close", "blockquote_close"}
    assert visible(shown) == f"{start}{start} [@k, paras. 1–2]"
    assert not any(line.startswith(f"> {start}") for line in shown.splitlines())


# --- paraphrases ---------------------------------------------------------------------------------


def test_a_paraphrase_is_plain_words_that_say_what_they_are() -> None:
    made = quote("They met in “Wuzhen” often.", kind=QuoteKind.PARAPHRASE)
    assert cite(made, Form.TEXT) == (
        "They met in “Wuzhen” often. (Gabuev & Kovachich, 2021, para. 9) (paraphrase from docterm's digest)"
    )
    assert cite(made, Form.PANDOC) == (
        "They met in “Wuzhen” often. [@gabuev2021, para. 9] (paraphrase from docterm's digest)"
    )


MARKS = '“”„«»"‘’>'


@given(
    st.text(min_size=1).map(sanitise).filter(str.strip), st.sampled_from([Form.TEXT, Form.PANDOC]), st.integers(9, 11)
)
def test_a_paraphrase_never_gets_quotation_marks_or_a_block(text: str, form: Form, last: int) -> None:
    made = quote(text.strip(), kind=QuoteKind.PARAPHRASE, address=Address("gabuev2021", 9, last))
    shown = cite(made, form)
    own, given_marks = Counter(shown), Counter(text)
    assert all(own[mark] == given_marks[mark] for mark in MARKS)
    assert shown.endswith(PARAPHRASE)
    assert form is Form.TEXT or not shown.startswith(">")


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Z"]) | st.just(" "), min_size=1).map(sanitise))
def test_markdown_shows_the_words_as_they_are(text: str) -> None:
    text = " ".join(text.split())
    made = quote(text, kind=QuoteKind.PARAPHRASE)
    if text:
        assert visible(cite(made, Form.PANDOC)) == f"{text} [@gabuev2021, para. 9] {PARAPHRASE}"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9999, 9999) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["family", "given", "literal", "date-parts", "raw"]), inner, max_size=3)
    ),
    max_leaves=10,
)
FIELDS = st.sampled_from(["author", "editor", "title", "issued", "URL", "DOI", "publisher", "container-title", "page"])


@given(st.dictionaries(FIELDS, JSON))
def test_no_record_makes_a_reference_fail(record: dict[str, Any]) -> None:
    foreign = quote(record=frozen_record(record))
    assert "\n" not in reference(foreign.record)
    assert cite(foreign, Form.TEXT)


# --- all together --------------------------------------------------------------------------------


def test_each_work_is_listed_once_as_its_latest_quote_has_it_and_sorted() -> None:
    other = {"title": "Other", "author": [{"literal": "Zed"}], "issued": {"date-parts": [[2020]]}}
    quotes = [
        quote("z words", record=other, title="Other", address=Address("zed2020", 1, 1)),
        quote("one"),
        quote("two", record=CARNEGIE | {"publisher": "Corrected"}, created="2026-02-02T03:04:05+00:00"),
    ]
    for ordered in (quotes, quotes[::-1]):
        listed = manuscript(ordered, Wishes(), plain=True).references
        assert PROSE[Form.TEXT].references(listed, False) == (
            "References\n\n"
            "Gabuev, A., & Kovachich, L. (2021, June 3). A title. Corrected. https://example.org/a_b_c\n\n"
            "Zed. (2020). Other."
        )
