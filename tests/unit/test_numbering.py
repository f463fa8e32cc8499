"""Numbers that last: any run of edits keeps those of what is unchanged, and old ones never lead to other words."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docterm.library.model import Number
from docterm.library.numbering import Entry, Whereabouts, living, mark, numbered, renumber, whereabouts

TEXTS = [
    "The harbour was closed on the first of May, and the council told nobody why it had been.",
    "Three ships lay outside for a night with their lamps lit and their crews asleep.",
    "A pilot said that he had asked twice for an order in writing and had been given none.",
    "On the second day the lamps of the northern mole were put out to save oil.",
    "The ledger of the office has forty crossings for March and not a single one for May.",
    "In the evening the council met behind closed doors, as it does when the budget is read.",
]


def first(texts: list[str]) -> tuple[Entry, ...]:
    return numbered(range(1, len(texts) + 1), texts)


def after(*versions: list[str]) -> tuple[Entry, ...]:
    """Number the first version, and let the others follow it."""
    entries = first(versions[0])
    for texts in versions[1:]:
        entries = renumber(entries, [mark(text) for text in texts])
    return entries


def shown(entries: tuple[Entry, ...]) -> str:
    return " ".join(str(entry.number) for entry in living(entries))


def test_a_text_that_is_the_same_has_the_same_numbers() -> None:
    assert after(TEXTS, TEXTS) == first(TEXTS)


def test_an_edited_paragraph_keeps_its_number_and_says_that_it_has_changed() -> None:
    edited = [*TEXTS[:2], TEXTS[2].replace("twice", "three times"), *TEXTS[3:]]
    entries = after(TEXTS, edited)
    assert shown(entries) == "1 2 3 4 5 6"
    assert whereabouts(entries, 3) == Whereabouts((Number(3),), changed=True)
    assert whereabouts(entries, 4) == Whereabouts((Number(4),), changed=False)
    assert after(TEXTS, edited, TEXTS) == first(TEXTS)


def test_a_paragraph_that_is_written_anew_in_its_place_keeps_its_number() -> None:
    entries = after(TEXTS, [*TEXTS[:2], "Nothing of it is left.", *TEXTS[3:]])
    assert shown(entries) == "1 2 3 4 5 6"
    assert whereabouts(entries, 3) == Whereabouts((Number(3),), changed=True)


def test_what_is_put_in_gets_a_letter_and_what_is_put_behind_counts_on() -> None:
    assert shown(after(TEXTS, [*TEXTS[:2], "New.", "Newer.", *TEXTS[2:]])) == "1 2 2a 2b 3 4 5 6"
    assert shown(after(TEXTS, ["New.", *TEXTS])) == "0a 1 2 3 4 5 6"
    assert shown(after(TEXTS, [*TEXTS, "New.", "Newer."])) == "1 2 3 4 5 6 7 8"


def test_letters_that_were_given_stay_too() -> None:
    once = [*TEXTS[:2], "First to come.", *TEXTS[2:]]
    twice = [*TEXTS[:2], "Second to come.", "First to come.", "Third to come.", *TEXTS[2:]]
    assert shown(after(TEXTS, once, twice)) == "1 2 2b 2a 2c 3 4 5 6"


def test_the_number_of_what_is_gone_is_not_given_again() -> None:
    without = [*TEXTS[:2], *TEXTS[3:]]
    entries = after(TEXTS, without)
    assert shown(entries) == "1 2 4 5 6"
    assert whereabouts(entries, 3) == Whereabouts((), changed=True)
    assert shown(after(TEXTS, TEXTS[:5], [*TEXTS[:5], "Behind."])) == "1 2 3 4 5 7"
    assert shown(after(TEXTS, without, TEXTS)) == "1 2 3 4 5 6"
    assert whereabouts(entries, 7) is None


def test_a_paragraph_that_moved_is_found_where_it_stands() -> None:
    entries = after(TEXTS, [*TEXTS[:1], *TEXTS[2:5], TEXTS[1], *TEXTS[5:]])
    assert shown(entries) == "1 3 4 5 5a 6"
    assert whereabouts(entries, 2) == Whereabouts((Number(5, "a"),), changed=False)
    assert shown(after(TEXTS, [*TEXTS[:1], *TEXTS[2:5], TEXTS[1], *TEXTS[5:]], TEXTS)) == "1 2 3 4 5 6"


def test_of_two_that_changed_places_both_are_found() -> None:
    entries = after(TEXTS, [TEXTS[0], TEXTS[4], *TEXTS[2:4], TEXTS[1], TEXTS[5]])
    for old in (2, 5):
        found = whereabouts(entries, old)
        assert found is not None
        assert not found.changed
        (number,) = found.numbers
        assert next(each.mark for each in living(entries) if each.number == number) == mark(TEXTS[old - 1])


def test_a_paragraph_that_was_split_leads_to_both_parts() -> None:
    split = [*TEXTS[:2], TEXTS[2][:45].strip(), TEXTS[2][45:].strip(), *TEXTS[3:]]
    entries = after(TEXTS, split)
    assert shown(entries) in {"1 2 3 3a 4 5 6", "1 2 2a 3 4 5 6"}
    found = whereabouts(entries, 3)
    assert found is not None
    assert found.changed
    assert len(found.numbers) == 2


def test_paragraphs_that_were_joined_are_found_in_one() -> None:
    entries = after(TEXTS, [*TEXTS[:2], f"{TEXTS[2]} {TEXTS[3]}", *TEXTS[4:]])
    assert shown(entries) in {"1 2 3 5 6", "1 2 4 5 6"}
    assert whereabouts(entries, 3) == whereabouts(entries, 4)


def test_what_has_next_to_nothing_in_common_is_another_text() -> None:
    other = [f"Quite another thing, the {number}th of its kind." for number in range(6)]
    assert shown(after(TEXTS, other)) == "1 2 3 4 5 6"
    assert shown(after(TEXTS, [], other)) == "1 2 3 4 5 6"
    assert shown(after(TEXTS, [], TEXTS)) == "1 2 3 4 5 6"


def test_letters_go_on_after_z() -> None:
    many = [f"Put in as number {number} of many that were put in." for number in range(30)]
    entries = living(after(TEXTS, [*TEXTS[:3], *many, *TEXTS[3:]]))
    assert [str(entry.number) for entry in entries[27:32]] == ["3y", "3z", "3aa", "3ab", "3ac"]


@pytest.mark.parametrize("alike", [True, False])
def test_long_texts_cost_no_more_than_their_length(alike: bool) -> None:
    count = 20_000
    texts = ["The same words again and again." if alike else f"Paragraph {n} of a long text." for n in range(count)]
    changed = [*texts[:5000], "Put in.", *texts[5001:12_000], *texts[12_002:]]
    assert len(living(after(texts, changed))) == len(changed)


WORDS = "harbour council lamp pilot ledger storm island mole oil night order crew ship water stone light".split()
PARAGRAPH = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(PARAGRAPH, max_size=9), min_size=2, max_size=5))
def test_any_texts_get_each_number_once_and_in_order(versions: list[list[str]]) -> None:
    entries = after(*versions)
    assert [entry.mark for entry in living(entries)] == [mark(text) for text in versions[-1]]
    numbers = [entry.number for entry in entries]
    assert len(set(numbers)) == len(numbers)
    counts = [int(number) for number in numbers]
    assert counts == sorted(counts)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32), st.integers(4, 30), st.integers(1, 6))
def test_any_run_of_edits_keeps_the_numbers_of_what_nobody_touched(seed: int, size: int, edits: int) -> None:
    chance = random.Random(seed)
    texts = [f"{n} {' '.join(chance.choices(WORDS, k=20))}" for n in range(size)]
    now = list(texts)
    entries = first(texts)
    for count in range(edits):
        place = chance.randrange(len(now))
        match chance.choice(["put in", "take out", "edit"]):
            case "put in":
                now.insert(place, f"new {count} {' '.join(chance.choices(WORDS, k=20))}")
            case "take out" if len(now) > size // 2 + 1:
                del now[place]
            case _:
                now[place] = f"{now[place]} and {count}"
        entries = renumber(entries, [mark(text) for text in now])
    numbers = {entry.mark: entry.number for entry in living(entries)}
    for number, text in enumerate(texts, 1):
        found = whereabouts(entries, number)
        assert found is not None
        if text in now:
            assert numbers[mark(text)] == number
            assert found == Whereabouts((Number(number),), changed=False)
        else:
            assert found.changed
