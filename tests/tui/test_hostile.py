"""Documents that would like to run the terminal, sizes that nobody expects, terminals without colour."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from docterm.tui.dialogs.pick import Pick
from tui.support import Desk, Sit

MARKUP = (
    "[/foo] [@click=app.quit]press[/] [link=http://x]y[/link] [bold red] [/ [type=x, v={'a[0]'}] [$text on $primary]"
)
ESCAPES = "\x1b]0;owned\x07 \x1b[2J\x1b[31mred \x9b31m \x1bP+q\x1b\\ \x1b]52;c;aGk=\x07 \x08\x08 \x00"
BIDI = "a\u202egnp.exe\u202c b\u2066c\u2069 \u200f \ufeff \u2028 \U000e0041"
HOSTILE = f"harbour {MARKUP} {ESCAPES} {BIDI}"
FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Give a library in which titles, texts, names and records are hostile."""
    root = tmp_path / "[red]hostile[@click=app.quit]"
    root.mkdir()
    text = f"# {HOSTILE}\n\nThe harbour paragraph. {HOSTILE}\n\n> harbour {ESCAPES}\n\n## {MARKUP}\n\nThe second.\n"
    (root / "[@click=app.quit]x[\x1b[31m.md").write_text(text, "utf-8", "surrogatepass")
    (root / "plain.txt").write_text(f"{HOSTILE}\n\nBy {MARKUP}\n\nThe harbour again. {HOSTILE}\n", "utf-8")
    (root / "bad.md").write_bytes(b"\xff\xfe\x00\x1b[2J" * 20)
    (root / f"{MARKUP[:20].replace('/', '_')}.zip").write_bytes(b"PK\x03\x04")
    record = {
        "id": "plain",
        "type": "article",
        "title": f"Recorded {HOSTILE}",
        "container-title": f"Source {MARKUP} {ESCAPES}",
        "author": [{"literal": f"Author {MARKUP} {ESCAPES}"}],
        "URL": f"http://example.org/{ESCAPES}[/foo]",
        "note": HOSTILE,
    }
    (root / "references.json").write_text(json.dumps([record]), "utf-8")
    return root


def check(desk: Desk) -> None:
    """Nothing that steers a terminal is on the screen, in a toast, or behind a link."""
    assert desk.app.is_running
    for strip in desk.strips:
        assert FORBIDDEN.search(strip.text) is None, repr(strip.text)
        for segment in strip:
            assert segment.control is None
            if segment.style is not None:
                assert segment.style.link is None
                assert "click" not in str(segment.style.meta.get("@click", ""))
    assert not desk.errors


async def test_a_hostile_library_is_shown_literally_in_every_area(sit: Sit, hostile: Path) -> None:
    async with sit(140, 40, hostile) as desk:
        check(desk)
        assert "[@click=app.quit]press[/]" in desk.text
        await desk.search("harbour ")
        check(desk)
        assert desk.app.search_area.results is not None
        await desk.press("enter")
        check(desk)
        assert "[/foo]" in desk.text
        await desk.press("slash")
        await desk.type("[/foo]")
        check(desk)
        await desk.press("enter", "n")
        for document in ("J", "K"):
            await desk.press(document, "G", "g", "g")
            check(desk)
        await desk.press("slash")
        await desk.type("harbour")
        await desk.press("enter", "a", "p", "y")
        check(desk)
        await desk.press("c")
        assert isinstance(desk.app.screen, Pick)
        check(desk)
        await desk.press("enter")
        check(desk)
        await desk.press("right_square_bracket", "tab", "j", "j")
        check(desk)
        await desk.press("5")
        await desk.press("a")
        await desk.type(MARKUP)
        await desk.press("enter", "t")
        await desk.type("[/foo], [b]")
        await desk.press("enter")
        check(desk)
        assert len(desk.app.session.notebook.quotes()) == 1
        await desk.press("y", "slash")
        await desk.type("[/b]")
        check(desk)
        await desk.press("escape", "delete", "u", "u", "u", "question_mark")
        check(desk)


async def test_hostile_words_in_the_search_field(sit: Sit, hostile: Path) -> None:
    async with sit(100, 30, hostile) as desk:
        await desk.search(MARKUP)
        check(desk)
        await desk.press("enter")
        check(desk)


async def test_a_click_into_hostile_text_runs_nothing(sit: Sit, hostile: Path) -> None:
    async with sit(140, 40, hostile) as desk:
        for key in ("J", "K"):
            await desk.press("1", "enter", key)
            for row, line in enumerate(desk.lines):
                if "press" in line:
                    await desk.pilot.click(offset=(line.index("press") + 1, row))
                    await desk.settle()
            check(desk)


# --- sizes ---------------------------------------------------------------------------------------

SIZES = [(20, 5), (1, 1), (300, 100), (2, 40), (200, 2), (59, 20), (60, 20), (99, 30)]


async def _to_area(desk: Desk, area: str) -> None:
    await desk.search("censorship")
    if area == "3":
        await desk.press("enter", "v", "w", "w")
    elif area == "5":
        await desk.press("enter", "a", "s", "y", "5")
    elif area != "2":
        await desk.press("escape", area)


@pytest.mark.parametrize("area", "12345")
async def test_any_size_in_any_area(sit: Sit, area: str) -> None:
    chance = random.Random(f"docterm {area}")
    async with sit() as desk:
        await _to_area(desk, area)
        name = desk.area
        for width, height in [*SIZES, *((chance.randint(1, 220), chance.randint(1, 70)) for _ in range(3))]:
            await desk.resize(width, height)
            assert all(len(line) <= width for line in desk.lines)
            await desk.press(chance.choice(["j", "k", "down", "up"]))
        await desk.resize(100, 30)
        assert desk.area == name
        assert not desk.errors


@pytest.mark.parametrize("key", ["question_mark", "ctrl+p", "c", "slash"])
async def test_any_size_with_a_dialog_open(sit: Sit, key: str) -> None:
    async with sit() as desk:
        await desk.open("voa2023")
        await desk.press(key)
        for width, height in SIZES[:5]:
            await desk.resize(width, height)
        await desk.press("escape")
        assert len(desk.app.screen_stack) == 1


@pytest.mark.parametrize(("width", "height"), [(20, 5), (1, 1), (60, 20)])
async def test_starting_at_any_size(sit: Sit, width: int, height: int) -> None:
    async with sit(width, height) as desk:
        await _to_area(desk, "3")
        for area in "45123":
            await desk.press("escape", "escape", area)
        assert desk.app.is_running


async def test_without_colour_everything_can_still_be_told_apart(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with sit() as desk:
        await desk.search("firewall ")
        await desk.press("enter", "a", "s")
        grey = True
        for strip in desk.strips:
            for segment in strip:
                for colour in (segment.style.color, segment.style.bgcolor) if segment.style else ():
                    if colour is not None and colour.triplet is not None:
                        grey = grey and len(set(colour.triplet)) == 1
        assert grey


# --- hasty hands ---------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(100, 30), (20, 5), (30, 3), (1, 1)])
async def test_the_palette_bears_keys_before_its_list_is_in_sight(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(*size) as desk:
        for keys in (("colon", "pagedown"), ("colon", "t", "pageup", "down", "up"), ("colon", "z", "pagedown")):
            for key in keys:
                desk._send(key)
            await desk.settle()
            assert desk.app.is_running
            await desk.press("escape", "escape")
