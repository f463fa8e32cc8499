"""The table of actions, and what is made of it: bindings, help, palette, footer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import pytest
from textual.command import CommandPalette
from textual.containers import VerticalScroll
from textual.dom import DOMNode
from textual.widgets import Input, Static

from docterm import __version__
from docterm.actions import ACTIONS, Action, Scope, actions, key_name
from docterm.tui.app import Explorer
from docterm.tui.areas.compare import CompareArea
from docterm.tui.areas.quotes import QuotesArea
from docterm.tui.areas.read import ReadArea
from docterm.tui.areas.search import SearchArea
from docterm.tui.commands import UNLISTED
from docterm.tui.compare_views.certainty import CertaintyView
from docterm.tui.compare_views.concordance import Concordance
from docterm.tui.compare_views.only_in import OnlyIn
from docterm.tui.compare_views.side_by_side import SideBySide
from docterm.tui.compare_views.subjects import Subjects
from docterm.tui.compare_views.themes import Themes
from docterm.tui.compare_views.view import View
from docterm.tui.compare_views.vocabulary import Vocabulary
from docterm.tui.compare_views.voices import VoicesView
from docterm.tui.dialogs.help import Help, key_help
from docterm.tui.widgets.key_bar import KeyBar
from docterm.tui.widgets.reader import Reader
from docterm.tui.widgets.row_list import RowList
from tui.support import Desk, Sit

OWNERS: dict[str, tuple[type[DOMNode], ...]] = {
    "area.": (Explorer,),
    "app.": (Explorer,),
    "list.": (RowList,),
    "text.": (Reader,),
    "select.": (Reader,),
    "read.quote": (ReadArea, SideBySide, Concordance),
    "read.more-like": (ReadArea,),
    "read.": (ReadArea, SideBySide),
    "search.": (SearchArea,),
    "compare.other-side": (SideBySide, Subjects, OnlyIn, Themes, Vocabulary, Concordance, CertaintyView),
    "compare.": (SideBySide,),
    "view.": (CompareArea,),
    "report.": (CompareArea,),
    "subject.": (Subjects,),
    "themes.": (Themes,),
    "vocabulary.": (Vocabulary,),
    "lines.": (Concordance,),
    "voices.": (VoicesView,),
    "quotes.": (QuotesArea,),
}
"""Who carries out the actions whose ids begin so; the first that fits counts."""

TOGETHER: tuple[tuple[Scope, ...], ...] = (
    (Scope.ANYWHERE, Scope.LISTS),
    (Scope.ANYWHERE, Scope.LISTS, Scope.RESULTS),
    (Scope.ANYWHERE, Scope.LISTS, Scope.QUOTES),
    (Scope.ANYWHERE, Scope.LISTS, Scope.THEMES),
    (Scope.ANYWHERE, Scope.LISTS, Scope.VOICES),
    (Scope.ANYWHERE, Scope.LISTS, Scope.SUBJECTS),
    (Scope.ANYWHERE, Scope.TEXT),
    (Scope.ANYWHERE, Scope.TEXT, Scope.COMPARE),
    (Scope.ANYWHERE, Scope.LISTS, Scope.COMPARE, Scope.VOCABULARY),
    (Scope.ANYWHERE, Scope.LISTS, Scope.COMPARE, Scope.CONCORDANCE),
)
"""Scopes whose keys are in force at the same time."""


def owners(action: Action) -> tuple[type[DOMNode], ...]:
    return next(types for prefix, types in OWNERS.items() if action.id.startswith(prefix))


def keys_of(scopes: Iterable[Scope]) -> Iterator[tuple[str, Action]]:
    for scope in scopes:
        for action in actions(scope):
            for key in action.keys:
                yield key, action


# --- the table -----------------------------------------------------------------------------------


def test_ids_are_unique_and_every_action_has_keys_and_words() -> None:
    assert max(Counter(action.id for action in ACTIONS).values()) == 1
    for action in ACTIONS:
        assert action.keys, action.id
        assert action.title, action.id
        assert action.help.endswith("."), action.id


@pytest.mark.parametrize("scopes", TOGETHER, ids="+".join)
def test_no_key_means_two_things_at_once(scopes: tuple[Scope, ...]) -> None:
    meanings: dict[str, set[str]] = {}
    for key, action in keys_of(scopes):
        meanings.setdefault(key, set()).add(action.id)
    assert {key: ids for key, ids in meanings.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("scopes", TOGETHER, ids="+".join)
def test_no_key_hides_the_first_of_two_strokes(scopes: tuple[Scope, ...]) -> None:
    pairs = {key.split()[0] for key, _ in keys_of(scopes) if " " in key}
    assert {key for key, _ in keys_of(scopes)} & pairs == set()


def test_a_key_means_the_same_in_every_scope() -> None:
    """Apart from the pairs that the table explains: the same word means the same for a row and a line."""
    meanings: dict[str, set[str]] = {}
    for key, action in keys_of(Scope):
        meanings.setdefault(key, set()).add(action.method)
    allowed = {
        "b": {"page_up", "word_back"},  # while selecting; the help says so
        "e": {"word_end", "edit"},  # while selecting, as above
        "y": {"quote", "copy"},
        "Y": {"quote_as", "copy_as"},
        "t": {"code", "tag"},  # a theme on words, tags on a quote
        "enter": {"open"},
        "g g": {"first"},
    }
    for key, methods in meanings.items():
        assert len(methods) == 1 or methods == allowed.get(key), key


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_has_a_handler_where_it_is_bound(action: Action) -> None:
    for owner in owners(action):
        assert callable(getattr(owner, f"action_{action.method}", None)), owner


# --- the running explorer ------------------------------------------------------------------------


async def _everywhere(desk: Desk) -> None:
    await desk.search("censorship")
    await desk.press("enter", "escape", "escape")
    for area in "12345":
        await desk.press("escape", area)
    await desk.press("4", *(action.keys[0] for action in actions(Scope.COMPARE) if action.id.startswith("view.")))


async def test_every_binding_is_in_the_table_and_every_action_is_bound(sit: Sit) -> None:
    known = {action.id: action for action in ACTIONS}
    bound: dict[str, set[str]] = {}
    async with sit() as desk:
        await _everywhere(desk)
        for node in (desk.app, *desk.app.screen.walk_children()):
            if isinstance(node, Input):
                continue  # in a field letters are text; its own keys edit it
            for key, bindings in node._bindings.key_to_bindings.items():
                for binding in bindings:
                    if isinstance(node, Explorer | RowList | Reader | ReadArea | CompareArea | View | QuotesArea):
                        assert binding.id in known, f"{key} in {node!r} is not in the table"
                        assert key in known[binding.id].keys
                    if binding.id:
                        bound.setdefault(binding.id, set()).add(key)
    for action in ACTIONS:
        single = {key for key in action.keys if " " not in key}
        if single and action.id != "select.word-back":
            assert bound.get(action.id) == single, action.id


async def test_the_keys_of_two_strokes_work(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("G")
        assert desk.app.library_area.list.highlighted == 1
        await desk.press("g", "g")
        assert desk.app.library_area.list.highlighted == 0
        await desk.open("voa2023")
        await desk.press("G", "g")
        assert desk.reader.cursor.passage == len(desk.reader.passages) - 1
        await desk.press("g")
        assert desk.reader.cursor == (0, 0)
        await desk.press("g", "j")
        assert desk.reader.cursor.passage > 0, "a key that completes no pair is itself"


async def test_help_shows_every_action_and_scrolls(sit: Sit) -> None:
    text = str(key_help(200))
    for scope in Scope:
        assert f"\n{scope.value}\n" in text
    lines = text.splitlines()
    for action in ACTIONS:
        keys = "  ".join(key_name(key) for key in action.keys)
        assert any(keys in line and action.help in line for line in lines), action.id
    async with sit(80, 24) as desk:
        await desk.press("question_mark")
        assert isinstance(desk.app.screen, Help)
        seen = desk.flat
        for _ in range(16):
            await desk.press("space")
            seen += " " + desk.flat
        assert "Write a note on the quote." in seen
        assert "escape or q closes this page" in seen
        await desk.press("k", "j", "b", "q")
        assert len(desk.app.screen_stack) == 1
        await desk.press("f1", "escape")
        assert len(desk.app.screen_stack) == 1


async def test_the_palette_lists_the_actions_and_runs_them(sit: Sit) -> None:
    async with sit(100, 60) as desk:
        await desk.press("ctrl+p")
        assert isinstance(desk.app.screen, CommandPalette)
        for action in ACTIONS:
            if action.id.startswith(("area.", "app.")) and action.id not in UNLISTED:
                assert action.help in desk.flat, action.id
        await desk.type("quotes")
        await desk.press("enter")
        assert desk.area == "quotes"
        await desk.press("colon")
        assert isinstance(desk.app.screen, CommandPalette)
        await desk.press("escape")
        assert desk.area == "quotes"


async def test_the_footer_names_keys_of_the_area_in_sight(sit: Sit) -> None:
    async with sit() as desk:
        assert "enter Open" in desk.lines[-1]
        await desk.open("voa2023")
        assert "v Select" in desk.lines[-1]
        assert "y Quote" in desk.lines[-1]


async def test_the_footer_names_no_key_that_is_text_in_the_field(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("s")
        assert desk.lines[-1] == "enter Open  escape Leave the field  ctrl+f Search…  f1 Help"
        await desk.press("escape", "1")
        assert "s Search…" in desk.lines[-1]
        await desk.press("slash")
        assert desk.lines[-1] == "ctrl+f Search…  f1 Help"


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_help_wraps_each_line_once(sit: Sit, width: int) -> None:
    async with sit(width, 24) as desk:
        await desk.press("question_mark")
        pane = desk.app.screen.query_one(VerticalScroll)
        text = pane.query_one(Static)
        assert text.size.height == len(str(key_help(text.size.width)).split("\n"))


@pytest.mark.parametrize("width", [20, 40, 60, 80, 200])
async def test_the_footer_shows_whole_hints_and_always_help(sit: Sit, width: int) -> None:
    async with sit(width, 20) as desk:
        for area in "12345":
            await desk.press("escape", area)
            shown = desk.lines[-1].split("  ")
            assert shown[-1] == "? Help"
            assert set(shown) <= {f"{hint.shown} {hint.title}" for hint in desk.app.query_one(KeyBar).hints()}
            assert len(desk.lines[-1]) <= width


async def test_a_click_on_a_hint_presses_its_key(sit: Sit) -> None:
    async with sit() as desk:
        await desk.pilot.click(offset=(desk.lines[-1].index("Search"), 29))
        await desk.settle()
        assert desk.app.search_area.field.has_focus


@pytest.mark.parametrize("area", "12345")
async def test_no_key_at_all_brings_the_explorer_down(sit: Sit, area: str) -> None:
    """Every key of the table in every area, one right after the other, whatever comes of it."""
    keys = sorted({key for action in ACTIONS for stroke in action.keys for key in stroke.split()})
    async with sit(60, 10) as desk:
        await desk.search("censorship")
        await desk.press("enter", "escape", area)
        here = desk.app.area
        for key in keys:
            desk.app.clear_notifications()
            if key in ("Q", "ctrl+q", *"12345"):
                continue
            desk._send(key)
            await desk.pilot._wait_for_screen()
            if len(desk.app.screen_stack) > 1 or isinstance(desk.app.focused, Input):
                await desk.press("escape")
            if desk.app.area is not here:
                await desk.press("escape", area)
        await desk.settle()
        assert desk.app.is_running
        # Where the keys come to stand on white space, that it cannot be quoted is the right answer.
        assert not [error for error in desk.errors if not error.startswith("Nothing is selected.")]


async def test_about_names_the_version_and_the_csl_project(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("colon")
        await desk.type("about")
        await desk.press("enter")
        assert f"docterm {__version__}, MIT licence." in desk.flat
        assert "Citation styles by the CSL project, https://citationstyles.org, CC BY-SA 3.0." in desk.flat
        await desk.press("q", "f2")
        assert "CSL project" in desk.flat
