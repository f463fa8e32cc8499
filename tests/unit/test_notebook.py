"""The notebook keeps every quote: across restarts, damage, other writers and foreign files."""

from __future__ import annotations

import fcntl
import json
import os
import stat
import subprocess
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docterm.errors import NothingFound, QuoteError, StorageError
from docterm.library.model import Address, Locator
from docterm.quotes import log, notebook
from docterm.quotes.events import rank_between, rank_of
from docterm.quotes.model import Quote, QuoteKind, quote_from_json
from docterm.quotes.notebook import Notebook
from docterm.quotes.ulid import is_ulid, new_ulid
from docterm.text import sanitise


def quote(text: str = "some words", paragraph: int = 1, **changes: Any) -> Quote:
    made = Quote(
        id=new_ulid(),
        kind=QuoteKind.VERBATIM,
        text=text,
        address=Address("doc2021", paragraph, paragraph),
        start=4,
        end=4 + len(text),
        prefix="The ",
        suffix=" end",
        context=f"The {text} end",
        locator=Locator(paragraph, 3, ("Part one",)),
        record={"id": "doc2021", "title": "On walls", "issued": {"date-parts": [[2021, 6, 3]]}},
        title="On walls",
        source="Carnegie",
        date="2021-06-03",
        path="doc.md",
        created="2026-01-02T03:04:05+00:00",
    )
    return replace(made, **changes)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notebook.jsonl"


# --- keeping -------------------------------------------------------------------------------------


def test_a_quote_is_there_after_a_restart_with_all_it_held(path: Path) -> None:
    saved = Notebook(path).capture(quote())
    assert saved.new
    reloaded = Notebook(path)
    assert reloaded.quotes() == (saved.quote,)
    assert reloaded.problems == []


