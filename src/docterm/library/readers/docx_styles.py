"""What the styles of a Word document make of a paragraph: its role, its level as a heading, its numbering."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docterm.library.model import Role
from docterm.library.readers.docx_package import W, number, value

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HEADING = re.compile(r"heading ([1-9])")
_CONTENTS = re.compile(r"toc (?:[1-9]|heading)|table of (?:figures|authorities)|contents [1-9]|index [1-9]")
_ROLES = {
    "title": Role.TITLE,
    "subtitle": Role.DECK,
    "author": Role.BYLINE,
    "byline": Role.BYLINE,
    "date": Role.DATE,
    "caption": Role.CAPTION,
    "header": Role.FURNITURE,
    "footer": Role.FURNITURE,
    "footnote text": Role.FOOTNOTE,
    "endnote text": Role.FOOTNOTE,
}
"""By the names that Word's own styles have in every language."""
_BODY_LEVEL = 9
"""The outline level of what is no heading; those of headings are 0 to 8."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a style makes of a paragraph."""

    role: Role = Role.BODY
    level: int = 0
    """Of a heading, from 1; 0 for what is none."""
    list_id: int | None = None
    """Which numbering it has."""
    list_level: int | None = None
    """Which level of it, from 0."""


class Styles:
    """The paragraph styles of a document."""

    def __init__(self, root: Element | None) -> None:
        """Take the part `styles`; None is a document that has none."""
        found = [] if root is None else root.findall(f"{W}style")
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}
        self._looks: dict[str, Look] = {}
        defaults = (name for name, style in self._styles.items() if _is_default(style))
        self._default = next(defaults, "")

    def look(self, properties: Element | None) -> Look:
        """Give the look of a paragraph from its `w:pPr`: its style, and what it says itself against it."""
        name = value(properties, "pStyle")
        look = self.style(self._default if name is None else name)
        outline = number(properties, "outlineLvl")
        if outline is not None and look.role in (Role.BODY, Role.SUBHEAD):
            role, level = _heading(outline)
            look = replace(look, role=role, level=level)
        if properties is None:
            return look
        listed = properties.find(f"{W}numPr")
        return look if listed is None else _numbered(look, listed)

    def style(self, name: str) -> Look:
        """Give the look of a style, with what it inherits: of each thing the nearest that is said."""
        if name not in self._looks:
            self._looks[name] = self._resolve(name)
        return self._looks[name]

    def _resolve(self, name: str) -> Look:
        look, named, seen = Look(), False, set[str]()
        while name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            properties = style.find(f"{W}pPr")
            if not named and (said := _role_and_level(style, properties)) is not None:
                look, named = replace(look, role=said[0], level=said[1]), True
            listed = None if properties is None else properties.find(f"{W}numPr")
            if listed is not None and look.list_id is None:
                look = _numbered(look, listed)
            name = value(style, "basedOn") or ""
        return look


def _is_default(style: Element) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")


def _role_and_level(style: Element, properties: Element | None) -> tuple[Role, int] | None:
    """Give role and level where the style itself says them; its name goes before its outline level."""
    name = (value(style, "name") or "").lower()
    if name in _ROLES or name.endswith(" caption"):
        return _ROLES.get(name, Role.CAPTION), 0
    if _CONTENTS.fullmatch(name):
        return Role.LINKS, 0
    outline = number(properties, "outlineLvl")
    if outline is not None:
        return _heading(outline)
    heading = _HEADING.fullmatch(name)
    return None if heading is None else _heading(int(heading[1]) - 1)


def _heading(outline: int) -> tuple[Role, int]:
    if 0 <= outline < _BODY_LEVEL:
        return Role.SUBHEAD, outline + 1
    return Role.BODY, 0


def _numbered(look: Look, listed: Element) -> Look:
    list_id, list_level = number(listed, "numId"), number(listed, "ilvl")
    return replace(
        look,
        list_id=look.list_id if list_id is None else list_id,
        list_level=look.list_level if list_level is None else list_level,
    )
