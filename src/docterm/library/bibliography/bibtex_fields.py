"""What the types and fields of BibTeX and BibLaTeX are called in CSL."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from docterm.library.bibliography.dates import month_number, parse_date
from docterm.library.bibliography.latex import decode
from docterm.library.bibliography.names import bibtex_names

TYPES = {
    "article": "article-journal", "suppperiodical": "article-journal", "magazine": "article-magazine",
    "newspaper": "article-newspaper", "book": "book", "mvbook": "book", "collection": "book", "mvcollection": "book",
    "proceedings": "book", "mvproceedings": "book", "reference": "book", "manual": "book", "booklet": "pamphlet",
    "pamphlet": "pamphlet", "inbook": "chapter", "bookinbook": "chapter", "incollection": "chapter",
    "suppbook": "chapter",
    "suppcollection": "chapter", "inreference": "entry-encyclopedia", "inproceedings": "paper-conference",
    "conference": "paper-conference", "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis",
    "techreport": "report", "report": "report", "unpublished": "manuscript", "online": "webpage", "www": "webpage",
    "electronic": "webpage", "webpage": "webpage", "patent": "patent", "periodical": "periodical", "dataset": "dataset",
    "software": "software", "standard": "standard", "legislation": "legislation", "jurisdiction": "legal_case",
    "legal": "legal_case", "audio": "song", "music": "song", "video": "motion_picture", "movie": "motion_picture",
    "artwork": "graphic", "image": "graphic", "letter": "personal_communication", "review": "review",
    "performance": "performance", "misc": "document",
}  # fmt: skip
_SUBTYPES = {
    "magazine": "article-magazine", "newspaper": "article-newspaper", "blog": "post-weblog", "weblog": "post-weblog",
    "forum": "post", "interview": "interview", "map": "map", "speech": "speech", "broadcast": "broadcast",
}  # fmt: skip
_NAMES = {
    "author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author",
}  # fmt: skip
_TEXTS = {
    "shorttitle": "title-short", "eventtitle": "event-title", "series": "collection-title", "volume": "volume",
    "issue": "issue", "chapter": "chapter-number", "edition": "edition", "version": "version", "publisher": "publisher",
    "institution": "publisher", "school": "publisher", "address": "publisher-place", "location": "publisher-place",
    "isbn": "ISBN", "issn": "ISSN", "abstract": "abstract", "keywords": "keyword", "note": "note", "annote": "annote",
    "annotation": "annote", "venue": "event-place", "pagetotal": "number-of-pages", "volumes": "number-of-volumes",
    "origpublisher": "original-publisher", "origlocation": "original-publisher-place", "origtitle": "original-title",
    "pmid": "PMID", "pmcid": "PMCID",
}  # fmt: skip
_DATES = {"date": "issued", "urldate": "accessed", "origdate": "original-date", "eventdate": "event-date"}
_LANGUAGES = {
    "english": "en", "american": "en-US", "usenglish": "en-US", "british": "en-GB", "ukenglish": "en-GB",
    "german": "de",
    "ngerman": "de", "naustrian": "de-AT", "french": "fr", "spanish": "es", "italian": "it", "portuguese": "pt",
    "brazilian": "pt-BR", "brazil": "pt-BR", "dutch": "nl", "russian": "ru", "polish": "pl", "czech": "cs",
    "swedish": "sv", "norsk": "nb", "danish": "da", "finnish": "fi", "turkish": "tr", "greek": "el", "hungarian": "hu",
    "ukrainian": "uk", "chinese": "zh", "japanese": "ja", "korean": "ko", "arabic": "ar", "latin": "la",
}  # fmt: skip
_LINK = re.compile(r"(?:https?|ftp)://[^\s{}]+")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_SERIAL = frozenset(("article-journal", "article-magazine", "article-newspaper", "periodical"))


def csl_fields(kind: str, values: Mapping[str, str]) -> dict[str, Any]:
    """Give the fields of an entry of type `kind` in CSL's names and shapes, its type among them where it is known."""
    csl_type = _SUBTYPES.get(values.get("entrysubtype", "").lower()) or TYPES.get(kind, "document")
    found: dict[str, Any] = {"type": csl_type}
    for name, csl_name in _NAMES.items():
        found[csl_name] = bibtex_names(values.get(name, ""))
    for name, csl_name in _TEXTS.items():
        found.setdefault(csl_name, "")
        found[csl_name] = found[csl_name] or decode(values.get(name, ""))
    for name, csl_name in _DATES.items():
        found[csl_name] = _date(values.get(name, ""))
    found["issued"] = found["issued"] or _year_and_month(values)
    found |= _titles(csl_type, values) | _numbers(csl_type, values) | _links(values)
    found["language"] = _language(values)
    found["genre"] = _genre(kind, values)
    if csl_type == "document" and found["URL"]:
        found["type"] = "webpage"
    return {name: value for name, value in found.items() if value}


