"""Quotes are cut from the source by offsets, and hold exactly its code points."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from docterm.errors import QuoteError
from docterm.library.model import Address, Document, Kind, Locator, Passage, Place, Role, Status
from docterm.quotes.anchor import at_word_boundary, first_span
from docterm.quotes.capture import cut, find
from docterm.quotes.model import Quote, QuoteKind, quote_from_json
from docterm.text import sanitise

BLOCKS = (
    (Role.TITLE, "A title above everything"),
    (Role.BODY, "The first paragraph speaks of “walls” and ﬁlters, don’t it?  Twice: walls."),
    (Role.CAPTION, "A caption between the paragraphs"),
    (Role.BODY, "The second one names U.S. firms… and the party's 1,200.5 rules."),
    (Role.BODY, "The third says:\u00a0walls again — and 互联网审查 too."),
    (Role.BOILERPLATE, "Subscribe now"),
)


def passages(blocks: tuple[tuple[Role, str], ...] = BLOCKS) -> tuple[Passage, ...]:
    found: list[Passage] = []
    for index, (role, text) in enumerate(blocks):
        number = sum(passage.role is Role.BODY for passage in found) + 1 if role is Role.BODY else None
        found.append(Passage("doc2021", index, role, text, Locator(number, 3, ("Part one",), "iii")))
    return tuple(found)


def document(kind: Kind = Kind.DOCUMENT) -> Document:
    record = {"id": "doc2021", "title": "On walls", "author": [{"family": "Gray"}]}
    return Document(
        "doc2021", "On walls", "Carnegie", "2021-06-03", kind, "a/doc.md", 40, 3, Status.READY, None, record
    )


def test_a_cut_holds_the_source_and_everything_needed_to_cite_it() -> None:
    text = BLOCKS[1][1]
    start = text.index("speaks")
    quote = cut(document(), passages(), Place(1, start), Place(1, start + len("speaks of")))
    assert quote.text == "speaks of"
    assert quote.kind is QuoteKind.VERBATIM
    assert (quote.address, quote.start, quote.end) == (Address("doc2021", 1, 1), start, start + 9)
    assert quote.prefix == "The first paragraph "
    assert quote.suffix == text[start + 9 : start + 9 + 32]
    assert quote.context == text
    assert quote.locator == Locator(1, 3, ("Part one",), "iii")
    assert (quote.key, quote.title, quote.source, quote.date) == ("doc2021", "On walls", "Carnegie", "2021-06-03")
    assert quote.record == document().record
    assert quote.record is not document().record


def test_the_record_of_a_quote_does_not_follow_later_changes() -> None:
    changing = document()
    quote = cut(changing, passages(), Place(1, 0), Place(1, 9))
    assert isinstance(changing.record, dict)
    changing.record["author"][0]["family"] = "Someone Else"
    assert quote.record["author"] == [{"family": "Gray"}]


def test_white_space_around_a_selection_is_trimmed_and_the_places_may_be_reversed() -> None:
    quote = cut(document(), passages(), Place(1, 9), Place(1, 3))
    assert (quote.text, quote.start, quote.end) == ("first", 4, 9)


def test_a_selection_over_paragraphs_leaves_out_what_has_no_number() -> None:
    quote = cut(document(), passages(), Place(1, 4), Place(4, 9))
    assert quote.text == f"{BLOCKS[1][1][4:]}\n{BLOCKS[3][1]}\n{BLOCKS[4][1][:9]}"
    assert (str(quote.address), quote.start, quote.end) == ("doc2021:1-3", 4, 9)
    assert quote.suffix == BLOCKS[4][1][9:41]
    assert quote.context == "\n".join(BLOCKS[index][1] for index in (1, 3, 4))


def test_a_selection_that_begins_in_a_caption_begins_at_the_next_paragraph() -> None:
    quote = cut(document(), passages(), Place(2, 3), Place(5, 4))
    assert quote.text == f"{BLOCKS[3][1]}\n{BLOCKS[4][1]}"
    assert (str(quote.address), quote.start) == ("doc2021:2-3", 0)


def test_a_selection_that_only_touches_the_next_paragraph_does_not_cite_it() -> None:
    quote = cut(document(), passages(), Place(1, 4), Place(3, 0))
    assert str(quote.address) == "doc2021:1"


@pytest.mark.parametrize(
    ("start", "end"), [(Place(1, 4), Place(1, 4)), (Place(1, 3), Place(1, 4)), (Place(3, 0), Place(3, 0))]
)
def test_nothing_selected_is_refused(start: Place, end: Place) -> None:
    with pytest.raises(QuoteError, match="Nothing is selected"):
        cut(document(), passages(), start, end)


def test_a_selection_without_a_word_is_refused() -> None:
    blocks = ((Role.BODY, "It ended . . . there."),)
    with pytest.raises(QuoteError, match="There are no words to quote"):
        cut(document(), passages(blocks), Place(0, 9), Place(0, 14))


@pytest.mark.parametrize(
    ("start", "end"), [(Place(2, 0), Place(2, 9)), (Place(0, 0), Place(0, 5)), (Place(5, 0), Place(5, 9))]
)
def test_a_caption_or_a_title_cannot_be_cited(start: Place, end: Place) -> None:
    with pytest.raises(QuoteError, match="no paragraph number to cite"):
        cut(document(), passages(), start, end)


@pytest.mark.parametrize("place", [Place(6, 0), Place(-1, 0), Place(1, 1000), Place(1, -1)])
def test_a_place_outside_the_document_is_refused(place: Place) -> None:
    with pytest.raises(QuoteError, match="beyond the document"):
        cut(document(), passages(), place, Place(1, 3))


def test_what_is_cut_from_a_digest_is_a_paraphrase() -> None:
    assert cut(document(Kind.DIGEST), passages(), Place(1, 0), Place(1, 9)).kind is QuoteKind.PARAPHRASE
    assert cut(document(Kind.ORIGINAL), passages(), Place(1, 0), Place(1, 9)).kind is QuoteKind.VERBATIM


@pytest.mark.parametrize(
    ("address", "words", "saved"),
    [
        ("doc2021:1", "first paragraph", "first paragraph"),
        (
            "doc2021:1",
            ' the FIRST   paragraph speaks of "walls" and filters ',
            "The first paragraph speaks of “walls” and ﬁlters",
        ),
        ("doc2021:1", "don't it? twice", "don’t it?  Twice"),
        ("doc2021:2", "the U.S", None),
        ("doc2021:2", "U.S. firms... and", "U.S. firms… and"),
        ("doc2021:2", "names U.S", "names U.S"),
        ("doc2021:2", "1,200.5", "1,200.5"),
        ("doc2021:3", "says: walls again - and", "says:\u00a0walls again — and"),
        ("doc2021:3", "审查", "审查"),
        ("doc2021:2-3", "rules. The third says", "rules.\nThe third says"),
    ],
)
def test_words_are_found_and_saved_as_the_source_has_them(address: str, words: str, saved: str | None) -> None:
    if saved is None:
        with pytest.raises(QuoteError, match="does not have"):
            find(document(), passages(), Address.parse(address), words)
        return
    assert find(document(), passages(), Address.parse(address), words).text == saved


def test_the_first_of_several_places_is_taken_and_exact_words_come_before_folded_ones() -> None:
    assert find(document(), passages(), Address("doc2021", 1, 1), "walls").start == BLOCKS[1][1].index("walls")
    blocks = ((Role.BODY, "WALLS and walls and walls"),)
    assert find(document(), passages(blocks), Address("doc2021", 1, 1), "walls").start == 10


def test_the_address_of_a_found_quote_is_where_it_stands_in_the_range() -> None:
    assert str(find(document(), passages(), Address("doc2021", 1, 3), "U.S. firms").address) == "doc2021:2"


@pytest.mark.parametrize(
    "words", ["wall", "irst", "paragraph spea", "don", "party", "200.5", "1,200", "ilters", "f and", "lters"]
)
def test_words_inside_longer_words_are_refused(words: str) -> None:
    number = 2 if words in {"party", "200.5", "1,200"} else 1
    with pytest.raises(QuoteError) as caught:
        find(document(), passages(), Address("doc2021", number, number), words)
    assert f"doc2021:{number}" in str(caught.value)


@pytest.mark.parametrize(("text", "words"), [("the cafe\u0301 was shut", "the cafe"), ("वह कि नहीं", "वह क")])
def test_a_letter_is_not_parted_from_its_marks(text: str, words: str) -> None:
    with pytest.raises(QuoteError, match="longer word"):
        find(document(), passages(((Role.BODY, text),)), Address("doc2021", 1, 1), words)


def test_half_of_an_ellipsis_is_not_taken() -> None:
    with pytest.raises(QuoteError, match="does not have"):
        find(document(), passages(), Address("doc2021", 2, 2), "U.S. firms.")


def test_missing_words_name_the_address_and_the_paragraph_that_has_them() -> None:
    with pytest.raises(QuoteError) as caught:
        find(document(), passages(), Address("doc2021", 1, 1), "the party's")
    assert "doc2021:1 does not have the words “the party's”" in caught.value.message
    assert "doc2021:2" in caught.value.hint
    with pytest.raises(QuoteError, match="exactly as they stand"):
        find(document(), passages(), Address("doc2021", 1, 1), "words that nobody wrote")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("doc2021:4", "paragraphs 1 to 3"),
        ("doc2021:2-9", "paragraphs 1 to 3"),
        ("other:1", "not an address in doc2021"),
    ],
)
def test_an_address_outside_the_document_is_refused(address: str, said: str) -> None:
    with pytest.raises(QuoteError, match=said):
        find(document(), passages(), Address.parse(address), "walls")


@pytest.mark.parametrize("words", ["", "  ", "“”", "…"])
def test_no_words_are_refused(words: str) -> None:
    with pytest.raises(QuoteError, match="no words"):
        find(document(), passages(), Address("doc2021", 1, 1), words)


def test_a_document_without_paragraphs_says_so() -> None:
    with pytest.raises(QuoteError, match="no numbered paragraphs"):
        find(document(), (), Address("doc2021", 1, 1), "walls")


# --- properties ----------------------------------------------------------------------------------

LETTERS = st.text(alphabet="ab cé.,'’“”\"ﬁß…-—U\u00a0\u00ad\u0301网1", min_size=1, max_size=40)


def span_text(quote: Quote, blocks: list[str]) -> str:
    """The characters at the quote's own span: the check that a reader of the notebook would make."""
    chosen = blocks[quote.address.first - 1 : quote.address.last]
    joined = "\n".join(chosen)
    return joined[quote.start : len(joined) - len(chosen[-1]) + quote.end]


