"""Citation styles are found by id, name, short name and file; what is no style is said with the nearest names."""

from __future__ import annotations

from pathlib import Path

import pytest

from docterm.errors import CitationError
from docterm.quotes.styles import Entry, find, search


@pytest.mark.parametrize(
    ("name", "style_id"),
    [
        ("apa", "apa"),
        ("APA.csl", "apa"),
        ("Chicago Author-Date", "chicago-author-date"),
        ("MLA", "modern-language-association"),
        ("vancouver", "nlm-citation-sequence"),
        ("harvard", "harvard-cite-them-right"),
        ("APA Style 7th edition", "apa"),
        ("nature-digest", "nature-digest"),
        ("advances-physiology-education", "advances-in-physiology-education"),
    ],
)
def test_a_style_is_found_by_any_of_its_names(name: str, style_id: str) -> None:
    assert find(name).id == style_id


def test_a_style_that_points_at_another_cites_as_that_does_in_its_own_language() -> None:
    style = find("nature-digest")
    assert (style.title, style.language, style.path.name) == ("Nature Digest", "en-GB", "nature.csl")
    assert style.text == find("nature").text


@pytest.mark.parametrize("name", ["apq", "modern-language-asociation", "chicgo"])
def test_what_is_no_style_is_said_with_the_nearest_names(name: str) -> None:
    with pytest.raises(CitationError) as caught:
        find(name)
    assert caught.value.message == f"No citation style is called “{name}”."
    assert caught.value.hint.startswith("Near it: ")


@pytest.mark.parametrize("name", ["", "../../../etc/passwd", "zzzzqqqqzzzz", "a/b", "\x1b[31m", "\x00", "a" * 300])
def test_what_is_like_no_style_is_said_and_opens_no_file(name: str) -> None:
    with pytest.raises(CitationError):
        find(name)


def test_typing_narrows_the_styles() -> None:
    assert search("")[0] == Entry("apa", "APA Style 7th edition")
    assert search("oscola")[0] == Entry("oscola", "OSCOLA 4th edition")
    assert {entry.id for entry in search("nature rev")} >= {"nature-reviews-cancer", "nature-reviews-drug-discovery"}
    assert not search("nature zzz")


def test_a_style_can_be_a_file_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "own.csl"
    own.write_text(find("ieee").text.replace("<title>", "<title>My ", 1), "utf-8")
    assert find(str(own)).title.startswith("My ")


def test_a_file_that_is_no_style_is_said(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csl"
    for path, content in ((wrong, "<html/>"), (tmp_path / "none.csl", None)):
        if content is not None:
            path.write_text(content)
        with pytest.raises(CitationError):
            find(str(path))