def test_the_file_is_private_and_a_line_has_the_documented_form(path: Path) -> None:
    Notebook(path).capture(quote("Wörter"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    (line,) = path.read_bytes().splitlines()
    data = json.loads(line)
    assert set(data) == {"v", "id", "at", "event", "quote", "crc"}
    assert (data["v"], data["event"], data["quote"]["text"]) == (1, "capture", "Wörter")
    assert is_ulid(data["id"])
    assert len(data["crc"]) == 8
    assert "Wörter".encode() in line


def test_the_same_words_of_the_same_span_are_saved_once(path: Path) -> None:
    book = Notebook(path)
    first = book.capture(quote()).quote
    again = Notebook(path).capture(quote())
    assert (again.quote, again.new) == (first, False)
    assert book.capture(quote(paragraph=2)).new
    assert book.capture(quote("other text")).new
    assert len(path.read_bytes().splitlines()) == 3


def test_captures_keep_their_order_and_notes_and_tags_the_last_word(path: Path) -> None:
    book = Notebook(path)
    ids = [book.capture(quote(f"words {number}")).quote.id for number in range(5)]
    book.set_note(ids[3], "first")
    assert book.set_note(ids[3], "second\nline").note == "second\nline"
    assert book.set_tags(ids[1], [" a ", "b", "a", "", "with\nline"]).tags == ("a", "b", "with line")
    book.remove(ids[0])
    for one in (book, Notebook(path)):
        assert [saved.id for saved in one.quotes()] == ids[1:]
        assert one.get(ids[3]).note == "second\nline"
        assert one.get(ids[1]).tags == ("a", "b", "with line")


def test_what_changes_nothing_writes_nothing(path: Path) -> None:
    book = Notebook(path)
    saved = book.capture(quote(note="n", tags=("t",))).quote
    before = path.read_bytes()
    assert book.set_note(saved.id, "n") == book.set_tags(saved.id, ["t", " t"]) == saved
    assert path.read_bytes() == before


def test_what_the_user_types_is_sanitised(path: Path) -> None:
    book = Notebook(path)
    saved = book.capture(quote()).quote
    assert book.set_note(saved.id, "red \x1b[31m\u202e").note == "red ␛[31m\ufffd"
    assert book.set_tags(saved.id, ["\x1b]52;c;x"]).tags == ("␛]52;c;x",)


def test_another_notebook_of_the_same_file_is_seen_after_refresh(path: Path) -> None:
    here, there = Notebook(path), Notebook(path)
    saved = there.capture(quote()).quote
    assert here.quotes() == ()
    assert here.refresh()
    assert here.quotes() == (saved,)
    assert not here.refresh()
    there.set_note(saved.id, "theirs")
    here.set_note(saved.id, "mine")
    there.refresh()
    assert there.get(saved.id).note == here.get(saved.id).note == "mine"


def test_the_last_writer_wins_though_the_clock_was_set_back(path: Path) -> None:
    book = Notebook(path)
    saved = book.capture(quote()).quote
    future = {"v": 1, "id": new_ulid(), "at": "2999-01-01T00:00:00Z", "event": "note", "quote": saved.id, "note": "old"}
    with path.open("ab") as file:
        file.write(log.encode(future))
    book.set_note(saved.id, "new")
    assert Notebook(path).get(saved.id).note == "new"


def test_a_quote_is_named_by_the_beginning_of_its_id(path: Path) -> None:
    book = Notebook(path)
    first = book.capture(quote("one", id="01AAAAAAAAAAAAAAAAAAAAAAA1")).quote
    book.capture(quote("two", id="01AAAAAAAAAAAAAAAAAAAAAAA2"))
    third = book.capture(quote("three", id="01B00000000000000000000000")).quote
    assert book.get("01b") == third
    assert book.get(first.id) == first
    with pytest.raises(QuoteError, match="2 quotes have ids"):
        book.get("01A")
    for name in ("02", "", "  "):
        with pytest.raises(QuoteError):
            book.get(name)
    assert book.remove("01B") == [third]
    with pytest.raises(QuoteError, match="No quote has the id"):
        book.get("01B")
    assert book.restore("01b") == [third]
    assert book.get("01B") == third


def test_a_removed_quote_can_be_captured_again(path: Path) -> None:
    book = Notebook(path)
    mine = quote()
    book.remove(book.capture(mine).quote.id)
    assert book.capture(mine).new
    assert book.quotes() == (mine,)
    book.remove(mine.id)
    assert book.capture(quote()).quote.id != mine.id


# --- undo ----------------------------------------------------------------------------------------


def test_every_action_can_be_undone_and_done_again(path: Path) -> None:
    book = Notebook(path)
    saved = book.capture(quote()).quote
    book.set_note(saved.id, "a note")
    book.set_tags(saved.id, ["a tag"])
    book.remove(saved.id)
    full = replace(saved, note="a note", tags=("a tag",))
    states = [(), (full,), (replace(full, tags=()),), (saved,), ()]
    assert book.quotes() == states[0]
    for expected in states[1:]:
        assert "doc2021:1" in book.undo()
        assert book.quotes() == Notebook(path).quotes() == expected
    with pytest.raises(NothingFound):
        book.undo()
    for expected in reversed(states[:-1]):
        assert book.redo().startswith("Done again: ")
        assert book.quotes() == Notebook(path).quotes() == expected
    with pytest.raises(NothingFound):
        book.redo()


def test_only_this_process_is_undone_and_a_new_action_ends_redoing(path: Path) -> None:
    saved = Notebook(path).capture(quote()).quote
    book = Notebook(path)
    with pytest.raises(NothingFound):
        book.undo()
    assert not book.capture(quote()).new
    with pytest.raises(NothingFound):
        book.undo()
    book.set_note(saved.id, "one")
    assert book.undo() == "Undone: the note on the quote from doc2021:1."
    book.set_note(saved.id, "two")
    with pytest.raises(NothingFound):
        book.redo()


def test_another_process_undoes_the_last_change_of_all_and_says_what_it_was(path: Path) -> None:
    saved = Notebook(path).capture(quote()).quote
    Notebook(path).set_note(saved.id, "one")
    Notebook(path).set_note(saved.id, "two")
    assert "the note on the quote from doc2021:1 (“some words”), done 20" in Notebook(path).undo(everyone=True)
    assert Notebook(path).get(saved.id).note == "one"
    Notebook(path).undo(everyone=True)
    assert Notebook(path).get(saved.id).note == ""
    assert "saving the quote" in Notebook(path).undo(everyone=True)
    with pytest.raises(NothingFound):
        Notebook(path).undo(everyone=True)
    for note in ("", "one", "two"):
        assert Notebook(path).redo(everyone=True).startswith("Done again: ")
        assert Notebook(path).get(saved.id).note == note
    with pytest.raises(NothingFound):
        Notebook(path).redo(everyone=True)


def test_a_change_after_an_undo_is_what_is_undone_next(path: Path) -> None:
    book = Notebook(path)
    saved = book.capture(quote()).quote
    book.set_note(saved.id, "one")
    book.undo()
    book.set_tags(saved.id, ["a"])
    other = Notebook(path)
    assert "the tags of" in other.undo(everyone=True)
    assert "saving" in other.undo(everyone=True)


def test_what_is_done_to_several_quotes_is_one_action(path: Path) -> None:
    book = Notebook(path)
    ids = [book.capture(quote(f"words {number}")).quote.id for number in range(3)]
    book.tag(ids, ["sea", "sea", " "])
    assert [each.tags for each in book.quotes()] == [("sea",)] * 3
    book.tag(ids[:2], ["sea"], take=True)
    assert [each.tags for each in book.quotes()] == [(), (), ("sea",)]
    assert [each.id for each in book.remove(*ids)] == ids
    assert book.quotes() == ()
    assert [each.id for each in book.removed()] == ids
    assert book.undo() == "Undone: removing the quote from doc2021:1 and 2 more."
    assert [each.id for each in Notebook(path).quotes()] == ids
    book.undo()
    assert [each.tags for each in Notebook(path).quotes()] == [("sea",)] * 3
    book.redo()
    assert [each.tags for each in Notebook(path).quotes()] == [(), (), ("sea",)]


def test_several_quotes_of_which_one_is_unknown_stay_as_they_are(path: Path) -> None:
    book = Notebook(path)
    saved = book.capture(quote()).quote
    with pytest.raises(QuoteError):
        book.remove(saved.id, "ZZZ")
    with pytest.raises(QuoteError):
        book.tag([saved.id, "ZZZ"], ["a"])
    assert Notebook(path).quotes() == (saved,)


# --- another anchor, another order ---------------------------------------------------------------


def test_an_anchor_is_a_further_field_and_undone_as_all_else(path: Path) -> None:
    book = Notebook(path)
    saved = book.capture(quote()).quote
    anchor = quote("other words", 7).anchor
    (anew,) = book.reanchor({saved.id: anchor})
    assert (anew.anchor, anew.captured, anew.id) == (anchor, saved.anchor, saved.id)
    assert Notebook(path).quotes() == (anew,)
    captured = json.loads(path.read_bytes().splitlines()[0])["quote"]
    assert captured["text"] == saved.text
    book.reanchor({saved.id: quote("third words", 9).anchor})
    assert book.get(saved.id).captured == saved.anchor
    assert "anchoring the quote from doc2021:1 anew at doc2021:9" in book.undo()
    assert book.get(saved.id) == anew
    book.undo()
    assert Notebook(path).quotes() == (saved,)
    book.redo()
    assert Notebook(path).quotes() == (anew,)


def test_an_anchor_whose_words_are_not_in_their_paragraph_is_damaged(path: Path) -> None:
    book = Notebook(path)
    saved = book.capture(quote()).quote
    book.reanchor({saved.id: quote("other words", 7).anchor})
    lines = path.read_bytes().splitlines(keepends=True)
    data = log.decode(lines[1].rstrip())
    data["anchor"]["context"] = "something else"
    path.write_bytes(lines[0] + log.encode(data))
    reloaded = Notebook(path)
    assert reloaded.quotes() == (saved,)
    assert "is damaged and left as it is" in reloaded.problems[0]


def test_quotes_are_moved_by_hand_and_stay_so(path: Path) -> None:
    book = Notebook(path)
    ids = [book.capture(quote(f"words {number}")).quote.id for number in range(4)]
    assert book.move(ids[3], -2)
    assert [each.id for each in Notebook(path).quotes()] == [ids[0], ids[3], ids[1], ids[2]]
    assert book.move(ids[0], 99)
    assert not book.move(ids[0], 1)
    assert [each.id for each in Notebook(path).quotes()] == [ids[3], ids[1], ids[2], ids[0]]
    late = book.capture(quote("late words")).quote
    assert book.quotes()[-1] == late
    book.undo()
    assert "in the list" in book.undo()
    book.undo()
    assert [each.id for each in Notebook(path).quotes()] == ids


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-6, 6)), max_size=40))
def test_any_moves_give_the_order_that_moving_in_a_list_gives(moves: list[tuple[int, int]]) -> None:
    ranks = {number: rank_of(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number)) for number in range(6)}
    order = list(range(6))
    for number, steps in moves:
        rest = [each for each in order if each != number]
        place = min(max(order.index(number) + steps, 0), 5)
        before = ranks[rest[place - 1]] if place else ""
        behind = ranks[rest[place]] if place < 5 else ""
        ranks[number] = rank_between(before, behind)
        order = [*rest[:place], number, *rest[place:]]
        assert sorted(ranks, key=ranks.__getitem__) == order


