"""Where the words of a quote stand after its document was changed: proposed where it is so, else not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docterm.library.model import Address, Locator, Passage, Role
from docterm.quotes.anchor import Body
from docterm.quotes.capture import anchored
from docterm.quotes.difference import Part, denies_otherwise, difference, shown
from docterm.quotes.model import Quote
from docterm.quotes.reanchor import Proposal, Way, propose
from docterm.text import Span, fold_evenly
from quote_samples import quote as sample

PARAGRAPHS = (
    "The harbour office keeps two ledgers, one for the ferries and one for the pilots who bring them in at night.",
    "Nobody has asked the wardens why the lantern on the northern pier was dark between March and the end of May, and "
    "the wardens have not offered a word about it to the council or to the newspapers of the town.",
    "Crossings in fog were stopped after the accident. They began again a year later, with a bell on every buoy.",
    "The last keeper said that it was a matter of oil, and that the oil had been paid for twice.",
)
LONG = (
    "why the lantern on the northern pier was dark between March and the end of May, and the wardens have not offered"
)


def body(*paragraphs: str) -> Body:
    return Body.of([Passage("doc", at, Role.BODY, text, Locator(at + 1)) for at, text in enumerate(paragraphs)])


def quoted(words: str, *paragraphs: str) -> Quote:
    whole = body(*(paragraphs or PARAGRAPHS))
    start = whole.text.index(words)
    return replace(sample(), **anchored(whole, Span(start, start + len(words)))._asdict())


def proposed(words: str, *paragraphs: str) -> Proposal | None:
    return propose(quoted(words), body(*paragraphs))


def changed(old: str, new: str) -> tuple[str, ...]:
    assert any(old in paragraph for paragraph in PARAGRAPHS)
    return tuple(paragraph.replace(old, new) for paragraph in PARAGRAPHS)


def test_the_same_words_in_another_paragraph_are_certain() -> None:
    found = proposed("They began again a year later", "A new beginning.", *PARAGRAPHS)
    assert found is not None
    assert (found.address, found.way, found.sure) == (Address("doc", 4, 4), Way.EXACT, "certain")
    assert found.text == "They began again a year later"


def test_words_that_stand_at_several_places_without_their_surroundings_are_doubtful() -> None:
    found = proposed("the wardens", "Here the wardens met.", "There the wardens parted.")
    assert found is not None
    assert (found.rivals, found.certain, found.sure) == (1, False, "doubtful")


def test_of_several_places_the_one_with_the_surroundings_is_taken_and_certain() -> None:
    found = proposed("the wardens", "Here the wardens met.", *PARAGRAPHS)
    assert found is not None
    assert (found.address.first, found.certain) == (3, True)


@pytest.mark.parametrize(
    ("old", "new"), [("northern pier", "north­ern pier"), ("March and", "March\u00a0and"), ("northern", "Northern")]
)
def test_other_typography_is_no_other_wording(old: str, new: str) -> None:
    found = proposed(LONG, *changed(old, new))
    assert found is not None
    assert (found.way, found.sure, found.address.first) == (Way.TYPOGRAPHY, "certain", 2)


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("northern pier", "southern pier", LONG.replace("northern", "southern")),
        ("why the lantern", "how the lantern", LONG.replace("why", "how")),
        ("have not offered a", "have not given a", LONG.replace("offered", "given")),
        ("was dark", "was always dark", LONG.replace("was dark", "was always dark")),
        ("between March and the end", "until the end", LONG.replace("between March and the end", "until the end")),
    ],
)
def test_edited_words_are_found_from_their_first_to_their_last(old: str, new: str, text: str) -> None:
    found = proposed(LONG, *changed(old, new))
    assert found is not None
    assert found.text == text
    assert not found.certain
    assert not found.denies_otherwise


def test_a_sentence_keeps_its_full_stop_and_takes_none_that_it_had_not() -> None:
    edited = changed("after the accident.", "after that accident.")
    with_stop = proposed("Crossings in fog were stopped after the accident.", *edited)
    without = proposed("Crossings in fog were stopped after the accident", *edited)
    assert with_stop is not None
    assert without is not None
    assert with_stop.text.removesuffix(".") == without.text == "Crossings in fog were stopped after that accident"


@pytest.mark.parametrize(
    ("old", "new"), [("have not offered", "have offered"), ("was dark", "wasn't dark"), ("was dark", "was hardly dark")]
)
def test_a_denial_that_came_or_went_is_told(old: str, new: str) -> None:
    found = proposed(LONG, *changed(old, new))
    assert found is not None
    assert found.denies_otherwise
    assert not found.certain


@pytest.mark.parametrize("words", [LONG, "They began again a year later", "of oil", "the ferries"])
def test_words_that_are_gone_are_proposed_nowhere(words: str) -> None:
    rest = [paragraph for paragraph in PARAGRAPHS if words not in paragraph]
    assert proposed(words, *rest, "A matter of salt and of rope, which is dear in winter.") is None
    assert proposed(words) is None


def test_a_short_quote_is_not_found_in_words_like_it() -> None:
    assert proposed("paid for twice", *PARAGRAPHS[:3], "Nothing of it was said once.") is None


def test_a_long_quote_is_found_by_its_pieces() -> None:
    words = " ".join(f"word{number} of{number % 7} part{number % 91}" for number in range(900))
    text = words.replace("word450 ", "term450 ").replace("word100 ", "")
    found = propose(quoted(words, f"Before it {words} behind it"), body("Another.", f"Before it {text} behind it"))
    assert found is not None
    assert found.text == text


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 20), max_size=3),
    st.integers(0, 3),
    st.lists(st.sampled_from(["Updated at noon.", "A correction follows below."]), max_size=3),
)
def test_a_proposal_is_always_text_of_the_document_at_its_address(
    dropped: list[int], place: int, added: list[str]
) -> None:
    words = [word for number, word in enumerate(LONG.split()) if number not in dropped]
    paragraphs = list(changed(LONG, " ".join(words)))
    paragraphs[place:place] = added
    there = body(*paragraphs)
    found = propose(quoted(LONG), there)
    if found is not None:
        assert there.text[slice(*found.span)] == found.text
        assert there.address(found.span) == found.address
        assert found.text in paragraphs[found.address.first - 1]
    if len(dropped) < 2:
        assert found is not None


@given(st.text(max_size=60))
def test_even_folding_keeps_every_offset(text: str) -> None:
    assert len(fold_evenly(text)) == len(text)


# --- what differs --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("one two three", "one two three", "one two three"),
        ("one two three", "one three", "one [-two-] three"),
        ("one three", "one two three", "one {+two+} three"),
        ("They were not asked.", "They were asked.", "They were [-not-] asked."),
        ("a b c d", "a x y d", "a [-b c-] {+x y+} d"),
        ("", "new", "{+new+}"),
        ("海港办公室", "海港办事处", "海港办 [-公室-] {+事处+}"),
    ],
)
def test_a_difference_is_read_without_colour(old: str, new: str, said: str) -> None:
    assert shown(difference(old, new)) == said


@given(st.text("ab ’é\n海", max_size=40), st.text("ab ’é\n海", max_size=40))
def test_a_difference_leaves_out_nothing_of_either_wording(old: str, new: str) -> None:
    pieces = difference(old, new)
    before = "".join(piece.text for piece in pieces if piece.part is not Part.ADDED)
    after = "".join(piece.text for piece in pieces if piece.part is not Part.REMOVED)
    assert before.split() == old.split() or "".join(before.split()) == "".join(old.split())
    assert "".join(after.split()) == "".join(new.split())


@pytest.mark.parametrize(
    ("old", "new", "turned"),
    [
        ("It is so.", "It is not so.", True),
        ("It isn’t so.", "It is so.", True),
        ("It isn't so.", "It is not so.", False),
        ("They never came.", "They came.", True),
        ("No one came.", "One came.", True),
        ("It can hardly be.", "It can be.", True),
        ("Er kam nicht.", "Er kam.", True),
        ("A big house.", "A small house.", False),
        ("Notable knots.", "Notable nots.", False),
    ],
)
def test_a_denial_is_known_in_any_form(old: str, new: str, turned: bool) -> None:
    assert denies_otherwise(old, new) is turned
