"""What stands in each element of a page, and what its names say of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docterm.library.readers.html_tree import Line, Node, heading_level

_BAD_WORDS = re.compile(
    r"\b(?:ad|ads|advert\w*|agegate|author bio|banner\w*|breadcrumbs?|byline bio|combx|comments?|commentlist|contact|"
    r"cookies?|disclaimer|disqus|editsection|extra|foot|footer|footnav|gdpr|hatom hide|hidden|interlanguage|legends|"
    r"masthead|media|menu|meta|modal|more (?:from|on|stories)|most (?:popular|read)|nav|navbar|navbox|navigation|"
    r"newsletter\w*|outbrain|paywall|pager|pagination|popup|print only|promo\w*|read (?:more|next)|recommend\w*|"
    r"related\w*|remark|replies|rss|scroll|share|sharing|shopping|shoutbox|sidebar\w*|signup|skip|skyscraper|social\w*|"
    r"sponsor\w*|subscri\w*|supplemental|taboola|tags?|tool|toolbar|toolbox|trending|tweet|widget\w*|yom remote)\b"
)
_GOOD_WORDS = re.compile(
    r"\b(?:article\w*|blog\w*|body\w*|column\w*|content\w*|entry\w*|h ?entry|main\w*|page\w*|post\w*|story\w*|text\w*|"
    r"\w+(?:content|body|text|article|story|post|entry))\b"
)
_COMMAS = re.compile("[,،，、︐﹐﹑⹁]")


@dataclass(slots=True)
class Total:
    """What stands in an element, all its descendants counted."""

    size: int = 0
    linked: int = 0
    commas: int = 0
    headings: int = 0
    listed: int = 0
    paragraphs: int = 0
    pictures: int = 0
    items: int = 0
    fields: int = 0

    def add(self, other: Total) -> None:
        """Count what stands in a child."""
        self.size += other.size
        self.linked += other.linked
        self.commas += other.commas
        self.headings += other.headings
        self.listed += other.listed
        self.paragraphs += other.paragraphs
        self.pictures += other.pictures
        self.items += other.items
        self.fields += other.fields

    @property
    def link_share(self) -> float:
        """How much of the text is links."""
        return self.linked / self.size if self.size else 0.0


def totals(nodes: list[Node], lines: list[Line]) -> list[Total]:
    """Give the total of every element."""
    found = [
        Total(
            paragraphs=node.tag == "p", pictures=node.tag == "img", items=node.tag == "li", fields=node.tag == "input"
        )
        for node in nodes
    ]
    for line in lines:
        total = found[line.node.index]
        total.size += line.size
        total.linked += line.linked
        total.commas += commas(line.text)
        total.headings += line.size if heading_level(line.node) else 0
    for node in reversed(nodes):
        total = found[node.index]
        if node.tag in ("ul", "ol"):
            total.listed = total.size
        if node.parent is not None:
            found[node.parent.index].add(total)
    return found


def commas(text: str) -> int:
    """Count the commas of a text: prose has them, menus have not."""
    return len(_COMMAS.findall(text))


def has_good_name(node: Node) -> bool:
    """Say whether class or id call an element an article, content, text."""
    return _GOOD_WORDS.search(node.hint) is not None


def weight(node: Node) -> int:
    """Give what the names of an element say for it or against it."""
    if not node.hint:
        return 0
    return (25 if has_good_name(node) else 0) - (25 if _BAD_WORDS.search(node.hint) else 0)


def is_data(nodes: list[Node], table: Node) -> bool:
    """Say whether a table holds data, and is not there for the layout of the page."""
    if table.attributes.get("role") == "presentation":
        return False
    tags = [node.tag for node in nodes[table.index + 1 : min(table.end, table.index + 500)]]
    if any(tag in ("caption", "col", "colgroup", "tfoot", "thead", "th") for tag in tags):
        return True
    rows, cells = tags.count("tr"), tags.count("td")
    return "table" not in tags and (rows >= 10 or (rows > 1 and cells > 10))
