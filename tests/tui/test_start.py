"""Starting, and going about: areas, levels, jumps."""

from __future__ import annotations

from pathlib import Path

from tui.support import Sit


async def test_the_first_screen_lists_the_documents(sit: Sit) -> None:
    async with sit() as desk:
        assert desk.area == "library"
        assert "China and Russia collaborate on internet censorship" in desk.text
        assert "Voice of America · 2023 · digest" in desk.text
        assert desk.status.startswith("2 documents")
        assert desk.app.library_area.list.has_focus
        assert not desk.toasts


async def test_the_shipped_library_says_that_it_is_one(sit: Sit, shipped: Path) -> None:
    async with sit(root=shipped) as desk:
        assert desk.status.startswith("3 documents")
        assert "comes with docterm" in desk.flat
        assert not desk.toasts


async def test_each_area_is_one_key_away_from_each_other(sit: Sit) -> None:
    names = {"1": "library", "2": "search", "3": "read", "4": "compare", "5": "quotes"}
    async with sit() as desk:
        await desk.search("moscow")
        await desk.press("escape")
        for key in "121314152324253435451":  # every way from one to another, at least in one direction
            await desk.press(key)
            assert desk.area == names[key]
            assert desk.app.focused is not None
            assert desk.app.focused in desk.app.area.walk_children()


async def test_digits_are_text_in_the_search_field_and_nowhere_else(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("2", "5")
        assert desk.area == "quotes"
        await desk.search("12345")
        assert desk.area == "search"
        assert desk.app.search_area.field.value == "12345"


async def test_a_click_on_an_area_goes_there(sit: Sit) -> None:
    async with sit() as desk:
        for name in ("Quotes", "Read", "Library"):
            await desk.pilot.click(offset=(desk.lines[0].index(name), 0))
            await desk.settle()
            assert desk.app.bar._current == desk.area
            assert desk.area == name.lower()


async def test_enter_opens_the_document_at_its_start(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("j")
        key = desk.app.library_area.current_key
        await desk.press("enter")
        assert desk.area == "read"
        assert desk.app.read_area.document is not None
        assert desk.app.read_area.document.key == key == "voa2023"
        assert desk.reader.cursor == (0, 0)
        assert desk.reader.has_focus
        assert desk.app.read_area.document.title in desk.text


async def test_back_leaves_one_level_at_a_time(sit: Sit) -> None:
    async with sit() as desk:
        await desk.search("censorship")
        await desk.press("escape")
        assert desk.app.search_area.list.has_focus, "first out of the field"
        await desk.press("enter")
        assert desk.area == "read"
        await desk.press("v", "w")
        await desk.press("q")
        assert not desk.reader.is_selecting, "then out of the selection"
        assert desk.area == "read"
        await desk.press("slash")
        await desk.press("escape")
        assert not desk.app.find_bar.display, "then out of the find line"
        assert desk.reader.has_focus
        await desk.press("q")
        assert desk.area == "search", "then out of the document"
        await desk.press("q")
        assert desk.area == "library"
        await desk.press("q")
        assert desk.area == "library"
        assert "Q leaves docterm" in desk.toasts[-1]


async def test_jumps_can_be_taken_back_and_made_again(sit: Sit) -> None:
    async with sit() as desk:
        await desk.open("voa2023")
        await desk.press("right_curly_bracket", "right_curly_bracket", "right_curly_bracket")
        left_at = desk.reader.cursor
        await desk.open("gabuev2021")
        assert desk.app.read_area.document is not None
        await desk.press("ctrl+o")
        assert (desk.app.read_area.document.key, desk.reader.cursor) == ("voa2023", left_at)
        await desk.press("alt+right")
        assert desk.app.read_area.document.key == "gabuev2021"
        await desk.press("alt+left")
        assert (desk.app.read_area.document.key, desk.reader.cursor) == ("voa2023", left_at)
        await desk.press("alt+left")
        assert desk.toasts[-1] == "There is no place to jump to."


async def test_finding_in_the_list_narrows_it_by_words(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("slash")
        await desk.type("carnegie")
        assert desk.app.library_area.list.row_count == 1
        assert "1 document with “carnegie”" in desk.text
        await desk.press("enter")
        assert desk.app.library_area.list.has_focus
        await desk.press("escape")
        assert desk.app.library_area.list.row_count == 2


async def test_quitting_leaves(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("Q")
        assert not desk.app.is_running


async def test_a_library_without_documents_says_what_to_do(sit: Sit, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    async with sit(root=empty) as desk:
        assert "There is no document here" in desk.flat
        await desk.press("enter", "3")
        assert "No document is open" in desk.flat
        for key in "j k G v y n N J K right_curly_bracket space ctrl+d w e b 0 dollar_sign enter".split():
            await desk.press(key)
        await desk.press("4")
        assert "Comparing takes two documents" in desk.flat
        for key in "j G v y tab equals_sign right_square_bracket left_square_bracket c enter".split():
            await desk.press(key)
        await desk.press("5")
        assert "No quote is saved yet" in desk.flat
        for key in "j G enter y a t delete u ctrl+r".split():
            await desk.press(key)
        await desk.search("anything")
        assert desk.area == "search"
        assert not desk.errors


async def test_a_new_file_in_the_folder_appears_at_the_next_start(sit: Sit, library_folder: Path) -> None:
    async with sit(root=library_folder) as desk:
        assert desk.status.startswith("3 documents")
    (library_folder / "new.txt").write_text("New arrivals\n\nA ship came in at last.\n", "utf-8")
    (library_folder / "bad.bin").write_bytes(bytes(range(256)))
    async with sit(root=library_folder) as desk:
        assert "New arrivals" in desk.text
        assert desk.status.startswith("4 documents")


async def test_a_fault_is_told_once_and_again_when_it_comes_back(sit: Sit, library_folder: Path) -> None:
    records = library_folder / "references.json"
    whole = records.read_text("utf-8") if records.exists() else "[]"
    async with sit(root=library_folder) as desk:

        async def faults_after(text: str) -> int:
            records.write_text(text, "utf-8")
            desk.app.library_area.refresh_library()
            await desk.settle()
            return sum("references.json" in toast for toast in desk.toasts)

        before = sum("references.json" in toast for toast in desk.toasts)
        assert await faults_after("{broken") == before + 1
        assert await faults_after("{broken ") == before + 1
        assert await faults_after(whole) == before + 1
        assert await faults_after("{broken") == before + 2


async def test_a_row_says_where_the_text_is_again_and_what_was_guessed(sit: Sit, library_folder: Path) -> None:
    storm = (library_folder / "storm.txt").read_bytes()
    (library_folder / "zzz.txt").write_bytes(storm)
    (library_folder / "old.txt").write_bytes("“The façade of the hôtel,” he said.".encode("cp1252"))
    async with sit(root=library_folder) as desk:
        assert "same file as storm" in desk.flat
        assert "read as windows-1252, which is a guess" in desk.flat
