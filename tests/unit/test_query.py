"""The query language: what is typed, and the tree it becomes."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docterm.errors import QueryError
from docterm.search.query import MAX_WORDS, normal, parse
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
    describe,
)
from docterm.text import fold, words

T, P, W, F = Term, Prefix, Wildcard, Fuzzy


def both(*parts: Node) -> And:
    return And(parts)


def either(*parts: Node) -> Or:
    return Or(parts)


def phrase(*parts: str | Word) -> Phrase:
    return Phrase(tuple(Term(part) if isinstance(part, str) else part for part in parts))


def near(distance: int, *parts: Word | Phrase, ordered: bool = False) -> Near:
    return Near(parts, distance, ordered)


# --- what is understood --------------------------------------------------------------------------

WORDS: list[tuple[str, Node]] = [
    ("censorship", T("censorship")),
    ("  Great\tFirewall\n", both(T("great"), T("firewall"))),
    ("china's U.S. 1,200 don’t", both(T("china's"), T("u.s."), T("1,200"), T("don't"))),
    ("dog dog Dog DOG", T("dog")),
    ("dog dogs dog*", both(T("dog"), T("dogs"), P("dog"))),
    ("state-owned", either(phrase("state", "owned"), T("stateowned"))),
    ("china state-owned", both(T("china"), either(phrase("state", "owned"), T("stateowned")))),
    ('"state-owned firms"', phrase("state", "owned", "firms")),
    ("covid-19", phrase("covid", "19")),
    ("state — owned", both(T("state"), T("owned"))),
    ("cens*", P("cens")),
    ("CENS* Été*", both(P("cens"), P("ete"))),
    ("self-cens*", either(phrase("self", P("cens")), P("selfcens"))),
    ("cen*s w?ld* *tion", both(W("cen*s"), W("w?ld*"), W("*tion"))),
    ("a**b", W("a*b")),
    ("what? who?!", both(T("what"), T("who"))),
    ("http://a.org/b?c", phrase("http", "a", "org", "b", "c")),
    ("fuzzy~ fuzzy~2", both(F("fuzzy"), F("fuzzy", 2))),
    ("self-cens~", phrase("self", F("cens"))),
    ("word~0", T("word")),
    ("a~b", phrase("a", "b")),
    ("\x1b[31mred\x1b[0m", phrase("31mred", "0m")),
    ("*", Everything()),
    ("* china", T("china")),
    ("AT&T", phrase("at", "t")),
]
PHRASES: list[tuple[str, Node]] = [
    ('"great firewall"', phrase("great", "firewall")),
    ('"great\nfirewall"', phrase("great", "firewall")),
    ('"the state of the art"', phrase("the", "state", "of", "the", "art")),
    ("“great firewall” russia", both(phrase("great", "firewall"), T("russia"))),
    ("„great firewall“ x", both(phrase("great", "firewall"), T("x"))),
    ("„great firewall” x", both(phrase("great", "firewall"), T("x"))),
    ("”great firewall” x", both(phrase("great", "firewall"), T("x"))),
    ("«great firewall» »x y« ‹u v›", both(phrase("great", "firewall"), phrase("x", "y"), phrase("u", "v"))),
    ("「great firewall」", phrase("great", "firewall")),
    ('“great firewall"', phrase("great", "firewall")),
    ('"one"', T("one")),
    ('"cens*"', P("cens")),
    ('"" x', T("x")),
    ('"the * wall"', phrase("the", "wall")),
    ('"great fire*" "grate~ wall~2"', both(phrase("great", P("fire")), phrase(F("grate"), F("wall", 2)))),
    ('"a b"~5', near(6, T("a"), T("b"))),
    ('"great fire* b~"~2', near(3, T("great"), P("fire"), F("b"))),
    ('"a b"~0', phrase("a", "b")),
    ('"a b"~0', phrase("a", "b")),
    ('"a b" "A B" a/b', phrase("a", "b")),
]
OPERATORS: list[tuple[str, Node]] = [
    ("a AND b", both(T("a"), T("b"))),
    ("a && b & c +d", both(T("a"), T("b"), T("c"), T("d"))),
    ("AND a AND", T("a")),
    ("() a (())", T("a")),
    ("a OR b", either(T("a"), T("b"))),
    ("a | b|c || d", either(T("a"), T("b"), T("c"), T("d"))),
    ("a b OR c d", either(both(T("a"), T("b")), both(T("c"), T("d")))),
    ("(a OR b) c", both(either(T("a"), T("b")), T("c"))),
    ("(a OR (b OR c))", either(T("a"), T("b"), T("c"))),
    ("china -russia !us NOT uk", both(T("china"), Not(T("russia")), Not(T("us")), Not(T("uk")))),
    ("a AND NOT b OR c", either(both(T("a"), Not(T("b"))), T("c"))),
    ("NOT china", Not(T("china"))),
    ("-china", Not(T("china"))),
    ("NOT NOT china", T("china")),
    ("NOT (a OR b)", Not(either(T("a"), T("b")))),
    ('-"a b" c', both(Not(phrase("a", "b")), T("c"))),
    ("well-known a - b", both(either(phrase("well", "known"), T("wellknown")), T("a"), T("b"))),
    ("and or not", both(T("and"), T("or"), T("not"))),
]
NEARNESS: list[tuple[str, Node]] = [
    ("a NEAR/5 b", near(5, T("a"), T("b"))),
    ("a near/5 b w/3 c", both(near(5, T("a"), T("b")), near(3, T("b"), T("c")))),
    ("a NEAR/5 b NEAR/5 c", near(5, T("a"), T("b"), T("c"))),
    ("a BEFORE/5 b", near(5, T("a"), T("b"), ordered=True)),
    ("a NEAR b", near(10, T("a"), T("b"))),
    ("a NEAR/0 b", near(1, T("a"), T("b"))),
    ('censor* NEAR/5 "great fire*" NEAR/5 w?ld', near(5, P("censor"), phrase("great", P("fire")), W("w?ld"))),
    ("x a NEAR/5 b y", both(T("x"), near(5, T("a"), T("b")), T("y"))),
    ("(a OR b) NEAR/5 c", either(near(5, T("a"), T("c")), near(5, T("b"), T("c")))),
    ("(a b) NEAR/5 c", near(5, T("a"), T("b"), T("c"))),
    ("-(a NEAR/2 b)", Not(near(2, T("a"), T("b")))),
]
FIELDS: list[tuple[str, Node]] = [
    ("title:great", Field("title", T("great"))),
    ("Title: great wall", both(Field("title", T("great")), T("wall"))),
    ('title:"great wall"', Field("title", phrase("great", "wall"))),
    ("author:(gabuev OR kov*)", Field("author", either(T("gabuev"), P("kov")))),
    ("-source:voa", Not(Field("source", T("voa")))),
    ("source:-voa", Not(Field("source", T("voa")))),
    ("tag:x* lang:en-US", both(Field("tag", P("x")), Field("lang", phrase("en", "us")))),
    ("key:voa2023 type:report", both(Field("key", T("voa2023")), Field("type", T("report")))),
    ("path:reports/2021/*.pdf ext:pdf", both(Field("path", phrase("reports", "2021", "pdf")), Field("path", T("pdf")))),
    ("page:3-5", Field("page", either(T("3"), T("4"), T("5")))),
    ("page:xii", Field("page", T("xii"))),
    ("role:caption x", both(Field("role", T("caption")), T("x"))),
    ("role:(captions OR footnotes)", Field("role", either(T("caption"), T("footnote")))),
    ("role:any x", both(Field("role", Everything()), T("x"))),
    ("title:*", Field("title", Everything())),
    ("title:x^2", Boost(Field("title", T("x")), 2)),
]
DATES: list[tuple[str, Node]] = [
    ("date:2021", DateRange("2021", "2021")),
    ("date:2021-6", DateRange("2021-06", "2021-06")),
    ("date:2019..2021", DateRange("2019", "2021")),
    ("date:2019-2021", DateRange("2019", "2021")),
    ("date:2010/2012", DateRange("2010", "2012")),
    ("date:2021..2019-05", DateRange("2019-05", "2021")),
    ("date:2019..", DateRange("2019", None)),
    ("date:..2021-06-03", DateRange(None, "2021-06-03")),
    ("date:[2019 TO 2021]", DateRange("2019", "2021")),
    ("date:[* TO 2021]", DateRange(None, "2021")),
    ("year:2021", DateRange("2021", "2021")),
    ("since:2019 until:2020-02", both(DateRange("2019", None), DateRange(None, "2020-02"))),
    ("before:2021", DateRange(None, "2020")),
    ("before:2021-01", DateRange(None, "2020-12")),
    ("before:2021-03-01", DateRange(None, "2021-02-28")),
    ("after:2020-12", DateRange("2021-01", None)),
    ("date:>=2019", DateRange("2019", None)),
    ("date:<2021", DateRange(None, "2020")),
]
REST: list[tuple[str, Node]] = [
    ("word^2", Boost(T("word"), 2)),
    ('"a b"^3 (c d)^0.5', both(Boost(phrase("a", "b"), 3), Boost(both(T("c"), T("d")), 0.5))),
    ("(a^2)^3", Boost(T("a"), 6)),
    ("a^1", T("a")),
    ("a^1000", Boost(T("a"), 100)),
    ("NOT a^2", Not(T("a"))),
    (r"/great\s+fire(wall)?/", Regex(r"great\s+fire(wall)?")),
    (r"/a b/ x /c\/d/^2", both(Regex("a b"), T("x"), Boost(Regex("c/d"), 2))),
    ("/usr/share/doc and/or", both(phrase("usr", "share", "doc"), phrase("and", "or"))),
]


@pytest.mark.parametrize(("text", "node"), WORDS + PHRASES + OPERATORS + NEARNESS + FIELDS + DATES + REST)
def test_what_is_typed_becomes_a_tree_without_a_note(text: str, node: Node) -> None:
    query = parse(text)
    assert query.node == node
    assert query.notes == ()


# --- what is repaired ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "node", "note"),
    [
        ("a OR", T("a"), "“OR” has nothing to join and was left out."),
        ("| a", T("a"), "“|” has nothing to join and was left out."),
        ("a NEAR/5", T("a"), "“NEAR/5” has nothing to join and was left out."),
        ("a NOT", T("a"), "“NOT” has nothing to leave out."),
        ("a NEAR/3 -b", both(T("a"), Not(T("b"))), "“NEAR/3” stands between words, phrases and ORs of them;"),
        ("OR OR", T("or"), "“OR” read as plain words, for want of others."),
        ("NOT", T("not"), "“NOT” read as plain words"),
        ("… AND …", T("and"), "“AND” read as plain words"),
        ("(a b", both(T("a"), T("b")), "A parenthesis without a partner was left out."),
        ("a) b))", both(T("a"), T("b")), "3 parentheses without partners were left out."),
        ('"great firewall', phrase("great", "firewall"), "A phrase was read to the end"),
        ('firewall" great', both(T("firewall"), T("great")), 'A quotation mark without a partner (") was left out.'),
        ("tilte:x", Field("title", T("x")), "There is no field “tilte”; it was read as title."),
        ("foo:bar", phrase("foo", "bar"), "There is no field “foo”; its words are searched for. Fields: title, "),
        ("a title:", T("a"), "“title:” has nothing behind it and was left out."),
        ("title:(a author:b)", Field("title", both(T("a"), T("b"))), "“author:” stands inside of another field"),
        ("role:blah x", T("x"), "There is no role “blah”. Roles: title, deck, "),
        ("date:20x1 x", T("x"), "“20x1” is no date: write 2021, 2021-06, 2021-06-03 or 2019..2021."),
        ("date:2021-13 x", T("x"), "“2021-13” is no date"),
        ("since: x", T("x"), "“x” is no date"),
        ("word~9", F("word", 2), "“~9” allows 2 edits at most."),
        ("cens*~", P("cens"), "“~” stands behind a word or a phrase only and was left out."),
        ("/([/ x", T("x"), "/([/ is no regular expression: "),
        ("/(great fire/", phrase("great", "fire"), "Its words are searched for instead."),
    ],
)
def test_what_is_broken_is_repaired_and_said(text: str, node: Node, note: str) -> None:
    query = parse(text)
    assert query.node == node
    assert any(note in each for each in query.notes)
    assert all(each.endswith(".") for each in query.notes)


@pytest.mark.parametrize(
    "text", ["", " \n", '"', '""', "“”", "…", "- ! ?", "_", "\u0301", "\x00\x1b", "((((", "😀", "date:x9"]
)
def test_nonsense_says_what_to_do(text: str) -> None:
    for typing in (False, True):
        with pytest.raises(QueryError) as caught:
            parse(text, typing=typing)
        assert caught.value.message
        assert caught.value.hint
        assert caught.value.exit_code == 2


def test_a_note_is_safe_to_show_and_few_are_given() -> None:
    query = parse("-\u202eevil -" + "x" * 3000 + " -\x1b]0;title\x07x" + " \x1b\u202e~:y foo:z /\x1b(/" * 500)
    assert sum(map(len, query.notes)) < 1000
    assert not any(char in note for note in (*query.notes, query.read_as) for char in "\x1b\x07\u202e\n")


# --- sentences -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("what does China say about internet control?", either(*map(T, ("china", "say", "internet", "control")))),
        ("who owns huawei?", either(T("owns"), T("huawei"))),
        ("how censorship works", either(T("censorship"), T("works"))),
        ("what is censorship?", T("censorship")),
        (
            "the web of Russia and the laws of Russia on webs",
            either(Boost(T("web"), 2), Boost(T("russia"), 2), T("laws")),
        ),
        (
            "is state-owned media the voice of the state",
            either(Boost(T("state"), 2), *map(T, ("owned", "stateowned", "media", "voice"))),
        ),
        (
            'who built the "great firewall" of china and for whom -russia',
            both(either(T("built"), phrase("great", "firewall"), T("china")), Not(T("russia"))),
        ),
        (
            "which of the messages?--i.e. the letters (the ?lost? ones) did they keep /in hand/ *, and why",
            either(*map(T, ("messages", "i.e.", "letters", "lost", "ones", "keep", "hand"))),
        ),
        (
            "A STUDY OF RADIO (AND OF PRINT) IN CHINA OR IN RUSSIA, NOT IN IRAN",
            either(*map(T, ("study", "radio", "print", "china", "russia", "iran"))),
        ),
    ],
)
def test_of_a_sentence_any_word_will_do_and_one_said_twice_counts_twice(text: str, node: Node) -> None:
    query = parse(text)
    assert query.node == node
    assert any("sentence" in note for note in query.notes)


@pytest.mark.parametrize(
    "text",
    [
        "state of the art",
        "china russia internet censorship",
        "to be or not to be",
        "what is AND censorship",
        'who built the "great firewall" of china',
        "how the censors of the web in china do it -russia title:web",
        "why not*",
    ],
)
def test_keywords_are_no_sentence(text: str) -> None:
    query = parse(text)
    assert isinstance(query.node, And)
    assert query.notes == ()


# --- while typing --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("cens", P("cens")),
        ("great fire", both(T("great"), P("fire"))),
        ("cafe\u0301", P("cafe")),
        ("fire ", T("fire")),
        ("fire,", T("fire")),
        ("fire*", P("fire")),
        ('"fire"', T("fire")),
        ('"great fire', phrase("great", P("fire"))),
        ('"great fire"', phrase("great", "fire")),
        ("self-cen", either(phrase("self", P("cen")), P("selfcen"))),
        ("bar foo bar", both(T("bar"), T("foo"), P("bar"))),
        ("don't", P("don't")),
        ("title:gre", Field("title", P("gre"))),
        ("(a OR b", either(T("a"), P("b"))),
        ("(a OR b)", either(T("a"), T("b"))),
        ("a NEAR/5 b", near(5, T("a"), P("b"))),
        ("china -rus", both(T("china"), Not(P("rus")))),
        ("what does china sa", either(T("china"), P("sa"))),
        ("role:cap", Field("role", P("cap"))),
    ],
)
def test_the_last_word_is_a_beginning_while_it_is_typed(text: str, node: Node) -> None:
    assert parse(text, typing=True).node == node


@pytest.mark.parametrize(
    "text", ["china OR", "china (", "china date:20", "china title:", "china NOT", "china NEAR/5", 'a "b']
)
def test_what_is_being_typed_is_not_broken_yet(text: str) -> None:
    assert parse(text, typing=True).notes == ()


# --- too much of it ------------------------------------------------------------------------------

HUGE = [
    "date:[" * 20_000,
    "title:" * 20_000 + "x",
    " ".join(f"w{number}" for number in range(10_000)),
    '"' + " ".join(f"w{number}" for number in range(10_000)) + '"',
    "-".join(f"w{number}" for number in range(10_000)),
    "AND OR x " * 10_000,
    "“w " * 10_000,
    '„w «w “w "w ' * 10_000,
    "é" * 1_000_000,
    "(a OR " * 20_000,
    "NOT " * 20_000 + "x",
    "a NEAR/5 " * 20_000 + "b",
    "(a OR b) NEAR/5 " * 2000 + "c",
    "a~" * 20_000,
    "a^" * 20_000 + "2",
    "/x" * 20_000 + "/",
    "x^2" + "^2" * 20_000,
]

NOTHING = [
    "(" * 100_000 + "x" + ")" * 100_000,
    "-(" * 20_000 + "x",
    "?" * 20_000 + "x",
    "*?" * 20_000 + "x",
    "/" * 20_000,
    r"/\/ " * 20_000,
]


@pytest.mark.parametrize("text", NOTHING, ids=range(len(NOTHING)))
def test_what_has_no_word_where_it_is_cut_asks_for_nothing(text: str) -> None:
    for typing in (False, True):
        with pytest.raises(QueryError, match="no word to search for"):
            parse(text, typing=typing)


@pytest.mark.parametrize("text", HUGE, ids=range(len(HUGE)))
@pytest.mark.parametrize("typing", [True, False])
def test_a_huge_query_is_cut_and_read(text: str, typing: bool) -> None:
    query = parse(text, typing=typing)
    assert len(list(leaves(query.node))) <= MAX_WORDS
    assert any(note.startswith("Only the first ") for note in query.notes)
    assert parse(query.read_as[:10_000])


def test_what_fits_is_not_cut() -> None:
    text = " AND ".join(f"w{number}" for number in range(MAX_WORDS))
    assert len(list(leaves(parse(text).node))) == MAX_WORDS
    assert parse(text).notes == ()
    assert parse(f"{text} x").notes == (f"Only the first {MAX_WORDS} words were used.",)
    assert parse(f"{text} x").node == parse(text).node


def leaves(node: Node) -> list[Node]:
    match node:
        case And(parts) | Or(parts) | Phrase(parts) | Near(parts):
            return [leaf for part in parts for leaf in leaves(part)]
        case Not(part) | Boost(part) | Field(_, part):
            return leaves(part)
    return [node]


# --- as it was read ------------------------------------------------------------------------------

ANY = st.text(st.characters(exclude_categories=()), max_size=40)
PIECES = (
    "great “ ” \" AND OR NOT x* a-b U.S. -no ½ ℌ « » ' ( ) "
    "NEAR/3 BEFORE/2 title: date: 2019..2021 role:caption ^2 ~ ~2 ~9 "
    "/a+/ /\\// / \\ * ? w?ld | ! + foo: page:2-4 北京 [2019 TO 2021] since:2020-02 of the what"
).split()
LIKELY = st.lists(st.sampled_from([*PIECES, " ", " "]), max_size=14).map("".join)
SPACED = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)


@given(st.one_of(ANY, LIKELY, SPACED), st.booleans())
@example("ﷺ ŀ ½* ß.ß. ẞ*", False)
@example("\x1b AND \x1b", False)
def test_a_query_as_it_was_read_parses_to_the_same_tree(text: str, typing: bool) -> None:
    try:
        query = parse(text, typing=typing)
    except QueryError:
        return
    again = parse(query.read_as)
    assert again.node == query.node
    assert again.read_as == query.read_as
    assert again.notes == ()


WORD = st.sampled_from(
    ["great", "and", "or", "u.s.", "1,200", "don't", "cafe", "京", "not", "near", "x", "the", "what"]
)
A_WORD: st.SearchStrategy[Word] = st.one_of(
    WORD.map(Term),
    WORD.map(Prefix),
    st.builds(Fuzzy, WORD, st.integers(1, 2)),
    st.builds("{}{}{}".format, WORD, st.sampled_from(["*", "?", "?*", "*?"]), WORD).map(Wildcard),
    WORD.map("*{}".format).map(Wildcard),
)
A_PHRASE = st.builds(Phrase, st.lists(A_WORD, min_size=2, max_size=4).map(tuple))
A_NEAR = st.builds(
    Near, st.lists(st.one_of(A_WORD, A_PHRASE), min_size=2, max_size=4).map(tuple), st.integers(1, 20), st.booleans()
)
A_REGEX = st.sampled_from([r"a+", "a/b", r"\\/", "[/]", " a ", "(x|y)"]).map(Regex)
A_DATE = st.sampled_from(
    [DateRange("2019", "2021"), DateRange("2021-06", None), DateRange(None, "2020-02-29"), DateRange("2020", "2020")]
)
INSIDE: st.SearchStrategy[Node] = st.one_of(A_WORD, A_PHRASE, A_NEAR, A_REGEX)


def grown(leaf: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.recursive(
        leaf,
        lambda part: st.one_of(
            st.lists(part, min_size=1, max_size=4).map(tuple).map(And),
            st.lists(part, min_size=1, max_size=4).map(tuple).map(Or),
            part.map(Not),
            st.builds(Boost, part, st.sampled_from([0.5, 2.0, 3.25])),
        ),
        max_leaves=8,
    )


TREE = grown(
    st.one_of(
        INSIDE,
        A_DATE,
        st.builds(Field, st.sampled_from(["title", "author", "key", "tag"]), grown(INSIDE)),
        st.sampled_from([Field("role", Term("caption")), Field("title", Everything())]),
    )
)


@given(TREE)
@example(Boost(Field("title", Everything()), 0.5))
def test_a_tree_as_it_is_described_parses_to_the_same_tree(tree: Node) -> None:
    query = parse(describe(normal(tree)))
    assert query.node == normal(tree)
    assert query.notes == ()


@given(TREE)
def test_the_normal_form_of_a_normal_form_is_itself(tree: Node) -> None:
    assert normal(normal(tree)) == normal(tree)


@given(st.one_of(ANY, LIKELY))
def test_every_word_is_folded(text: str) -> None:
    try:
        found = leaves(parse(text).node)
    except QueryError:
        return
    used = {leaf.word for leaf in found if isinstance(leaf, Term)}
    assert all(fold(word) == word and words(word) == [word] for word in used)
