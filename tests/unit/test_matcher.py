"""The one matcher, held against a matcher that is slow and plain."""

from __future__ import annotations

import itertools
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docterm.errors import QueryError
from docterm.search.facts import Facts
from docterm.search.matcher import Matcher
from docterm.search.query import parse
from docterm.search.tree import (
    And,
    Boost,
    DateRange,
    Everything,
    Field,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Regex,
    Term,
    Wildcard,
    Word,
)
from docterm.text import Span, Token, stem, tokens
from trees import NODE, TEXT

T = Term


def distance(left: str, right: str) -> int:
    """Give the edits between two words, by the definition."""
    if not left or not right:
        return len(left) + len(right)
    ways = [
        distance(left[1:], right) + 1,
        distance(left, right[1:]) + 1,
        distance(left[1:], right[1:]) + (left[0] != right[0]),
    ]
    if left[:2] == right[1::-1] and len(left) > 1 and len(right) > 1:
        ways.append(distance(left[2:], right[2:]) + 1)
    return min(ways)


def fits(pattern: str, word: str) -> bool:
    if not pattern:
        return not word
    if pattern[0] == "*":
        return any(fits(pattern[1:], word[start:]) for start in range(len(word) + 1))
    return bool(word) and pattern[0] in ("?", word[0]) and fits(pattern[1:], word[1:])


def stands_for(part: Word, word: str) -> bool:
    match part:
        case Term(term):
            return stem(term) == stem(word)
        case Prefix(start):
            return word[: len(start)] == start
        case Wildcard(pattern):
            return fits(pattern, word)
        case Fuzzy(term, most):
            return term[0] == word[0] and abs(len(term) - len(word)) <= most and distance(term, word) <= most


def units(text: str) -> list[tuple[int, int, str]]:
    """Give each word with its first and last token, and hyphenated words joined."""
    run = list(tokens(text))
    found = [(at, at, token.word) for at, token in enumerate(run)]

    def tied(left: Token, right: Token) -> bool:
        return text[left.end : right.start] == "-" and left.word.isalpha() and right.word.isalpha()

    for first, last in itertools.combinations(range(len(run)), 2):
        inside = all(tied(left, right) for left, right in pairwise(run[first : last + 1]))
        longer = (first > 0 and tied(run[first - 1], run[first])) or (
            last + 1 < len(run) and tied(run[last], run[last + 1])
        )
        if inside and not longer:
            found.append((first, last, "".join(token.word for token in run[first : last + 1])))
    return found


def places(part: Word | Phrase, text: str) -> list[tuple[int, int]]:
    """Give the first and last token of each place of a part: every choice of words is tried."""
    if not isinstance(part, Phrase):
        return [(first, last) for first, last, word in units(text) if stands_for(part, word)]
    choices = itertools.product(*(places(each, text) for each in part.parts))
    return [
        (choice[0][0], choice[-1][1])
        for choice in choices
        if all(right[0] - left[1] == 1 for left, right in pairwise(choice))
    ]


def near(node: Near, text: str) -> bool:
    for choice in itertools.product(*(places(part, text) for part in node.parts)):
        if node.ordered:
            if all(0 < right[0] - left[1] <= node.distance for left, right in pairwise(choice)):
                return True
        else:
            lengths = [len(part.parts) if isinstance(part, Phrase) else 1 for part in node.parts]
            room = sum(lengths) + (node.distance - 1) * (len(lengths) - 1)
            if max(last for _, last in choice) - min(first for first, _ in choice) < room:
                return True
    return False


def answers(node: Node, text: str) -> bool:
    """Say whether a passage answers a query, by the definitions of its nodes."""
    match node:
        case And(parts):
            return all(answers(part, text) for part in parts)
        case Or(parts):
            return any(answers(part, text) for part in parts)
        case Not(part):
            return not answers(part, text)
        case Boost(part):
            return answers(part, text)
        case Near():
            return near(node, text)
        case Everything():
            return True
        case Term() | Prefix() | Wildcard() | Fuzzy() | Phrase():
            return bool(places(node, text))
    raise AssertionError(node)


@given(NODE, TEXT)
@example(And((Phrase((T("x"), T("x"))), T("x"))), "x x x")
@example(And((T("light"), T("lights"))), "one light")
@example(Or((Prefix("light"), Phrase((T("light"), T("light"))))), "light lights lighthouse")
@example(Phrase((T("x"), T("stateowned"), T("x"))), "x state-owned x")
@example(Near((T("stateowned"), T("harbour")), 1), "harbour state-owned")
@example(Near((T("x"), T("light"), T("x")), 2, ordered=True), "x light light the x")
def test_the_matcher_accepts_what_the_definitions_accept(node: Node, text: str) -> None:
    matcher = Matcher(node)
    assert matcher.matches(text) is answers(node, text)
    spans = matcher.spans(text)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert all(isinstance(span, Span) and span.start < span.end for span in spans)
    assert not spans or answers(node, text)


