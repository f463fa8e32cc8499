"""docterm's searcher beside stock Whoosh: its codec, its queries, its collector, on the same passages.

What is found is the same for every kind of query that both know, and where a score is defined the same way, so are the
twenty best scores.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from math import log
from pathlib import Path
from typing import Any

import pytest
from whoosh import index, query
from whoosh.scoring import BM25F

from docterm.library.model import Locator, Passage, Role
from docterm.search.bm25 import K1, B
from docterm.search.engine import Entry
from docterm.search.facts import Facts
from docterm.search.tree import And, Boost, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Term, Wildcard
from docterm.search.whoosh_engine import WhooshEngine, unpickling
from docterm.search.whoosh_engine.schema import make_schema
from docterm.text import stem

SYLLABLES = "ba ko ri ten mo lu san vi dor ex pal qui zen".split()
ENDINGS = ["", "", "s", "ed", "ing", "'s"]


class LuceneIdf(BM25F):  # type: ignore[misc]
    """Whoosh's BM25F with the idf of Lucene, which docterm reckons with."""

    def idf(self, searcher: Any, fieldname: str, text: bytes) -> float:
        having, of = searcher.doc_frequency(fieldname, text), searcher.doc_count_all()
        return log(1 + (of - having + 0.5) / (having + 0.5))


def _corpus(chance: random.Random) -> dict[str, list[str]]:
    """Give documents of words that are as common as real ones, in several forms."""
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 3))) for _ in range(300)]
    likely = [1 / (rank + 1) for rank in range(300)]
    return {
        f"d{number}": [
            " ".join(word + chance.choice(ENDINGS) for word in chance.choices(words, likely, k=chance.randint(1, 60)))
            for _ in range(chance.randint(1, 12))
        ]
        for number in range(120)
    }


class Anything:
    """A list of what may be unpickled that has everything on it: stock Whoosh keeps more in pickles than docterm."""

    def __contains__(self, _: object) -> bool:
        return True


class Both:
    """The two indexes, over the same passages in the same order."""

    def __init__(self, folder: Path) -> None:
        self.chance = random.Random(9)
        self.corpus = _corpus(self.chance)
        self.words = sorted({word for texts in self.corpus.values() for text in texts for word in text.split()})
        stock = folder / "stock"
        stock.mkdir()
        self._index = index.create_in(str(stock), make_schema())
        writer = self._index.writer()
        self.engine = WhooshEngine(folder / "ours", numpy=False)
        dense = WhooshEngine(folder / "ours", numpy=True)
        self.engines = [self.engine, dense]
        waiting = []
        for key, texts in self.corpus.items():
            for number, text in enumerate(texts):
                writer.add_document(document=key, index=number, stems=text, words=text)
            waiting.append(
                Entry(Facts(key), "1", [Passage(key, n, Role.BODY, t, Locator(n)) for n, t in enumerate(texts)])
            )
            if len(waiting) == 50:  # several segments of ours, one of Whoosh's
                self.engine.update(waiting, ())
                waiting = []
        self.engine.update(waiting, ())
        writer.commit()
        self._searcher = self._index.searcher(weighting=LuceneIdf(B, K1))
        self.own_searcher = index.FileIndex(self.engine._storage, make_schema()).searcher(weighting=LuceneIdf(B, K1))

    def close(self) -> None:
        """Close the files."""
        self._searcher.close()
        self._index.close()
        for engine in self.engines:
            engine.close()

    def stock(self, asked: query.Query, *, own: bool = False) -> dict[tuple[str, int], float]:
        """Give what stock Whoosh finds, with scores; `own`: in docterm's index."""
        searcher = self.own_searcher if own else self._searcher
        mask = None
        if isinstance(asked, query.AndNot):  # its matcher keeps a passage when the other list begins before it
            asked, mask = asked.a, asked.b
        hits = searcher.search(asked, limit=None, mask=mask)
        return {(hit["document"], hit["index"]): hit.score for hit in hits}

    def some(self, count: int) -> list[str]:
        """Give some words, common ones mostly."""
        texts = [text for texts in self.corpus.values() for text in texts]
        return [self.chance.choice(self.chance.choice(texts).split()) for _ in range(count)]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unpickling, "ALLOWED", Anything())
        both = Both(tmp_path_factory.mktemp("both"))
        yield both
        both.close()


