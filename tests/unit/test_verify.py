"""A quote is checked against the document that its key names today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from docterm.errors import QuoteError
from docterm.library.library import Library
from docterm.library.model import Address, Document, Kind, Locator, Passage, Place, Role, Status
from docterm.quotes.anchor import Body
from docterm.quotes.capture import cut, find
from docterm.quotes.model import Quote
from docterm.quotes.verify import QuoteStatus, Verdict, accepted, locate, locate_in, verdicts, verify

TEXTS = ("One wall was built first.", "Then another wall was built.", "No more was said.")


def passages(*texts: str) -> tuple[Passage, ...]:
    return tuple(
        Passage("doc2021", index, Role.BODY, text, Locator(index + 1)) for index, text in enumerate(texts or TEXTS)
    )


def body(*texts: str) -> Body:
    return Body.of(passages(*texts))


def document(kind: Kind = Kind.DOCUMENT, state: Status = Status.READY) -> Document:
    return Document("doc2021", "On walls", "Carnegie", "2021", kind, "doc.md", 14, 3, state)


def quote(words: str = "another wall", kind: Kind = Kind.DOCUMENT) -> Quote:
    return find(document(kind), passages(), Address("doc2021", 1, 3), words)


def test_the_exact_text_at_its_place_is_ok() -> None:
    assert locate(quote(), document(), body()) == Verdict(QuoteStatus.OK, Address("doc2021", 2, 2), 5, 17)


def test_a_quote_over_paragraphs_is_ok_only_over_the_same_ones() -> None:
    wide = cut(document(), passages(), Place(0, 4), Place(1, 12))
    assert locate(wide, document(), body()).status is QuoteStatus.OK
    merged = passages(f"{TEXTS[0]} {TEXTS[1]}", TEXTS[2])
    assert locate(wide, document(), Body.of(merged)).status is QuoteStatus.ALTERED


def test_text_that_went_to_another_paragraph_has_moved_and_says_where() -> None:
    found = locate(quote(), document(), body("A new beginning.", *TEXTS))
    assert found == Verdict(QuoteStatus.MOVED, Address("doc2021", 3, 3), 5, 17)


def test_text_that_went_further_on_in_its_paragraph_has_moved() -> None:
    found = locate(quote(), document(), body(TEXTS[0], f"Soon. {TEXTS[1]}"))
    assert found == Verdict(QuoteStatus.MOVED, Address("doc2021", 2, 2), 11, 23)


def test_of_several_places_the_one_with_the_same_surroundings_is_taken() -> None:
    words = quote("wall was built")
    found = locate(words, document(), body("A wall was built.", TEXTS[2], TEXTS[0], "The wall was built."))
    assert found.address == Address("doc2021", 3, 3)


def test_of_places_with_equal_surroundings_the_nearest_is_taken() -> None:
    found = locate(quote(), document(), body(TEXTS[1], "Soon.", TEXTS[1]))
    assert found.address == Address("doc2021", 3, 3)


def test_the_same_offset_in_the_next_paragraph_is_another_place() -> None:
    first = find(document(), passages("abcd wall"), Address("doc2021", 1, 1), "wall")
    assert locate(first, document(), body("ab", "x wall")) == Verdict(QuoteStatus.MOVED, Address("doc2021", 2, 2), 2, 6)


@pytest.mark.parametrize(
    "changed",
    ["Then another Wall was built.", "Then another  wall was built.", "Then another walls was built.", "Gone."],
)
def test_a_changed_character_is_altered(changed: str) -> None:
    assert locate(quote(), document(), body(TEXTS[0], changed, TEXTS[2])).status is QuoteStatus.ALTERED


def test_a_shorter_document_is_altered_and_none_is_missing() -> None:
    assert locate(quote(), document(), body(TEXTS[0])).status is QuoteStatus.ALTERED
    assert locate(quote(), document(), Body.of(())).status is QuoteStatus.ALTERED
    assert locate(quote(), None, Body.of(())).status is QuoteStatus.SOURCE_MISSING
    assert locate(quote(), document(state=Status.UNREADABLE), Body.of(())).status is QuoteStatus.SOURCE_MISSING


def test_a_paraphrase_whose_original_came_is_replaced_not_altered() -> None:
    paraphrase = quote(kind=Kind.DIGEST)
    assert locate(paraphrase, document(Kind.DIGEST), body()).status is QuoteStatus.OK
    assert locate(paraphrase, document(Kind.DIGEST, Status.REPLACED), body()).status is QuoteStatus.SOURCE_REPLACED
    assert locate(paraphrase, document(Kind.ORIGINAL), body("Other words.")).status is QuoteStatus.SOURCE_REPLACED


def test_a_verbatim_quote_cannot_be_checked_against_a_digest() -> None:
    verbatim = quote(kind=Kind.ORIGINAL)
    assert locate(verbatim, document(Kind.DIGEST), body("Our own words.")).status is QuoteStatus.SOURCE_MISSING


def test_in_a_library_a_quote_is_held_against_what_has_its_key_whatever_its_state(library_folder: Path) -> None:
    library = Library(library_folder)
    library.refresh()
    storm = library.document("storm")
    cut = find(storm, library.passages(storm), Address("storm", 2, 2), "No pilot was asked")
    assert locate_in(library, cut) == Verdict(QuoteStatus.OK, cut.address, cut.start, cut.end)
    renamed = replace(cut, address=Address("zebra", 2, 2))
    assert locate_in(library, renamed) == Verdict(QuoteStatus.MOVED, cut.address, cut.start, cut.end)
    foreign = replace(renamed, path="elsewhere.txt", title="Another title", record={})
    assert locate_in(library, foreign).status is QuoteStatus.SOURCE_MISSING
    (library_folder / "storm.txt").write_bytes(b"\x00" * 2000)
    library.refresh()
    assert library.get("storm") is not None
    assert library.get("storm") not in library.documents()
    assert locate_in(library, cut).status is QuoteStatus.SOURCE_MISSING
    library.close()


# --- a whole library, and what is proposed -------------------------------------------------------


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    library = Library(library_folder)
    library.refresh()
    yield library
    library.close()


def taken(library: Library, key: str, paragraph: int, words: str) -> Quote:
    document = library.document(key)
    return find(document, library.passages(document), Address(document.key, paragraph, paragraph), words)


def rewrite(library: Library, name: str, old: str, new: str) -> None:
    path = library.root / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    library.refresh()


def test_quotes_of_many_documents_are_verified_in_their_order(library: Library) -> None:
    quotes = [
        taken(library, "storm", 2, "No pilot was asked"),
        taken(library, "harbour", 2, "We count the buoys"),
        taken(library, "storm", 2, "pilot was"),
    ]
    checked = verify(library, quotes)
    assert [each.quote for each in checked] == quotes
    assert not any(each.needs_attention for each in checked)
    assert verdicts(library, quotes) == {quote.id: locate_in(library, quote) for quote in quotes}


def test_what_is_accepted_stands_in_the_document_and_is_then_ok(library: Library) -> None:
    quote = taken(library, "harbour", 2, "We count the buoys")
    rewrite(library, "harbour.md", "We count the buoys", "Every spring we count the buoys")
    (checked,) = verify(library, [quote])
    assert checked.verdict.status is QuoteStatus.ALTERED
    anew = quote.anchored(accepted(library, checked))
    assert anew.text == "we count the buoys"
    assert anew.captured == quote.anchor
    assert locate_in(library, anew).status is QuoteStatus.OK
    assert anew.anchored(None) == quote


def test_a_denial_is_altered_and_cannot_be_accepted(library: Library) -> None:
    quote = taken(library, "storm", 2, "No pilot was asked")
    rewrite(library, "storm.txt", "No pilot was asked", "One pilot was asked")
    (checked,) = verify(library, [quote])
    assert checked.verdict.status is QuoteStatus.ALTERED
    with pytest.raises(QuoteError, match=r"“not” was dropped|nothing to accept"):
        accepted(library, checked)


def test_nothing_is_accepted_where_nothing_is_proposed(library: Library) -> None:
    quote = taken(library, "storm", 2, "No pilot was asked")
    with pytest.raises(QuoteError, match="nothing to accept"):
        accepted(library, *verify(library, [quote]))
    (library.root / "storm.txt").unlink()
    library.refresh()
    (checked,) = verify(library, [quote])
    assert (checked.verdict.status, checked.proposal) == (QuoteStatus.SOURCE_MISSING, None)
    with pytest.raises(QuoteError, match="nothing to accept"):
        accepted(library, checked)


def test_a_document_under_a_new_key_is_known_by_its_record_or_its_path(library: Library) -> None:
    quote = replace(taken(library, "storm", 2, "No pilot was asked"), address=Address("before", 2, 2))
    (checked,) = verify(library, [quote])
    assert checked.verdict.address == Address("storm", 2, 2)
    assert checked.proposal is not None
    assert checked.proposal.certain
    assert accepted(library, checked).address == Address("storm", 2, 2)
