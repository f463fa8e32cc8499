"""What is done with the results of a search."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from docterm.config.paths import state_folder
from docterm.library.model import Role
from docterm.search.saved import SCHEMA, SavedSearches
from docterm.tui.dialogs.pick import Pick
from tui.support import Desk, Sit


def query(desk: Desk) -> str:
    return desk.app.search_area.field.value


def order(desk: Desk) -> str:
    return desk.app.search_area.sort.value


def documents(desk: Desk) -> list[str]:
    results = desk.app.search_area.results
    return [] if results is None else [hit.document.key for hit in results.hits]


async def test_a_facet_narrows_the_results_and_stands_in_the_query(sit: Sit) -> None:
    async with sit(120, 40) as desk:
        await desk.search("china ")
        assert len(set(documents(desk))) > 1
        await desk.press("escape", "f")
        assert isinstance(desk.app.screen, Pick)
        assert "source: Voice of America" in desk.flat
        await desk.type("voice")
        await desk.press("enter")
        assert query(desk) == 'china AND source:"voice of america"'
        assert set(documents(desk)) == {"voa2023"}
        await desk.press("f")
        await desk.type("year")
        await desk.press("enter")
        assert query(desk) == 'china AND source:"voice of america" AND date:2023..2023'
        assert set(documents(desk)) == {"voa2023"}


async def test_what_is_typed_next_is_searched_for_in_the_results(sit: Sit) -> None:
    async with sit() as desk:
        await desk.search("china OR russia ")
        before = desk.app.search_area.results
        await desk.press("escape", "ampersand")
        assert desk.app.search_area.field.has_focus
        await desk.type("internet ")
        assert query(desk) == "(china OR russia) internet "
        after = desk.app.search_area.results
        assert before is not None
        assert after is not None
        assert 0 < after.passages < before.passages


async def test_the_order_changes_by_key_and_is_said(sit: Sit) -> None:
    async with sit() as desk:
        await desk.search("china ")
        await desk.press("escape", "z")
        assert order(desk) == "date"
        assert "newest first" in desk.status
        assert documents(desk)[0] == "voa2023"
        await desk.press("z", "z")
        assert order(desk) == "document"
        assert len([key for key, after in zip(documents(desk), documents(desk)[1:], strict=False) if key != after]) < 3
        await desk.press("z")
        assert order(desk) == "relevance"


async def test_more_like_a_hit_and_like_the_paragraph_that_is_read(sit: Sit) -> None:
    async with sit() as desk:
        await desk.search("firewall wuzhen ")
        hit = desk.app.search_area.hit_passage()
        await desk.press("escape", "z", "M")
        assert " OR " in query(desk)
        assert order(desk) == "relevance"
        assert desk.app.search_area.hit_passage() == hit, "nothing is more like it"
        assert len(documents(desk)) > 1
        await desk.open("gabuev2021")
        await desk.press("right_curly_bracket", "right_curly_bracket", "right_curly_bracket")
        passage = desk.reader.passages[desk.reader.cursor.passage]
        assert passage.role is Role.BODY
        await desk.press("M")
        assert desk.area == "search"
        assert desk.app.search_area.hit_passage() == passage


async def test_tab_completes_the_word_that_is_typed(sit: Sit) -> None:
    async with sit() as desk:
        await desk.search("the censo")
        assert "tab: censorship" in desk.status
        await desk.press("tab")
        assert query(desk) == "the censorship "
        await desk.press("tab")
        assert desk.app.search_area.list.has_focus


async def test_enter_takes_the_nearest_spelling_where_nothing_is_found(sit: Sit) -> None:
    async with sit() as desk:
        await desk.search("censorshp")
        assert not documents(desk)
        assert "enter: censorship" in desk.status
        await desk.press("enter")
        assert query(desk) == "censorship"
        assert documents(desk)


async def test_a_saved_search_says_what_is_new_since_it_was_looked_at(sit: Sit, tmp_path: Path) -> None:
    async with sit() as desk:
        await desk.search("wuzhen ")
        await desk.press("escape", "S")
        assert "save this search" in desk.flat
        await desk.press("enter", "enter")
        file = state_folder() / "searches.json"
        held = json.loads(file.read_text("utf-8"))
        (saved,) = next(iter(held["libraries"].values()))
        assert (saved["name"], saved["query"]) == ("wuzhen", "wuzhen")
        assert len(saved["seen"]) == len(documents(desk))
        gone = saved["seen"].pop()
        file.write_text(json.dumps(held), "utf-8")
        await desk.search("china ")
        await desk.press("escape", "S")
        assert "1 new passage since" in desk.flat
        await desk.type("wuzhen")
        await desk.press("enter")
        assert query(desk) == "wuzhen"
        assert gone in next(iter(json.loads(file.read_text("utf-8"))["libraries"].values()))[0]["seen"], (
            "now it is seen"
        )
        await desk.press("S")
        assert "Nothing new since" in desk.flat
        await desk.type("forget")
        await desk.press("enter")
        assert json.loads(file.read_text("utf-8"))["libraries"].popitem()[1] == []


@pytest.mark.parametrize("searches", [None, 5, [{}], [1], [{"name": 1, "query": "a", "looked": "", "seen": []}]])
async def test_saved_searches_that_cannot_be_read_are_said_and_left_alone(sit: Sit, searches: object) -> None:
    async with sit() as desk:
        state_folder().mkdir(parents=True, exist_ok=True)
        held = {"schema": SCHEMA, "libraries": {str(desk.app.session.library.root): searches}}
        content = "{" if searches is None else json.dumps(held)
        (state_folder() / "searches.json").write_text(content, "utf-8")
        await desk.search("wuzhen ")
        await desk.press("escape", "S")
        assert "begin anew" in desk.flat
        assert (state_folder() / "searches.json").read_text("utf-8") == content


def test_searches_that_two_docterms_save_at_once_are_all_kept(tmp_path: Path) -> None:
    def save(who: int) -> None:
        mine = SavedSearches(tmp_path, tmp_path / "library")
        for number in range(20):
            mine.save(f"{who} {number}", "harbour", ())

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(save, range(3)))
    assert len(SavedSearches(tmp_path, tmp_path / "library").all()) == 60
