"""Parentheses: only those that have a partner, hold something, and are not too deep are left."""

from __future__ import annotations

from collections.abc import Sequence

from docterm.search.query.lexer import Kind, Lexeme

DEPTH = 24
"""Parentheses within parentheses: nobody means more, and each costs a call within a call."""


def paired(run: Sequence[Lexeme], notes: list[str], *, unfinished: bool) -> list[Lexeme]:
    """Give the lexemes without the parentheses that must be left out; while typing, one may still be open."""
    partner: dict[int, int] = {}
    waiting: list[int] = []
    stray = 0
    for place, lexeme in enumerate(run):
        if lexeme.kind is Kind.OPEN:
            waiting.append(place)
        elif lexeme.kind is Kind.CLOSE:
            if waiting:
                partner[waiting.pop()] = place
            else:
                stray += 1
    stray += 0 if unfinished else len(waiting)
    if stray:
        notes.append(
            "A parenthesis without a partner was left out."
            if stray == 1
            else f"{stray:,} parentheses without partners were left out."
        )
    closed = [*run, *(Lexeme(Kind.CLOSE, ")") for _ in waiting)]
    partner |= {place: len(closed) - 1 - number for number, place in enumerate(waiting)}
    return _shallow(closed, partner)


def _shallow(run: Sequence[Lexeme], partner: dict[int, int]) -> list[Lexeme]:
    kept: list[Lexeme] = []
    left_out = set(range(len(run))) & {place for place, lexeme in enumerate(run) if lexeme.kind is Kind.CLOSE} - set(
        partner.values()
    )
    depth = 0
    for place, lexeme in enumerate(run):
        if place in left_out:
            continue
        if lexeme.kind is Kind.OPEN:
            if depth >= DEPTH or partner[place] == place + 1:
                left_out |= {partner[place]}
                continue
            depth += 1
        elif lexeme.kind is Kind.CLOSE:
            depth -= 1
        kept.append(lexeme)
    return kept
