"""The query language."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docterm.errors import QueryError
from docterm.search.query import MAX_WORDS, Query, parse
from docterm.search.tree import And, Node, Or, Phrase, Prefix, Term, describe
from docterm.text import fold, words

T, P = Term, Prefix


def phrase(text: str) -> Phrase:
    return Phrase(tuple(map(Term, text.split())))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("censorship", [T("censorship")]),
        ("  Great\tFirewall\n", [T("great"), T("firewall")]),
        ('"great firewall"', [phrase("great firewall")]),
        ("“great firewall” russia", [phrase("great firewall"), T("russia")]),
        ("„great firewall“ x", [phrase("great firewall"), T("x")]),
        ("„great firewall” x", [phrase("great firewall"), T("x")]),
        ("«great firewall» x", [phrase("great firewall"), T("x")]),
        ('"one"', [T("one")]),
        ('"" x', [T("x")]),
        ('a"b c"', [phrase("a b"), T("c")]),
        ('"great firewall', [T("great"), T("firewall")]),
        ('firewall" great', [T("firewall"), T("great")]),
        ("“great firewall", [T("great"), T("firewall")]),
        ('"a b" "c d', [phrase("a b"), T("c"), T("d")]),
        ("cens*", [P("cens")]),
        ("CENS* Été*", [P("cens"), P("ete")]),
        ('"cens*"', [T("cens")]),
        ("*", []),
        ("cen*s", [phrase("cen s")]),
        ("state-owned", [phrase("state owned")]),
        ("self-cens*", [phrase("self cens")]),
        ("state — owned", [T("state"), T("owned")]),
        ("china's U.S. 1,200 don’t", [T("china's"), T("u.s."), T("1,200"), T("don't")]),
        ("dog dog Dog DOG", [T("dog")]),
        ('"a b" "A B" a-b', [phrase("a b")]),
        ("dog dogs dog*", [T("dog"), T("dogs"), P("dog")]),
        ("\x1b[31mred\x1b[0m", [phrase("31mred 0m")]),
    ],
)
def test_parse(text: str, parts: list[Node]) -> None:
    if not parts:
        with pytest.raises(QueryError):
            parse(text)
    else:
        assert parse(text) == Query(text, And(tuple(parts)), ())


@pytest.mark.parametrize("text", ["", " \n", "*", '"', '""', "“”", "…", "- ! ?", "_", "\u0301", "\x00\x1b"])
def test_nonsense_says_what_to_do(text: str) -> None:
    for typing in (False, True):
        with pytest.raises(QueryError) as caught:
            parse(text, typing=typing)
        assert caught.value.message
        assert caught.value.hint
        assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("a AND b", And((T("a"), T("b")))),
        ('x* AND "c d" AND b', And((P("x"), phrase("c d"), T("b")))),
        ("a OR b OR c-d", Or((T("a"), T("b"), phrase("c d")))),
        ("a OR a", And((T("a"),))),
    ],
)
def test_operators_between_all_parts_are_known(text: str, node: And | Or) -> None:
    assert parse(text) == Query(text, node, ())


@pytest.mark.parametrize(
    ("text", "parts", "note"),
    [
        ("great AND firewall NOT guide", [T("great"), T("firewall")], "“NOT guide” is not known yet and was left out."),
        ("a AND b OR c", [T("a"), T("b"), T("c")], "“OR” is known only between all parts of a query and was left out."),
        ("a OR", [T("a")], "“OR” is known only between all parts of a query and was left out."),
        ("a OR *", [T("a")], "“OR” is known only between all parts of a query and was left out."),
        ("a b AND c", [T("a"), T("b"), T("c")], ""),
        ("AND b", [T("b")], ""),
        ("a NOT", [T("a")], ""),
        ("a AND -b", [T("a")], "“-b” is not known yet and was left out."),
        ("china -russia !us", [T("china")], "“-russia”, “!us” are not known yet and were left out."),
        ('a NOT "b c" d', [T("a"), T("d")], "“NOT b c” is not known yet and was left out."),
        ("NOT AND b", [T("b")], ""),
        ("NOT china", [T("not"), T("china")], "“NOT” was read as plain words."),
        ("OR OR OR", [T("or")], "“OR” was read as plain words."),
        ("… AND …", [T("and")], "“AND” was read as plain words."),
        ("!russia", [T("russia")], "“!russia” was read as plain words."),
    ],
)
def test_operators_in_a_mixed_query_are_left_out_and_noted(text: str, parts: list[Node], note: str) -> None:
    query = parse(text)
    assert query.node == And(tuple(parts))
    assert query.notes == ((note,) if note else ())


def test_no_prefix_is_made_of_a_word_before_one_that_is_left_out() -> None:
    assert parse("fire NOT gui", typing=True).node == And((T("fire"),))


@pytest.mark.parametrize("text", ["and or not", '"AND" "OR"', "a - b", "-", "Android ORacle"])
def test_what_only_looks_like_an_operator_is_not_noted(text: str) -> None:
    if words(text):
        assert parse(text).notes == ()


def test_a_note_is_safe_to_show_and_short() -> None:
    query = parse("-\u202eevil -" + "x" * 3000 + " -\x1b]0;title\x07x" + " -y -z" * 500)
    assert sum(map(len, query.notes)) < 500
    assert not any(char in note for note in query.notes for char in "\x1b\x07\u202e\n")


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("cens", P("cens")),
        ("great fire", P("fire")),
        ("cafe\u0301", P("cafe")),
        ("great fire ", T("fire")),
        ("great fire,", T("fire")),
        ("fire*", P("fire")),
        ('"fire"', T("fire")),
        ('"great fire', P("fire")),
        ("self-cen", phrase("self cen")),
        ('"great fire"', phrase("great fire")),
        ("bar foo bar", P("bar")),
        ("don't", P("don't")),
    ],
)
def test_the_last_word_is_a_prefix_while_it_is_typed(text: str, last: Node) -> None:
    assert parse(text, typing=True).node.parts[-1] == last
    assert not any(isinstance(part, Prefix) for part in parse(text, typing=True).node.parts[:-1])


def test_a_word_typed_twice_is_still_searched_for_as_a_word() -> None:
    assert parse("bar foo bar", typing=True).node == And((T("bar"), T("foo"), P("bar")))


@pytest.mark.parametrize(
    "text",
    [
        " ".join(f"w{number}" for number in range(10_000)),
        '"' + " ".join(f"w{number}" for number in range(10_000)) + '"',
        "-".join(f"w{number}" for number in range(10_000)),
        "w " * 10_000 + "v",
        "AND OR x " * 10_000,
        "“w " * 10_000,
        '„w «w “w "w ' * 10_000,
        "é" * 1_000_000,
    ],
)
@pytest.mark.parametrize("typing", [True, False])
def test_ten_thousand_words_are_capped_with_a_note_and_at_once(text: str, typing: bool) -> None:
    started = time.process_time()
    query = parse(text, typing=typing)
    assert time.process_time() - started < 20
    assert sum(len(part.parts) if isinstance(part, Phrase) else 1 for part in query.node.parts) <= MAX_WORDS
    assert [note for note in query.notes if note.startswith("Only the first ")]
    assert not any(isinstance(part, Prefix) for part in query.node.parts)
    assert len(query.read_as) < 10_000


def test_what_fits_is_not_cut() -> None:
    text = " ".join(f"w{number}" for number in range(MAX_WORDS))
    assert len(parse(text).node.parts) == MAX_WORDS
    assert parse(text).notes == ()
    assert parse(f"{text} x").notes == (f"Only the first {MAX_WORDS} words were used.",)
    assert parse(f"{text} x").node == parse(text).node


# --- as it was read ------------------------------------------------------------------------------

ANY = st.text(st.characters(exclude_categories=()), max_size=40)
LIKELY = st.lists(
    st.sampled_from(["great", "“", "”", '"', "AND", "OR", "NOT", "x*", "a-b", "U.S.", "-no", "½", "ℌ", "«", "»", "'"]),
    max_size=9,
).map(" ".join)


@given(st.one_of(ANY, LIKELY), st.booleans())
@example("ﷺ ŀ ½* ß.ß. ẞ*", False)
@example("\x1b AND \x1b", False)
def test_a_query_as_it_was_read_parses_to_the_same_tree(text: str, typing: bool) -> None:
    try:
        query = parse(text, typing=typing)
    except QueryError:
        assert not words(text)
        return
    again = parse(query.read_as)
    assert again.node == query.node
    assert again.read_as == query.read_as
    assert again.notes == ()


WORD = st.sampled_from(["great", "and", "or", "u.s.", "1,200", "don't", "cafe", "not", "x"])
LEAF: st.SearchStrategy[Node] = st.one_of(
    WORD.map(Term),
    WORD.map(Prefix),
    st.lists(WORD.map(Term), min_size=2, max_size=4).map(lambda words: Phrase(tuple(words))),
)
PARTS = st.lists(LEAF, min_size=2, max_size=6, unique=True).map(tuple)


@given(st.one_of(PARTS.map(And), PARTS.map(Or)))
def test_a_tree_as_it_is_described_parses_to_the_same_tree(node: And | Or) -> None:
    assert parse(describe(node)) == Query(describe(node), node, ())


@given(st.one_of(ANY, LIKELY))
def test_every_word_is_used_and_folded(text: str) -> None:
    if not words(text) or len(words(text)) > MAX_WORDS or any("left out" in note for note in parse(text).notes):
        return
    parts: list[Node] = []
    for part in parse(text).node.parts:
        parts += part.parts if isinstance(part, Phrase) else (part,)
    used = {part.start if isinstance(part, Prefix) else part.word for part in parts if isinstance(part, Prefix | Term)}
    assert all(isinstance(part, Prefix | Term) for part in parts)
    assert used <= set(words(text))
    assert used | {"and", "or", "not"} >= set(words(text))
    assert all(fold(word) == word for word in used)