def _titles(csl_type: str, values: Mapping[str, str]) -> dict[str, str]:
    containers: tuple[str, ...] = ("journaltitle", "journal", "booktitle", "maintitle")
    if csl_type in ("webpage", "post-weblog", "post"):
        containers = (*containers, "titleaddon", "organization")
    container = next((name for name in containers if values.get(name)), "")
    subtitle = {"journaltitle": "journalsubtitle", "booktitle": "booksubtitle"}.get(container, "")
    place = {} if container == "organization" else {"publisher": decode(values.get("organization", ""))}
    found = {
        "title": _joined(values.get("title", ""), values.get("subtitle", "")),
        "container-title": _joined(values.get(container, ""), values.get(subtitle, "")),
        "container-title-short": decode(values.get("shortjournal", "")),
    }
    named = values.get("publisher") or values.get("institution") or values.get("school")
    return found if named else found | place


def _joined(title: str, subtitle: str) -> str:
    title, subtitle = decode(title), decode(subtitle)
    if not subtitle:
        return title
    return f"{title} {subtitle}" if title.endswith((":", "?", "!")) else f"{title}: {subtitle}"


def _numbers(csl_type: str, values: Mapping[str, str]) -> dict[str, str]:
    number = decode(values.get("number", ""))
    name = "issue" if csl_type in _SERIAL else "number" if not values.get("series") else "collection-number"
    pages = re.sub(r"\s*(?:-+|–)\s*", "-", values.get("pages", ""))
    found = {"page": decode(pages)}
    return found | {name: number} if number else found


def _links(values: Mapping[str, str]) -> dict[str, str]:
    said = values.get("url") or values.get("howpublished", "")
    link = _LINK.search(re.sub(r"\\([_%&#~])", r"\1", said))
    return {"URL": link[0] if link else "", "DOI": re.sub(r"\\([_%&#])", r"\1", _DOI.sub("", values.get("doi", "")))}


def _date(text: str) -> dict[str, Any] | None:
    text = decode(text)
    return (parse_date(text) or {"literal": text}) if text else None


def _year_and_month(values: Mapping[str, str]) -> dict[str, Any] | None:
    """Read BibTeX's `year`, `month` and `day`: months are named, numbered, or `10~may` with the day in them."""
    year = decode(values.get("year", ""))
    words = [word.strip('#"{}., ') for word in re.split(r"[~\s#/]+", values.get("month", ""))]
    words = [word for word in words if word]
    numbers = [word for word in words if word.isdigit()] if len(words) > 1 else []
    month = next((month_number(word) for word in words if word not in numbers), None)
    day = values.get("day", "") or (numbers[0] if numbers else "")
    if month is None or not re.fullmatch(r"\d{4}", year):
        return _date(year)
    with_day = parse_date(f"{year}-{month:02}-{day}") if re.fullmatch(r"\d{1,2}", day, re.ASCII) else None
    return with_day or parse_date(f"{year}-{month:02}")


def _language(values: Mapping[str, str]) -> str:
    said = decode(values.get("langid") or values.get("language", "")).removeprefix("lang")
    return _LANGUAGES.get(said.lower(), said)


def _genre(kind: str, values: Mapping[str, str]) -> str:
    standard = {"phdthesis": "PhD thesis", "mathesis": "Master’s thesis", "mastersthesis": "Master’s thesis"}
    said = decode(values.get("type", ""))
    return standard.get(said.lower(), said) or standard.get(kind, "")