# --- damage --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        b"not json",
        b"{}",
        b"[1,2]",
        b"null",
        b'"text"',
        b"[" * 200_000,
        b'{"v":1,"crc":"00000000"}',
        b'{"n":1e999,"crc":"00000000"}',
        b'{"n":' + b"9" * 5000 + b"}",
        b'{"n":NaN}',
        b'{"s":"\\ud800","crc":"00000000"}',
        b"\xff\xfe\x00",
        b"\x00" * 50,
        b"x" * ((1 << 20) + 5),
    ],
    ids=lambda line: repr(line[:12]),
)
def test_a_damaged_line_is_named_left_alone_and_costs_no_other(path: Path, line: bytes) -> None:
    book = Notebook(path)
    first = book.capture(quote("one")).quote
    before = path.read_bytes()
    path.write_bytes(before + line + b"\n")
    second = Notebook(path).capture(quote("two")).quote
    reloaded = Notebook(path)
    assert reloaded.quotes() == (first, second)
    (problem,) = reloaded.problems
    assert problem.startswith("Line 2 of notebook.jsonl is damaged and left as it is: ")
    assert path.read_bytes().startswith(before + line + b"\n")


def test_one_changed_character_is_noticed(path: Path) -> None:
    book = Notebook(path)
    book.capture(quote("one"))
    path.write_bytes(path.read_bytes().replace(b"Carnegie", b"Carnegia"))
    reloaded = Notebook(path)
    assert reloaded.quotes() == ()
    assert reloaded.problems == ["Line 1 of notebook.jsonl is damaged and left as it is: its checksum does not fit."]


