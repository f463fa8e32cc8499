"""Codings: words of a document to which the reader gave a code.

A coding is cut and anchored as a quote is, and kept in the notebook under `coding`, by its id. It is no quote: it
stands in no export, and quoting it is an act of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docterm.errors import QuoteError
from docterm.quotes.model import Quote, quote_from_json
from docterm.quotes.notebook import Notebook
from docterm.text import label, sanitise

ABOUT = "coding"
_MEMO = 4000


@dataclass(frozen=True, slots=True)
class Coding:
    """One code on some words."""

    cut: Quote
    """The words, where they stand, and what anchors them there."""
    code: str
    """The name of the code."""
    memo: str = ""

    @property
    def id(self) -> str:
        """A ULID: that of the cut."""
        return self.cut.id

    @property
    def key(self) -> str:
        """The key of the document."""
        return self.cut.key

    def as_json(self) -> dict[str, Any]:
        """Give the coding as a JSON object."""
        return {"code": self.code, "memo": self.memo, "cut": self.cut.as_json()}


def covered(coding: Coding, numbers: Sequence[int]) -> Sequence[int]:
    """Give which of a document's paragraphs, by their numbers in its order, have words of a coding."""
    address = coding.cut.address
    if address.first not in numbers or address.last not in numbers:
        return ()
    return numbers[numbers.index(address.first) : numbers.index(address.last) + 1]


def codings(notebook: Notebook) -> list[Coding]:
    """Give the codings of a notebook in the order of their making; what is damaged is left out."""
    found: list[Coding] = []
    for value in notebook.kept(ABOUT).values():
        coding = _coding(value)
        if coding is not None:
            found.append(coding)
    return found


def code_words(notebook: Notebook, cut: Quote, code: str, memo: str = "") -> Coding:
    """Give words a code; they are on the disk when this returns.

    The same words have a code once: a second time changes the memo, if one is given.
    """
    same = next(
        (each for each in codings(notebook) if each.code == code and _place(each.cut) == _place(cut)),
        None,
    )
    if same is not None:
        return set_memo(notebook, same, memo) if memo else same
    coding = Coding(cut, code, sanitise(memo)[:_MEMO])
    notebook.keep(ABOUT, coding.id, coding.as_json(), f"coding {cut.address} as {code}")
    return coding


def set_memo(notebook: Notebook, coding: Coding, memo: str) -> Coding:
    """Give a coding a memo in place of the one it has; empty takes it away."""
    changed = Coding(coding.cut, coding.code, sanitise(memo)[:_MEMO])
    notebook.keep(ABOUT, coding.id, changed.as_json(), f"the memo on {coding.cut.address}")
    return changed


def uncode(notebook: Notebook, coding: Coding) -> None:
    """Take a code off the words again."""
    notebook.keep(ABOUT, coding.id, None, f"taking {coding.code} off {coding.cut.address}")


def named(found: Sequence[Coding], name: str) -> Coding:
    """Give the coding whose id is `name` or begins with it and no other's does; raise QuoteError otherwise."""
    matches = [coding for coding in found if coding.id.startswith(name.strip().upper())]
    if len(matches) == 1 and name.strip():
        return matches[0]
    said = "No coding has" if not matches or not name.strip() else f"{len(matches)} codings have"
    raise QuoteError(f"{said} the id “{label(name, 40)}”.", "`docterm themes` lists them.")


def _coding(value: Mapping[str, Any]) -> Coding | None:
    try:
        cut = quote_from_json(value.get("cut"))
    except ValueError:
        return None
    code, memo = value.get("code"), value.get("memo", "")
    if not isinstance(code, str) or not isinstance(memo, str):
        return None
    return Coding(cut, label(code, 60), memo)


def _place(cut: Quote) -> tuple[object, ...]:
    return cut.address, cut.start, cut.end, cut.text
