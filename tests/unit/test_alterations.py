"""Alterations lie over the words of a quote and never touch them, and what is written out still is verbatim."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docterm.errors import QuoteError
from docterm.library.library import Library
from docterm.library.model import Address
from docterm.quotes.alterations import (
    LONGEST,
    Alteration,
    Altered,
    Op,
    altered_from_json,
    ellipsis,
    emphasis,
    insertion,
    omission,
    ordered,
    pieces,
    place_of,
    replacement,
    shown,
    sic,
    sum_of,
)
from docterm.quotes.capture import find
from docterm.quotes.check.draft import DraftForm, parse
from docterm.quotes.check.judging import check
from docterm.quotes.export.exporting import Task, export
from docterm.quotes.form import Form
from docterm.quotes.manuscript import Wishes, write_out
from docterm.quotes.model import Quote, QuoteKind
from docterm.quotes.notebook import Notebook
from docterm.text import Span, tokens
from quote_samples import quote

TEXT = "The last keeper left in 1998, and nobody asked for the logbook."
SPACED = ".\u00a0.\u00a0."


def altered(text: str, *operations: Alteration, **changes: object) -> Quote:
    return quote(text, altered=Altered(sum_of(text), ordered(text, operations)), **changes)


def at(words: str, text: str = TEXT) -> Span:
    return place_of(text, words)


def seen(*operations: Alteration, sign: str = "…") -> str:
    return shown(TEXT, ordered(TEXT, operations), sign).text


# --- how they look -------------------------------------------------------------------------------


def test_each_operation_looks_as_writers_write_it() -> None:
    assert seen(omission(TEXT, at("in 1998"))) == "The last keeper left …, and nobody asked for the logbook."
    assert seen(omission(TEXT, at(", and nobody asked"))) == "The last keeper left in 1998 … for the logbook."
    assert seen(insertion(at("for"), "the harbour")) == (
        "The last keeper left in 1998, and nobody asked [the harbour] for the logbook."
    )
    assert seen(replacement(TEXT, at("The"), "the")).startswith("[t]he last")
    assert seen(replacement(TEXT, at("keeper"), "keepers")).startswith("The last keeper[s] left")
    assert seen(replacement(TEXT, at("The last keeper"), "He")).startswith("[He] left")
    assert seen(sic(at("1998"))) == "The last keeper left in 1998 [sic], and nobody asked for the logbook."
    made = shown(TEXT, ordered(TEXT, [emphasis(TEXT, Span(28, 41))]))
    assert [made.text[span.start : span.end] for span in made.emphasised] == ["and nobody"]


def test_an_omission_at_the_end_keeps_the_full_stop() -> None:
    assert seen(omission(TEXT, at("for the logbook")), sign=SPACED).endswith("asked .\u00a0.\u00a0.\u00a0.")


def test_omissions_that_touch_are_one() -> None:
    assert seen(omission(TEXT, at("last")), omission(TEXT, at("keeper"))).startswith("The … left")


@pytest.mark.parametrize(
    ("style", "language", "sign"),
    [
        ("apa", "en-US", SPACED),
        ("modern-language-association", "en-US", SPACED),
        ("chicago-notes", "en-US", SPACED),
        ("ieee", "en-US", "…"),
        ("apa", "fr-FR", "[…]"),
        ("din-1505-2", "de-DE", "[…]"),
    ],
)
def test_the_ellipsis_is_that_of_the_style_and_the_language(style: str, language: str, sign: str) -> None:
    assert ellipsis(style, language, TEXT) == sign


def test_an_ellipsis_of_the_source_puts_ours_in_brackets() -> None:
    assert ellipsis("modern-language-association", "en-US", "Well … no.") == f"[{SPACED}]"
    assert ellipsis("ieee", "en-US", "Well ... no.") == "[…]"


# --- what is refused -----------------------------------------------------------------------------


def test_alterations_do_not_lie_over_each_other() -> None:
    with pytest.raises(QuoteError, match="lie over each other, at “in 1998”"):
        ordered(TEXT, [omission(TEXT, at("in 1998")), emphasis(TEXT, at("1998"))])
    with pytest.raises(QuoteError, match="lie over each other"):
        ordered(TEXT, [insertion(at("for"), "a"), insertion(at("for"), "b")])
    assert len(ordered(TEXT, [emphasis(TEXT, at("1998")), sic(at("1998"))])) == 2


def test_what_cannot_be_is_refused_in_a_sentence() -> None:
    with pytest.raises(QuoteError, match="does not have the words “mast”"):
        place_of(TEXT, "mast")
    with pytest.raises(QuoteError, match="has “the” 2 times"):
        place_of(TEXT.lower(), "the")
    with pytest.raises(QuoteError, match="without brackets"):
        ordered(TEXT, [insertion(at("for"), "[x]")])
    with pytest.raises(QuoteError, match=f"at most {LONGEST}"):
        ordered(TEXT, [insertion(at("for"), "x" * (LONGEST + 1))])
    with pytest.raises(QuoteError, match="leaves nothing"):
        ordered(TEXT, [omission(TEXT, Span(0, len(TEXT)))])
    with pytest.raises(QuoteError, match="no words"):
        ordered(TEXT, [Alteration(Op.OMIT, 0, 900)])


# --- in the notebook -----------------------------------------------------------------------------


def test_the_notebook_keeps_alterations_beside_the_captured_words(tmp_path: Path) -> None:
    path = tmp_path / "notebook.jsonl"
    notebook = Notebook(path)
    saved = notebook.capture(quote(TEXT)).quote
    made = notebook.alter(saved.id, [omission(TEXT, at("in 1998"))])
    assert made.text == TEXT
    assert [each.op for each in made.alterations] == [Op.OMIT]
    assert Notebook(path).quotes() == (made,)
    event = json.loads(path.read_text().splitlines()[-1])
    assert event["event"] == "alter"
    assert event["alterations"]["operations"] == [{"op": "omit", "start": 21, "end": 28, "text": ""}]
    assert notebook.undo() == "Undone: altering the quote from gabuev2021:9."
    assert notebook.quotes()[0] == saved
    notebook.redo()
    assert notebook.quotes()[0] == made
    assert notebook.alter(saved.id, []) == saved


def test_alterations_of_other_words_count_for_nothing(tmp_path: Path) -> None:
    made = altered(TEXT, omission(TEXT, at("in 1998")))
    assert replace(made, text="Other words").alterations == ()
    beyond = Altered(sum_of(TEXT), (Alteration(Op.OMIT, 5, 9_999),))
    assert replace(made, altered=beyond).alterations == ()


def test_a_paraphrase_is_not_altered(tmp_path: Path) -> None:
    notebook = Notebook(tmp_path / "notebook.jsonl")
    saved = notebook.capture(quote(TEXT, kind=QuoteKind.PARAPHRASE)).quote
    with pytest.raises(QuoteError, match="A paraphrase is not altered"):
        notebook.alter(saved.id, [omission(TEXT, at("in 1998"))])


@pytest.mark.parametrize(
    "data",
    [1, {}, {"of": "x"}, {"of": "x", "operations": [1]},
     {"of": "x", "operations": [{"op": "eat", "start": 0, "end": 1}]},
     {"of": "x", "operations": [{"op": "omit", "start": 3, "end": 1}]}],
)  # fmt: skip
def test_what_is_no_alteration_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match="alter"):
        altered_from_json(data)


# --- properties ----------------------------------------------------------------------------------

HARBOUR = "The harbour lights were dimmed by order of the council, and the pilots protested."
WORDS = [Span(token.start, token.end) for token in tokens(HARBOUR)]


@st.composite
def operations(draw: st.DrawFn) -> list[Alteration]:
    """Alter single words, none of them twice; the last stays, so that something does."""
    chosen = draw(st.lists(st.sampled_from(WORDS[:-1]), min_size=1, max_size=4, unique=True))
    made = []
    for span in chosen:
        word = HARBOUR[span.start : span.end]
        made.append(
            draw(
                st.sampled_from(
                    [
                        omission(HARBOUR, span),
                        insertion(span, "some old"),
                        replacement(HARBOUR, span, word.swapcase()[0] + word[1:]),
                        emphasis(HARBOUR, span),
                        sic(span),
                    ]
                )
            )
        )
    return made


@given(operations())
def test_the_pieces_of_an_altered_text_stand_for_all_of_the_captured_one(made: list[Alteration]) -> None:
    found = list(pieces(HARBOUR, ordered(HARBOUR, made), "…"))
    assert "".join(HARBOUR[piece.source.start : piece.source.end] for piece in found) == HARBOUR
    assert all(piece.text == HARBOUR[slice(*piece.source)] for piece in found if piece.op in (None, Op.EMPHASIS))
    assert Altered("x", tuple(made)) == altered_from_json(json.loads(json.dumps(Altered("x", tuple(made)).as_json())))


DRAFTS = {
    Form.TEXT: DraftForm.TEXT, Form.MARKDOWN: DraftForm.MARKDOWN, Form.PANDOC: DraftForm.MARKDOWN,
    Form.ORG: DraftForm.ORG, Form.LATEX: DraftForm.LATEX, Form.TYPST: DraftForm.TYPST, Form.DOCX: DraftForm.DOCX,
}  # fmt: skip


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    library = Library(library_folder)
    library.refresh()
    yield library
    library.close()


def captured(library: Library) -> Quote:
    for document in library.documents():
        for passage in library.passages(document):
            if passage.number and HARBOUR in passage.text:
                return find(
                    document, library.passages(document), Address(document.key, passage.number, passage.number), HARBOUR
                )
    raise AssertionError("no document has the words")


@pytest.mark.parametrize("form", DRAFTS)
@pytest.mark.parametrize("style", ["apa", "ieee"])
def test_what_is_exported_altered_is_found_verbatim_by_a_check(
    library: Library, tmp_path: Path, form: Form, style: str
) -> None:
    whole, path = captured(library), tmp_path / "out"

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(operations())
    def holds(made: list[Alteration]) -> None:
        given_quote = replace(whole, altered=Altered(sum_of(HARBOUR), ordered(HARBOUR, made)))
        path.unlink(missing_ok=True)
        export(Task([given_quote], [given_quote], form, path, Wishes(style)))
        judged = check(parse(path.read_bytes(), DRAFTS[form]), library).judged
        assert {each.wording.value for each in judged} == {"verbatim"}, judged

    holds()


# --- in each form --------------------------------------------------------------------------------

EMPHASISED = {
    Form.TEXT: "“The *last keeper* left .\u00a0.\u00a0. and nobody asked for the logbook”"
    " (Gabuev & Kovachich, 2021, para. 9) (emphasis added).",
    Form.PANDOC: "“The *last keeper* left .\u00a0.\u00a0. and nobody asked for the logbook”"
    " [@gabuev2021, para. 9] (emphasis added).",
    Form.LATEX: r"\textcquote[para.~9; emphasis added]{gabuev2021}[.]{The \emph{last keeper} left",
    Form.TYPST: "“The #emph[last keeper] left",
    Form.ORG: "“The \u200b/last keeper/\u200b left",
    Form.HTML: "The <em>last keeper</em> left",
}


@pytest.mark.parametrize("form", EMPHASISED)
def test_emphasis_is_in_the_marks_of_the_form_and_said_behind_the_citation(form: Form) -> None:
    given_quote = altered(TEXT, emphasis(TEXT, at("last keeper")), omission(TEXT, at("in 1998,")))
    assert EMPHASISED[form] in write_out([given_quote], form, Wishes()).text
    assert "emphasis added" in write_out([given_quote], form, Wishes()).text


def test_a_word_document_has_the_emphasis_in_italics(tmp_path: Path) -> None:
    given_quote = altered(TEXT, emphasis(TEXT, at("last keeper")))
    path = tmp_path / "out.docx"
    export(Task([given_quote], [given_quote], Form.DOCX, path, Wishes()))
    with ZipFile(path) as package:
        document = package.read("word/document.xml").decode()
    assert '<w:i/></w:rPr><w:t xml:space="preserve">last keeper</w:t>' in document
    assert "(emphasis added)." in document


def test_an_altered_quote_is_brought_up_to_date_in_a_file(tmp_path: Path) -> None:
    path, plain = tmp_path / "out.md", quote(TEXT)
    export(Task([plain], [plain], Form.MARKDOWN, path, Wishes()))
    made = replace(altered(TEXT, sic(at("1998"))), id=plain.id)
    assert export(Task([made], [made], Form.MARKDOWN, path, Wishes())).changes.updated == [plain.id]
    assert r"1998 \[sic\], and" in path.read_text()
