"""Whose words a quote is: offered from the source, kept when decided, and carried into every citation."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from docterm.library.library import Library
from docterm.library.model import Address
from docterm.quotes.capture import find
from docterm.quotes.check.draft import DraftForm, parse
from docterm.quotes.check.judging import Citing, Wording, check
from docterm.quotes.export.exporting import Task, export
from docterm.quotes.form import Form
from docterm.quotes.forms.word import quote_xml
from docterm.quotes.manuscript import Wishes, manuscript, write_out
from docterm.quotes.model import Quote
from docterm.quotes.notebook import Notebook
from docterm.quotes.pandoc import shared
from docterm.quotes.speaking import OWN_WORDS, SpeakerKind, Spoken, offered, spoken_by, spoken_from_json
from docterm.quotes.works import Mode
from quote_samples import quote

CONTEXT = "“We count the buoys by ear,” Mara Cao told the Tidewater Review. She has worked there for years."
CAO = Spoken("Mara Cao")


def taken(words: str) -> Quote:
    start = CONTEXT.index(words)
    return quote(words, context=CONTEXT, start=start, end=start + len(words))


def written(form: Form, spoken: Spoken | None = CAO, **wishes: str) -> str:
    return write_out([quote("We count the buoys.", attribution=spoken)], form, Wishes(**wishes)).text  # type: ignore[arg-type]


# --- offered -------------------------------------------------------------------------------------


def test_words_inside_quotation_marks_are_offered_as_the_speakers() -> None:
    assert offered(taken("We count the buoys by ear")) == CAO
    assert offered(taken("count the buoys")) == CAO
    assert offered(taken("“We count the buoys by ear,”")) == CAO


@pytest.mark.parametrize("words", ["Mara Cao told the Tidewater Review", CONTEXT, "She has worked there"])
def test_words_of_the_source_itself_are_not_offered(words: str) -> None:
    assert offered(taken(words)) is None


def test_who_speaks_is_named_in_full_by_the_paragraphs_before() -> None:
    context = "“We count the buoys,” Cao said."
    found = offered(quote("We count", context=context, start=1, end=9), ["Mara Cao is a pilot of the port."])
    assert found == CAO


# --- kept ----------------------------------------------------------------------------------------


def test_whose_words_they_are_is_an_event_of_its_own_and_undone(tmp_path: Path) -> None:
    path = tmp_path / "notebook.jsonl"
    notebook = Notebook(path)
    saved = notebook.capture(quote()).quote
    assert saved.attribution is None
    made = notebook.attribute(saved.id, CAO)
    assert Notebook(path).quotes() == (made,)
    event = json.loads(path.read_text().splitlines()[-1])
    assert (event["event"], event["attribution"]) == ("attribute", {"speaker": "Mara Cao", "kind": "speaker"})
    notebook.attribute(saved.id, OWN_WORDS)
    assert notebook.undo() == "Undone: saying whose words the quote from gabuev2021:9 is."
    assert notebook.quotes() == (made,)
    notebook.undo()
    assert notebook.quotes() == (saved,)


@pytest.mark.parametrize("data", [1, {}, {"speaker": 1, "kind": "speaker"}, {"speaker": "x", "kind": "ghost"}])
def test_what_names_no_speaker_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match="speaker"):
        spoken_from_json(data)


def test_a_name_cannot_end_or_part_a_citation() -> None:
    assert spoken_by("Cao]; @evil{x}").speaker == "Cao, evilx"


# --- cited ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("style", "language", "citation"),
    [
        ("apa", "", "(Mara Cao, as cited in Gabuev & Kovachich, 2021, para. 9)"),
        ("modern-language-association", "", "(qtd. in Gabuev and Kovachich, par. 9)"),
        ("chicago-author-date", "", "(Mara Cao, quoted in Gabuev and Kovachich 2021, para. 9)"),
        ("chicago-notes", "", "[Mara Cao, quoted in Alexander Gabuev and Leonid Kovachich"),
        ("apa", "de", "(Mara Cao, zitiert nach Gabuev & Kovachich, 2021, Abs. 9)"),
        ("modern-language-association", "de", "(zit. nach Gabuev und Kovachich"),
    ],
)
def test_an_indirect_quotation_is_cited_as_the_style_has_it(style: str, language: str, citation: str) -> None:
    assert citation in written(Form.TEXT, style=style, language=language)


KEYED = {
    Form.PANDOC: "[Mara Cao, as cited in @gabuev2021, para. 9].",
    Form.ORG: "[cite:Mara Cao, as cited in @gabuev2021 para. 9].",
    Form.LATEX: r"\textcquote[Mara Cao, as cited in][para.~9]{gabuev2021}[.]{We count the buoys}",
    Form.TYPST: '(Mara Cao, as cited in #cite(<gabuev2021>, form: "prose", supplement: [para. 9])).',
}


@pytest.mark.parametrize("form", KEYED)
def test_forms_that_cite_by_key_carry_it_before_the_key(form: Form) -> None:
    assert KEYED[form] in written(form)


@pytest.mark.parametrize(("form", "reader"), [(Form.PANDOC, "markdown"), (Form.ORG, "org")])
def test_pandoc_reads_the_key_the_place_and_the_prefix_again(form: Form, reader: str) -> None:
    found = shared().convert(written(form), reader, "json")
    assert '"citationId":"gabuev2021"' in found
    assert '"c":"cited"' in found


def test_a_word_document_carries_it_in_the_citation_that_zotero_keeps(tmp_path: Path) -> None:
    made = manuscript([quote("Words", attribution=CAO)], Wishes()).quotes[0]
    assert '"prefix": "Mara Cao, as cited in "' in quote_xml(made, None)
    path = tmp_path / "out.docx"
    report = export(Task([quote(attribution=CAO)], [], Form.DOCX, path, Wishes()))
    assert report.changes.new


def test_the_sources_own_words_are_cited_as_ever() -> None:
    assert "(Gabuev & Kovachich, 2021, para. 9)" in written(Form.TEXT, OWN_WORDS)
    assert OWN_WORDS.kind is SpeakerKind.OWN


DRAFTS = {
    Form.TEXT: DraftForm.TEXT, Form.MARKDOWN: DraftForm.MARKDOWN, Form.PANDOC: DraftForm.MARKDOWN,
    Form.ORG: DraftForm.ORG, Form.LATEX: DraftForm.LATEX, Form.TYPST: DraftForm.TYPST,
}  # fmt: skip


@pytest.mark.parametrize("form", DRAFTS)
@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("spoken", [None, CAO])
def test_a_check_finds_the_words_and_their_citation(
    library_folder: Path, form: Form, mode: Mode, spoken: Spoken | None
) -> None:
    library = Library(library_folder)
    library.refresh()
    document = library.document("harbour")
    words = "the pilots protested"
    saved = find(document, library.passages(document), Address("harbour", 1, 1), words)
    text = write_out([replace(saved, attribution=spoken)], form, Wishes(cite=mode)).text.partition("References")[0]
    text = f"Okafor wrote: {text}" if mode is Mode.YEAR else text
    (judged,) = check(parse(text.encode(), DRAFTS[form]), library, every=True).judged
    assert (judged.wording, judged.citing) == (Wording.VERBATIM, Citing.OK), (text, judged)
    library.close()


# --- narrative, and the year alone ---------------------------------------------------------------

STANDING = {
    (Form.TEXT, "narrative"): "Gabuev and Kovachich (2021, para. 9): “We count the buoys.”",
    (Form.TEXT, "year"): "“We count the buoys” (2021, para. 9).",
    (Form.MARKDOWN, "narrative"): "Gabuev and Kovachich (2021, para. 9): “We count the buoys.”",
    (Form.PANDOC, "narrative"): "@gabuev2021 [para. 9]: “We count the buoys.”",
    (Form.PANDOC, "year"): "“We count the buoys” [-@gabuev2021, para. 9].",
    (Form.ORG, "narrative"): "[cite/t:@gabuev2021 para. 9]: “We count the buoys.”",
    (Form.ORG, "year"): "“We count the buoys” [cite/na:@gabuev2021 para. 9].",
    (Form.LATEX, "narrative"): r"\textcite[para.~9]{gabuev2021}: \enquote{We count the buoys.}",
    (Form.LATEX, "year"): r"\enquote{We count the buoys} \autocite*[para.~9]{gabuev2021}.",
    (Form.TYPST, "narrative"): '#cite(<gabuev2021>, form: "prose", supplement: [para. 9]): “We count the buoys.”',
    (Form.TYPST, "year"): '“We count the buoys” (#cite(<gabuev2021>, form: "year", supplement: [para. 9])).',
}


@pytest.mark.parametrize(("form", "mode"), STANDING)
def test_a_citation_is_part_of_its_sentence_or_the_year_alone(form: Form, mode: str) -> None:
    assert written(form, None, cite=mode).startswith(STANDING[form, mode])


@pytest.mark.parametrize("form", [Form.TEXT, Form.PANDOC, Form.ORG, Form.LATEX, Form.TYPST, Form.HTML])
def test_a_narrative_citation_leads_to_a_block(form: Form) -> None:
    long = quote(" ".join(["word"] * 45), address=Address("gabuev2021", 9, 9))
    text = write_out([long], form, Wishes(cite=Mode.NARRATIVE)).text
    lead, _, rest = text.partition(":\n\n" if form is not Form.HTML else ":</p>\n")
    assert "word" not in lead
    assert rest.count("word") >= 45
    assert text.count("para. 9") + text.count("para.~9") == 1


def test_a_style_that_cites_in_notes_says_that_it_has_one_way() -> None:
    made = write_out([quote()], Form.TEXT, Wishes("chicago-notes", cite=Mode.NARRATIVE))
    assert any("cites in notes" in note for note in made.notes)
    assert made.text.startswith("“quoted words")
