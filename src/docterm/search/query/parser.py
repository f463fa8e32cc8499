"""From lexemes to a tree: OR binds least, then AND, which need not be typed, then NEAR, then NOT."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import cast

from docterm.errors import QueryError
from docterm.search.query import leaves
from docterm.search.query.fields import DATES, dates
from docterm.search.query.lexer import OPERATORS, Kind, Lexeme, lexemes
from docterm.search.query.normal import boosted, normal
from docterm.search.query.pairs import paired
from docterm.search.query.roles import pages, role
from docterm.search.query.sentence import is_sentence, sentence
from docterm.search.regexes import compiled
from docterm.search.tree import (
    And,
    Boost,
    Field,
    FieldName,
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
    describe,
)
from docterm.text import label

COMBINATIONS = 32
"""How many ways of standing near one another a NEAR between groups may ask for."""
MOST_APART = 999
_WILD = re.compile(r"\w[*?]\w|\w\*|\*\w")
"""A sign for other characters, where it is not punctuation."""
NOTES = 6
"""More notes than this are no help."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood."""

    text: str
    node: Node
    notes: tuple[str, ...] = ()

    @property
    def read_as(self) -> str:
        """The query in docterm's own notation, for the line under the field."""
        return describe(self.node)


def parse(text: str, *, typing: bool = False, side_by_side: bool = False) -> Query:
    """Read a query; while it is being typed, its last word stands for every word that begins so.

    Words alone must all be there, or `side_by_side` be a phrase; those of a sentence need not all be there. What is
    broken is repaired, and the notes say how. Raises QueryError when nothing is left to search for.
    """
    notes: list[str] = []
    run = lexemes(text, notes)
    cut = len(notes)
    run = paired(run, notes, unfinished=typing)
    node: Node | None
    if side_by_side and len(run) > 1 and all(lexeme.kind is Kind.CHUNK for lexeme in run):
        node = leaves.phrase(" ".join(lexeme.text for lexeme in run), unfinished=typing and not run[-1].whole)
    elif (node := _prose(run, typing=typing)) is not None:
        notes.append("Read as a sentence: any of its words, rare ones first. AND or quotation marks ask for all.")
    else:
        node = _Parser(run, notes, typing=typing).query()
    if node is None and (operators := [lexeme for lexeme in run if lexeme.is_word]):
        names = ", ".join(dict.fromkeys(f"“{label(lexeme.text, 40)}”" for lexeme in operators[:8]))
        notes[cut:] = [f"{names} read as plain words, for want of others."]
        node = _Parser([Lexeme(Kind.CHUNK, lexeme.text) for lexeme in operators], notes, typing=typing).query()
    if node is None:
        raise QueryError(
            " ".join((*notes[:2], "There is no word to search for.")),
            "Type one word or more, or a phrase in quotation marks.",
        )
    return Query(text, normal(node), tuple(dict.fromkeys(notes))[:NOTES])


def _prose(run: Sequence[Lexeme], *, typing: bool) -> Node | None:
    """Read a sentence, or give None where it is none; what has a minus before it must not be there."""
    asked: list[Lexeme] = []
    without: list[Node] = []
    for place, lexeme in enumerate(run):
        after_minus = place > 0 and run[place - 1].kind is Kind.NOT
        match lexeme.kind:
            case Kind.CHUNK if after_minus and not _WILD.search(lexeme.text):
                part = leaves.chunk(lexeme.text)
                without += [] if part is None else [Not(part)]
            case Kind.CHUNK if not _WILD.search(lexeme.text):
                asked.append(lexeme)
            case Kind.QUOTED | Kind.REGEX if not after_minus:
                asked.append(lexeme)
            case Kind.NOT if not lexeme.is_word:
                pass
            case Kind.OPEN | Kind.CLOSE if not after_minus:
                pass
            case _:
                return None
    signed = any(each.kind not in (Kind.CHUNK, Kind.OPEN, Kind.CLOSE) or _signed(each.text) for each in run)
    if not asked or not is_sentence([each.text for each in asked], signed=signed):
        return None
    return _together(And, [sentence(asked, unfinished=typing and not run[-1].whole), *without])


def _signed(chunk: str) -> bool:
    return "*" in chunk or "?" in chunk.rstrip("?")


