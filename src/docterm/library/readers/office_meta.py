"""What an office document says of itself, without what its program wrote there unasked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docterm.library.readers.outline import local, one_line

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NAMES = {
    "title": "title",
    "creator": "author",
    "initial-creator": "first author",  # beside it, the creator of ODF is who saved the file last
    "subject": "subject",
    "description": "description",
    "keywords": "keywords",
    "keyword": "keywords",
    "language": "language",
    "created": "created",
    "creation-date": "created",
    "modified": "modified",
    "date": "modified",
}
"""By the names of Dublin Core, docProps/core.xml (ECMA-376, part 2) and meta.xml (ODF 1.3, part 3, 4.3).

No name gives `date`: the day on which a file was made is not the day on which its text was published.
"""
_NOBODY = re.compile(
    r"(?:administrator|admin|author|autor|auteur|benutzer|default|guest|home|microsoft(?: office)?(?: user)?|"
    r"office(?: 20\d\d)? user|owner|python-docx|root|unknown|user|user name|usuario|utilisateur|windows user|xp|pc)\d*",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"(?:untitled|unbenannt|sans titre|document|dokument|titre|title|titel|word document|template|vorlage|normal|"
    r"slide|powerpoint presentation|microsoft word)(?: ?\d+)?|microsoft word - .*|.*\.(?:docx?|dotx?|docm|rtf|odt|ott)",
    re.IGNORECASE,
)
_LONGEST = 1000


def describe(root: Element | None) -> dict[str, str]:
    """Give title, author, created, ... from the root of core.xml or meta.xml; several values are joined by "; "."""
    found: dict[str, list[str]] = {}
    for element in () if root is None else root.iter():
        name = _NAMES.get(local(element.tag))
        text = one_line((element.text or "")[:_LONGEST])
        if name is not None and text and text not in found.setdefault(name, []):
            found[name].append(text)
    authors = found.pop("first author", []) or found.get("author", [])
    found["author"] = [author for author in authors if not _NOBODY.fullmatch(author)]
    found["title"] = [title for title in found.get("title", []) if not _NO_TITLE.fullmatch(title)][:1]
    return {name: "; ".join(values)[:_LONGEST] for name, values in found.items() if values}
