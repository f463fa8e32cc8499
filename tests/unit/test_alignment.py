"""How well links are found, by golds that are in the public domain; benchmarks/alignment.py measures the whole."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from docterm.compare.align import align

ROOT = Path(__file__).parents[2]
GOSPELS = ROOT / "tests" / "collections" / "gospels" / "gospels.json"
HARBOUR = ROOT / "tests" / "collections" / "harbour" / "documents.trec"


@pytest.fixture(scope="module")
def alignment() -> ModuleType:
    spec = importlib.util.spec_from_file_location("alignment", ROOT / "benchmarks" / "alignment.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_sections_of_two_gospels_in_two_translations_find_each_other(alignment: ModuleType) -> None:
    texts = alignment.read_gospels(GOSPELS)
    assert (len(texts.left), len(texts.right)) == (60, 61)
    precision, f1 = alignment.precision_and_f1(texts, alignment.english(texts.left, texts.right))
    assert precision >= 0.86
    assert f1 >= 0.83


def test_the_gold_can_tell_good_links_from_bad(alignment: ModuleType) -> None:
    texts = alignment.read_gospels(GOSPELS)
    moved = texts._replace(gold={number: {n + 3 for n in right} for number, right in texts.gold.items()})
    precision, f1 = alignment.precision_and_f1(moved, alignment.english(texts.left, texts.right))
    assert max(precision, f1) < 0.3


def test_texts_that_have_nothing_in_common_are_hardly_linked(alignment: ModuleType) -> None:
    texts = alignment.read_gospels(GOSPELS)
    other = alignment.passages("harbour", re.findall("<TEXT>\n(.*?)\n</TEXT>", HARBOUR.read_text("utf-8"), re.DOTALL))
    near, close = alignment.false_links(texts.left, other, alignment.english(texts.left, other))
    assert near <= 0.12 * len(texts.left)
    assert close <= 0.04 * len(texts.left)


def test_the_strongest_link_of_a_section_is_told_as_such(alignment: ModuleType) -> None:
    texts = alignment.read_gospels(GOSPELS)
    found = align(texts.left, texts.right, alignment.english(texts.left, texts.right))
    mutual = [link for link in found.links if link.mutual]
    right = sum(link.right.number in texts.gold[link.left.number or 0] for link in mutual)
    assert right / len(mutual) > sum(
        link.right.number in texts.gold[link.left.number or 0] for link in found.links
    ) / len(found.links)
