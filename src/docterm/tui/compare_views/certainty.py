"""How sure each side sounds: hedges and boosters as rates, and each where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from textual import on, work

from docterm.compare.certainty import BOOSTERS, HEDGES, Certainty, Cue, CueClass
from docterm.compare.comparison import Comparison
from docterm.compare.sides import Side
from docterm.library.model import Place
from docterm.search.snippet import snippet
from docterm.text import Span, sentences
from docterm.tui.bindings import bindings
from docterm.tui.compare_views.passage_columns import ColumnsView, PassageColumns
from docterm.tui.compare_views.view import ShowPair, Which
from docterm.tui.rows import PASSAGE_WIDTH, marked
from docterm.tui.session import Session, Spot
from docterm.tui.widgets.row_list import ListRow

GROUPS = {
    "Hedges": HEDGES,
    "Boosters": BOOSTERS,
    "Contrast": (CueClass.CONTRAST,),
    "Negation": (CueClass.NEGATION,),
}
NOTHING = "None of the words of the lists stands here."
CAUTION = (
    "Words of lists, as uses in 1,000 words. Whether one hedges or stresses shows in its sentence; none is a score."
)
MOST = 500
"""Rows of a group; the command line's JSON has every hit."""
NAMED = 4
"""The most frequent words that the heading of a group names."""


class CertaintyView(ColumnsView):
    """A column a side; hedges, boosters, contrast and negation apart."""

    NAME = "certainty"
    BINDINGS = bindings("compare.other-side")

    def __init__(self, session: Session) -> None:
        super().__init__(session, NOTHING)

    def begin(self, left: Side, right: Side) -> None:
        super().begin(left, right)
        for column in self.columns.columns.values():
            column.set_rows("", ())

    def show(self, comparison: Comparison) -> None:
        super().show(comparison)
        self._read(comparison)

    @work(thread=True, group="certainty", exclusive=True)
    def _read(self, comparison: Comparison) -> None:
        """Make the rows, which may be thousands."""
        for which in Which:
            certainty = _of(comparison, which)
            rates = ", ".join(f"{certainty.per_1000(kinds):.1f} {name.lower()}" for name, kinds in GROUPS.items())
            rows = list(_rows(certainty))
            self.app.call_from_thread(self._fill, comparison, which, f"{which.letter}: {rates}", rows)

    def _fill(self, comparison: Comparison, which: Which, heading: str, rows: list[ListRow]) -> None:
        if comparison is self.comparison:
            self.columns.columns[which].set_rows(heading, rows)
            self.say(CAUTION)

    def _cue(self, which: Which, row_id: str) -> Cue:
        assert self.comparison is not None
        return _of(self.comparison, which).cues[int(row_id)]

    @property
    def current_key(self) -> str | None:
        row_id = self.columns.list.row_id
        return self._cue(self.columns.leading, row_id).passage.key if row_id and self.comparison else None

    @on(PassageColumns.Chosen)
    def _chosen(self, event: PassageColumns.Chosen) -> None:
        event.stop()
        if event.row_id and self.comparison is not None:
            cue = self._cue(event.which, event.row_id)
            spot = Spot(cue.passage.key, Place(cue.passage.index, cue.span.start))
            self.post_message(ShowPair(event.which, spot, [cue.span]))


def _of(comparison: Comparison, which: Which) -> Certainty:
    return (comparison.left_speech if which is Which.LEFT else comparison.right_speech).certainty


def _rows(certainty: Certainty) -> Iterator[ListRow]:
    for name, kinds in GROUPS.items():
        frequent = certainty.most_frequent(kinds)
        total = sum(count for _, count in frequent)
        told = ", ".join(f"{cue} {count}" if count > 1 else cue for cue, count in frequent[:NAMED])
        more = " …" if len(frequent) > NAMED else ""
        listed = f", the first {MOST:,} of them here" if total > MOST else ""
        heading = [(f"{name}: {total:,}{listed}", "heading"), (f"  {told}{more}", "quiet")]
        yield ListRow("", [heading], is_heading=True)
        found = ((index, cue) for index, cue in enumerate(certainty.cues) if cue.kind in kinds)
        yield from (_row(str(index), cue) for index, cue in islice(found, MOST))


def _row(row_id: str, cue: Cue) -> ListRow:
    text = cue.passage.text
    around = next((each for each in sentences(text) if each.start <= cue.span.start < each.end), Span(0, len(text)))
    own = Span(cue.span.start - around.start, cue.span.end - around.start)
    cut = snippet(text[slice(*around)], [own], PASSAGE_WIDTH)
    head = [(cue.passage.address or cue.passage.key, "address"), (f"  {cue.kind.value} · {cue.cue}", "quiet")]
    return ListRow(row_id, [head, marked(cut.text, cut.spans)], f"{cue.cue} {text[slice(*around)]}")
