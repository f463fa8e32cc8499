"""Taking quotes, and the area that lists them."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from textual.content import Content
from textual.widgets import Input

from docterm.errors import StorageError
from docterm.quotes.check.manuscripts import Manuscript, link
from docterm.tui.app import Explorer
from docterm.tui.editor import command, edit
from tui.support import Desk, Sit

PLAIN = """The Lighthouse Keepers

By Ada Penhallow

March 3, 2020

The last keeper left in 1998. He took the logbook with him, and nobody asked for it.

The lamp has been electric ever since.
"""


@pytest.fixture
def lighthouse(make_library: Callable[..., Path]) -> Path:
    """Give a library of one plain document, which is nobody's digest."""
    record = {
        "id": "keepers",
        "type": "article-magazine",
        "title": "The Lighthouse Keepers",
        "author": [{"family": "Penhallow", "given": "Ada"}],
        "issued": {"date-parts": [[2020, 3, 3]]},
    }
    return make_library({"keepers.txt": PLAIN, "references.json": json.dumps([record])})


async def _to_paragraph(desk: Desk, number: int) -> None:
    await desk.press("g", "g")
    while desk.reader.passages[desk.reader.cursor.passage].number != number:
        await desk.press("right_curly_bracket")


def quotes_on_disk(desk: Desk) -> list[str]:
    """Give the texts of the quotes that the notebook's file tells of."""
    return [event["quote"]["text"] for event in desk.events_on_disk() if "quote" in event]


async def test_v_a_s_y_saves_the_sentence_and_says_so(sit: Sit, lighthouse: Path) -> None:
    async with sit(root=lighthouse) as desk:
        await desk.open("keepers")
        await _to_paragraph(desk, 1)
        await desk.press("v", "a", "s", "y")
        assert quotes_on_disk(desk) == ["The last keeper left in 1998."]
        assert desk.toasts[-1].startswith("Saved the quote from keepers, para. 1; ")
        assert "sent to the terminal" in desk.toasts[-1]
        assert not desk.reader.is_selecting
        (quote,) = desk.app.session.notebook.quotes()
        assert quote.kind == "verbatim"
        assert desk.app.clipboard.startswith("“The last keeper left in 1998” (Penhallow, 2020, para. 1).")
        assert "2020" in desk.app.clipboard


async def test_the_quote_is_there_for_the_next_program_that_asks(sit: Sit, lighthouse: Path) -> None:
    async with sit(root=lighthouse) as desk:
        await desk.open("keepers")
        await _to_paragraph(desk, 1)
        await desk.press("a", "p", "y")
    async with sit(80, 24, lighthouse) as desk:
        await desk.press("5")
        assert "The last keeper left in 1998. He took the logbook" in desk.flat
        assert "The Lighthouse Keepers 2020-03-03 · keepers · 1 quote" in desk.flat
        assert "para. 1 · verbatim · ok" in desk.flat


async def test_what_is_taken_from_a_digest_is_a_paraphrase(sit: Sit) -> None:
    async with sit() as desk:
        await desk.search("wuzhen ")
        await desk.press("enter", "a", "s", "y")
        assert desk.toasts[-1].startswith("Saved the paraphrase from voa2023, para. 14")
        (quote,) = desk.app.session.notebook.quotes()
        assert quote.kind == "paraphrase"
        assert "Wuzhen" in quote.text
        assert "“" not in desk.app.clipboard.replace(quote.text, "")
        await desk.press("5")
        assert "paraphrase" in desk.flat


async def test_saving_the_same_words_twice_keeps_one_quote(sit: Sit, lighthouse: Path) -> None:
    async with sit(root=lighthouse) as desk:
        await desk.open("keepers")
        await _to_paragraph(desk, 2)
        for _ in range(2):
            await desk.press("a", "s", "y")
        assert "was saved before" in desk.toasts[-1]
        assert len(quotes_on_disk(desk)) == 1


async def test_a_quote_over_two_paragraphs(sit: Sit, lighthouse: Path) -> None:
    async with sit(root=lighthouse) as desk:
        await desk.open("keepers")
        await _to_paragraph(desk, 1)
        await desk.press("v", "right_curly_bracket", "w", "e", "y")
        (quote,) = desk.app.session.notebook.quotes()
        assert (quote.address.first, quote.address.last) == (1, 2)
        assert quote.text.startswith("The last keeper")
        assert quote.text.endswith("The lamp")