WRONG: tuple[dict[str, Any], ...] = (
    {"id": "x"},
    {"kind": "poem"},
    {"text": "other words"},
    {"text": ""},
    {"text": 5},
    {"address": "doc2021"},
    {"address": "doc2021:0"},
    {"start": -1},
    {"start": True},
    {"end": 3},
    {"context": None},
    {"record": []},
    {"tags": "a"},
    {"created": "then"},
)
GOOD: dict[str, Any] = {"v": 1, "id": new_ulid(), "at": "2026-01-01T00:00:00Z", "event": "capture"}


@pytest.mark.parametrize(
    "changes",
    [
        {"v": 2},
        {"v": True, "at": 5},
        {"id": "short"},
        {"at": "yesterday"},
        {"at": "2026-01-01"},
        {"event": "explode"},
        {"event": ["note"]},
        {"event": "note", "quote": "01AAAAAAAAAAAAAAAAAAAAAAA1", "note": 5},
        {"event": "tags", "quote": "01AAAAAAAAAAAAAAAAAAAAAAA1", "tags": ["a", 5]},
        {"event": "remove", "quote": {"id": "x"}},
        {"quote": None},
        {"quote": {}},
        *({"quote": quote().as_json() | wrong} for wrong in WRONG),
    ],
)
def test_a_line_with_a_good_checksum_is_still_not_trusted(path: Path, changes: dict[str, Any]) -> None:
    data = {**GOOD, "quote": quote().as_json(), **changes}
    path.write_bytes(log.encode(data))
    book = Notebook(path)
    assert book.quotes() == ()
    assert len(book.problems) == 1


