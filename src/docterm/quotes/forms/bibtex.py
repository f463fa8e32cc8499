"""Records as BibLaTeX and BibTeX, which Pandoc writes."""

from __future__ import annotations

import json
from typing import Any

from docterm.errors import CitationError, ProgramError
from docterm.quotes.form import Form
from docterm.quotes.pandoc import Refused, shared
from docterm.text import label

_ADDRESSES = ("URL", "DOI")
_ESCAPED = str.maketrans({character: f"%{ord(character):02X}" for character in "{}\\"})
"""Pandoc writes addresses as they are, and there a single one of these would spoil the entries that follow."""


def entry(item: dict[str, Any], form: Form) -> str:
    """Give a CSL-JSON item as an entry of a .bib file, under its key.

    Raises ProgramError without Pandoc, CitationError for a record that Pandoc cannot write.
    """
    addresses = {name: str(item[name]).translate(_ESCAPED) for name in _ADDRESSES if name in item}
    try:
        return shared().convert(json.dumps([item | addresses]), "csljson", form.value).strip()
    except ProgramError as error:
        raise ProgramError(
            f"{error.message} It is what writes {form.value}.", f"{error.hint} csl-json needs none."
        ) from error
    except Refused as error:
        raise CitationError(
            f"The record of {label(item.get('id'), 60)} cannot be written as {form.value}: {label(error, 200)}",
            "Correct it with `docterm record`.",
        ) from error