@given(st.lists(LETTERS, min_size=1, max_size=4), st.data())
def test_any_cut_is_the_text_at_its_span(texts: list[str], data: st.DataObject) -> None:
    found = passages(tuple((Role.BODY, text) for text in texts))
    places = st.integers(0, len(texts) - 1).flatmap(
        lambda index: st.builds(Place, st.just(index), st.integers(0, len(texts[index])))
    )
    start, end = sorted((data.draw(places), data.draw(places)))
    try:
        quote = cut(document(), found, start, end)
    except QuoteError:
        chosen = "".join(
            text[start.offset if index == start.passage else 0 : end.offset if index == end.passage else len(text)]
            for index, text in enumerate(texts)
            if start.passage <= index <= end.passage
        )
        assert not any(char.isalnum() for char in chosen)
        return
    assert quote.text == span_text(quote, texts) == quote.text.strip()
    assert quote.context.startswith(quote.prefix + quote.text + quote.suffix, quote.start - len(quote.prefix))
    assert quote_from_json(quote.as_json()) == quote


@given(LETTERS, LETTERS)
def test_found_words_are_the_text_at_their_span(text: str, words: str) -> None:
    found = passages(((Role.BODY, text),))
    assume(any(char.isalnum() for char in words))
    try:
        quote = find(document(), found, Address("doc2021", 1, 1), words)
    except QuoteError:
        assert words.strip() not in text.split()
        return
    assert quote.text == text[quote.start : quote.end]
    assert at_word_boundary(text, quote.start)
    assert at_word_boundary(text, quote.end)


@given(LETTERS, st.data())
def test_words_taken_from_the_text_at_word_boundaries_are_always_found(text: str, data: st.DataObject) -> None:
    boundaries = [position for position in range(len(text) + 1) if at_word_boundary(text, position)]
    start = data.draw(st.sampled_from(boundaries))
    end = data.draw(st.sampled_from([position for position in boundaries if position >= start]))
    words = text[start:end]
    assume(words == words.strip() != "")
    span = first_span(text, words)
    assert span is not None
    assert text[span.start : span.end] == words


@given(st.text(max_size=30))
def test_any_text_can_be_looked_for(words: str) -> None:
    clean = sanitise(words)
    try:
        quote = find(document(), passages(((Role.BODY, f"before {clean} after"),)), Address("doc2021", 1, 1), clean)
    except QuoteError:
        return
    assert quote.text in f"before {clean} after"
