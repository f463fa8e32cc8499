"""Deciding about the link between two passages; what is decided is kept in the notebook."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from textual import work

from docterm.compare.judgement import ABOUT, Judgement, Relation, Verdict
from docterm.errors import DoctermError
from docterm.library.model import Passage
from docterm.tui.compare_views.view import View
from docterm.tui.messages import NotebookChanged

NOTHING_HERE = "There is no candidate here. `=` unlocks scrolling: go to a passage on each side, and `P` pins the two."


class Pair(NamedTuple):
    """Two passages that may be linked, and what the reader decided about them before."""

    left: Passage
    right: Passage
    judgement: Judgement | None


class Judging(View):
    """A view that shows two passages and takes the reader's verdict on them."""

    def shown_pair(self) -> Pair | None:
        """Give the two passages that are looked at as a link, or None."""
        raise NotImplementedError

    def pinned_pair(self) -> Pair | None:
        """Give the two passages that a pin would join, or None."""
        raise NotImplementedError

    def action_keep(self) -> None:
        self._decide(self.shown_pair(), Verdict.KEEP)

    def action_reject(self) -> None:
        self._decide(self.shown_pair(), Verdict.REJECT)

    def action_pin(self) -> None:
        self._decide(self.pinned_pair(), Verdict.PIN)

    def action_relation(self) -> None:
        """Ask how the two passages stand to each other; it keeps the link."""
        from docterm.tui.dialogs.pick import Pick
        from docterm.tui.rows import choice_row

        pair = self.shown_pair()
        if pair is None:
            self.notify(NOTHING_HERE, markup=False)
            return

        def chosen(name: str | None) -> None:
            if name is not None:
                judged = pair.judgement or Judgement.of(pair.left, pair.right, Verdict.KEEP)
                self._keep(replace(judged, relation=Relation(name)), is_wanted=True)

        rows = [choice_row(relation.value, relation.value, about) for relation, about in _RELATIONS.items()]
        self.app.push_screen(Pick("How do the two passages stand to each other?", rows), chosen)

    def _decide(self, pair: Pair | None, verdict: Verdict) -> None:
        """Keep a verdict; the same one a second time takes it back."""
        if pair is None:
            self.notify(NOTHING_HERE, markup=False)
        elif pair.judgement is None:
            self._keep(Judgement.of(pair.left, pair.right, verdict), is_wanted=True)
        else:
            is_new = pair.judgement.verdict is not verdict
            self._keep(replace(pair.judgement, verdict=verdict), is_wanted=is_new)

    @work(thread=True, group="save")
    def _keep(self, judgement: Judgement, *, is_wanted: bool) -> None:
        value = judgement.as_json() if is_wanted else None
        try:
            self.session.notebook.keep(ABOUT, judgement.name, value, judgement.what)
        except DoctermError as error:
            self.app.notify(str(error), title="Not saved", severity="error", markup=False)
            return
        done = judgement.what.capitalize() if is_wanted else f"Took back {judgement.what}"
        self.app.notify(f"{done}. `u` undoes it.", markup=False)
        self.post_message(NotebookChanged())


_RELATIONS = {
    Relation.AGREES: "they say the same",
    Relation.DIFFERS: "they say different things of the same",
    Relation.ADDS: "one says more",
    Relation.UNCLEAR: "it cannot be told",
}
