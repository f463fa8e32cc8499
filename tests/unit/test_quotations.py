"""Runs of words that stand on both sides alike."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from docterm.compare.cancel import checking, never
from docterm.compare.quotations import LEAST, SharedQuotation, shared_quotations
from docterm.library.model import Locator, Passage, Role
from docterm.text import tokens, words


def passages(key: str, texts: Sequence[str]) -> list[Passage]:
    return [Passage(key, number, Role.BODY, text, Locator(number + 1)) for number, text in enumerate(texts)]


def shared(left: Sequence[str], right: Sequence[str], least: int = LEAST) -> tuple[SharedQuotation, ...]:
    return shared_quotations(passages("a", left), passages("b", right), checking(never), least)


def texts_of(found: Sequence[SharedQuotation]) -> list[str]:
    return [quotation.text for quotation in found]


def test_a_quotation_is_found_whatever_its_case_and_marks() -> None:
    (one,) = shared(
        ["He said: “We shall not close the port, come what may,” and left."],
        ["It rained. “We shall NOT close the port: come what may”, as he put it on Friday. They cheered."],
    )
    assert one.text == "We shall not close the port, come what may"
    assert one.words == 9
    right = one.right.text
    assert right[one.right_span.start : one.right_span.end] == "We shall NOT close the port: come what may"


def test_what_each_side_has_around_it_is_told() -> None:
    (one,) = shared(
        ["Before. Then we shall not close the port today, he said. After."], ["We shall not close the port today."]
    )
    before, after = (one.left.text[span.start : span.end] for span in one.left_rest)
    assert (before, after) == ("Then ", ", he said.")
    assert [one.right.text[span.start : span.end] for span in one.right_rest] == ["", "."]


def test_five_words_are_no_quotation_and_six_are() -> None:
    assert shared(["one two three four five x"], ["one two three four five y"]) == ()
    assert texts_of(shared(["one two three four five six"], ["one two three four five six."])) == [
        "one two three four five six"
    ]


def test_it_does_not_go_on_into_the_next_passage() -> None:
    assert shared(["one two three four", "five six seven"], ["one two three four five six seven"]) == ()


def test_each_place_of_a_repeated_quotation_is_found() -> None:
    line = "we shall not close the port"
    found = shared([f"{line} x", f"y {line}"], [f"{line} z", f"w {line}", f"{line} v"])
    assert {one.left.index for one in found} == {0, 1}
    assert {one.right.index for one in found} == {0, 1, 2}
    assert len(found) <= 4


def test_overlapping_runs_are_both_found() -> None:
    found = shared(["a b c d e f g h i j k l"], ["a b c d e f g h x", "y e f g h i j k l"])
    assert texts_of(found) == ["a b c d e f g h", "e f g h i j k l"]


def test_repeated_words_make_no_flood() -> None:
    found = shared(["storm " * 500], ["storm " * 300])
    assert (len(found), found[0].words) == (2, 300)


def covered(quotations: Sequence[SharedQuotation], left: bool, passage: Passage, start: int, end: int) -> bool:
    sides = ((one.left, one.left_span) if left else (one.right, one.right_span) for one in quotations)
    return any(each == passage and span.start <= start and end <= span.end for each, span in sides)


TEXTS = st.lists(st.lists(st.sampled_from("a b c A, D. —".split()), max_size=14).map(" ".join), max_size=4)


@given(TEXTS, TEXTS, st.integers(2, 4))
def test_every_run_on_both_sides_lies_in_one_that_is_found_and_no_other(
    left: list[str], right: list[str], least: int
) -> None:
    found = shared(left, right, least)
    for one in found:
        assert words(one.text) == words(one.right.text[one.right_span.start : one.right_span.end])
        assert one.words == len(words(one.text)) >= least
    runs = [
        {tuple(words(text)[at : at + least]) for text in side for at in range(len(words(text)) - least + 1)}
        for side in (left, right)
    ]
    for is_left, side in ((True, passages("a", left)), (False, passages("b", right))):
        for passage in side:
            run = list(tokens(passage.text))
            for at in range(len(run) - least + 1):
                part = run[at : at + least]
                if tuple(token.word for token in part) in runs[0] & runs[1]:
                    assert covered(found, is_left, passage, part[0].start, part[-1].end)


def test_all_planted_quotations_are_found_in_a_thousand_passages() -> None:
    chance = random.Random(6)
    lexicon = [f"{chr(97 + n % 26)}{n}" for n in range(3000)]

    def prose(length: int) -> list[str]:
        return chance.choices(lexicon, k=length)

    sides = [[prose(chance.randint(10, 60)) for _ in range(500)] for _ in range(2)]
    planted: set[tuple[int, int, str]] = set()
    for number in range(60):
        quotation = [f"q{number}", *prose(chance.randint(5, 20))]
        rows = chance.randrange(500), chance.randrange(500)
        for side, row in zip(sides, rows, strict=True):
            side[row] += [*quotation, f"end{len(planted)}{id(side)}", *prose(3)]
        planted.add((*rows, " ".join(quotation)))
    left, right = ([" ".join(text) for text in side] for side in sides)
    found = shared(left, right)
    assert {(one.left.index, one.right.index, one.text) for one in found} == planted
