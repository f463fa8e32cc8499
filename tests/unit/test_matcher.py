"""The one matcher, held against a matcher that is slow and plain."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docterm.search.matcher import Matcher
from docterm.search.query import parse
from docterm.search.tree import And, Node, Or, Phrase, Prefix, Term
from docterm.text import Span, stem, tokens

VOCABULARY = (
    "light lights lighted lighthouse light's harbour harbours the The a U.S. U.S u.s.s.r. 1,200 12 1 café cafe "
    "cafe\u0301 state-owned state owned don’t don't x xx 北京 ½ ÉTÉ"
).split()
WORD = st.sampled_from(["light", "lights", "harbour", "the", "u.s.", "u", "1,200", "cafe", "own", "x", "don't", "ete"])
LEAF: st.SearchStrategy[Node] = st.one_of(
    WORD.map(Term),
    st.sampled_from(["l", "light", "lighth", "u", "x", "1", "caf", "é", "don't", "北"]).map(Prefix),
    st.lists(WORD.map(Term), min_size=2, max_size=3).map(lambda words: Phrase(tuple(words))),
)
PARTS = st.lists(LEAF, min_size=1, max_size=4).map(tuple)
NODE: st.SearchStrategy[And | Or] = st.one_of(PARTS.map(And), PARTS.map(Or))
TEXT = st.lists(
    st.tuples(st.sampled_from(VOCABULARY), st.sampled_from([" ", ", ", "-", " “", ".” "])), max_size=14
).map(lambda pieces: "".join(word + gap for word, gap in pieces))


def places(leaf: Node, text: str) -> list[tuple[int, int]]:
    """Give where a part stands: every window of words, one after the other."""
    run = list(tokens(text))
    found = []
    length = len(leaf.parts) if isinstance(leaf, Phrase) else 1
    for first in range(len(run)):
        window = run[first : first + length]
        if len(window) < length:
            continue
        if isinstance(leaf, Prefix):
            fits = window[0].word[: len(leaf.start)] == leaf.start
        else:
            wanted = leaf.parts if isinstance(leaf, Phrase) else (leaf,)
            fits = [stem(token.word) for token in window] == [
                stem(part.word) for part in wanted if isinstance(part, Term)
            ]
        if fits:
            found.append((window[0].start, window[-1].end))
    return found


def answers(node: And | Or, text: str) -> bool:
    quantifier = all if isinstance(node, And) else any
    return quantifier(places(part, text) for part in node.parts)


@given(NODE, TEXT)
@example(And((Phrase((Term("x"), Term("x"))), Term("x"))), "x x x")
@example(And((Term("light"), Term("lights"))), "one light")
@example(Or((Prefix("light"), Phrase((Term("light"), Term("light"))))), "light lights lighthouse")
def test_the_matcher_finds_what_a_plain_one_finds(node: And | Or, text: str) -> None:
    matcher = Matcher(node)
    assert matcher.matches(text) is answers(node, text)
    marked = {at for part in node.parts for start, end in places(part, text) for at in range(start, end)}
    spans = matcher.spans(text)
    assert {at for span in spans for at in range(*span)} == (marked if answers(node, text) else set())
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert all(isinstance(span, Span) and span.start < span.end for span in spans)


@given(LEAF, TEXT)
def test_the_matcher_of_a_part(leaf: Node, text: str) -> None:
    assert Matcher(And((leaf,))).matches(text) is bool(places(leaf, text))


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        (
            '"great firewall"',
            "A great wall; the Great Firewalls. Great! Firewall",
            ["Great Firewalls", "Great! Firewall"],
        ),
        ("great firewall", "Firewall, great.", ["Firewall", "great"]),
        ("great firewall", "Only great.", []),
        ("firewall*", "firewalls fire Firewalled", ["firewalls", "Firewalled"]),
        ("state-owned", "A state-owned firm owned by the state.", ["state-owned"]),
        ("cafe", "The cafe\u0301s and cafés.", ["cafe\u0301s", "cafés"]),
        ('"a a"', "a a a b a", ["a a a"]),
        ('"cens ship"', "censorship", []),
        ("us", "the US, not U.S.", ["US"]),
        ("china", "China’s", ["China’s"]),
    ],
)
def test_what_is_marked(query: str, text: str, marked: list[str]) -> None:
    assert [text[span.start : span.end] for span in Matcher(parse(query).node).spans(text)] == marked


def test_parts_with_one_stem_are_one_part() -> None:
    assert Matcher(parse("censor censors censored").node).matches("They censor it.")
    assert Matcher(parse('"light house" "lights house"').node).matches("a light house")


def test_a_matcher_keeps_nothing_of_a_passage() -> None:
    matcher = Matcher(parse("a b").node)
    assert matcher.matches("a b")
    assert not matcher.matches("a")
    assert not matcher.matches("b")
    assert matcher.spans("") == []
