"""Who is who: keys, records, originals and digests."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docterm.library.bibliography.entry import Entries, Entry
from docterm.library.bibliography.files import RecordFile
from docterm.library.bibliography.keys import is_valid, key_from_name
from docterm.library.bibliography.origin import Origin
from docterm.library.file_row import FileRow
from docterm.library.fingerprint import SAME_TEXT, SKETCH_SIZE, Sketch, resemblance, sketch
from docterm.library.identity import identify as identify_with_files
from docterm.library.identity import is_settled
from docterm.library.model import Document, Kind, Record, Status
from docterm.text import words


def text_of(seed: int, paragraphs: int = 20) -> list[str]:
    """Give a made-up text: paragraphs of random words."""
    chance = random.Random(seed)
    return [
        " ".join("".join(chance.choices("abcdefghijklmnop", k=chance.randint(2, 8))) for _ in range(30)) + "."
        for _ in range(paragraphs)
    ]


WORK = text_of(1)


def row(path: str, texts: list[str] | None = None, problem: str | None = None, **meta: str) -> FileRow:
    texts = texts or [f"The text of {path} and of no other file at all."]
    count = sum(len(words(text)) for text in texts)
    return FileRow(path, 1, 1, f"sha of {path}", "plain/1", problem, meta, sketch(texts), count, len(texts))


def identify(
    rows: Iterable[FileRow],
    records: Mapping[str, Record],
    known: Mapping[str, Record],
    had: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Document]:
    """Identify files with these records in references.json."""
    entries = Entries.of(Entry(record) for record in records.values())
    return identify_with_files(rows, [RecordFile("references.json", 1, 1, Origin.REFERENCES, entries, ())], known, had)


def digest(key: str, mark: Sketch, **fields: Any) -> dict[str, Any]:
    return {"id": key, "title": "The work", **fields, "custom": {"docterm": {"kind": "digest", "fingerprint": [*mark]}}}


KNOWN = {"work2020": digest("work2020", sketch(WORK), issued={"date-parts": [[2020]]})}

# --- keys ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Report (final) v2", "report-final-v2"),
        ("Müller & Søn — 2020", "muller-son-2020"),
        ("北京", "document"),
        ("", "document"),
        ("---", "document"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\x1b[31m\n\ud800b", "a-31m-b"),
        ("x" * 500, "x" * 60),
        ("ﬁne ½", "fine-1-2"),
    ],
)
def test_keys(name: str, key: str) -> None:
    assert key_from_name(name).replace("12", "1-2") == key


@given(st.text(st.characters(exclude_categories=()), max_size=80))
def test_a_key_is_valid_in_pandoc_and_biblatex(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*-?", key_from_name(name))
    assert len(key_from_name(name)) <= 60


@given(
    st.lists(
        st.sampled_from(["a.txt", "A.txt", "a.md", "b/a.txt", "a-2.txt", "ä.txt", "北.txt", "京.txt", "x.txt"]),
        unique=True,
    )
)
def test_keys_are_unique(paths: list[str]) -> None:
    documents = identify([row(path) for path in sorted(paths)], {}, KNOWN)
    keys = [document.key for document in documents.values()]
    assert len(set(keys)) == len(keys) == len(paths)
    assert set(documents) == set(paths)


def test_the_file_name_finds_the_record() -> None:
    record = {"id": "Smith_2020", "title": "Smith", "issued": {"date-parts": [[2020, 5]]}, "publisher": "House"}
    (document,) = identify([row("deep/Smith_2020.txt")], {"Smith_2020": record}, {}).values()
    assert (document.key, document.title, document.date, document.source) == ("Smith_2020", "Smith", "2020-05", "House")
    assert document.record == {**record, "type": "document"}
    assert document.kind is Kind.DOCUMENT


def test_the_key_of_the_front_matter_finds_the_record() -> None:
    record = {"id": "smith", "title": "Smith"}
    (document,) = identify([row("text.md", key="smith")], {"smith": record}, {}).values()
    assert (document.key, document.title) == ("smith", "Smith")


@pytest.mark.parametrize("claimed", ["Smith_2020", "doe:2020", "a.b-c", "été2020"])
def test_a_valid_id_is_the_key(claimed: str) -> None:
    (document,) = identify([row("text.md", key=claimed)], {claimed: {"id": claimed, "title": "T"}}, {}).values()
    assert document.key == claimed


@pytest.mark.parametrize(("claimed", "key"), [("my key", "my-key"), ("doe: 2020", "doe-2020"), ("{", "document")])
def test_an_id_that_pandoc_cannot_cite_becomes_a_key(claimed: str, key: str) -> None:
    (document,) = identify([row("text.md", key=claimed)], {claimed: {"id": claimed, "title": "T"}}, {}).values()
    assert (document.title, document.key) == ("T", key)
    assert not is_settled(document)


@pytest.mark.parametrize("claimed", ["@x", "x;y", "[z]", "-", "kkkkk."])
def test_an_id_that_pandoc_cites_in_braces_stays_as_it_is(claimed: str) -> None:
    (document,) = identify([row("text.md", key=claimed)], {claimed: {"id": claimed, "title": "T"}}, {}).values()
    assert document.key == claimed


def test_a_file_keeps_the_key_it_had_and_new_ones_give_way() -> None:
    rows = [row(f"{name}.txt", title="Buoys", author="Ada Ritter", date="2001") for name in "abc"]
    had = {"b.txt": "ritter2001buoys", "c.txt": "ritter2001buoys-5"}
    found = {path: document.key for path, document in identify(rows, {}, {}, had).items()}
    assert found == {"a.txt": "ritter2001buoys-2", **had}
    shared = [row("a.txt", key="smith"), row("b.txt", key="smith"), row("c.txt", key="smith")]
    found = {
        path: document.key for path, document in identify(shared, {}, {}, {"b.txt": "smith", "c.txt": "x"}).items()
    }
    assert found == {"a.txt": "smith-3", "b.txt": "smith", "c.txt": "smith-2"}


def test_a_key_that_a_record_has_now_is_not_kept_by_another_file() -> None:
    record = {"id": "ritter2001buoys", "title": "Another work", "type": "book"}
    rows = [row("a.txt", title="Buoys of the bay", author="Ada Ritter", date="2001")]
    (document,) = identify(rows, {"ritter2001buoys": record}, {}, {"a.txt": "ritter2001buoys"}).values()
    assert document.key == "ritter2001buoys-2"


@given(st.dictionaries(st.sampled_from(["title", "author", "date", "source", "key", "url"]), st.text(max_size=30)))
def test_a_key_made_of_what_a_file_says_is_valid(meta: dict[str, str]) -> None:
    (document,) = identify([row("some file.txt", None, None, **meta)], {}, {}).values()
    assert is_valid(document.key)


def test_two_files_with_one_record() -> None:
    record = {"id": "smith", "title": "Smith"}
    documents = identify([row("a.md", key="smith"), row("smith.txt")], {"smith": record}, {})
    assert {path: document.key for path, document in documents.items()} == {"a.md": "smith", "smith.txt": "smith-2"}


def test_documents_stand_in_the_order_of_their_dates() -> None:
    rows = [
        row("c.txt", date="2021-06"),
        row("b.txt"),
        row("d.txt", date="2019"),
        row("a.txt"),
        row("e.txt", date="2021"),
    ]
    found = list(identify(rows, {}, {}).values())
    assert [document.path for document in found] == ["d.txt", "e.txt", "c.txt", "a.txt", "b.txt"]


def test_what_the_file_says_of_itself() -> None:
    (document,) = identify([row("x.txt", title="A \x1b title", author="A and B", date="May 7, 2021")], {}, {}).values()
    assert "\x1b" not in document.title
    assert document.date == "2021-05-07"
    assert document.record["author"] == [{"literal": "A"}, {"literal": "B"}]


@pytest.mark.parametrize(("reader", "sure"), [("mail/2", 0.9), ("mail/1", 0.9), ("markdown/1", 1.0), ("pdf/1", 0.5)])
def test_how_far_a_file_is_believed_goes_by_its_reader(reader: str, sure: float) -> None:
    (found,) = identify([replace(row("a", title="Of it"), reader=reader)], {}, {}).values()
    assert found.provenance["title"].confidence == sure


def test_a_file_that_cannot_be_read() -> None:
    (document,) = identify([row("x.txt", problem="It is no text.")], {}, {}).values()
    assert (document.status, document.problem) == (Status.UNREADABLE, "It is no text.")


# --- originals and digests -----------------------------------------------------------------------


def who(documents: dict[str, Any]) -> dict[str, tuple[str, Kind, Status]]:
    return {path: (each.key, each.kind, each.status) for path, each in documents.items()}


def test_an_original_is_recognised_in_any_library() -> None:
    found = identify([row("copy of it.txt", WORK), row("other.txt")], {}, KNOWN)
    assert who(found) == {
        "copy of it.txt": ("work2020", Kind.ORIGINAL, Status.READY),
        "other.txt": ("other", Kind.DOCUMENT, Status.READY),
    }
    assert found["copy of it.txt"].title == "The work"
    assert found["copy of it.txt"].date == "2020"


def test_an_original_takes_the_place_of_the_digest_and_gives_it_back() -> None:
    rows = [row("copy.txt", WORK), row("work2020.md", ["A digest in other words."])]
    assert who(identify(rows, KNOWN, KNOWN)) == {
        "copy.txt": ("work2020", Kind.ORIGINAL, Status.READY),
        "work2020.md": ("work2020-digest", Kind.DIGEST, Status.REPLACED),
    }
    assert who(identify(rows[1:], KNOWN, KNOWN)) == {"work2020.md": ("work2020", Kind.DIGEST, Status.READY)}


def test_a_second_copy_is_a_plain_document() -> None:
    slightly_other = [*WORK[:-1], "Another last paragraph of a few words."]
    found = who(identify([row("a.txt", slightly_other), row("b.txt", WORK), row("c.txt", WORK)], {}, KNOWN))
    assert found == {
        "a.txt": ("a", Kind.DOCUMENT, Status.READY),
        "b.txt": ("work2020", Kind.ORIGINAL, Status.READY),
        "c.txt": ("c", Kind.DOCUMENT, Status.READY),
    }


def test_a_file_that_has_the_key_by_name_does_not_get_it_twice() -> None:
    found = who(identify([row("copy.txt", WORK), row("work2020.txt")], {}, KNOWN))
    assert found["copy.txt"][0] == "work2020"
    assert found["work2020.txt"] == ("work2020-2", Kind.DOCUMENT, Status.READY)


@pytest.mark.parametrize("seed", range(5))
def test_a_text_that_shares_some_paragraphs_is_not_taken_for_the_work(seed: int) -> None:
    mixed = WORK[:8] + text_of(100 + seed, 12)
    assert resemblance(sketch(WORK), sketch(mixed)) < SAME_TEXT
    (document,) = identify([row("mixed.txt", mixed)], {}, KNOWN).values()
    assert document.kind is Kind.DOCUMENT


@pytest.mark.parametrize("seed", range(5))
def test_a_copy_with_page_furniture_is_taken_for_the_work(seed: int) -> None:
    chance = random.Random(seed)
    with_noise = [text for paragraph in WORK for text in (paragraph, *text_of(chance.random().__hash__(), 1)[:0])]
    with_noise = [
        "Menu Home News",
        *with_noise,
        "Subscribe to our newsletter now and never miss a story",
        *text_of(seed + 50, 3),
    ]
    (document,) = identify([row("web.txt", with_noise)], {}, KNOWN).values()
    assert document.kind is Kind.ORIGINAL


def test_another_typography_is_the_same_text() -> None:
    plain = ['The "great" wall\'s height is 20-odd metres; nobody doubts it, they said.'] * 3 + text_of(3, 3)
    fancy = [text.replace('"', "“").replace("'", "’").replace("-", "–").upper() for text in plain]
    assert sketch(plain) == sketch(fancy)


def test_no_text_is_like_nothing() -> None:
    assert sketch([]) == sketch(["four words, no more"]) == ()
    assert resemblance((), ()) == resemblance((), sketch(WORK)) == resemblance(sketch(WORK), ()) == 0
    assert resemblance(sketch(WORK), sketch(WORK)) == 1
    assert resemblance(sketch(WORK), sketch(text_of(2))) == 0


def test_a_sketch_holds_numbers_that_json_keeps() -> None:
    mark = sketch(WORK)
    assert len(mark) == SKETCH_SIZE
    assert all(left < right for left, right in pairwise(mark))
    assert mark[0] >= 0
    assert mark[-1] < 2**53


def test_resemblance_estimates_the_shared_part() -> None:
    for shared in (5, 10, 15):
        other = WORK[:shared] + text_of(9, 20 - shared)
        truth = shared / (40 - shared)
        assert resemblance(sketch(WORK), sketch(other)) == pytest.approx(truth, abs=0.2)


def test_two_works_and_their_copies() -> None:
    known = {**KNOWN, "second": digest("second", sketch(text_of(2)))}
    found = who(identify([row("a.txt", text_of(2)), row("b.txt", WORK)], {}, known))
    assert {path: key for path, (key, _, _) in found.items()} == {"a.txt": "second", "b.txt": "work2020"}


def test_hostile_fingerprints_recognise_nothing() -> None:
    rows = [row("a.txt", WORK), row("b.txt")]
    for mark in ((), (0,), (-1, -2), tuple(range(96)), (10**400,)):
        found = who(identify(rows, {"evil": digest("evil", mark)}, {}))
        assert all(kind is Kind.DOCUMENT for _, kind, _ in found.values())