def test_an_overlong_line_is_damaged_though_its_checksum_fits(path: Path) -> None:
    path.write_bytes(log.encode({**GOOD, "quote": quote(note="n" * (1 << 20)).as_json()}))
    book = Notebook(path)
    assert book.quotes() == ()
    assert "longer than a megabyte" in book.problems[0]


def test_the_words_of_a_quote_cannot_be_changed_by_a_later_line(path: Path) -> None:
    book = Notebook(path)
    saved = book.capture(quote()).quote
    later = {**GOOD, "at": "2999-01-01T00:00:00Z", "quote": replace(quote("forged"), id=saved.id).as_json()}
    with path.open("ab") as file:
        file.write(log.encode(later))
    assert Notebook(path).quotes() == (saved,)


def test_strings_of_a_foreign_notebook_are_sanitised(path: Path) -> None:
    evil = "\x1b]0;owned\x07"
    foreign = quote(evil, note=evil, tags=(evil,), title=evil, record={evil: [{evil: evil}]}).as_json()
    path.write_bytes(log.encode({**GOOD, "quote": foreign}))
    (read,) = Notebook(path).quotes()
    assert "\x1b" not in repr(read).encode().decode("unicode_escape")
    assert read.text == sanitise(evil)


def test_a_torn_tail_is_closed_and_stays(path: Path) -> None:
    book = Notebook(path)
    first = book.capture(quote("one")).quote
    whole = path.read_bytes()
    path.write_bytes(whole + whole[: len(whole) // 2])
    second = book.capture(quote("two")).quote
    reloaded = Notebook(path)
    assert reloaded.quotes() == (first, second)
    assert len(reloaded.problems) == 1
    assert path.read_bytes().splitlines(keepends=True)[:2] == [whole, whole[: len(whole) // 2] + b"\n"]


def test_a_note_whose_quote_is_lost_is_a_problem(path: Path) -> None:
    book = Notebook(path)
    saved = book.capture(quote()).quote
    book.set_note(saved.id, "kept")
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[1])
    assert Notebook(path).problems == [f"The quote {saved.id} was changed, but its capture is not there."]


def test_a_merge_that_doubled_and_shuffled_the_lines_changes_nothing(path: Path) -> None:
    book = Notebook(path)
    first, second = book.capture(quote("one")).quote, book.capture(quote("two")).quote
    book.set_note(first.id, "old")
    book.set_note(first.id, "new")
    book.remove(second.id)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*reversed(lines), *lines]))
    assert Notebook(path).quotes() == (replace(first, note="new"),)


def test_a_file_that_is_no_notebook_does_not_fill_the_memory(path: Path) -> None:
    path.write_bytes(b"x\n" * 200_000)
    book = Notebook(path)
    assert len(book.problems) == 10_001
    assert "was not read beyond line 10000" in book.problems[-1]
    assert book.capture(quote()).new


