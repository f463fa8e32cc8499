"""The one sanitiser, tokenizer, sentence splitter and normaliser."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docterm.text import Span, fold, label, normalise, sanitise, sentences, stem, strip_hidden, tokens, words

ANY = st.text(st.characters(exclude_categories=()), max_size=60)
"""Every code point there is, lone surrogates among them."""
EVERY_CODE_POINT = "".join(map(chr, range(0x110000)))
BIDI = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
PROSE = st.text(st.sampled_from("ab Z.!?…'’\"“”() \n[1]U.S.é"), max_size=80)

# --- sanitise and label --------------------------------------------------------------------------


def _may_steer(char: str) -> bool:
    """Say what must not be left in a sanitised text, by Unicode's own properties rather than docterm's table."""
    code = ord(char)
    return (
        (unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") and char != "\n")
        or code in BIDI
        or 0xE0000 <= code < 0xE0080
        or code == 0xFEFF
    )


def test_no_code_point_that_steers_a_terminal_is_left() -> None:
    clean = sanitise(EVERY_CODE_POINT)
    assert [hex(ord(char)) for char in clean if _may_steer(char)] == []
    assert len(clean) == len(EVERY_CODE_POINT)
    assert clean.encode("utf-8")  # lone surrogates have none


def test_what_is_harmless_stays() -> None:
    kept = "Zoë’s café, 北京, Москва, ½ × 3 = 👩‍👩‍👧, e\u0301, soft\u00adhyphen\n"
    assert sanitise(kept) == kept
    changed = [char for char, clean in zip(EVERY_CODE_POINT, sanitise(EVERY_CODE_POINT), strict=True) if char != clean]
    shapeless = "\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # letters by name, and blank
    assert not [char for char in changed if unicodedata.category(char)[0] in "LMNPS" and char not in shapeless]


@given(ANY)
@example("\x1b[31m\x9b2J\u202e\ud83d\r\n\t\x00")
def test_sanitise_keeps_the_length_and_is_idempotent(text: str) -> None:
    clean = sanitise(text)
    assert len(clean) == len(text)
    assert sanitise(clean) == clean
    assert clean.count("\n") == text.count("\n")
    assert not any(map(_may_steer, clean))


@given(ANY, st.integers(1, 40))
def test_a_label_is_one_safe_line_within_its_limit(text: str, limit: int) -> None:
    line = label(text, limit)
    assert len(line) <= limit
    assert line.isprintable() or not any(map(_may_steer, line))
    assert "\n" not in line
    assert len(line.splitlines()) <= 1


def test_a_label_says_that_it_was_cut() -> None:
    assert label("a" * 300) == "a" * 199 + "…"
    assert label("  two\n words\t") == "two words"
    assert label(None) == "None"
    assert label(b"\x1b") == "b'\\x1b'"


@given(ANY)
@example("a\u200d\u2060b" + "\u0301" * 40)
def test_leaving_out_what_is_hidden_leaves_what_is_seen(text: str) -> None:
    seen = strip_hidden(text)
    rest = iter(text)
    assert all(char in rest for char in seen), "in order, and nothing is added"
    assert [char for char in seen if char.isalnum()] == [char for char in text if char.isalnum()]


def test_hidden_characters_do_not_part_words() -> None:
    assert strip_hidden("pa\u200bss\u2060wo\u00adrd and \u200b с\u200cлово\ufe0f\u200dм") == "password and  словом"
    for needed in ("ไทย\u200bภาษา", "می\u200cخواهم", "👩\u200d🚀", "❤\ufe0f", "1\ufe0f\u20e3", "क्\u200d ष"):
        assert strip_hidden(needed) == needed
    assert label("pay\u200bpal") == "paypal"


def test_marks_are_not_heaped() -> None:
    assert strip_hidden("Z" + "\u0301" * 3000 + "a\u0308") == "Z" + "\u0301" * 16 + "a\u0308"
    assert strip_hidden("ก" + "\u0e49" * 99) == "ก" + "\u0e49" * 16
    assert strip_hidden("Việt Nam, naïve, שָׁלוֹם") == "Việt Nam, naïve, שָׁלוֹם"


# --- tokens --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("…—!?", []),
        ("The U.S. and the E.U. met.", ["the", "u.s.", "and", "the", "e.u.", "met"]),
        ("e.g. this, i.e. that", ["e.g.", "this", "i.e.", "that"]),
        ("China’s firewall isn't new", ["china's", "firewall", "isn't", "new"]),
        ("'quoted' ’90s rock 'n' roll'", ["quoted", "90s", "rock", "n", "roll"]),
        ("state-owned cross–border", ["state", "owned", "cross", "border"]),
        ("1,200.5 and 3.14, 2021.", ["1,200.5", "and", "3.14", "2021"]),
        ("snake_case __init__", ["snake", "case", "init"]),
        ("Zoë Café ÅNGSTRÖM naïve", ["zoe", "cafe", "angstrom", "naive"]),
        ("Новый, новыи\u0306, ёлка", ["новый", "новый", "елка"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("\ufb01nal \uff21\uff22", ["final", "ab"]),
        ("Москва 北京", ["москва", "北", "京"]),
        ("हिन्दी भाषा", [fold("हिन्दी"), fold("भाषा")]),
        ("½ cup", ["½", "cup"]),
        ("1\ufe0f\u20e3 first", ["1", "first"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(ANY)
@example("U.S.A. ½ ℌ ⒈ ﷺ ß.ß. 1,2.x ᾄ")
def test_tokens_stand_in_order_and_fold_from_where_they_stand(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert token.word == fold(text[token.start : token.end]) != ""
        assert not any(char.isalnum() for char in text[end : token.start])
        end = token.end
    assert not any(char.isalnum() for char in text[end:])
    assert words(text) == [token.word for token in tokens(text)]


@given(st.text(st.sampled_from("aZ09.,'_- U\n"), max_size=30))
@example("A.B. 1,200.5 o'B'c'' x_y 1,a a.1.b a.b.c U.S.A")
def test_what_is_ascii_has_the_words_of_the_same_text_among_others(text: str) -> None:
    assert [*words(text), "e"] == words(f"{text} é")
    assert list(tokens(text)) == list(tokens(f"{text} é"))[:-1]


@given(ANY)
@example("U.S.A. ½ ℌ ⒈ ﷺ ß.ß. 1,2.x ẞ’ẞ ŀ")
def test_a_folded_word_can_be_searched_for_again(text: str) -> None:
    for word in words(text):
        assert words(word) == [word]


def test_every_letter_folds_to_a_word_that_stays_as_it_is() -> None:
    letters = [char for char in EVERY_CODE_POINT if char.isalnum()]
    assert len(letters) > 100_000
    assert [char for char in letters if words(fold(char)) != [fold(char)]] == []
    assert [char for char in letters if fold(char) != fold(fold(char))] == []


def test_canonically_equivalent_spellings_are_the_same_words() -> None:
    composed = [char for char in EVERY_CODE_POINT if unicodedata.decomposition(char) and char.isalnum()]
    different = []
    for char in composed:
        spellings = [f"x{unicodedata.normalize(form, char)}y" for form in ("NFC", "NFD")]
        if words(spellings[0]) != words(spellings[1]):
            different.append(char)
    assert different == []


@example("Z.한.")
@given(st.text(st.sampled_from("éÉñ.ü'’ aZ1,ắㅎ한がй\u0301\u0323"), max_size=20))
def test_canonically_equivalent_texts_have_the_same_words(text: str) -> None:
    # marks at the start belong to no letter, and composing may not join them to one
    assert words(unicodedata.normalize("NFC", text)) == words(unicodedata.normalize("NFD", text))


def test_an_accent_is_part_of_the_token() -> None:
    text = "cafe\u0301s"
    assert [(token.start, token.end) for token in tokens(text)] == [(0, 6)]


def test_stem() -> None:
    assert stem("censors") == stem("censored") == stem("censor")
    assert stem("china's") == stem("china")
    assert stem("censor") != stem("censure")
    assert stem("u.s.") != stem("us")


@given(ANY)
def test_no_word_has_an_empty_stem(text: str) -> None:
    assert all(stem(word) for word in words(text))


# --- sentences -----------------------------------------------------------------------------------


def cut(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["One.", "Two!", "Three?", "Four"],
        ["Dr. Lee met Mr. Ho and Sen. Ray.", "They spoke."],
        ["J. R. Okafor wrote it.", "A. Lind did not."],
        ["The U.S. Senate voted.", "It failed."],
        ["It cost $3.5 million.", "Who paid?"],
        ["“Stop!” she said.", "“We will not.”", "He left."],
        ["See Fig. 3 and pp. 4 ff. for more.", "It ends."],
        ["Prices rose.[1]", "Then they fell.[2][13]", "Nobody knew."],
        ["Wait…", "What?!", "(He ran.)", "[She did not.]"],
        ["It opened at 9 a.m. on Monday.", "It closed."],
        ["Visit example.com today.", "It is free."],
    ],
)
def test_sentences(expected: list[str]) -> None:
    assert cut(" ".join(expected)) == expected
    assert cut("  " + "\n ".join(expected) + " \n") == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["“No.”", "He shut the gate."],
        ["She said no.", "He left."],
        ["See No. 5 and no. 7, Fig. S1, vol. III and p. 12.", "Then rest."],
        ["A museum of art.", "The otters like it."],
        ["Built c. 1871 by Ada."],
        ["It was late. [6]", "She slept. [7]"],
    ],
)
def test_a_word_that_is_short_for_another_only_before_a_number_else_ends_a_sentence(expected: list[str]) -> None:
    assert cut(" ".join(expected)) == expected


def test_no_sentences() -> None:
    assert sentences("") == sentences(" \n\t") == []


@given(st.one_of(PROSE, ANY))
def test_sentences_stand_in_order_and_cover_all_but_space(text: str) -> None:
    end = 0
    for span in sentences(text):
        assert isinstance(span, Span)
        assert span.start < span.end
        assert not text[end : span.start].strip()
        piece = text[span.start : span.end]
        assert piece == piece.strip()
        end = span.end
    assert not text[end:].strip()


@pytest.mark.parametrize("piece", ["a. ", ". ", ".", "“", "A.", 'x."', "a'", "1,", "Mr. ", "e\u0301", "[1]", ".[1]"])
def test_hostile_repetition_takes_no_longer_than_its_length(piece: str) -> None:
    text = piece * (150_000 // len(piece)) + "x"
    started = time.process_time()
    sentences(text)
    words(text)
    normalise(text)
    assert time.process_time() - started < 30  # quadratic work takes minutes


# --- normalise -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Don’t”—he said…", '"don\'t"-he said...'),
        ("«a» „b‟ ‚c‛", '"a" "b" \'c\''),
        ("ef\ufb01cient \ufb04uent", "efficient ffluent"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("many \n\t\u00a0\u2003spaces", "many spaces"),
        ("a \u00ad b \u200b c", "a b c"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("−5 – ‑", "-5 - -"),
        ("", ""),
    ],
)
def test_normalise(text: str, expected: str) -> None:
    assert normalise(text).text == expected


@given(ANY)
@example("ﬃ…ß\u00ad \n “x”")
def test_the_offsets_lead_back(text: str) -> None:
    folded = normalise(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert folded.offsets[-1] == len(text)
    assert list(folded.offsets) == sorted(folded.offsets)
    assert "  " not in folded.text
    assert normalise(folded.text).text == folded.text
    for position, char in enumerate(folded.text):
        assert char in normalise(text[folded.offsets[position] :][:1]).text


@given(st.text(st.sampled_from("aB “”’—…ﬁ \u00ad\n"), max_size=30), st.data())
def test_a_slice_of_the_folded_text_maps_to_the_source_it_came_from(text: str, data: st.DataObject) -> None:
    folded = normalise(text)
    starts = [at for at in range(len(folded.text) + 1) if not at or folded.offsets[at] != folded.offsets[at - 1]]
    start = data.draw(st.sampled_from(starts))
    end = data.draw(st.sampled_from([at for at in starts if at >= start]))
    source = text[folded.offsets[start] : folded.offsets[end]]
    if end > start:
        assert normalise(source).text.strip() == folded.text[start:end].strip()


@pytest.mark.parametrize("end", ["½", "⁄", "'", ".", ""])
def test_a_very_long_word_is_read_in_linear_time(end: str) -> None:
    """A pattern that backtracks would take longer than the universe has for this."""
    assert words("a" * 100_000 + end)
