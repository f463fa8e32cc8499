"""Choosing what is compared, from wherever the reader is: a document, or a group of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual.app import App

from docterm.library.model import Document
from docterm.text import counted, label
from docterm.tui.areas.area import Area
from docterm.tui.rows import choice_row, document_row
from docterm.tui.session import Group, Session

if TYPE_CHECKING:
    from docterm.tui.areas.compare import CompareArea

REST = "the rest of the library"
_LONGEST_LABEL = 80


class Choice(NamedTuple):
    """Two sides that can be compared, and what they are called in the list."""

    left: Group
    right: Group
    title: str


class CompareActions(App[None]):
    """An app with an area for comparing."""

    session: Session

    @property
    def area(self) -> Area:
        """The area in sight."""
        raise NotImplementedError

    @property
    def compare_area(self) -> CompareArea:
        """The area, built when it is first needed."""
        raise NotImplementedError

    async def go(self, area: Area, *, focus: bool = True, remember: bool = True) -> None:
        """Go to an area."""
        raise NotImplementedError

    def action_compare_with(self) -> None:
        """Choose what to set beside the document in sight, or beside the results of the search."""
        from docterm.tui.dialogs.pick import Pick

        documents = self.session.library.documents()
        key = self.area.current_key
        left = self.session.known(key) if key else None
        others = [] if left is None else [document for document in documents if document != left]
        choices = list(self._choices(left, documents))
        if not others and not choices:
            self.notify("Comparing takes two documents.", markup=False)
            return

        async def picked(row_id: str | None) -> None:
            choice = self._chosen(left, choices, row_id)
            if choice is not None:
                await self.go(self.compare_area)
                self.compare_area.compare(choice.left, choice.right)

        rows = [choice_row(f"\n{place}", choice.title, _about(choice)) for place, choice in enumerate(choices)]
        question = "Compare" if left is None else f"Compare {left.key} with"
        self.push_screen(Pick(question, [*map(document_row, others), *rows]), picked)

    def _chosen(self, left: Document | None, choices: Sequence[Choice], row_id: str | None) -> Choice | None:
        if row_id is None:
            return None
        if row_id.startswith("\n"):
            return choices[int(row_id)]
        right = self.session.known(row_id)
        return Choice(Group.of(left), Group.of(right), "") if left is not None and right is not None else None

    def _choices(self, left: Document | None, documents: Sequence[Document]) -> Iterator[Choice]:
        """Give the groups that can be compared: the results of the search, and those of one source or tag."""
        keys, query = self.area.found
        found = Group(tuple(each for each in documents if each.key in keys), label(query, _LONGEST_LABEL))
        rest = Group(tuple(each for each in documents if each.key not in keys), REST)
        if found.documents and rest.documents:
            yield Choice(found, rest, "the results of this search against the rest")
        for name, gathered in _groups(documents):
            if left is not None and any(each != left for each in gathered):
                yield Choice(Group.of(left), Group(gathered, name), name)
        if left is not None and left.source:
            own = Group(tuple(each for each in documents if each.source == left.source), f"source: {left.source}")
            others = Group(tuple(each for each in documents if each.source != left.source), REST)
            if others.documents and len(own.documents) > 1:
                yield Choice(own, others, f"{own.label} against the rest")


def _about(choice: Choice) -> str:
    return counted(len(choice.right.documents), "document")


def _groups(documents: Iterable[Document]) -> Iterator[tuple[str, tuple[Document, ...]]]:
    """Give the documents of each source and of each tag, where there are several, under a name for them."""
    gathered: dict[str, list[Document]] = {}
    for document in documents:
        names = [f"tag: {tag}" for tag in document.tags]
        for name in [*names, f"source: {document.source}"] if document.source else names:
            gathered.setdefault(name, []).append(document)
    for name, group in sorted(gathered.items()):
        if len(group) > 1:
            yield name, tuple(group)
