"""Where the article stands on a page, and what in it belongs to the page and not to the article.

The rules are those of the reading modes of browsers: paragraphs give points to the elements around them, names of
classes and the share of links are weighed, and the best element is taken with those beside it that are as good.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docterm.library.readers.html_measures import Total, commas, has_good_name, is_data, totals, weight
from docterm.library.readers.html_tree import Line, Node, inherit

_UNLIKELY = re.compile(
    r"\b(?:ad break|agegate|banner\w*|breadcrumbs?|combx|comments?|commentlist|community|cookies?|cover wrap|disqus|"
    r"extra|footer\w*|gdpr|header\w*|interlanguage|legends|menu\w*|modal|navbox|newsletter\w*|outbrain|pager|pagination|"
    r"popup|promo\w*|recommend\w*|related\w*|remark|replies|rss|shoutbox|sidebar\w*|skyscraper|social\w*|sponsor\w*|"
    r"subscri\w*|supplemental|taboola|yom remote)\b"
)
_SHARING = re.compile(r"\b(?:share\w*|sharing|sharedaddy|social\w*)\b")
_FRAME_TAGS = frozenset("nav aside footer form button dialog menu fieldset option".split())
_FRAME_ROLES = frozenset(
    "navigation banner contentinfo search complementary dialog alertdialog alert menu menubar".split()
)
_NEVER_DROPPED = frozenset("body a article main td th tr table code pre".split())
_CLEANED = frozenset("div ul ol section table dl fieldset".split())
_PARAGRAPHS = frozenset("p td pre h2 h3 h4 h5 h6 li".split())
_TAG_POINTS = {
    "div": 5, "pre": 3, "td": 3, "blockquote": 3, "article": 10, "main": 10, "address": -3, "ol": -3, "ul": -3,
    "dl": -3, "dd": -3, "dt": -3, "li": -3, "form": -3,
    "h1": -5, "h2": -5, "h3": -5, "h4": -5, "h5": -5, "h6": -5, "th": -5,
}  # fmt: skip
_ENDING = re.compile(r"[.。．!?！？…](?:\s|$)")
_SHORTEST_ARTICLE = 500
_SHORTEST_LINE = 25
_LEVELS = 5
"""So many elements around a paragraph get points for it."""
_MANY_COMMAS = 10


@dataclass(frozen=True, slots=True)
class Rules:
    """How strict a try is; each of the next tries lets one rule go."""

    drop_unlikely: bool = True
    weigh_names: bool = True
    clean: bool = True


_TRIES = (Rules(), Rules(False), Rules(False, False), Rules(False, False, False))


class Finder:
    """The search for the article of one page."""

    def __init__(self, nodes: list[Node], lines: list[Line]) -> None:
        """Begin with the elements of a page and its lines."""
        self._nodes = nodes
        self._lines = lines
        self._totals = totals(nodes, lines)
        self._frame = inherit(nodes, self._is_frame)
        self._data = [node.tag == "table" and is_data(nodes, node) for node in nodes]

    def article(self) -> list[bool]:
        """Say of each element whether it belongs to the article; of all none where nothing is like one."""
        best, most = [False] * len(self._nodes), 0
        for rules in _TRIES:
            inside = self._try(rules)
            size = self._size(inside)
            if size > most:
                best, most = inside, size
            if size >= _SHORTEST_ARTICLE:
                break
        return best

    def page(self) -> list[bool]:
        """Say of each element whether it belongs to the page and not to the menus, headers and forms around it."""
        inside = [not frame for frame in self._frame]
        return inside if self._size(inside) else [True] * len(self._nodes)

    def share(self, inside: list[bool]) -> float:
        """Give how much of the prose of the page is in some of its elements; comments and the like are not counted."""
        dropped = inherit(self._nodes, lambda node: self._is_dropped(node, Rules()))
        within = whole = 0
        for line in self._lines:
            index = line.node.index
            if line.size >= _SHORTEST_LINE and (inside[index] or not dropped[index]):
                whole += line.size - line.linked
                within += line.size - line.linked if inside[index] else 0
        return within / max(1, whole)

    def _size(self, inside: list[bool]) -> int:
        return sum(line.size for line in self._lines if inside[line.node.index])

    def _is_frame(self, node: Node) -> bool:
        if node.tag in _FRAME_TAGS:
            # A page that is one form, as ASP.NET makes them, is no form.
            return not (node.tag in ("form", "fieldset") and self._totals[node.index].size > self._totals[0].size / 2)
        return (node.attributes.get("role") or "") in _FRAME_ROLES

    # --- candidates ---

    def _try(self, rules: Rules) -> list[bool]:
        dropped = inherit(self._nodes, lambda node: self._is_dropped(node, rules))
        points = self._points(rules, dropped)
        for index in points:
            points[index] *= 1 - self._totals[index].link_share
        tops = self._chosen(points) if points else [self._nodes[0]]
        return self._inside(tops, rules, dropped)

    def _is_dropped(self, node: Node, rules: Rules) -> bool:
        if self._frame[node.index]:
            return True
        if node.tag in _NEVER_DROPPED:
            return False
        if node.tag == "header" and not any(above.tag in ("article", "main") for above in node.ancestors()):
            return True
        unlikely = rules.drop_unlikely and _UNLIKELY.search(node.hint) is not None
        return unlikely and not has_good_name(node)

    def _points(self, rules: Rules, dropped: list[bool]) -> dict[int, float]:
        """Give the points of the elements around paragraphs, by their index."""
        points: dict[int, float] = {}
        for line in self._lines:
            if line.size < _SHORTEST_LINE or dropped[line.node.index]:
                continue
            score = 1 + commas(line.text) + min(3, line.size // 100)
            for level, node in enumerate(_around(line.node)):
                if node.index not in points:
                    points[node.index] = _TAG_POINTS.get(node.tag, 0) + (weight(node) if rules.weigh_names else 0)
                points[node.index] += score / (1 if level == 0 else 2 if level == 1 else level * 3)
        return points

    def _chosen(self, points: dict[int, float]) -> list[Node]:
        """Give the best element, those beside it that are as good, and those the page calls the same."""
        ranked = sorted(points, key=lambda index: -points[index])
        best = self._nodes[ranked[0]]
        top = self._climb(self._gathering(best, ranked, points), points)
        found = self._with_siblings(top, points)
        if best.hint:
            least = points[best.index] * 0.2
            same = (self._nodes[index] for index in ranked if points[index] >= least)
            found += [node for node in same if node.hint == best.hint and node.tag == best.tag]
        return found

    def _gathering(self, best: Node, ranked: list[int], points: dict[int, float]) -> Node:
        """Give the element around the best one that holds three more of nearly as many points, or the best."""
        good = [self._nodes[index] for index in ranked[1:5] if points[index] >= 0.75 * points[best.index]]
        for above in best.ancestors() if len(good) >= 3 else ():
            if above.tag == "body":
                break
            if sum(above.index < node.index < above.end for node in good) >= 3:
                return above
        return best

    def _climb(self, top: Node, points: dict[int, float]) -> Node:
        """Give the element around `top` that has more points than it, and no other child than what was found."""
        last = points.get(top.index, 0.0)
        least = last / 3
        for above in top.ancestors():
            score = points.get(above.index, 0.0)
            if above.tag == "body" or score < least:
                break
            if score > last:
                top = above
                break
            last = score
        for above in top.ancestors():
            if above.tag == "body" or sum(isinstance(child, Node) for child in above.children) != 1:
                break
            top = above
        return top

    # --- what is beside and what is within ---

    def _with_siblings(self, top: Node, points: dict[int, float]) -> list[Node]:
        score = points.get(top.index, 0.0)
        least = max(10.0, score * 0.2)
        found = [top]
        for node in top.parent.children if top.parent is not None else ():
            if isinstance(node, Node) and node is not top:
                bonus = score * 0.2 if node.hint and node.hint == top.hint else 0.0
                if (node.index in points and points[node.index] + bonus >= least) or self._is_prose(node):
                    found.append(node)
        return found

    def _is_prose(self, node: Node) -> bool:
        total = self._totals[node.index]
        if node.tag != "p" or not total.size:
            return False
        if total.size > 80:
            return total.link_share < 0.25
        ends = any(isinstance(child, str) and _ENDING.search(child) for child in node.children)
        return ends and not total.linked

    def _inside(self, tops: list[Node], rules: Rules, dropped: list[bool]) -> list[bool]:
        chosen = {node.index for node in tops}
        inside: list[bool] = []
        for node in self._nodes:
            below = node.parent is not None and inside[node.parent.index]
            keep = (below or node.index in chosen) and not dropped[node.index]
            inside.append(keep and not (below and self._is_alien(node, rules)))
        return inside

    def _is_alien(self, node: Node, rules: Rules) -> bool:
        """Say whether an element within the article is not of it."""
        total = self._totals[node.index]
        if total.size < _SHORTEST_ARTICLE and _SHARING.search(node.hint):
            return True
        if not rules.clean:
            return False
        names = weight(node) if rules.weigh_names else 0
        if node.tag in ("h1", "h2"):
            return names < 0
        if node.tag not in _CLEANED or self._is_spared(node):
            return False
        if names < 0:
            return total.commas < 2 * _MANY_COMMAS or total.link_share > 0.15
        return total.commas < _MANY_COMMAS and _is_odd(node, total, names)

    def _is_spared(self, node: Node) -> bool:
        """Say whether an element is a table of data, or in one, or in code: those may look as they like."""
        near = [above for above, _ in zip(node.ancestors(), range(6), strict=False)]
        coded = any(above.tag in ("code", "pre") for above in near[:3])
        return coded or self._data[node.index] or any(self._data[above.index] for above in near)


def _around(node: Node) -> Iterator[Node]:
    """Give the elements that get points for a line in `node`: those around its paragraph."""
    levels = _LEVELS
    if node.tag not in _PARAGRAPHS and any(
        isinstance(child, Node) and (child.is_block or child.tag == "br") for child in node.children
    ):  # text beside other blocks: the element is what is around the paragraph
        yield node
        levels -= 1
    for _, above in zip(range(levels), node.ancestors(), strict=False):
        yield above


def _is_odd(node: Node, total: Total, names: int) -> bool:
    """Say whether what stands in an element is not what stands in articles: links, pictures, fields."""
    is_list = node.tag in ("ul", "ol") or total.listed > 0.9 * total.size
    in_figure = any(above.tag == "figure" for above, _ in zip(node.ancestors(), range(4), strict=False))
    if total.fields > total.paragraphs // 3 or total.link_share > (0.5 if names > 0 or is_list else 0.2):
        return not is_list or names > 0 or total.fields > total.paragraphs // 3
    if not in_figure and total.pictures > 1 and total.paragraphs < 0.5 * total.pictures:
        return True
    if is_list:
        return False
    bare = not in_figure and total.size < _SHORTEST_LINE and total.linked > 0 and total.headings < 0.9 * total.size
    return total.items - 100 > total.paragraphs or (bare and (total.pictures == 0 or total.pictures > 2))
