"""What passages say, as a part of how alike they are, where the user has put a model in (`docterm meaning`).

Everything of it is imported only then: without a model comparing loads neither numpy nor `docterm.meaning.model`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docterm.compare.cancel import Check
from docterm.errors import StorageError
from docterm.library.model import Passage
from docterm.text import sentences, words

if TYPE_CHECKING:
    from docterm.meaning.likeness import Likeness

MOST = 8_000
"""Paragraphs and sentences of both sides together that are looked at: more take minutes."""


@dataclass(slots=True)
class Meaning:
    """The model and its cache, ready to be used."""

    cache: Path | None
    fault: str = ""
    """Why the model that is put in cannot be used, as sentences; then comparing goes on without it."""

    def likeness(
        self, lefts: Sequence[Passage], rights: Sequence[Passage], check: Check, progress: Callable[[float], None]
    ) -> Likeness | None:
        """Reckon how alike two sides are; None where one has nothing, or both together more than MOST texts.

        About 25 ms for each paragraph or sentence that is not in the cache. A damaged model is told in `fault`. Raises
        what `check` raises: what was reckoned until then is kept.
        """
        from docterm.meaning.store import reckon_in_one_thread

        reckon_in_one_thread()
        from docterm.meaning.likeness import Likeness
        from docterm.meaning.vectors import Vectors

        check()
        texts: dict[str, int] = {}
        own, other = ([_rows(passage.text, texts) for passage in side] for side in (lefts, rights))
        if self.fault or not own or not other or len(texts) > MOST:
            return None

        def step(part: float) -> None:
            check()
            progress(part)

        try:
            with Vectors(self.cache) as vectors:
                found = vectors.of(list(texts), step)
        except StorageError as error:
            self.fault = str(error)
            return None
        return Likeness(found, own, other)


def meaning_for(cache: Path | None) -> Meaning | None:
    """Give what reckons with meaning, keeping vectors in the folder `cache`, or None where no model is put in."""
    from docterm.meaning.store import ready

    try:
        return Meaning(cache) if ready() else None
    except StorageError as error:
        return Meaning(cache, str(error))


def _rows(text: str, texts: dict[str, int]) -> list[int]:
    """Number the texts whose vectors are needed for a passage: itself, and the sentences of a long one."""
    from docterm.meaning.likeness import LONG

    parts = [text]
    if len(words(text)) > LONG:
        own = [text[span.start : span.end] for span in sentences(text)]
        parts += own if len(own) > 1 else []
    return [texts.setdefault(part, len(texts)) for part in parts]
