"""The words two documents use unequally, and the statistics behind them."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docterm.compare.binomial import clopper_pearson, upper_tail
from docterm.compare.cancel import Cancelled
from docterm.compare.terms import is_function_word, words_of
from docterm.compare.vocabulary import (
    conservative_log_ratio,
    log_likelihood,
    log_ratio,
    log_ratio_margin,
    vocabulary,
)
from docterm.library.model import Locator, Passage, Role


def passages(*texts: str) -> list[Passage]:
    return [Passage("k", index, Role.BODY, text, Locator(index + 1)) for index, text in enumerate(texts)]


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


def test_a_row_counts_by_stem_and_shows_the_usual_form() -> None:
    left = passages("The ferries left. A ferry stayed.", "Ferries are late.")
    right = passages("No ferry, and no bus.", "The bus came; it was the wrong bus.")
    rows = {row.term: row for row in vocabulary(left, right)}
    ferry = rows["ferry"]
    assert (ferry.left, ferry.right, ferry.left_passages, ferry.right_passages) == (3, 1, 2, 1)
    assert ferry.left_per_1000 == pytest.approx(1000 * 3 / 9)
    assert ferry.right_per_1000 == pytest.approx(1000 * 1 / 13)
    assert ferry.interval[0] < ferry.log_ratio < ferry.interval[1]
    assert not {"the", "a", "no", "it"} & rows.keys()


def test_words_of_several_passages_come_first_then_the_most_unequal() -> None:
    left = passages("barley barley barley barley storm", "storm storm", "gale", "gale")
    right = passages("sugar", "flour sugar")
    rows = vocabulary(left, right)
    assert [row.term for row in rows] == ["sugar", "storm", "gale", "flour", "barley"]
    assert [row.dispersed for row in rows] == [True, True, True, False, False]


def test_a_side_without_words_gives_no_rows() -> None:
    assert vocabulary(passages("The storm."), []) == ()
    assert vocabulary([], []) == ()


def test_only_the_body_counts() -> None:
    caption = Passage("k", 0, Role.CAPTION, "A storm.", Locator(None))
    assert [row.term for row in vocabulary([caption, *passages("gale")], passages("gale"))] == ["gale"]


def test_swapping_the_sides_swaps_the_columns() -> None:
    left, right = passages("storm storm", "storm gale"), passages("gale and barley", "barley")
    one = {row.term: row for row in vocabulary(left, right)}
    other = {row.term: row for row in vocabulary(right, left)}
    assert one.keys() == other.keys()
    for term, row in one.items():
        assert (row.left, row.right) == (other[term].right, other[term].left)
        assert row.interval == pytest.approx((-other[term].interval[1], -other[term].interval[0]))


def test_work_stops_when_it_is_cancelled() -> None:
    with pytest.raises(Cancelled):
        vocabulary(passages("storm"), passages("gale"), cancelled=lambda: True)


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