async def test_a_heading_cannot_be_quoted(sit: Sit, lighthouse: Path) -> None:
    async with sit(root=lighthouse) as desk:
        await desk.open("keepers")
        await desk.press("a", "p", "y")
        assert not desk.events_on_disk()
        assert any("no paragraph number to cite" in error for error in desk.errors)


async def test_y_without_a_selection_says_what_to_do(sit: Sit, lighthouse: Path) -> None:
    async with sit(root=lighthouse) as desk:
        await desk.open("keepers")
        await desk.press("y")
        assert desk.toasts[-1].startswith("Nothing is selected.")
        assert not desk.events_on_disk()


async def test_a_notebook_that_cannot_be_written_says_so(sit: Sit, lighthouse: Path, notebook: Path) -> None:
    notebook.mkdir()
    async with sit(root=lighthouse) as desk:
        await desk.open("keepers")
        await _to_paragraph(desk, 1)
        await desk.press("a", "s", "y")
        assert desk.errors
        assert not any("Saved" in toast for toast in desk.toasts)
        await desk.press("5")
        assert desk.app.is_running


# --- area 5 --------------------------------------------------------------------------------------


async def _with_two_quotes(desk: Desk) -> None:
    await desk.open("keepers")
    await _to_paragraph(desk, 2)
    await desk.press("a", "s", "y")
    await _to_paragraph(desk, 1)
    await desk.press("a", "s", "y", "5")


async def test_the_list_is_ordered_and_tells_the_status(sit: Sit, lighthouse: Path) -> None:
    async with sit(120, 30, lighthouse) as desk:
        await _with_two_quotes(desk)
        text = desk.text
        assert text.index("The last keeper left") < text.index("The lamp has been")
        assert "verbatim · ok" in desk.flat
        assert desk.status.startswith("2 quotes")
        assert "Status: ok" in desk.flat


async def test_a_quote_that_moved_says_where_it_stands_and_opens_there(sit: Sit, lighthouse: Path) -> None:
    async with sit(120, 30, lighthouse) as desk:
        await _with_two_quotes(desk)
    head, keeper, rest = PLAIN.partition("The last keeper")
    first, lamp = (keeper + rest).strip().split("\n\n")
    (lighthouse / "keepers.txt").write_text(f"{head}{lamp}\n\n{first}\n", "utf-8")
    async with sit(120, 30, lighthouse) as desk:
        await desk.press("5")
        assert "moved to keepers:3" in desk.flat
        await desk.press("enter")
        assert "moved" in desk.toasts[-1]
        assert desk.document == "keepers"


async def test_a_changed_source_shows_in_the_status(sit: Sit, lighthouse: Path) -> None:
    async with sit(120, 30, lighthouse) as desk:
        await _with_two_quotes(desk)
    (lighthouse / "keepers.txt").write_text(PLAIN.replace("The last keeper left in 1998", "The last left"), "utf-8")
    async with sit(120, 30, lighthouse) as desk:
        await desk.press("5")
        assert "altered" in desk.flat
        await desk.press("enter")
        assert "altered" in desk.toasts[-1]
    (lighthouse / "keepers.txt").unlink()
    async with sit(120, 30, lighthouse) as desk:
        await desk.press("5")
        assert "source missing" in desk.flat
        await desk.press("enter")
        assert "not in this library any more" in desk.toasts[-1]
        assert desk.area == "quotes"


async def test_notes_and_tags_are_written_down(sit: Sit, lighthouse: Path) -> None:
    async with sit(120, 30, lighthouse) as desk:
        await _with_two_quotes(desk)
        await desk.press("a")
        await desk.type("who asked? [b]")
        await desk.press("enter")
        assert "who asked? [b]" in desk.flat
        await desk.press("t")
        await desk.type("keepers, sea")
        await desk.press("enter")
        assert "#keepers #sea" in desk.flat
        quote = desk.app.session.notebook.quotes()[-1]
        assert (quote.note, set(quote.tags)) == ("who asked? [b]", {"keepers", "sea"})
        await desk.press("a")
        assert desk.app.screen.query_one(Input).value == "who asked? [b]"
        await desk.type("never mind")
        await desk.press("escape")
        assert desk.app.session.notebook.get(quote.id).note == "who asked? [b]"
    async with sit(120, 30, lighthouse) as desk:
        await desk.press("5")
        assert "who asked? [b]" in desk.flat


