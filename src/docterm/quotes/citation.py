"""A quote with its citation in docterm's own plain author-date form: at once, without another program, for lists.

What it needs is imported when it is first asked for: the explorer shows lists without quotes too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docterm.quotes.form import Form

if TYPE_CHECKING:
    from docterm.quotes.forms.prose import Cited
    from docterm.quotes.model import Quote


def cite(quote: Quote, form: Form = Form.TEXT) -> str:
    """Give a quote with its citation, ready to paste into a manuscript; in forms that cite by key, with its key."""
    from docterm.quotes.manuscript import PROSE

    return PROSE[form].quote(_cited(quote))


def citation(quote: Quote) -> str:
    """Give the citation alone: (Gabuev & Kovachich, 2021, para. 7)."""
    from docterm.quotes.runs import text_of

    return text_of(_cited(quote).runs)


def _cited(quote: Quote) -> Cited:
    from docterm.quotes.manuscript import Wishes, manuscript

    return manuscript([quote], Wishes(), plain=True).quotes[0]
