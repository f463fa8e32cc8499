"""Quotes and records to cite in tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from docterm.library.model import Address, Locator
from docterm.quotes.model import Quote, QuoteKind
from docterm.quotes.ulid import new_ulid

CARNEGIE: dict[str, Any] = {
    "id": "gabuev2021",
    "type": "report",
    "title": "A title",
    "author": [{"family": "Gabuev", "given": "Alexander"}, {"family": "Kovachich", "given": "Leonid"}],
    "publisher": "Carnegie Moscow Center",
    "issued": {"date-parts": [[2021, 6, 3]]},
    "URL": "https://example.org/a_b_c",
}

HOSTILE = [
    r"\input{/etc/passwd} \write18{touch x} $x^2$ %c #h &amp; ~ {a} _b_",
    "<script>alert(1)</script> <!-- --> <!-- docterm:end --> &lt; ]]>",
    "*a* **b** `c` [d](javascript:x) ![e](f) @g [@h] ^i^ ~j~ $k$ ::: {=html}",
    "#+include: x\n* head src_sh{touch x} {{{m}}} [[l]] [cite:@x] <<t>> /i/ =v= ~c~ call_f() @@html:x@@",
    '#import "x" #read("y") @label <tag> = Head - item + enum / term: $m$ `r` // c /* d */ \\u{1F600} "q" https://e.org',
    "=cmd|' /C calc'!A0",
    "1. one 2) two a. b) (c) | x | y |",
    "“a ‘b ”c’ «d „e",
]
"""Text that means something in one form or another."""

RECORDS: list[dict[str, Any]] = [
    {"id": "news", "type": "article-newspaper", "title": "Dockers walk out over “unsafe” cranes", "language": "en",
     "author": [{"family": "Okafor", "given": "Ngozi A."}], "container-title": "The Guardian",
     "issued": {"date-parts": [[2024, 3, 7]]}, "accessed": {"date-parts": [[2024, 4, 1]]}, "URL": "https://example.org/n"},
    {"id": "web", "type": "webpage", "title": "How cables are laid", "author": [{"literal": "Harbour Office"}],
     "container-title": "Harbour Office", "issued": {"date-parts": [[2022]]}, "URL": "https://example.org/w"},
    {"id": "report", "type": "report", "title": "Cables under the sea", "publisher": "Institute of Ports",
     "author": [{"family": "Lind", "given": "Tomas"},
                {"family": "Berg", "given": "Eva", "non-dropping-particle": "van den"}],
     "number": "12", "genre": "Working paper", "issued": {"date-parts": [[2020, 5]]}},
    {"id": "magazine", "type": "article-magazine", "title": "The last keepers", "container-title": "Tide",
     "author": [{"family": "Reyes", "given": "Ana"}], "issued": {"date-parts": [[2019, 8, 2]]}, "page": "14-19"},
    {"id": "journal", "type": "article-journal", "title": "Quotation in the press",
     "container-title": "Journal of News",
     "author": [{"family": name, "given": "A. B."} for name in ("Moreau", "Sato", "Ilves", "Khan")],
     "volume": "12", "issue": 3, "page": "101-120", "issued": {"date-parts": [[2018]]}, "DOI": "10.1000/182"},
    {"id": "book", "type": "book", "title": "A history of walls", "author": [{"family": "Novák", "given": "Jan"}],
     "translator": [{"family": "Hill", "given": "Mary"}], "publisher": "Quay Press", "publisher-place": "Leeds",
     "issued": {"date-parts": [[2015]]}, "edition": 2, "ISBN": "978-3-16-148410-0"},
    {"id": "chapter", "type": "chapter", "title": "Gates", "author": [{"family": "Adeyemi", "given": "Tola"}],
     "editor": [{"family": "Wolf", "given": "Ines"}], "container-title": "Reading cities", "page": "33-50",
     "publisher": "Quay Press", "issued": {"date-parts": [[2016]]}},
    {"id": "thesis", "type": "thesis", "title": "Silence as policy", "author": [{"family": "Ahn", "given": "Min-ho"}],
     "genre": "PhD thesis", "publisher": "University of Oulu", "issued": {"date-parts": [[2021]]}},
    {"id": "bare", "type": "document", "title": "An unsigned leaflet"},
    {"id": "republished", "type": "article-newspaper", "title": "Two censors", "author": [{"literal": "Voice of Tide"}],
     "container-title": "Tide Factor", "issued": {"date-parts": [[2023]]}, "note": "Republished by Tide Factor"},
]  # fmt: skip
"""Ten records of as many kinds, one of them with next to nothing."""


def quote(text: str = "quoted words", **changes: Any) -> Quote:
    """Give a quote of the Carnegie record, or changed."""
    made = Quote(
        id=new_ulid(),
        kind=QuoteKind.VERBATIM,
        text=text,
        address=Address("gabuev2021", 9, 9),
        start=0,
        end=len(text),
        prefix="",
        suffix="",
        context=text,
        locator=Locator(9),
        record=CARNEGIE,
        title="A title",
        source="Carnegie",
        date="2021-06-03",
        path="doc.md",
        created="2026-01-02T03:04:05+00:00",
    )
    return replace(made, **changes)


def quote_of(record: dict[str, Any], paragraph: int, text: str = "quoted words", **changes: Any) -> Quote:
    """Give a quote of a record, from one of its paragraphs."""
    known = {"record": record, "title": record["title"], "source": "", "date": ""}
    return quote(text, address=Address(record["id"], paragraph, paragraph), **(known | changes))