# --- what stands in the way ----------------------------------------------------------------------


def test_a_lock_held_by_another_does_not_lose_the_quote(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebook, "_LOCK_SECONDS", 0.05)
    first = Notebook(path).capture(quote("one")).quote
    with path.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        book = Notebook(path)
        second = book.capture(quote("two")).quote
        assert book.set_note(second.id, "beside").note == "beside"
    (beside,) = [found for found in path.parent.iterdir() if found != path]
    assert beside.name.startswith("notebook.")
    assert beside.name.endswith(f".{os.getpid()}.jsonl")
    assert Notebook(path).quotes() == (first, replace(second, note="beside"))
    assert book.set_note(second.id, "back").note == "back"
    assert b"back" in path.read_bytes()
    assert Notebook(path).get(second.id).note == "back"


def test_a_lock_given_back_in_time_is_waited_for(path: Path) -> None:
    Notebook(path).capture(quote("one"))
    with path.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        release = threading.Timer(0.2, fcntl.flock, (held, fcntl.LOCK_UN))
        release.start()
        Notebook(path).capture(quote("two"))
        release.join()
    assert list(path.parent.iterdir()) == [path]


def test_what_another_wrote_while_the_lock_was_waited_for_is_seen(path: Path) -> None:
    book = Notebook(path)
    book.capture(quote("one"))
    with path.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        waiting = threading.Thread(target=book.capture, args=(quote("two"),))
        waiting.start()
        time.sleep(0.2)
        log.append(path, log.encode({**GOOD, "quote": quote("theirs").as_json()}), None)
        fcntl.flock(held, fcntl.LOCK_UN)
        waiting.join()
    assert {saved.text for saved in book.quotes()} == {"one", "two", "theirs"}