@given(st.one_of(NODE.filter(lambda node: isinstance(node, Term | Prefix | Wildcard | Fuzzy))), TEXT)
def test_a_word_is_marked_wherever_it_stands(node: Word, text: str) -> None:
    run = list(tokens(text))
    marked = {at for first, last in places(node, text) for at in range(run[first].start, run[last].end)}
    assert {at for span in Matcher(node).spans(text) for at in range(*span)} == marked


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
        ("控制", "网络控制，控、制。", ["控制", "控、制"]),
        ("cooperate", "They co-operate; co operate; cooperating.", ["co-operate", "cooperating"]),
    ],
)
def test_what_is_marked(query: str, text: str, marked: list[str]) -> None:
    assert pieces(parse(query).node, text) == marked


def pieces(node: Node, text: str) -> list[str]:
    return [text[span.start : span.end] for span in Matcher(node).spans(text)]


WALLS = "The Great Firewall, a state-owned wall, near the great fire. They co-operate on Firewalls."


@pytest.mark.parametrize(
    ("node", "marked"),
    [
        (Phrase((T("great"), Prefix("fire"))), ["Great Firewall", "great fire"]),
        (Phrase((Wildcard("gr??t"), Fuzzy("firewal"))), ["Great Firewall"]),
        (Phrase((T("they"), T("cooperate"), T("on"))), ["They co-operate on"]),
        (Near((T("wall"), T("fire")), 4), ["wall", "fire"]),
        (Near((T("wall"), T("fire")), 3), []),
        (Near((T("fire"), T("wall")), 4, ordered=True), []),
        (Near((T("wall"), T("fire")), 4, ordered=True), ["wall", "fire"]),
        (Near((Phrase((T("great"), T("fire"))), T("wall")), 3), ["wall", "great fire"]),
        (And((T("wall"), Not(T("zebra")))), ["wall"]),
        (And((T("wall"), Not(T("fire")))), []),
        (Or((T("zebra"), Boost(T("wall"), 2.0))), ["wall"]),
        (Regex(r"great fire\w*"), ["Great Firewall", "great fire"]),
        (And((Everything(), Regex("x*"))), []),
    ],
)
def test_what_each_kind_of_node_marks(node: Node, marked: list[str]) -> None:
    assert pieces(node, WALLS) == marked


VOA = Facts(
    "voa2023",
    "Censors of the Harbours",
    "Ann Lee; Bo Ek",
    "Voice",
    "article-news",
    "russia; web",
    "en-GB",
    "a/b.md",
    "2023-04",
)


@pytest.mark.parametrize(
    ("node", "answered"),
    [
        (Field("title", T("harbour")), True),
        (Field("title", Phrase((T("censor"), T("of")))), True),
        (Field("author", And((T("lee"), T("ek")))), True),
        (Field("source", T("censor")), False),
        (Field("key", T("voa2023")), True),
        (Field("key", Prefix("voa")), True),
        (Field("tag", T("webs")), False),
        (Field("tag", T("web")), True),
        (Field("lang", T("en")), True),
        (Field("type", Phrase((T("article"), T("news")))), True),
        (Field("path", T("b")), True),
        (Field("page", T("xii")), True),
        (Field("page", T("12")), False),
        (DateRange("2023", "2023"), True),
        (DateRange("2023-04-30", None), True),
        (DateRange("2023-05", None), False),
        (DateRange(None, "2023-04-01"), True),
        (DateRange(None, "2023-03"), False),
        (Not(DateRange(None, "2023-03")), True),
        (And((T("wall"), Not(Field("title", T("harbour"))))), False),
    ],
)
def test_what_is_asked_of_a_document(node: Node, answered: bool) -> None:
    assert Matcher(node).matches("A wall.", VOA, "xii") is answered
    assert Matcher(node).matches("A wall.")  # without facts it is taken as answered
    assert Matcher(Or((node, T("zebra")))).spans("A wall.") == [] or isinstance(node, And)


def test_a_document_without_a_date_is_in_no_range() -> None:
    assert not Matcher(DateRange(None, None)).matches("", Facts("a"))


def test_parts_with_one_stem_are_one_part() -> None:
    assert Matcher(parse("censor censors censored").node).matches("They censor it.")
    assert Matcher(parse('"light house" "lights house"').node).matches("a light house")


def test_a_matcher_keeps_nothing_of_a_passage() -> None:
    matcher = Matcher(parse("a b").node)
    assert matcher.matches("a b")
    assert not matcher.matches("a")
    assert not matcher.matches("b")
    assert matcher.spans("") == []


def test_a_pattern_that_explodes_ends_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docterm.search.regexes.PASSAGE_SECONDS", 0.01)
    with pytest.raises(QueryError, match="takes too long"):
        Matcher(Regex("(x+x+)+y")).matches("x" * 5000)


@pytest.mark.parametrize("pattern", ["(", "[a", "*", "(?P<n", "a{99999999999}", "(" * 400])
def test_a_pattern_that_is_none_ends_in_a_sentence(pattern: str) -> None:
    with pytest.raises(QueryError, match="is no regular expression"):
        Matcher(Regex(pattern))


def test_much_of_the_same_is_not_slow() -> None:
    text = "light " * 5000
    part = Phrase((T("light"), T("light")))
    assert Matcher(Near((T("light"),) * 40, 4, ordered=True)).matches(text)
    assert Matcher(Near((part, T("light"), Prefix("l")), 9)).matches(text)
