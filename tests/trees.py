"""Random queries over a small vocabulary, and texts in which they are found now and then."""

from __future__ import annotations

from hypothesis import strategies as st

from docterm.search.tree import And, Boost, Everything, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Term, Wildcard, Word

VOCABULARY = (
    "light lights lighted lighthouse light's harbour harbours the The a U.S. U.S u.s.s.r. 1,200 12 1 café cafe "
    "cafe\u0301 Häuser Haus hauses libertés liberté state-owned state owned "
    "don’t don't x xx 北京 ½ ÉTÉ stateowned co-co-co"
).split()
TEXT = st.lists(
    st.tuples(st.sampled_from(VOCABULARY), st.sampled_from([" ", " ", ", ", "-", " “", ".” "])), max_size=14
).map(lambda pieces: "".join(word + gap for word, gap in pieces))

TERM = st.sampled_from(
    (
        "light lights harbour the of u.s. u 1,200 cafe own x don't ete zebra 北 京 ½ state stateowned cococo co haus "
        "hauser liberte"
    ).split()
).map(Term)
WORD: st.SearchStrategy[Word] = st.one_of(
    TERM,
    TERM,
    st.sampled_from(["l", "light", "lighth", "u", "x", "1", "caf", "don't", "北", "zz", "h", "ha", "state"]).map(
        Prefix
    ),
    st.sampled_from(["l*t", "l?ght*", "*", "??", "*s", "*o*e*", "u.s*", "x**x", "h*r", "*e", "*2"]).map(Wildcard),
    st.builds(Fuzzy, st.sampled_from(["lihgt", "harbr", "caf", "lights", "stat", "x"]), st.integers(1, 2)),
)
PHRASE = st.builds(Phrase, st.lists(WORD, min_size=1, max_size=3).map(tuple))
NEAR = st.builds(
    Near,
    st.lists(st.one_of(WORD, WORD, PHRASE), min_size=2, max_size=3).map(tuple),
    st.integers(1, 4),
    st.booleans(),
)
LEAF: st.SearchStrategy[Node] = st.one_of(WORD, WORD, PHRASE, NEAR, st.just(Everything()))


def _parts(node: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    parts = st.lists(node, min_size=1, max_size=3).map(tuple)
    return st.one_of(parts.map(And), parts.map(Or), node.map(Not), st.builds(Boost, node, st.sampled_from([0.5, 2.0])))


NODE: st.SearchStrategy[Node] = st.recursive(LEAF, _parts, max_leaves=5)
