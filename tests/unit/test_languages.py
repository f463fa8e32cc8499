"""Languages: how records call them, by which words they are told, and what they mean for stems and for searching."""

from __future__ import annotations

from pathlib import Path, PurePath

import pytest

from docterm.languages import language_code, language_of, stemmed_as, stop_words
from docterm.library.extract import extract
from docterm.library.library import Library
from docterm.search.facts import Facts
from docterm.search.matcher import Matcher
from docterm.search.query import parse
from docterm.search.service import SearchService
from docterm.text import fold, stem, words

HARBOURS = {
    "en": "The harbour was closed for three days because of the storm, and the ferries of the island did not sail. The "
    "council says that it will open again when the lights have been repaired.",
    "de": "Der Hafen war wegen des Sturms drei Tage lang geschlossen, und die Fähren der Insel sind nicht ausgelaufen. "
    "Der Rat sagt, dass er wieder geöffnet wird, sobald die Häuser am Kai repariert sind.",
    "fr": "Le port a été fermé pendant trois jours à cause de la tempête, et les bateaux de l'île ne sont pas sortis. "
    "Le conseil dit qu'il sera ouvert dès que les feux auront été réparés par les gardiens.",
    "es": "El puerto estuvo cerrado tres días por la tormenta, y los barcos de la isla no salieron. El consejo dice "
    "que volverá a abrir cuando las luces estén reparadas, pero no se sabe cuándo será eso.",
    "it": "Il porto è rimasto chiuso per tre giorni a causa della tempesta, e le navi dell'isola non sono partite. Il "
    "consiglio dice che sarà aperto quando i fari saranno stati riparati da quelli della città.",
    "nl": "De haven was drie dagen gesloten vanwege de storm, en de boten van het eiland zijn niet uitgevaren. De raad "
    "zegt dat hij weer open gaat als de lichten zijn hersteld, maar niet wanneer dat zal zijn.",
    "ru": "Гавань была закрыта три дня из-за бури, и паромы острова не ходили. Совет говорит, что она будет открыта, "
    "когда починят огни, но никто не знает, как это будет и что для этого нужно.",
    "sv": "Hamnen var stängd i tre dagar på grund av stormen, och färjorna till ön gick inte. Rådet säger att den ska "
    "öppnas när ljusen har lagats, men det är inte klart hur det ska gå till.",
}


@pytest.mark.parametrize("code", HARBOURS)
def test_a_text_is_told_by_the_words_that_join_others(code: str) -> None:
    assert language_of(words(HARBOURS[code])) == code


@pytest.mark.parametrize("text", ["", "Hafen Sturm Tage Insel", "harbour " * 50, "北京 网络 控制 " * 20, "1 2 3 " * 20])
def test_a_text_that_says_too_little_is_in_no_language(text: str) -> None:
    assert language_of(words(text)) == ""


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("de", "de"), ("de-AT", "de"), ("DE_ch", "de"), ("ger", "de"), ("ngerman", "de"), ("Deutsch", "de"),
        ("Français", "fr"), ("русский", "ru"), ("nob", "no"), (" en-GB ", "en"), ("zh-Hans", "zh"), ("", ""),
        ("und", ""), ("Klingon", ""), ("-", ""),
    ],
)  # fmt: skip
def test_a_language_has_many_names(said: str, code: str) -> None:
    assert language_code(said) == code


def test_words_have_the_stems_of_their_language_and_none_where_there_is_no_stemmer() -> None:
    assert stemmed_as("") == stemmed_as("Klingon") == stemmed_as("en-US") == "en"
    assert stemmed_as("deu") == "de"
    assert stemmed_as("zh") == "none"
    assert stem("harbours", "none") == "harbours"


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("de", "Haus Häuser Hauses"),
        ("fr", "liberté libertés"),
        ("es", "nación naciones"),
        ("it", "controllo controlli"),
        ("pt", "liberdade liberdades"),
        ("ru", "новый новые нового"),
        ("sv", "frihet friheter"),
        ("hu", "ház házakban"),
    ],
)
def test_folded_forms_of_a_word_have_one_stem(language: str, forms: str) -> None:
    assert len({stem(fold(form), language) for form in forms.split()}) == 1


def test_stop_words_are_folded_words() -> None:
    for code in HARBOURS:
        assert stop_words(code)
        for word in stop_words(code):
            assert words(word) == [word]


def test_the_matcher_takes_the_forms_of_the_document_s_language() -> None:
    query = parse("Häuser").node
    assert Matcher(query).matches("Das Haus am Kai.", Facts("a", lang="de"))
    assert not Matcher(query).matches("Das Haus am Kai.", Facts("a", lang="en"))
    assert Matcher(query, language="de").spans("Das Haus am Kai.") == [(4, 8)]


def test_a_text_in_another_language_says_so_in_its_record() -> None:
    def read(name: str, text: str) -> str:
        return extract(PurePath(name), text.encode()).meta.get("language", "")

    assert read("a.txt", HARBOURS["de"]) == "de"
    assert read("a.txt", HARBOURS["en"]) == ""
    assert read("a.md", f"---\nlanguage: sv\n---\n\n{HARBOURS['de']}") == "sv"
    page = '<html lang="{}"><title>x</title><body><article><h1>x</h1><p>{}</p></article></body></html>'
    assert read("a.html", page.format("en", HARBOURS["de"])) == "de"
    assert read("a.html", page.format("pl", "Port zamknięto.")) == "pl"


@pytest.fixture
def service(tmp_path: Path) -> SearchService:
    folder = tmp_path / "library"
    folder.mkdir()
    for code, text in HARBOURS.items():
        (folder / f"{code}.txt").write_text(f"Harbour\n\n{text}\n", "utf-8")
    library = Library(folder)
    library.refresh()
    return SearchService(library)


def found(service: SearchService, query: str) -> list[str]:
    service.synchronise()
    return sorted(hit.document.path.removesuffix(".txt") for hit in service.search(query).hits)


def test_one_query_finds_the_forms_of_every_language_of_the_library(service: SearchService) -> None:
    assert found(service, "Haus") == ["de"]
    assert found(service, "harbours") == ["en"]
    assert found(service, "tormentas") == ["es"]
    assert found(service, "lang:de hafens") == ["de"]
    assert found(service, "огни OR Haus OR bateau") == ["de", "fr", "ru"]
    assert found(service, "гавани") == ["ru"]
    service.library.close()


def test_a_question_in_another_language_is_read_as_one(service: SearchService) -> None:
    service.synchronise()
    results = service.search("wann wird der Hafen wieder geöffnet?")
    assert results.read_as == "hafen OR geoffnet"
    assert results.hits[0].document.path == "de.txt"
    service.library.close()


def test_a_corrected_language_gives_the_words_of_a_document_other_stems(service: SearchService) -> None:
    assert found(service, "Haus") == ["de"]
    (service.library.root / "de.txt.csl.json").write_text('{"language": "en"}', "utf-8")
    service.library.refresh()
    assert found(service, "Haus") == []
    (service.library.root / "de.txt.csl.json").unlink()
    service.library.refresh()
    assert found(service, "Haus") == ["de"]
    service.library.close()