def test_threads_of_one_notebook_lose_nothing(path: Path) -> None:
    book = Notebook(path)
    threads = [
        threading.Thread(target=lambda part=part: [book.capture(quote(f"w {part} {n}")) for n in range(10)])
        for part in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(book.quotes()) == len(Notebook(path).quotes()) == 40


def test_a_link_a_pipe_or_a_folder_is_never_written_or_waited_for(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("mine\n")
    link, pipe, folder = tmp_path / "link.jsonl", tmp_path / "pipe.jsonl", tmp_path / "folder.jsonl"
    link.symlink_to(target)
    os.mkfifo(pipe)
    folder.mkdir()
    for path in (link, pipe, folder):
        book = Notebook(path)
        assert path.name in book.problems[0]
        with pytest.raises(StorageError, match="cannot be written"):
            book.capture(quote())
        assert book.quotes() == ()
    assert target.read_text() == "mine\n"


def test_a_missing_folder_is_made_and_an_impossible_one_said(tmp_path: Path) -> None:
    assert Notebook(tmp_path / "new" / "notebook.jsonl").capture(quote()).new
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="Nothing was saved"):
        Notebook(tmp_path / "file" / "notebook.jsonl").capture(quote())


def test_a_quote_too_long_for_a_line_is_refused_and_leaves_no_trace(path: Path) -> None:
    book = Notebook(path)
    with pytest.raises(QuoteError, match="too long"):
        book.capture(quote("word " * 200_000 + "end"))
    saved = book.capture(quote()).quote
    with pytest.raises(QuoteError, match="too long"):
        book.set_note(saved.id, "n" * (1 << 20))
    assert Notebook(path).quotes() == (saved,)
    assert Notebook(path).problems == []


# --- round trip ----------------------------------------------------------------------------------

TEXT = st.text(max_size=30).map(sanitise)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(
    text=TEXT.filter(str.strip),
    note=TEXT,
    record=st.dictionaries(TEXT, JSON, max_size=4),
    prefix=TEXT,
    headings=st.lists(TEXT, max_size=3),
)
@settings(max_examples=200)
def test_any_quote_comes_back_from_a_line_as_it_was(
    text: str, note: str, record: dict[str, Any], prefix: str, headings: list[str]
) -> None:
    made = quote(
        text, note=note, record=record, prefix=prefix, suffix=text[:32], locator=Locator(1, None, tuple(headings))
    )
    line = log.encode(made.as_json())
    assert line.count(b"\n") == 1
    assert quote_from_json(log.decode(line)) == made


@given(JSON)
def test_no_json_value_makes_the_reader_crash(value: object) -> None:
    with pytest.raises(ValueError, match=r"\."):
        quote_from_json(value)


# --- what is no quote ----------------------------------------------------------------------------


def test_what_was_decided_is_kept_by_name_and_the_last_word_counts(path: Path) -> None:
    book = Notebook(path)
    book.keep("link", "a:1 b:2", {"verdict": "kept"}, "keeping the link")
    Notebook(path).keep("link", "a:1 b:2", {"verdict": "rejected"}, "rejecting the link")
    book.keep("subject", "tools", {"query": "dpi\x1b[31m"}, "adding the subject")
    reloaded = Notebook(path)
    assert reloaded.kept("link") == {"a:1 b:2": {"verdict": "rejected"}}
    assert "\x1b" not in reloaded.kept("subject")["tools"]["query"]
    assert reloaded.kept("voice") == {}
    assert reloaded.quotes() == ()
    assert reloaded.problems == []


def test_what_was_kept_can_be_taken_away_undone_and_done_again(path: Path) -> None:
    book = Notebook(path)
    book.keep("link", "a b", {"verdict": "kept"}, "keeping the link")
    book.keep("link", "a b", None, "dropping the link")
    assert book.kept("link") == {}
    assert book.undo() == "Undone: dropping the link."
    assert book.kept("link") == {"a b": {"verdict": "kept"}}
    book.undo()
    assert Notebook(path).kept("link") == {}
    book.redo()
    assert Notebook(path).kept("link") == {"a b": {"verdict": "kept"}}


def test_an_event_that_keeps_nothing_is_named_and_left(path: Path) -> None:
    book = Notebook(path)
    book.keep("link", "a b", {"verdict": "kept"}, "keeping the link")
    data = json.loads(path.read_bytes())
    del data["crc"]
    data["value"] = 3
    path.write_bytes(log.encode(data))
    assert [problem for problem in Notebook(path).problems if "does not say what is kept" in problem]


# --- two branches --------------------------------------------------------------------------------


def test_two_branches_merged_by_git_with_union_fold_into_what_each_had(path: Path) -> None:
    def git(*arguments: str) -> None:
        name = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
        subprocess.run(["git", *name, *arguments], cwd=path.parent, check=True, capture_output=True)

    book = Notebook(path)
    first, second = book.capture(quote("one")).quote, book.capture(quote("two")).quote
    (path.parent / ".gitattributes").write_text("*.jsonl merge=union\n", "utf-8")
    git("init")
    git("add", ".")
    git("commit", "-m", "begun")
    git("checkout", "-b", "other")
    other = Notebook(path)
    third = other.capture(quote("three")).quote
    other.set_note(first.id, "from the other branch")
    other.remove(second.id)
    git("commit", "-am", "other")
    git("checkout", "main")
    here = Notebook(path)
    fourth = here.capture(quote("four")).quote
    here.set_tags(first.id, ["here"])
    here.move(first.id, 2)
    git("commit", "-am", "here")
    git("merge", "other", "-m", "merged")
    merged = Notebook(path)
    assert merged.problems == []
    assert {each.id for each in merged.quotes()} == {first.id, third.id, fourth.id}
    assert merged.get(first.id) == replace(first, note="from the other branch", tags=("here",))
    assert merged.quotes()[-1].id == first.id
    assert "moving" in merged.undo(everyone=True)
    assert merged.quotes()[0].id == first.id
