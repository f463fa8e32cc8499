"""What a check says of quotations: verbatim, altered, unknown, and rightly cited or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docterm.library.library import Library
from docterm.quotes.check.cited import locator
from docterm.quotes.check.draft import DraftForm, parse
from docterm.quotes.check.judging import Judged, check


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    library = Library(library_folder)
    library.refresh()
    yield library
    library.close()


def judged(library: Library, text: str, *, every: bool = False) -> list[Judged]:
    return list(check(parse(text.encode(), DraftForm.MARKDOWN), library, every=every).judged)


def one(library: Library, text: str) -> Judged:
    (found,) = judged(library, text)
    return found


def said(found: Judged) -> tuple[str, str | None]:
    return found.wording.value, None if found.address is None else str(found.address)


@pytest.mark.parametrize(
    "words",
    [
        "The harbour lights were dimmed by order of the council",
        "the harbour lights were dimmed by order of the council,",
        "[t]he harbour lights were dimmed by order of the council.",
        "The harbour lights were *dimmed* by order\nof the council",
        "The harbour lights were dimmed by or-\nder of the council",
        "The harbour lights … by order of the council",
        "The harbour lights … by order . . . the pilots protested",
        "The harbour lights [...] the pilots protested",
        "The harbour lights […] the pilots protested",
        "The harbour lights [that night] were dimmed by order",
        "The harbour lights were [sic] dimmed by order of the council",
        "The harbour lights were *dimmed* by order [emphasis added]",
        "The harbour lights were dim[med] by order of the council",
        "The harbour lights were dimmed[^7] by order of the council",
        "The harbour lights were dimmed¹ by order of the council",
        "... were dimmed by order of the council, and the pilots protested ...",
        "order of the council, and the pilots protested. Pilots said that dimmed lights",
    ],
)
def test_verbatim_is_what_the_source_has_but_for_what_is_marked(library: Library, words: str) -> None:
    found = one(library, f"He wrote: “{words}” [@harbour].\n\n[^7]: A note.\n")
    assert found.wording.value == "verbatim"
    assert found.address is not None
    assert found.address.first == 1
    assert not found.diff


@pytest.mark.parametrize(
    "text",
    [
        "„We count the buoys by ear“",
        "«We count the buoys by ear»",
        '"We count the buoys by ear"',
        "‘We count the buoys by ear’",
        "“crossing slower. ‘We count the buoys by ear,’ one of them said”",
        "> crossing slower. “We count the buoys by ear,” one of them said.\n",
    ],
)
def test_marks_make_no_difference(library: Library, text: str) -> None:
    assert said(one(library, text)) == ("verbatim", "harbour:2")


@pytest.mark.parametrize(
    ("words", "diff"),
    [
        ("No pilot was asked there", "No pilot was asked {+there+}"),
        ("The ferries left in port", "The ferries [-stayed-] {+left+} in port"),
        ("They count the buoys by ear", "[-We-] {+They+} count the buoys by ear"),
        ("lights were dimmed by zebras of the", "lights were dimmed by [-order-] {+zebras+} of the"),
        ("We count THE buoys by ear", "We count [-the-] {+THE+} buoys by ear"),
        ("in nets rather than in boots", "in nets rather than in [-boats-] {+boots+}"),
        ("the council, kept the lights dimmed", "the council{+,+} kept the lights dimmed"),
        (
            "the lights dimmed … no pilot was asked … stayed in the port",
            "the lights dimmed … no pilot was asked … stayed in {+the+} port",
        ),
    ],
)
def test_altered_shows_what_was_changed(library: Library, words: str, diff: str) -> None:
    found = one(library, f"He wrote “{words}”.")
    assert found.wording.value == "altered"
    assert found.diff == diff


NEGATED = """The order was not lifted in the spring, and the pilots did not accept it.

