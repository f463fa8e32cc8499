"""The codes of a notebook: a name, a key to press, and what the code means.

Every notebook begins with the four elements of a frame after Entman 1993. Codes are kept in the notebook under
`code`; a code that was taken away stays there as such, so that the four can be taken away too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docterm.errors import QuoteError
from docterm.quotes.forms.data import cell, of_cell
from docterm.quotes.notebook import Notebook
from docterm.text import label

ABOUT = "code"
KEYS = "123456789"
"""The keys that codes of the reader's own are given."""
LONGEST_NAME = 60
MOST_CODES = 200
COLUMNS = ("code", "key", "meaning")
"""The columns of a codebook as a table."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code."""

    name: str
    key: str = ""
    """The key that gives it, one character; or the empty string."""
    meaning: str = ""


ENTMAN = (
    Code("problem", "p", "What is said to be the matter, and for whom."),
    Code("cause", "c", "Who or what is said to have brought it about."),
    Code("judgement", "m", "What is said to be right or wrong about it."),
    Code("remedy", "r", "What is said to be done about it, and by whom."),
)
"""Define a problem, diagnose its causes, make a moral judgement, suggest a remedy."""


def codes(notebook: Notebook) -> list[Code]:
    """Give the codes of a notebook: the four, unless they were changed or taken away, then the reader's own."""
    found = {code.name: code for code in ENTMAN}
    for name, value in notebook.kept(ABOUT).items():
        if value.get("removed"):
            found.pop(name, None)
        else:
            key = value.get("key")
            found[name] = Code(
                _name(name), key if isinstance(key, str) and len(key) == 1 else "", label(value.get("meaning", ""), 400)
            )
    return list(found.values())


def add(notebook: Notebook, name: str, meaning: str = "", key: str = "") -> Code:
    """Add a code to a notebook, or change the meaning and key of the one so called.

    Without a key it is given the first digit that is free. Raises QuoteError when the name is empty, the key is no
    single letter or digit or belongs to another code, or there are too many codes.
    """
    name = _name(name)
    known = {code.name: code for code in codes(notebook)}
    if not name:
        raise QuoteError("A code needs a name.", "Give a word or two.")
    if name not in known and len(known) >= MOST_CODES:
        raise QuoteError(f"A codebook has {MOST_CODES} codes at most.", "Take away one that is not used.")
    taken = {code.key: code.name for code in known.values() if code.key and code.name != name}
    if key and (len(key) != 1 or not key.isalnum()):
        raise QuoteError(f"“{label(key, 20)}” is no key for a code.", "Give one letter or digit.")
    if key in taken:
        raise QuoteError(f"The key {key} gives the code “{taken[key]}”.", "Give another key.")
    before = known.get(name)
    chosen = key or (before.key if before else "") or next((digit for digit in KEYS if digit not in taken), "")
    code = Code(name, chosen, label(meaning, 400) or (before.meaning if before else ""))
    notebook.keep(ABOUT, name, {"key": code.key, "meaning": code.meaning}, f"the code “{name}”")
    return code


def remove(notebook: Notebook, name: str) -> None:
    """Take a code off the codebook; what was coded with it stays. Raises QuoteError when there is none so called."""
    if name not in {code.name for code in codes(notebook)}:
        raise QuoteError(f"No code is called “{label(name, 60)}”.", "`docterm themes codebook` lists them.")
    notebook.keep(ABOUT, name, {"removed": True}, f"removing the code “{name}”")


# --- as a table ----------------------------------------------------------------------------------


def write(book: Sequence[Code]) -> str:
    """Give a codebook as a CSV table with the columns code, key, meaning."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(cell, (code.name, code.key, code.meaning)) for code in book)
    return written.getvalue()


def read(text: str) -> list[Code]:
    """Read a codebook from a CSV table; columns other than code, key and meaning are passed over.

    A key that two codes have is the first one's. Raises QuoteError when it is no such table.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        raise _no_codebook(f"the table is damaged ({error})") from error
    if "code" not in (reader.fieldnames or ()):
        raise _no_codebook("it has no column “code”")
    book: dict[str, Code] = {}
    taken: set[str] = set()
    for row in rows:
        code = _code(row, taken)
        if code.name:
            book.setdefault(code.name, code)
            taken.add(code.key)
    if len(book) > MOST_CODES:
        raise _no_codebook(f"it has more than {MOST_CODES} codes")
    return list(book.values())


def _code(row: Mapping[str, Any], taken: set[str]) -> Code:
    name, key, meaning = (of_cell(row.get(column) or "") for column in COLUMNS)
    key = key.strip()
    usable = len(key) == 1 and key.isalnum() and key not in taken
    return Code(_name(name), key if usable else "", label(meaning, 400))


def _name(text: str) -> str:
    return label(text, LONGEST_NAME).strip()


def _no_codebook(why: str) -> QuoteError:
    return QuoteError(
        f"This is no codebook: {why}.", "A codebook is a CSV table with the columns code, key and meaning."
    )
