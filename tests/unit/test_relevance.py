"""benchmarks/relevance.py, over a small collection that was made for it."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
HARBOUR = ROOT / "tests" / "collections" / "harbour"


@pytest.fixture(scope="module")
def relevance() -> ModuleType:
    spec = importlib.util.spec_from_file_location("relevance", ROOT / "benchmarks" / "relevance.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_topics_as_they_are_read_find_much_and_all_of_their_words_next_to_nothing(relevance: ModuleType) -> None:
    result = relevance.measure(relevance.read(HARBOUR))
    assert (result.documents, result.topics) == (16, 8)
    assert result.ndcg > 0.75
    assert result.ndcg_of_all < 0.3


def test_the_gain_of_a_ranking_is_as_it_is_defined(relevance: ModuleType) -> None:
    assert relevance.ndcg(["a", "b"], {"a", "b"}) == 1
    assert relevance.ndcg(["x", "y"], {"a"}) == 0
    assert relevance.ndcg(["x", "a"], {"a"}) == pytest.approx(0.6309, abs=1e-4)
    assert relevance.ndcg(["a", "x", "b"], {"a", "b"}) == pytest.approx((1 + 0.5) / 1.6309, abs=1e-4)


def test_json_lines_and_topics_by_line_are_read_as_well(relevance: ModuleType, tmp_path: Path) -> None:
    collection = relevance.read(HARBOUR)
    other = tmp_path / "other"
    other.mkdir()
    lines = [json.dumps({"_id": key, "title": "", "text": text}) for key, text in collection.documents.items()]
    (other / "documents.jsonl").write_text("\n".join(lines), "utf-8")
    (other / "topics.tsv").write_text("".join(f"{key}\t{text}\n" for key, text in collection.topics.items()), "utf-8")
    shutil.copy(HARBOUR / "qrels", other / "qrels.txt")
    assert list(relevance.collections(tmp_path)) == [other]
    assert relevance.measure(relevance.read(other))[3:] == pytest.approx(relevance.measure(collection)[3:])
