"""The words two documents use unequally, and the statistics behind them."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docterm.compare.binomial import clopper_pearson, upper_tail
from docterm.compare.cancel import Cancelled
from docterm.compare.keyness import (
    conservative_log_ratio,
    log_likelihood,
    log_odds,
    log_ratio,
    log_ratio_margin,
)
from docterm.compare.lists import Usage, is_few, sizes, term_list
from docterm.compare.sides import Side
from docterm.compare.terms import is_function_word, words_of
from docterm.compare.vocabulary import Kind, Support, TermRow, vocabulary
from docterm.library.model import Document, Locator, Passage, Role, Status
from docterm.library.model import Kind as DocumentKind


def passages(*texts: str) -> list[Passage]:
    return [Passage("k", index, Role.BODY, text, Locator(index + 1)) for index, text in enumerate(texts)]


def document(key: str) -> Document:
    return Document(key, key, "", "", DocumentKind.DOCUMENT, key, 0, 0, Status.READY)


def side(*texts: str) -> Side:
    return Side.of(document("k"), passages(*texts))


def group(*documents: tuple[str, ...]) -> Side:
    """A side of several documents, each given by its paragraphs."""
    keys = [f"d{number}" for number in range(len(documents))]
    return Side("group", tuple(map(document, keys)), tuple(passages(*texts) for texts in documents))


def rows_of(left: Side, right: Side) -> dict[str, TermRow]:
    return {row.term: row for row in vocabulary(left, right)}


def exact_tail(successes: int, trials: int, probability: Fraction) -> Fraction:
    """P(X >= successes), added up in fractions."""
    return sum(
        (
            math.comb(trials, count) * probability**count * (1 - probability) ** (trials - count)
            for count in range(successes, trials + 1)
        ),
        Fraction(0),
    )


@given(st.integers(1, 60), st.data())
def test_the_tail_is_the_sum_of_its_binomial_terms(trials: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, trials))
    probability = Fraction(successes, trials) * data.draw(st.sampled_from([Fraction(1, n) for n in (2, 3, 10, 1000)]))
    expected = float(exact_tail(successes, trials, probability))
    assert upper_tail(successes, trials, float(probability)) == pytest.approx(expected, rel=1e-10)


@given(st.integers(1, 60), st.data(), st.sampled_from([0.05, 0.01, 1e-4]))
def test_the_interval_ends_where_its_tails_have_half_the_error(trials: int, data: st.DataObject, alpha: float) -> None:
    successes = data.draw(st.integers(0, trials))
    low, high = clopper_pearson(successes, trials, alpha)
    assert 0 <= low <= successes / trials <= high <= 1
    if successes > 0:
        assert float(exact_tail(successes, trials, Fraction(low))) == pytest.approx(alpha / 2, rel=1e-6)
    if successes < trials:
        fewer = 1 - exact_tail(successes + 1, trials, Fraction(high))
        assert float(fewer) == pytest.approx(alpha / 2, rel=1e-6)


def test_intervals_with_a_closed_form() -> None:
    assert clopper_pearson(0, 0, 0.05) == (0.0, 1.0)
    assert clopper_pearson(0, 10, 0.05) == pytest.approx((0.0, 1 - 0.025**0.1))
    assert clopper_pearson(10, 10, 0.05) == pytest.approx((0.025**0.1, 1.0))
    low, high = clopper_pearson(1, 2, 0.05)
    assert low == pytest.approx(1 - math.sqrt(0.975))
    assert high == pytest.approx(math.sqrt(0.975))


def test_intervals_of_large_counts() -> None:
    low, high = clopper_pearson(5_000, 10_000, 0.05)
    assert (low, high) == pytest.approx((0.49015, 0.50985), abs=1e-5)  # 0.5 ± 1.96 * 0.005, and half a count


def test_g2_of_equal_and_of_one_sided_use() -> None:
    assert log_likelihood(5, 10, 1000, 2000) == pytest.approx(0)
    assert log_likelihood(8, 0, 500, 500) == pytest.approx(2 * 8 * math.log(2))
    assert log_likelihood(0, 8, 500, 500) == log_likelihood(8, 0, 500, 500)


def test_the_log_ratio_counts_doublings() -> None:
    assert log_ratio(400, 100, 100_000, 100_000) == pytest.approx(2, abs=0.01)
    assert log_ratio(3, 0, 1000, 1000) == pytest.approx(math.log2(7))
    assert log_ratio_margin(400, 100, 100_000, 100_000) == pytest.approx(0.3156, abs=0.001)


@pytest.mark.parametrize(("left", "right", "least"), [(700, 700, 14), (900, 2500, 8), (1000, 5000, 6)])
def test_how_often_a_word_must_occur_on_one_side_to_be_more_than_chance(left: int, right: int, least: int) -> None:
    # Among 400 words: the share p of n occurrences passes when p^n = alpha / 2 is reached above left / (left + right).
    alpha = 0.05 / 400
    assert (alpha / 2) ** (1 / least) > left / (left + right) > (alpha / 2) ** (1 / (least - 1))
    assert conservative_log_ratio(least, 0, left, right, alpha) > 0
    assert conservative_log_ratio(least - 1, 0, left, right, alpha) == 0
    assert conservative_log_ratio(0, least, right, left, alpha) < 0


@settings(deadline=None)
@given(st.integers(0, 40), st.integers(0, 40), st.integers(100, 5000), st.integers(100, 5000))
def test_statistics_turn_round_with_the_sides_and_lrc_stays_on_the_near_side(a: int, b: int, c: int, d: int) -> None:
    assert log_ratio(b, a, d, c) == pytest.approx(-log_ratio(a, b, c, d))
    assert log_likelihood(b, a, d, c) == pytest.approx(log_likelihood(a, b, c, d), abs=1e-9)
    lrc = conservative_log_ratio(a, b, c, d, 0.01)
    assert conservative_log_ratio(b, a, d, c, 0.01) == pytest.approx(-lrc, abs=1e-9)
    if a and b:
        plain = math.log2(a / c) - math.log2(b / d)
        assert min(plain, 0) <= lrc <= max(plain, 0)


@settings(deadline=None)
@given(st.integers(0, 40), st.integers(0, 40), st.integers(100, 5000), st.integers(100, 5000))
def test_log_odds_turn_round_with_the_sides_and_point_to_the_side_that_has_more(a: int, b: int, c: int, d: int) -> None:
    z = log_odds(a, b, c, d)
    assert log_odds(b, a, d, c) == pytest.approx(-z)
    if a and b and abs(a * d - b * c) > 0:
        assert (z > 0) == (a * d > b * c)


def test_log_odds_as_computed_by_hand() -> None:
    # 20 and 5 of 1,000 words each: the prior adds 500 * 25 / 2000 = 6.25 to both, and 500 to the words.
    left, right = 26.25 / (1500 - 26.25), 11.25 / (1500 - 11.25)
    expected = math.log(left / right) / math.sqrt(1 / 26.25 + 1 / 11.25)
    assert log_odds(20, 5, 1000, 1000) == pytest.approx(expected)
    assert log_odds(0, 0, 10, 10) == log_odds(10, 10, 10, 10) == 0


def test_a_row_counts_by_stem_and_shows_the_usual_form() -> None:
    left = side("The ferries left. A ferry stayed.", "Ferries are late.")
    right = side("No ferry, and no bus.", "The bus came; it was the wrong bus.")
    rows = rows_of(left, right)
    ferry = rows["ferry"]
    assert (ferry.left, ferry.right, ferry.left_passages, ferry.right_passages) == (3, 1, 2, 1)
    assert ferry.forms == ("ferry", "Ferries", "ferries")
    assert ferry.left_per_1000 == pytest.approx(1000 * 3 / 9)
    assert ferry.right_per_1000 == pytest.approx(1000 * 1 / 13)
    assert ferry.interval[0] < ferry.log_ratio < ferry.interval[1]
    assert ferry.z is None
    assert not {"the", "a", "no", "it"} & rows.keys()


def test_words_of_three_passages_come_first_then_those_of_two_then_the_most_unequal() -> None:
    left = side("barley barley barley barley storm", "storm storm", "gale", "gale", "gale")
    rows = [row for row in vocabulary(left, side("sugar", "flour sugar")) if row.kind is Kind.WORD]
    assert [row.term for row in rows] == ["gale", "sugar", "storm", "flour", "barley"]
    assert [row.support for row in rows] == [Support.ENOUGH, Support.FEW, Support.FEW, Support.ALONE, Support.ALONE]
    assert [row.few for row in rows] == [False, True, True, True, True]


@pytest.mark.parametrize(
    ("left", "right"),
    [((), ()), (("The storm.",), ()), ((), ("The storm.",)), (("12 300.5 2019",), ("7 8 9",)), (("the of",), ("and",))],
)
def test_sides_without_words_to_compare_give_no_rows(left: tuple[str, ...], right: tuple[str, ...]) -> None:
    assert vocabulary(side(*left), side(*right)) == ()


def test_only_the_body_counts() -> None:
    caption = Passage("k", 0, Role.CAPTION, "A storm.", Locator(None))
    left = Side.of(document("k"), [caption, *passages("gale")])
    assert [row.term for row in vocabulary(left, side("gale"))] == ["gale"]


def test_swapping_the_sides_swaps_the_columns() -> None:
    left, right = side("storm storm", "storm gale"), side("gale and barley", "barley")
    one, other = rows_of(left, right), rows_of(right, left)
    assert one.keys() == other.keys()
    for term, row in one.items():
        assert (row.left, row.right) == (other[term].right, other[term].left)
        assert row.interval == pytest.approx((-other[term].interval[1], -other[term].interval[0]))


def test_a_text_against_itself_has_no_term_that_is_used_unequally() -> None:
    text = side("A storm closed the harbour.", "The harbour pilots saw a storm.", "No storm came in Lindvik.")
    rows = vocabulary(text, text)
    assert rows
    for kind in Kind:
        assert not term_list(rows, kind, Usage.LEFT).rows
        assert not term_list(rows, kind, Usage.RIGHT).rows
    assert [row.term for row in term_list(rows, Kind.WORD, Usage.SHARED).rows] == ["storm", "harbour"]


def test_in_a_group_documents_are_counted_in_place_of_passages() -> None:
    left = group(("storm", "storm", "storm"), ("gale",), ("gale",), ("gale",))
    rows = rows_of(left, side("barley"))
    assert (rows["storm"].left_passages, rows["gale"].left_passages, rows["barley"].right_passages) == (1, 3, 1)
    assert (rows["storm"].few, rows["gale"].few) == (True, False)
    assert all(row.z is not None for row in rows.values())
    assert next(iter(rows)) == "gale"


def test_in_a_large_group_a_word_must_be_in_five_documents() -> None:
    left = group(*[("storm",)] * 4, *[("gale",)] * 5, *[("calm",)] * 2, *[("tide",)] * 45)
    rows = rows_of(left, side("barley"))
    assert [rows[term].support for term in ("tide", "gale", "storm", "calm")] == [
        Support.ENOUGH, Support.ENOUGH, Support.FEW, Support.ALONE,
    ]  # fmt: skip


def test_work_stops_when_it_is_cancelled() -> None:
    with pytest.raises(Cancelled):
        vocabulary(side("storm"), side("gale"), cancelled=lambda: True)


def test_work_on_groups_asks_often_whether_it_is_still_wanted() -> None:
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return False

    documents = [(f"storm {number}", "gale") for number in range(50)]
    vocabulary(group(*documents), group(*documents), cancelled=cancelled)
    assert asked > 4 * 100


# --- lists ---------------------------------------------------------------------------------------


def test_unequal_terms_stand_in_the_list_of_the_side_that_uses_them_more() -> None:
    left = side(*["storm gale"] * 4, "calm barley")
    right = side(*["calm gale"] * 4, "storm flour")
    rows = vocabulary(left, right)
    lists = {usage: term_list(rows, Kind.WORD, usage) for usage in Usage}
    assert [row.term for row in lists[Usage.LEFT].rows] == ["storm"]
    assert [row.term for row in lists[Usage.RIGHT].rows] == ["calm"]
    assert [row.term for row in lists[Usage.SHARED].rows] == ["gale"]
    assert lists[Usage.LEFT].alone == 1
    assert lists[Usage.SHARED].alone == 2


def test_what_both_use_in_few_passages_is_dimmed_among_the_shared() -> None:
    rows = vocabulary(side("storm gale", "storm gale", "storm"), side(*["storm gale"] * 3))
    shared = term_list(rows, Kind.WORD, Usage.SHARED)
    assert {row.term: is_few(row, Usage.SHARED) for row in shared.rows} == {"storm": False, "gale": True}
    assert not next(row for row in rows if row.term == "gale").few


def test_the_sizes_say_what_they_cannot_show() -> None:
    def sized(*words: int) -> Side:
        return Side("s", tuple(replace(document("k"), words=each) for each in words), tuple(() for _ in words))

    assert sizes(sized(664), sized(3_499)) == (
        "664 words against 3,499 words. This describes them. A text of 664 words cannot show that it avoids a word."
    )
    assert sizes(sized(664), sized(0)) == "664 words against 0 words. This describes them."
    assert sizes(sized(60_000, 30_000), sized(30_000)) == (
        "2 documents of 90,000 words against 30,000 words. This describes them."
    )


@pytest.mark.parametrize("word", ["the", "didn't", "they've", "it's", "i'm", "whom"])
def test_function_words(word: str) -> None:
    assert is_function_word(word)


@pytest.mark.parametrize("word", ["china's", "said", "o'brien", "2019"])
def test_no_function_words(word: str) -> None:
    assert not is_function_word(word)


def test_a_possessive_is_shown_without_its_ending() -> None:
    assert [word.form for word in words_of("China’s firewall, it's said, is Lindvik's.")] == [
        "China", "firewall", "it", "said", "is", "Lindvik",
    ]  # fmt: skip
