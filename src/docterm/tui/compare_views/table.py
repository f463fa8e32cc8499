"""Which views of a comparison there are: a view that is not in this table is not offered."""

from __future__ import annotations

from docterm.tui.compare_views.certainty import CertaintyView
from docterm.tui.compare_views.concordance import Concordance
from docterm.tui.compare_views.only_in import OnlyIn
from docterm.tui.compare_views.side_by_side import SideBySide
from docterm.tui.compare_views.subjects import Subjects
from docterm.tui.compare_views.themes import Themes
from docterm.tui.compare_views.view import View
from docterm.tui.compare_views.vocabulary import Vocabulary
from docterm.tui.compare_views.voices import VoicesView

VIEWS: tuple[type[View], ...] = (
    Subjects,
    SideBySide,
    Vocabulary,
    Concordance,
    Themes,
    VoicesView,
    CertaintyView,
    OnlyIn,
)
"""In the order in which the line of views names them; the area opens with the first."""