Nobody doesn't know that the ferries never left the harbour without a pilot on board.
"""


@pytest.mark.parametrize(
    ("words", "dropped"),
    [
        ("The order was lifted in the spring", "not"),
        ("the pilots did accept it", "not"),
        ("The order was … lifted in the spring", "not"),
        ("The order was [in fact] lifted in the spring", "not"),
        ("the ferries left the harbour without a pilot", "never"),
        ("The order was not lifted in the spring, and the pilots did accept it", "not"),
    ],
)
@pytest.mark.parametrize("cited", ["", " [@denied, para. 1]"])
def test_a_dropped_not_is_always_altered(library_folder: Path, words: str, dropped: str, cited: str) -> None:
    (library_folder / "denied.txt").write_text(NEGATED, "utf-8")
    library = Library(library_folder)
    library.refresh()
    found = one(library, f"They say “{words}”{cited}.")
    library.close()
    assert found.wording.value == "altered"
    assert f"[-{dropped}-]" in found.diff


@pytest.mark.parametrize(
    "text",
    [
        "“Nothing of the kind was ever written in this library”",
        "“harbour pilots council lights ferries nets”",
        "> Nothing of the kind was ever written in this library, or anywhere else.",
    ],
)
def test_unknown_is_what_no_document_has(library: Library, text: str) -> None:
    assert said(one(library, text)) == ("unknown", None)
    assert one(library, text).citing is not None


def test_a_digest_is_no_source_of_quotations(tmp_path: Path, shipped: Path) -> None:
    library = Library(shipped)
    library.refresh()
    found = one(library, "“neither embassy in Washington, the Russian or the Chinese, answered” [@voa2023, para. 6].")
    library.close()
    assert said(found) == ("unknown", None)
    assert any("voa2023:6" in note and "paraphrase" in note for note in found.notes)


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        ("", "missing"),
        (" [@harbour]", "ok"),
        (" [@harbour, para. 2]", "ok"),
        (" [@Harbour, paras. 2–3]", "ok"),
        (" [@harbour, {para. 2}]", "ok"),
        (" [@harbour, ¶ 2]", "ok"),
        (" [@harbour, Abs. 2]", "ok"),
        (" [@harbour, para. 3]", "wrong locator"),
        (" [@harbour, paras. 3-5]", "wrong locator"),
        (" [@storm, para. 2]", "wrong locator"),
        (" [@nobody]", "wrong locator"),
        (" [@storm; @harbour, para. 2]", "ok"),
        (" (Okafor, 2019, para. 2)", "ok"),
        (" (Okafor, 2019, para. 4)", "wrong locator"),
        (" (Okafor par. 2)", "ok"),
        (" (Lind, 2021, para. 2)", "wrong locator"),
        (" (in May 2019)", "missing"),
    ],
)
def test_the_citation_of_what_was_found(library: Library, citation: str, expected: str) -> None:
    found = one(library, f"He wrote “We count the buoys by ear”{citation}.")
    assert said(found) == ("verbatim", "harbour:2")
    assert found.citing is not None
    assert found.citing.value == expected


def test_of_an_unknown_quotation_with_a_citation_nothing_is_said(library: Library) -> None:
    assert one(library, "“Never seen anywhere in here” [@harbour].").citing is None
    found = one(library, "“Never seen anywhere in here” [@nobody].")
    assert found.citing is None
    assert found.notes == ("No document of the library is nobody.",)


def test_pages_are_compared_where_the_document_has_them(library_folder: Path) -> None:
    pages = ["A first page of some words that says nothing.", "A second page on which the pilots spoke at last."]
    (library_folder / "paged.txt").write_text("\n\n\f".join(pages), "utf-8")
    library = Library(library_folder)
    library.refresh()
    answers = [one(library, f"“the pilots spoke at last” [@paged, {place}].").citing for place in ("p. 2", "2", "p. 1")]
    library.close()
    assert [answer and answer.value for answer in answers] == ["ok", "ok", "wrong locator"]


def test_the_document_that_is_cited_comes_first(library_folder: Path) -> None:
    (library_folder / "again.txt").write_text(
        "Another text.\n\nNo pilot was asked. The ferries stayed in port.", "utf-8"
    )
    library = Library(library_folder)
    library.refresh()
    keys = [one(library, f"“No pilot was asked” [@{key}, para. 2].").key for key in ("again", "storm")]
    library.close()
    assert keys == ["again", "storm"]


def test_few_words_that_cite_nothing_are_passed_over_unless_asked_for(library: Library) -> None:
    text = "The “so-called” lights, the “dimmed lights” [@harbour] and the “bright stars”."
    assert [each.quotation.words for each in judged(library, text)] == ["dimmed lights"]
    assert [each.wording.value for each in judged(library, text, every=True)] == ["unknown", "verbatim", "unknown"]


def test_a_title_is_named_and_not_quoted(library: Library) -> None:
    found = one(library, "Her article “The Harbour at Night” appeared.")
    assert (found.wording.value, found.address, found.key) == ("verbatim", None, "harbour")
    assert found.is_well


@pytest.mark.parametrize(
    ("text", "wording", "diff"),
    [
        ("他说：“领航员说，灯光变暗使过境变慢了。”", "verbatim", ""),
        ("他说「灯光变暗使过境变快了」。", "altered", "灯光变暗使过境变[-慢-]{+快+}了"),
        ("Il écrit : « ils ont dit que “nous comptons les bouées à l'oreille” ».", "verbatim", ""),
        (
            "Il écrit : «nous comptons les bouées à l'œil».",
            "altered",
            "nous comptons les bouées à [-l’oreille-] {+l'œil+}",
        ),
    ],
)
def test_other_languages_than_english(library_folder: Path, text: str, wording: str, diff: str) -> None:
    (library_folder / "gang.txt").write_text("港口的夜晚\n\n领航员说，灯光变暗使过境变慢了。灯也灭了。\n", "utf-8")
    french = "Le port\n\nUn soir, ils ont dit que « nous comptons les bouées à l’oreille » et rien n’a changé.\n"
    (library_folder / "port.txt").write_text(french, "utf-8")
    library = Library(library_folder)
    library.refresh()
    found = one(library, text)
    library.close()
    assert (found.wording.value, found.diff) == (wording, diff)


SENTENCES = [
    "The harbour lights were dimmed by order of the council, and the pilots protested.",
    "Pilots said that dimmed lights made every crossing slower.",
    "A storm closed the harbour for three days, and the council kept the lights dimmed all the same.",
    "Fishermen counted their losses in nets rather than in boats.",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.sampled_from(SENTENCES), st.data())
def test_what_is_cut_from_a_source_is_verbatim_and_what_lacks_a_word_is_not(
    library: Library, sentence: str, data: st.DataObject
) -> None:
    words = sentence.split()
    first = data.draw(st.integers(0, len(words) - 6))
    last = data.draw(st.integers(first + 6, len(words)))
    assert one(library, f"“{' '.join(words[first:last])}”").wording.value == "verbatim"
    dropped = data.draw(st.integers(first + 1, last - 2))
    fewer = words[first:dropped] + words[dropped + 1 : last]
    assert one(library, f"“{' '.join(fewer)}”").wording.value in ("altered", "unknown")


@pytest.mark.parametrize(
    ("said", "is_page", "ranges"),
    [
        ("para. 4", False, [(4, 4)]),
        ("paras. 4–6", False, [(4, 6)]),
        ("pars. 4, 6", False, [(4, 4), (6, 6)]),
        ("S. 12", True, [(12, 12)]),
        ("pp. 121–23", True, [(121, 123)]),
        ("12", True, [(12, 12)]),
        ("“Heading,” para. 3", False, [(3, 3)]),
    ],
)
def test_a_locator_is_read(said: str, is_page: bool, ranges: list[tuple[int, int]]) -> None:
    found = locator(said)
    assert found is not None
    assert found.is_page == is_page
    assert [(int(first), int(last)) for first, last in found.ranges] == ranges


@pytest.mark.parametrize("said", ["", "chap. 4", "passim", "Okafor, 2019"])
def test_what_names_no_paragraph_or_page_is_no_locator(said: str) -> None:
    assert locator(said) is None
