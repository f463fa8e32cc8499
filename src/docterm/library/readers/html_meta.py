"""What a page of HTML says of itself: title, authors, date, publication, language, kind."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from docterm.library.readers import Clue
from docterm.library.readers.html_tree import Line, Node

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_MOST_SCRIPTS = 20
_LONGEST_SCRIPT = 500_000
_MOST_VALUES = 20_000
_LONGEST_VALUE = 1000
_MOST_AUTHORS = 50
_LONGEST_BYLINE = 100
_TYPES = {
    "newsarticle": "article-newspaper", "reportagenewsarticle": "article-newspaper",
    "analysisnewsarticle": "article-newspaper", "opinionnewsarticle": "article-newspaper",
    "backgroundnewsarticle": "article-newspaper", "reviewnewsarticle": "article-newspaper",
    "blogposting": "post-weblog", "liveblogposting": "post-weblog", "socialmediaposting": "post",
    "scholarlyarticle": "article-journal", "medicalscholarlyarticle": "article-journal", "report": "report",
    "book": "book", "chapter": "chapter", "thesis": "thesis", "article": "webpage", "techarticle": "webpage",
    "webpage": "webpage", "itempage": "webpage", "creativework": "webpage",
}  # fmt: skip
"""CSL types by the types of schema.org, in lower case; other things on a page do not describe it."""
_CITED_AS = {
    "citation_journal_title": "article-journal",
    "citation_conference_title": "paper-conference",
    "citation_conference": "paper-conference",
    "citation_dissertation_institution": "thesis",
    "citation_technical_report_institution": "report",
}
_NAMES = {
    "title": ("citation_title", "og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title",
              "sailthru.title", "weibo:article:title", "weibo:webpage:title"),
    "date": ("citation_publication_date", "citation_date", "citation_online_date", "article:published_time",
             "og:article:published_time", "article:published", "dcterms.issued", "dc.date.issued", "dcterms.created",
             "dcterms.date", "dc.date", "prism.publicationdate", "parsely-pub-date", "sailthru.date", "datepublished",
             "pubdate", "publishdate", "publish-date", "date", "displaydate", "ptime", "cxenseparse:recs:publishtime"),
    "source": ("citation_journal_title", "citation_conference_title", "og:site_name", "prism.publicationname",
               "application-name", "dc.source"),
    "publisher": ("citation_publisher", "dc.publisher", "dcterms.publisher"),
    "url": ("citation_public_url", "og:url", "dc.identifier.uri"),
    "lang": ("citation_language", "dc.language", "dcterms.language"),
    "description": ("og:description", "description", "twitter:description", "dc.description"),
}  # fmt: skip
"""By what it means, the names of meta elements, the most reliable first."""
_AUTHORS = ("citation_author", "article:author", "dc.creator", "dcterms.creator", "dc.creator.personalname", "author",
            "parsely-author", "sailthru.author", "byl", "cxenseparse:author", "twitter:data1")  # fmt: skip
_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?)?(?!\d)")
_COMPACT_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?")
_MONTHS = {name: number for number, name in enumerate(
    "jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}  # fmt: skip
_MONTH_FIRST = re.compile(r"\b([A-Za-z]{3})[a-z]{0,6}\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3})[a-z]{0,6}\.?,? (\d{4})\b")
_BY = re.compile(r"^(?:(?:written |posted |reported |story )?by\b:?|von|par|por)\s+", re.IGNORECASE)
_BYLINE_HINT = re.compile(r"\b(?:by ?line\w*|author\w*|dateline|writtenby|p author|contributor)\b")
_TITLE_MARK = re.compile(r"\s+(?:[|»·•–—-]|::|\\|/)\s+")

Values = dict[str, list[str]]


Described = tuple[dict[str, str], dict[str, Clue]]


def describe(parser: LexborHTMLParser, nodes: list[Node], lines: list[Line]) -> Described:
    """Give what the page says of itself, by the names of `Extract.meta`, and of what merely looks so where it stood.

    `description` is given as well.

    Schema.org data in JSON-LD goes before the meta elements, and those before what merely looks like a byline,
    a date or a title in the page.
    """
    values = _meta_values(parser)
    linked = _from_json(_json_items(parser))
    found: dict[str, str] = {}
    clues: dict[str, Clue] = {}
    for name, sources in _NAMES.items():
        candidates = [linked.get(name, ""), *(value for source in sources for value in values.get(source, ()))]
        if name == "date":
            candidates = [iso_date(value) for value in candidates]
            if not any(candidates):
                candidates, clues["date"] = list(map(iso_date, _times(nodes))), Clue("a date on the page", 0.6)
        found[name] = next((value for value in map(_clean, candidates) if value), "")
    found["author"] = _authors(linked.get("author", ""), values)
    if not found["author"]:
        found["author"], clues["author"] = _byline(nodes, lines), Clue("the byline", 0.6)
    if not found["title"]:
        found["title"], clues["title"] = _title(parser, lines), Clue("the headline", 0.8)
    found["url"] = _url(parser, found["url"])
    found["lang"] = _lang(parser) or found["lang"]
    cited = next((_CITED_AS[name] for name in _CITED_AS if name in values), "")
    found["type"] = cited or linked.get("type", "") or "webpage"
    return {name: value for name, value in found.items() if value}, clues


def _clean(value: str) -> str:
    return " ".join(unescape(value).split())[:_LONGEST_VALUE].strip()


# --- the head ------------------------------------------------------------------------------------


def _meta_values(parser: LexborHTMLParser) -> Values:
    """Give the contents of the meta elements by lower-case name; one can have several names."""
    values: Values = {}
    for node in parser.css("meta")[:2000]:
        attributes = node.attributes
        content = (attributes.get("content") or "").strip()
        named = f"{attributes.get('property') or ''} {attributes.get('name') or ''} {attributes.get('itemprop') or ''}"
        for name in named.lower().split() if content else ():
            found = values.setdefault(name.replace("dcterms:", "dcterms.").replace("dc:", "dc."), [])
            if len(found) < _MOST_AUTHORS:
                found.append(content)
    return values


def _lang(parser: LexborHTMLParser) -> str:
    html = parser.css_first("html")
    attributes = html.attributes if html is not None else {}
    lang = (attributes.get("lang") or attributes.get("xml:lang") or "").strip()
    return lang if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*", lang) else ""


def _url(parser: LexborHTMLParser, stated: str) -> str:
    canonical = parser.css_first("link[rel~=canonical]")
    href = (canonical.attributes.get("href") or "") if canonical is not None else ""
    for url in (href.strip(), stated):
        try:
            parts = urlsplit(url)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.netloc:
            return url[:_LONGEST_VALUE]
    return ""


# --- JSON-LD -------------------------------------------------------------------------------------


def _json_items(parser: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """Give the objects in the JSON-LD of the page, the outer ones first, as far as the limits go."""
    left = _MOST_VALUES
    for script in parser.css('script[type="application/ld+json"]')[:_MOST_SCRIPTS]:
        text = (script.text() or "").strip().removeprefix("<!--").removeprefix("<![CDATA[")
        text = text.removesuffix("-->").removesuffix("]]>").strip().removesuffix(";")
        if len(text) > _LONGEST_SCRIPT:
            continue
        try:
            todo: list[Any] = [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue
        place = 0
        while place < len(todo) and left > 0:
            value = todo[place]
            place, left = place + 1, left - 1
            if isinstance(value, dict):
                yield value
                todo += [below for below in value.values() if isinstance(below, dict | list)]
            elif isinstance(value, list):
                todo += [below for below in value if isinstance(below, dict | list)]


def _from_json(items: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Give what the article among the objects says of itself; an article goes before a page."""
    best: dict[str, Any] = {}
    kind = ""
    for item in items:
        types = item.get("@type")
        names = [str(name).rpartition("/")[2].lower() for name in (types if isinstance(types, list) else [types])]
        its_kind = next((_TYPES[name] for name in names if name in _TYPES), "")
        page = bool({"webpage", "itempage", "creativework"} & set(names))
        if its_kind and (not best or (kind == "page" and not page)):
            best, kind = item, "page" if page else its_kind
    if not best:
        return {}
    return {
        "title": "" if kind == "page" else _string(best.get("headline") or best.get("name")),
        "author": "; ".join(_people(best.get("author") or best.get("creator"))),
        "date": _string(best.get("datePublished") or best.get("dateCreated")),
        "publisher": _string(best.get("publisher")),
        "source": _string(best.get("isPartOf")) if kind == "article-journal" else "",
        "url": _string(best.get("url")),
        "lang": _string(best.get("inLanguage")),
        "description": _string(best.get("description")),
        "type": "" if kind == "page" else kind,
    }


