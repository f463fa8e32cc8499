"""Who speaks in a document, as lists and headings say it."""

from __future__ import annotations

import pytest

from docterm.library.model import Document, Kind, Status

LIND, OKAFOR, BELL = ({"family": name, "given": "A."} for name in ("Lind", "Okafor", "Bell"))
DYK = {"family": "Dyk", "non-dropping-particle": "van"}


@pytest.mark.parametrize(
    ("source", "authors", "speaker"),
    [
        ("Island Courier", [LIND], "Island Courier"),
        ("", [LIND], "Lind"),
        ("", [LIND, DYK], "Lind and van Dyk"),
        ("", [LIND, OKAFOR, BELL], "Lind et al."),
        ("", [{"literal": "World Bank"}], "World Bank"),
        ("", [{"given": "A."}, "odd", {"family": 7}], ""),
        ("", "odd", ""),
        ("", None, ""),
    ],
)
def test_who_speaks(source: str, authors: object, speaker: str) -> None:
    record = {"author": authors}
    document = Document("a", "A", source, "", Kind.DOCUMENT, "a.txt", 1, 1, Status.READY, None, record)
    assert document.speaker == speaker