async def test_removing_is_undone_and_done_again(sit: Sit, lighthouse: Path) -> None:
    async with sit(120, 30, lighthouse) as desk:
        await _with_two_quotes(desk)
        await desk.press("delete")
        assert "The last keeper left" not in desk.text
        assert any("`u` brings it back" in toast for toast in desk.toasts)
        await desk.press("u")
        assert "The last keeper left" in desk.text
        await desk.press("ctrl+r")
        assert "The last keeper left" not in desk.text
        await desk.press("u", "u", "u")
        assert desk.status.startswith("0 quotes") or "No quote is saved yet" in desk.flat
        await desk.press("u")
        assert not desk.errors
    async with sit(120, 30, lighthouse) as desk:
        assert not desk.app.session.notebook.quotes()


async def test_what_cannot_be_written_or_read_is_said_and_not_done(
    sit: Sit, lighthouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise StorageError("The disk is full.")

    async with sit(120, 30, lighthouse) as desk:
        await _with_two_quotes(desk)
        monkeypatch.setattr(desk.app.session.notebook, "remove", fails)
        await desk.press("delete")
        assert desk.errors == ["The disk is full."]
        assert not any("brings it back" in toast for toast in desk.toasts)
        monkeypatch.setattr(desk.app.session.library, "passages", fails)
        await desk.press("1", "5")
        assert desk.errors[1:] == ["The disk is full."] * (len(desk.errors) - 1)
        shown = len(desk.errors)
        await desk.press("1", "enter")
        assert desk.app.is_running
        assert len(desk.errors) == shown + 1
        assert desk.errors[-1] == "The disk is full."


async def test_enter_opens_the_source_at_the_words(sit: Sit, lighthouse: Path) -> None:
    async with sit(120, 30, lighthouse) as desk:
        await _with_two_quotes(desk)
        await desk.press("j", "enter")
        assert desk.document == "keepers"
        passage = desk.reader.passages[desk.reader.cursor.passage]
        assert passage.text[desk.reader.cursor.offset :].startswith("The lamp has been")
        await desk.press("q")
        assert desk.area == "quotes"


async def test_copying_again(sit: Sit, lighthouse: Path) -> None:
    async with sit(120, 30, lighthouse) as desk:
        await _with_two_quotes(desk)
        await desk.press("y")
        assert desk.app.clipboard.startswith("“The last keeper left in 1998” (Penhallow, 2020, para. 1).")
        assert desk.toasts[-1].startswith("keepers, para. 1")


async def test_narrowing_the_quotes(sit: Sit, lighthouse: Path) -> None:
    async with sit(120, 30, lighthouse) as desk:
        await _with_two_quotes(desk)
        await desk.press("slash")
        await desk.type("lamp")
        assert desk.app.quotes_area.list.row_count == 1
        await desk.press("escape")
        assert desk.app.quotes_area.list.row_count == 2


async def test_copying_in_another_form_is_remembered(sit: Sit, lighthouse: Path) -> None:
    async with sit(120, 30, lighthouse) as desk:
        await _with_two_quotes(desk)
        await desk.press("Y")
        await desk.type("latex")
        await desk.press("enter")
        assert desk.app.clipboard == r"\textcquote[para.~1]{keepers}[.]{The last keeper left in 1998}"
        await desk.press("y")
        assert desk.app.clipboard.startswith(r"\textcquote")


async def test_a_style_is_found_by_typing_its_name(sit: Sit, lighthouse: Path) -> None:
    async with sit(120, 30, lighthouse) as desk:
        await _with_two_quotes(desk)
        await desk.press("Y")
        await desk.type("plain text")
        await desk.press("enter")
        await desk.type("oscola")
        await desk.press("enter")
        assert desk.app.clipboard.startswith("‘The last keeper left in 1998’. [Ada Penhallow, ‘The Lighthouse Keepers’")


async def test_a_selection_is_saved_and_copied_in_another_form(sit: Sit, lighthouse: Path) -> None:
    async with sit(root=lighthouse) as desk:
        await desk.open("keepers")
        await _to_paragraph(desk, 1)
        await desk.press("v", "a", "s", "Y")
        assert quotes_on_disk(desk) == ["The last keeper left in 1998."]
        await desk.type("typst")
        await desk.press("enter")
        assert desk.app.clipboard == "“The last keeper left in 1998” @keepers[para. 1]."
        assert desk.toasts[-1].startswith("Saved the quote from keepers, para. 1; ")


async def test_leaving_the_menu_copies_nothing(sit: Sit, lighthouse: Path) -> None:
    async with sit(120, 30, lighthouse) as desk:
        await _with_two_quotes(desk)
        before = desk.app.clipboard
        await desk.press("Y", "escape")
        assert desk.app.clipboard == before
        assert desk.area == "quotes"


# --- what is listed, and in which order ----------------------------------------------------------


def shown(desk: Desk) -> list[str]:
    """Give the first words of the quotes as they are listed."""
    quotes = {quote.id: quote.text for quote in desk.app.session.notebook.quotes()}
    return [" ".join(quotes[row].split()[:2]) for row in desk.app.quotes_area.list.row_ids]


async def test_the_list_is_narrowed_to_a_tag_and_escape_shows_all(sit: Sit, lighthouse: Path) -> None:
    async with sit(120, 30, lighthouse) as desk:
        await _with_two_quotes(desk)
        await desk.press("t")
        await desk.type("sea")
        await desk.press("enter", "f")
        await desk.type("tag: sea")
        await desk.press("enter")
        assert shown(desk) == ["The last"]
        assert desk.status.startswith("1 of 2 quotes · tag: sea")
        await desk.press("escape")
        assert shown(desk) == ["The last", "The lamp"]


async def test_quotes_are_grouped_by_tag_and_by_status(sit: Sit, lighthouse: Path) -> None:
    async with sit(120, 30, lighthouse) as desk:
        await _with_two_quotes(desk)
        await desk.press("t")
        await desk.type("sea")
        await desk.press("enter", "z")
        assert desk.text.index("no tag  1 quote") < desk.text.index("The lamp") < desk.text.index("sea  1 quote")
        assert "by tag" in desk.status
        await desk.press("z")
        assert "ok  2 quotes" in desk.text
        await desk.press("z", "z")
        assert "own order" not in desk.status


async def test_quotes_are_put_in_ones_own_order(sit: Sit, lighthouse: Path) -> None:
    async with sit(120, 30, lighthouse) as desk:
        await _with_two_quotes(desk)
        await desk.press("alt+down")
        assert shown(desk) == ["The lamp", "The last"]
        assert "your own order" in desk.toasts[-1]
        await desk.press("g", "g", "alt+down")
        assert shown(desk) == ["The last", "The lamp"]
        await desk.press("u")
        assert shown(desk) == ["The lamp", "The last"]


async def test_what_is_done_to_selected_quotes_is_undone_at_once(sit: Sit, lighthouse: Path) -> None:
    async with sit(120, 30, lighthouse) as desk:
        await _with_two_quotes(desk)
        await desk.press("g", "g", "v", "v")
        assert "2 selected" in desk.status
        assert desk.text.count("● ") == 2
        await desk.press("t")
        await desk.type("both, of them")
        await desk.press("enter")
        assert [quote.tags for quote in desk.app.session.notebook.quotes()] == [("both", "of them")] * 2
        await desk.press("y")
        assert desk.app.clipboard.count("Penhallow, 2020") == 2
        assert desk.toasts[-1].startswith("2 quotes; ")
        await desk.press("delete")
        assert "No quote is saved yet" in desk.flat
        await desk.press("u")
        assert len(shown(desk)) == 2
        await desk.press("ctrl+a", "ctrl+a")
        assert " selected · " not in desk.status


async def test_the_quote_is_lit_in_its_paragraph(sit: Sit, lighthouse: Path) -> None:
    async with sit(120, 30, lighthouse) as desk:
        await _with_two_quotes(desk)
        await desk.press("g", "g")
        detail = desk.app.quotes_area.detail.content
        assert isinstance(detail, Content)
        lit = [detail.plain[span.start : span.end] for span in detail.spans if "warning" in str(span.style)]
        assert lit == ["The last keeper left in 1998."]
        assert "in 1998. He took the logbook with him" in detail.plain


async def test_the_style_is_switched_at_once_and_kept(sit: Sit, lighthouse: Path) -> None:
    async with sit(120, 40, lighthouse) as desk:
        await _with_two_quotes(desk)
        await desk.press("g", "g", "Z")
        await desk.type("oscola")
        await desk.press("enter")
        assert "Ada Penhallow, ‘The Lighthouse Keepers’" in shown_in_full(desk)
    async with sit(120, 40, lighthouse) as desk:
        await desk.press("5")
        assert "Ada Penhallow, ‘The Lighthouse Keepers’" in shown_in_full(desk)


async def test_a_proposal_is_shown_and_taken_by_a_key_alone(sit: Sit, lighthouse: Path) -> None:
    async with sit(120, 40, lighthouse) as desk:
        await _with_two_quotes(desk)
    (lighthouse / "keepers.txt").write_text(PLAIN.replace("keeper left in 1998", "warden left in 1998"), "utf-8")
    for size in ((120, 40), (70, 40)):
        async with sit(*size, lighthouse) as desk:
            await desk.press("5", "g", "g")
            assert "The last [-keeper-] {+warden+} left in 1998." in desk.flat
            assert "Proposed: keepers:1, likely" in desk.flat
            assert len(desk.events_on_disk()) == 2
    async with sit(120, 40, lighthouse) as desk:
        await desk.press("5", "g", "g", "U")
        assert "The last warden left in 1998." in shown_in_full(desk)
        assert "as “The last keeper left in 1998.”" in shown_in_full(desk)
        assert "altered" not in desk.text
        await desk.press("u")
        assert "altered" in desk.text


def shown_in_full(desk: Desk) -> str:
    return str(desk.app.quotes_area.detail.content)


async def test_a_not_is_not_taken(sit: Sit, lighthouse: Path) -> None:
    async with sit(120, 40, lighthouse) as desk:
        await _with_two_quotes(desk)
    (lighthouse / "keepers.txt").write_text(
        PLAIN.replace("The last keeper left", "The last keeper never left"), "utf-8"
    )
    async with sit(120, 40, lighthouse) as desk:
        await desk.press("5", "g", "g")
        assert "says something else, and cannot be accepted" in shown_in_full(desk)
        await desk.press("U")
        assert "it says something else now" in desk.errors[-1]
        assert len(desk.events_on_disk()) == 2


async def test_the_listed_quotes_are_exported_and_no_source_is_touched(
    sit: Sit, lighthouse: Path, tmp_path: Path
) -> None:
    async with sit(120, 40, lighthouse) as desk:
        await _with_two_quotes(desk)
        for place in (tmp_path / "out.md", lighthouse / "keepers.txt"):
            await desk.press("x")
            await desk.type("markdown")
            await desk.press("enter")
            await desk.type(str(place))
            await desk.press("enter")
        assert (tmp_path / "out.md").read_text("utf-8").count("Penhallow, 2020") == 2
        assert any("2 new" in toast for toast in desk.toasts)
        assert "is the document keepers" in desk.errors[-1]
        assert (lighthouse / "keepers.txt").read_text("utf-8") == PLAIN


async def test_another_notebook_is_begun_and_the_first_one_found_again(
    sit: Sit, lighthouse: Path, notebook: Path
) -> None:
    async with sit(120, 40, lighthouse) as desk:
        await _with_two_quotes(desk)
        await desk.press("L")
        await desk.type("new notebook")
        await desk.press("enter")
        await desk.type("../the/sis")
        await desk.press("enter")
        assert "No quote is saved yet" in desk.flat
        other = notebook.with_name("notebook.the-sis.jsonl")
        assert desk.app.session.notebook.path == other
        await desk.open("keepers")
        await _to_paragraph(desk, 2)
        await desk.press("a", "s", "y")
        assert other.exists()
        await desk.press("5", "L", "down", "enter")
        assert len(shown(desk)) == 2


async def test_the_manuscript_tells_what_is_used_and_the_editor_opens_its_line(
    sit: Sit, lighthouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, called = tmp_path / "draft.md", tmp_path / "called"
    draft.write_text("# Draft\n\nShe wrote: “The last keeper left in 1998.” [@keepers, para. 1]\n", "utf-8")
    editor = tmp_path / "editor"
    editor.write_text(f'#!/bin/sh\necho "$@" > {called}\n', "utf-8")
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr(Explorer, "suspend", lambda _: nullcontext())  # a test has no terminal to give away
    async with sit(120, 40, lighthouse) as desk:
        await _with_two_quotes(desk)
        await desk.press("e")
        assert "No manuscript is linked" in desk.toasts[-1]
        link(desk.app.session.notebook, Manuscript(draft))
        await desk.press("1", "5", "g", "g")
        assert "ok · used 1x" in desk.text
        assert "ok · unused" in desk.text
        assert "draft.md:3" in shown_in_full(desk)
        await desk.press("e")
        assert called.read_text("utf-8") == f"+3 {draft}\n"
        await desk.press("f")
        await desk.type("manuscript: unused")
        await desk.press("enter")
        assert shown(desk) == ["The lamp"]


def test_editors_are_called_as_they_want_it() -> None:
    path = Path("draft.md")
    assert command(path, 3, "vim -n") == ["vim", "-n", "+3", "draft.md"]
    assert command(path, 3, "code --wait") == ["code", "--wait", "--goto", "draft.md:3"]
    assert command(path, 3, "") == ["vi", "+3", "draft.md"]


def test_an_editor_that_cannot_be_run_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for editor in ("/no/such/editor", "'unbalanced"):
        monkeypatch.setenv("VISUAL", editor)
        assert "cannot be run" in edit(Path("draft.md"), 1)


async def test_a_quote_is_altered_in_its_words_and_copied_so(sit: Sit, lighthouse: Path) -> None:
    async with sit(root=lighthouse) as desk:
        await desk.open("keepers")
        await _to_paragraph(desk, 1)
        await desk.press("v", "a", "s", "y", "5", "X")
        assert "The words captured" in desk.flat
        await desk.press("r", "ctrl+u")
        await desk.type("the")
        await desk.press("enter", "w", "v", "e", "o")
        assert "[t]he … keeper left in 1998." in desk.flat
        await desk.press("enter")
        assert "Altered: 1 replace, 1 omit" in desk.flat
        (quote,) = desk.app.session.notebook.quotes()
        assert quote.text == "The last keeper left in 1998."
        await desk.press("y")
        assert desk.app.clipboard.startswith("“\\[t\\]he .\u00a0.\u00a0. keeper left in 1998” (Penhallow")
        await desk.press("u")
        assert not desk.app.session.notebook.quotes()[0].alterations


async def test_leaving_the_alterations_with_escape_changes_nothing(sit: Sit, lighthouse: Path) -> None:
    async with sit(root=lighthouse) as desk:
        await desk.open("keepers")
        await _to_paragraph(desk, 1)
        await desk.press("v", "a", "s", "y", "5", "X", "o", "escape")
        assert not desk.app.session.notebook.quotes()[0].alterations


async def test_a_quote_of_somebody_says_so_and_is_cited_as_theirs(sit: Sit, make_library: Callable[..., Path]) -> None:
    text = PLAIN.replace("The lamp has", "“I miss the sound of the sea,” Mara Cao told the Review. The lamp has")
    async with sit(root=make_library({"keepers.txt": text})) as desk:
        await desk.open("penhallow2020lighthouse")
        await _to_paragraph(desk, 2)
        await desk.press("l", "v", "e", "e", "e", "e", "y")
        assert ", taken for words of Mara Cao (5, then `H`, cites it so); " in desk.toasts[-1]
        await desk.press("5", "H")
        assert "Mara Cao as the source says" in desk.flat
        await desk.press("enter")
        assert "Whose words: Mara Cao" in desk.flat
        await desk.press("y")
        assert "(Mara Cao, as cited in Penhallow, 2020, para. 2)" in desk.app.clipboard
        await desk.press("u")
        assert desk.app.session.notebook.quotes()[0].attribution is None


async def test_a_quote_is_copied_with_its_citation_before_it(sit: Sit, lighthouse: Path) -> None:
    async with sit(root=lighthouse) as desk:
        await desk.open("keepers")
        await _to_paragraph(desk, 1)
        await desk.press("v", "a", "s", "Y")
        await desk.type("citation before")
        await desk.press("enter")
        assert desk.app.clipboard.startswith("Penhallow (2020, para. 1): “The last keeper left in 1998.”")
        await desk.press("5", "y")
        assert desk.app.clipboard.startswith("“The last keeper left in 1998” (Penhallow, 2020, para. 1).")