def _string(value: object) -> str:
    """Give a string, or the name in an object, or the first of a list."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else ""


def _people(value: object) -> list[str]:
    people = value if isinstance(value, list) else [value]
    return [name for name in map(_name, map(_string, people[:_MOST_AUTHORS])) if name]


# --- authors -------------------------------------------------------------------------------------


def _name(value: str) -> str:
    """Give a name without `By`; an address of a profile is no name."""
    name = _BY.sub("", _clean(value)).strip(" ,;|·•–—-")
    return "" if "://" in name or name.startswith(("@", "www.")) or len(name) > 200 else name


def _authors(linked: str, values: Values) -> str:
    """Give the authors that the page states."""
    if linked:
        return linked
    for source in _AUTHORS:
        names = [name for name in map(_name, values.get(source, ())) if name]
        if names and source != "twitter:data1":
            return "; ".join(dict.fromkeys(names))
        if names and any("written by" in label.lower() for label in values.get("twitter:label1", ())):
            return names[0]
    return ""


def _byline(nodes: list[Node], lines: list[Line]) -> str:
    """Give the author named in the page: where it is marked as such, else where the class says so."""
    marked = [False] * len(nodes)
    hinted = [False] * len(nodes)
    for node in nodes:
        above = node.parent.index if node.parent is not None else 0
        rel, item = node.attributes.get("rel") or "", node.attributes.get("itemprop") or ""
        marked[node.index] = marked[above] or "author" in rel.split() or "author" in item.split()
        hinted[node.index] = hinted[above] or _BYLINE_HINT.search(node.hint) is not None
    for flags in (marked, hinted):
        for line in lines:
            places = (line.node, *line.inner)
            if len(line.text) <= _LONGEST_BYLINE and any(flags[node.index] for node in places):
                name = _name(_own_name(line, flags))
                if 0 < len(name.split()) <= 12 or (name and not name.isascii()):
                    return name
    return ""


def _own_name(line: Line, flags: list[bool]) -> str:
    """Give the text of the marked element in a line, or the line."""
    if flags[line.node.index]:
        return line.text
    for node in line.inner:
        if flags[node.index]:
            text = " ".join("".join(_strings(node)).split())
            if text:
                return text
    return line.text


def _strings(node: Node) -> Iterator[str]:
    todo: list[Node | str] = [node]
    while todo:
        child = todo.pop()
        if isinstance(child, str):
            yield child
        else:
            todo.extend(reversed(child.children))


# --- dates ---------------------------------------------------------------------------------------


def _times(nodes: list[Node]) -> Iterator[str]:
    """Give the dates that are marked in the page: those of publication, then any."""
    marked = [node for node in nodes if node.tag == "time" or "datetime" in node.attributes]
    marked += [node for node in nodes if node.attributes.get("itemprop") == "datePublished"]
    published = [node for node in marked if "pubdate" in node.attributes or _is_published(node)]
    for node in (*published, *marked[:5]):
        attributes = node.attributes
        yield attributes.get("datetime") or attributes.get("content") or "".join(_strings(node))


def _is_published(node: Node) -> bool:
    return node.attributes.get("itemprop") == "datePublished" or "publish" in node.hint


def iso_date(text: str) -> str:
    """Give a date as `YYYY[-MM[-DD]]`, with no more than the text says, or the empty string."""
    text = " ".join(text.split())[:100]
    if match := _COMPACT_DATE.fullmatch(text) or _DATE.match(text):
        parts = match.groups()
    elif match := _MONTH_FIRST.search(text):
        parts = (match[3], str(_MONTHS.get(match[1].lower(), 0)), match[2])
    elif match := _DAY_FIRST.search(text):
        parts = (match[3], str(_MONTHS.get(match[2].lower(), 0)), match[1])
    else:
        return ""
    numbers = [int(part) for part in parts if part]
    year, month, day = (*numbers, 1, 1)[:3]
    if not (1000 <= year <= 2999 and 1 <= month <= 12 and 1 <= day <= 31):
        return ""
    return "-".join(f"{number:04}" if place == 0 else f"{number:02}" for place, number in enumerate(numbers))


# --- the title -----------------------------------------------------------------------------------


def _title(parser: LexborHTMLParser, lines: list[Line]) -> str:
    """Give the heading that is in <title> too, else <title> without the site's name."""
    element = parser.css_first("head > title") or parser.css_first("title")
    whole = _clean(element.text() or "") if element is not None else ""
    headings = [line.text for line in lines if line.node.tag in ("h1", "h2")]
    for heading in headings[:50]:
        if len(heading) > 5 and heading.casefold() in whole.casefold():
            return heading
    parts = _TITLE_MARK.split(whole)
    longest = max(parts, key=len)
    if len(parts) > 1 and len(longest.split()) >= 3:
        return longest
    firsts = [line.text for line in lines if line.node.tag == "h1"]
    return whole or (firsts[0] if len(firsts) == 1 else "")