def term(word: str) -> query.Query:
    return query.Term("stems", stem(word))


def pairs(both: Both, kind: str) -> tuple[Node, query.Query]:
    """Give a query of one kind in both tongues."""
    a, b, c = both.some(3)
    ours, theirs = tuple(map(Term, (a, b, c))), list(map(term, (a, b, c)))
    texts = [text.split() for texts in both.corpus.values() for text in texts if len(text.split()) > 5]
    row = both.chance.choice(texts)
    at = both.chance.randrange(len(row) - 3)
    run = row[at : at + 2 + at % 2]
    made: dict[str, tuple[Node, query.Query]] = {
        "term": (ours[0], theirs[0]),
        "and": (And(ours[:2]), query.And(theirs[:2])),
        "or": (Or(ours), query.Or(theirs)),
        "and of or": (And((ours[0], Or(ours[1:]))), query.And([theirs[0], query.Or(theirs[1:])])),
        "or of and": (Or((ours[0], And(ours[1:]))), query.Or([theirs[0], query.And(theirs[1:])])),
        "and not": (And((ours[0], Not(ours[1]))), query.AndNot(theirs[0], theirs[1])),
        "boost": (Or((Boost(ours[0], 3.0), ours[1])), query.Or([query.Term("stems", stem(a), boost=3.0), theirs[1]])),
        "phrase": (Phrase(tuple(map(Term, run))), query.Phrase("stems", [stem(word) for word in run])),
        "slop": (Near(ours[:2], 5, ordered=True), query.Phrase("stems", [stem(a), stem(b)], slop=5)),
        "prefix": (Prefix(a[:3]), query.Prefix("words", a[:3])),
        "wildcard": (Wildcard(f"*{b[1:3]}?"), query.Wildcard("words", f"*{b[1:3]}?")),
        "fuzzy": (Fuzzy(a, 1), query.FuzzyTerm("words", a, maxdist=1, prefixlength=1)),
        "fuzzy 2": (Fuzzy(a, 2), query.FuzzyTerm("words", a, maxdist=2, prefixlength=1)),
    }
    return made[kind]


SCORED = ["term", "and", "or", "and of or", "or of and", "and not", "boost", "phrase", "slop"]
FOUND = ["prefix", "wildcard", "fuzzy", "fuzzy 2"]


@pytest.mark.parametrize("kind", [*SCORED, *FOUND])
def test_what_is_found_is_what_whoosh_finds(both: Both, kind: str) -> None:
    both.chance.seed(kind)
    for _ in range(40):
        node, asked = pairs(both, kind)
        wanted = set(both.stock(asked))
        for engine in both.engines:
            assert {(each.key, each.index) for each in engine.search(node, None).ranked} == wanted, node


@pytest.mark.parametrize("kind", SCORED)
def test_the_best_twenty_scores_are_those_of_whoosh(both: Both, kind: str) -> None:
    both.chance.seed(kind)
    for _ in range(40):
        node, asked = pairs(both, kind)
        wanted = both.stock(asked)
        for engine in both.engines:
            found = engine.search(node, 20).ranked
            assert [each.score for each in found] == pytest.approx(sorted(wanted.values(), reverse=True)[:20]), node
            assert [each.score for each in found] == pytest.approx([wanted[each.key, each.index] for each in found])


@pytest.mark.parametrize("kind", [*SCORED, "prefix", "wildcard"])
def test_whoosh_reads_the_index_as_one_of_its_own(both: Both, kind: str) -> None:
    both.chance.seed(kind)
    for _ in range(10):
        _, asked = pairs(both, kind)
        found, wanted = both.stock(asked, own=True), both.stock(asked)
        assert found.keys() == wanted.keys()
        if kind in SCORED:  # words that a pattern fits are scored one by one or as one, by how many a segment has
            assert found == pytest.approx(wanted), asked