class _Parser:
    """Reads lexemes from the first to the last; each method gives None where it finds nothing to search for."""

    def __init__(self, run: Sequence[Lexeme], notes: list[str], *, typing: bool) -> None:
        self._run = run
        self._notes = notes
        self._typing = typing
        self._at = 0
        self._field: FieldName | None = None
        """The field in whose group the parser is."""

    def query(self) -> Node | None:
        """Give the tree of the whole query."""
        return self._any()

    def _peek(self) -> Kind | None:
        return self._run[self._at].kind if self._at < len(self._run) else None

    def _next(self) -> Lexeme:
        self._at += 1
        return self._run[self._at - 1]

    def _note(self, sentence: str) -> None:
        if not (self._typing and self._at >= len(self._run)):  # what is being typed is not broken yet
            self._notes.append(sentence)

    def _any(self) -> Node | None:
        parts = [self._all()]
        while self._peek() is Kind.OR:
            operator = self._next()
            parts.append(self._all())
            if parts[-1] is None or parts[-2] is None:
                self._note(f"“{operator.text}” has nothing to join and was left out.")
        return _together(Or, parts)

    def _all(self) -> Node | None:
        parts: list[Node | None] = []
        while self._peek() not in (None, Kind.OR, Kind.CLOSE):
            if self._peek() is Kind.AND:
                self._next()
            else:
                parts.append(self._near())
        return _together(And, parts)

    def _near(self) -> Node | None:
        """Read parts with NEAR or BEFORE between them; where the operator changes, each two stand for themselves."""
        first = self._unary()
        found: list[Node | None] = []
        chain: list[Node] = [] if first is None else [first]
        operator: Lexeme | None = None
        while self._peek() in (Kind.NEAR, Kind.BEFORE):
            new = self._next()
            part = self._unary()
            if part is None or not chain:
                self._note(f"“{label(new.text, 20)}” has nothing to join and was left out.")
                chain += [] if part is None else [part]
                continue
            if operator is not None and (operator.kind, operator.number) != (new.kind, new.number):
                found.append(self._joined(chain, operator))
                chain = chain[-1:]
            operator = new
            chain.append(part)
        if operator is None:
            return _together(And, chain)
        return _together(And, [*found, self._joined(chain, operator)])

    def _joined(self, chain: Sequence[Node], operator: Lexeme) -> Node:
        distance = min(max(int(operator.number or 0), 1), MOST_APART)
        parts = [normal(part) for part in chain]
        if operator.kind is Kind.NEAR:
            parts = [each for part in parts for each in (part.parts if isinstance(part, And) else (part,))]
        choices = [_choices(part) for part in parts]
        combinations = 1
        for choice in choices:
            combinations *= len(choice)
        if not 0 < combinations <= COMBINATIONS:
            self._note(
                f"“{label(operator.text, 20)}” stands between words, phrases and ORs of them; it was read as AND."
            )
            return And(tuple(chain))
        return Or(tuple(Near(parts, distance, operator.kind is Kind.BEFORE) for parts in product(*choices)))

    def _unary(self) -> Node | None:
        negations = 0
        while self._peek() is Kind.NOT or (negations and self._peek() is Kind.AND):
            negations += self._next().kind is Kind.NOT
        at = self._at
        part = self._field_or_operand()
        if part is None and negations and self._at == at:
            self._note("“NOT” has nothing to leave out.")
        if part is None or not negations:
            return part
        return Not(part) if negations % 2 else Not(Not(part))

    def _field_or_operand(self) -> Node | None:
        name = ""
        while self._peek() is Kind.FIELD:
            typed = self._next().text
            if name or self._field:
                self._note(f"“{typed}:” stands inside of another field and was left out.")
            else:
                name = typed
        if not name:
            return self._operand()
        return self._date(name) if name in DATES else self._in_field(cast("FieldName", name))

    def _date(self, name: str) -> Node | None:
        if self._peek() not in (Kind.CHUNK, Kind.QUOTED, Kind.RANGE):
            self._note(f"“{name}:” has no date behind it and was left out.")
            return None
        value = self._run[self._at].text
        found = dates(name, value)
        if found is not None or any(char.isdigit() for char in value):
            self._next()
        if found is None:
            self._note(f"“{label(value, 30)}” is no date: write 2021, 2021-06, 2021-06-03 or 2019..2021.")
        return found

    def _in_field(self, name: FieldName) -> Node | None:
        self._field = name
        at = self._at
        lexeme = self._run[at] if at < len(self._run) else None
        span = pages(lexeme.text) if name == "page" and lexeme and lexeme.kind is Kind.CHUNK else None
        if span is not None:
            self._next()
        part = span or (self._unary() if self._peek() is Kind.NOT else self._operand())
        self._field = None
        if part is None:
            self._note(f"“{name}:” has nothing behind it and was left out.")
            return None
        return role(part, self._notes) if name == "role" else Field(name, part)

    def _operand(self) -> Node | None:
        """Read a word, a phrase, an expression or a group, with what stands right behind it."""
        if self._peek() in (None, Kind.OR, Kind.AND, Kind.CLOSE, *OPERATORS):
            return None
        lexeme = self._next()
        unfinished = self._typing and not lexeme.whole
        part: Node | None
        match lexeme.kind:
            case Kind.OPEN:
                part = self._any()
                self._next()  # its partner
            case Kind.CHUNK:
                part = leaves.chunk(lexeme.text, unfinished=unfinished)
            case Kind.QUOTED:
                part = self._quoted(lexeme, unfinished=unfinished)
            case Kind.REGEX:
                part = self._regex(lexeme.text)
            case _:  # a suffix or a range with nothing before it
                return None
        suffixed = self._suffixed(part)
        plain = lexeme.kind is Kind.CHUNK and suffixed is part and self._field is None
        return leaves.either_way(part, lexeme.text) if plain and part is not None else suffixed

    def _quoted(self, lexeme: Lexeme, *, unfinished: bool) -> Node | None:
        if not lexeme.whole:
            self._note("A phrase was read to the end: its quotation mark has no partner.")
        return leaves.phrase(lexeme.text, unfinished=unfinished)

    def _regex(self, pattern: str) -> Node | None:
        try:
            compiled(pattern)
        except QueryError as error:
            part = leaves.phrase(pattern)
            self._note(f"{error.message} Its words are searched for instead." if part else error.message)
            return part
        return Regex(pattern)

    def _suffixed(self, part: Node | None) -> Node | None:
        while self._peek() in (Kind.TILDE, Kind.BOOST):
            suffix = self._next()
            if part is not None:
                part = boosted(part, suffix.number or 0) if suffix.kind is Kind.BOOST else self._tilde(part, suffix)
        return part

    def _tilde(self, part: Node, suffix: Lexeme) -> Node:
        number = None if suffix.number is None else int(min(suffix.number, MOST_APART))
        match part:
            case Phrase(words) if self._run[self._at - 2].kind is Kind.QUOTED:
                if number is None:
                    self._note("“~” behind a phrase wants a number: the words that may stand between.")
                return Near(words, number + 1) if number else part
            case Phrase(words):
                return Phrase((*words[:-1], leaves.fuzzy(words[-1], suffix.text[1:])))
            case Term() | Fuzzy():
                if number is not None and number > leaves.MOST_EDITS:
                    self._note(f"“{suffix.text}” allows {leaves.MOST_EDITS} edits at most.")
                return leaves.fuzzy(part, suffix.text[1:])
            case _:
                self._note(f"“{suffix.text}” stands behind a word or a phrase only and was left out.")
                return part


def _together(kind: type[And] | type[Or], parts: Iterable[Node | None]) -> Node | None:
    found = tuple(part for part in parts if part is not None)
    return kind(found) if len(found) > 1 else next(iter(found), None)


def _choices(node: Node) -> tuple[Term | Prefix | Wildcard | Fuzzy | Phrase, ...]:
    """Give the words and phrases of which one is to stand near; nothing where something else is asked for."""
    match node:
        case Term() | Prefix() | Wildcard() | Fuzzy() | Phrase():
            return (node,)
        case Boost(part):
            return _choices(part)
        case Or(parts):
            inner = [_choices(part) for part in parts]
            return tuple(each for choice in inner for each in choice) if all(inner) else ()
        case _:
            return ()
