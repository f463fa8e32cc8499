"""The arithmetic of the model on a small one of random numbers, held against each formula written out plainly."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docterm.meaning import header, store, tensors
from docterm.meaning.likeness import Likeness
from docterm.meaning.model import BATCH, HEAD, LONGEST_TEXT, Model
from docterm.meaning.tensors import Array
from docterm.meaning.tokenizer import Tokenizer

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"abcdefgh"]
TOKENIZER = Tokenizer(PIECES)
WIDTH, WIDE, LAYERS, PLACES = 2 * HEAD, 3 * HEAD, 2, 300


def small_model(seed: int = 7) -> dict[str, Array]:
    chance = np.random.default_rng(seed)

    def made(*shape: int) -> Array:
        return chance.normal(0, 0.3, shape).astype(np.float32)

    arrays = {
        "embeddings.word_embeddings.weight": made(len(PIECES), WIDTH),
        "embeddings.position_embeddings.weight": made(PLACES, WIDTH),
        "embeddings.token_type_embeddings.weight": made(2, WIDTH),
    }
    norms = ["embeddings.LayerNorm"]
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}"
        norms += [f"{layer}.attention.output.LayerNorm", f"{layer}.output.LayerNorm"]
        shapes = {f"attention.self.{part}": (WIDTH, WIDTH) for part in ("query", "key", "value")}
        shapes |= {"attention.output.dense": (WIDTH, WIDTH), "intermediate.dense": (WIDE, WIDTH)}
        for name, shape in (shapes | {"output.dense": (WIDTH, WIDE)}).items():
            arrays[f"{layer}.{name}.weight"], arrays[f"{layer}.{name}.bias"] = made(*shape), made(shape[0])
    for name in norms:
        arrays[f"{name}.weight"], arrays[f"{name}.bias"] = made(WIDTH), made(WIDTH)
    return arrays


def plain(arrays: Mapping[str, Array], text: str) -> list[float]:
    """The same in double precision, one number after the other where that says more."""
    a: dict[str, Any] = {name: array.astype(np.float64) for name, array in arrays.items()}

    def norm(rows: Any, name: str) -> Any:
        mean, variance = rows.mean(1)[:, None], rows.var(1)[:, None]
        return (rows - mean) / np.sqrt(variance + 1e-12) * a[f"{name}.weight"] + a[f"{name}.bias"]

    def dense(rows: Any, name: str) -> Any:
        return rows @ a[f"{name}.weight"].T + a[f"{name}.bias"]

    numbers = TOKENIZER.numbers(text, LONGEST_TEXT)
    places = a["embeddings.position_embeddings.weight"][: len(numbers)]
    rows = a["embeddings.word_embeddings.weight"][numbers] + places + a["embeddings.token_type_embeddings.weight"][0]
    rows = norm(rows, "embeddings.LayerNorm")
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}"
        query, key, value = (dense(rows, f"{layer}.attention.self.{part}") for part in ("query", "key", "value"))
        heads = []
        for start in range(0, WIDTH, HEAD):
            head = slice(start, start + HEAD)
            weights = np.exp(query[:, head] @ key[:, head].T / math.sqrt(HEAD))
            heads.append(weights / weights.sum(1)[:, None] @ value[:, head])
        told = dense(np.concatenate(heads, axis=1), f"{layer}.attention.output.dense")
        rows = norm(rows + told, f"{layer}.attention.output.LayerNorm")
        wide = dense(rows, f"{layer}.intermediate.dense")
        wide = np.vectorize(lambda x: x * (1 + math.erf(x / math.sqrt(2))) / 2)(wide)
        rows = norm(rows + dense(wide, f"{layer}.output.dense"), f"{layer}.output.LayerNorm")
    mean = rows.mean(0)
    return list(mean / np.linalg.norm(mean))


@pytest.mark.parametrize("text", ["", "a", "a b c a b c", "h " * 400])
def test_a_vector_is_what_the_formulas_say(text: str) -> None:
    arrays = small_model()
    assert np.allclose(Model(arrays, TOKENIZER).vectors([text])[0], plain(arrays, text), atol=2e-5)


def test_reckoning_stays_in_single_precision() -> None:
    model = Model(small_model(), TOKENIZER)
    assert model.vectors(["a b c"]).dtype == np.float32
    assert all(found.dtype == np.float32 for _, found in model.batches(["a", "b"]))


def test_the_other_texts_of_a_batch_change_nothing() -> None:
    model = Model(small_model(), TOKENIZER)
    texts = ["a b", "", "c " * 300, "d e f g h", "a b"]
    together = model.vectors(texts)
    alone = [model.vectors([text])[0] for text in texts]
    assert np.allclose(together, alone, atol=1e-5)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_no_batch_is_longer_than_a_fifth_of_a_second_takes() -> None:
    sizes = [count for count, _ in Model(small_model(), TOKENIZER).batches(["a " * 98] * 20)]
    assert sum(sizes) == 20
    assert max(sizes) == BATCH // 100


def test_no_texts_have_no_vectors() -> None:
    assert Model(small_model(), TOKENIZER).vectors([]).shape == (0, WIDTH)


def test_bytes_by_row_change_little() -> None:
    arrays = small_model()
    small = dict(arrays)
    for name in arrays:
        if name.startswith("encoder.") and arrays[name].ndim == 2:
            small[name], small[f"{name}.scale"] = tensors.as_bytes_by_row(arrays[name])
    texts = ["a b c", "d e f g"]
    cosines = (Model(arrays, TOKENIZER).vectors(texts) * Model(small, TOKENIZER).vectors(texts)).sum(axis=1)
    assert min(cosines) > 0.998


def test_a_row_of_nothing_stays_nothing() -> None:
    whole, scales = tensors.as_bytes_by_row(np.zeros((2, 3), np.float32))
    assert not whole.any()
    assert np.isfinite(scales).all()


@pytest.mark.parametrize("part", ["encoder.layer.1.output.dense.weight", "embeddings.LayerNorm.bias"])
def test_a_model_that_lacks_a_part_is_none(part: str) -> None:
    arrays = small_model()
    del arrays[part]
    with pytest.raises(header.Malformed):
        Model(arrays, TOKENIZER)


# --- files ---------------------------------------------------------------------------------------


def test_what_is_packed_is_read_again(tmp_path: Path) -> None:
    arrays: dict[str, Array] = {"a": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.array([1, -1, 5], np.int8)}
    path = tmp_path / "x.safetensors"
    path.write_bytes(b"".join(tensors.packed(arrays, {"who": "we"})))
    found, metadata = tensors.read(path)
    assert metadata == {"who": "we"}
    assert {name: array.tolist() for name, array in found.items()} == {name: a.tolist() for name, a in arrays.items()}


@given(st.data())
def test_a_damaged_file_is_refused_or_read_within_its_bounds(data: st.DataObject) -> None:
    whole = b"".join(tensors.packed({"a": np.ones((3, 4), np.float32), "b": np.ones(5, np.int8)}, {}))
    cut = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    for place in data.draw(st.lists(st.integers(0, max(len(cut) - 1, 0)), max_size=4)):
        if cut:
            cut[place] = data.draw(st.integers(0, 255))
    try:
        arrays, _ = tensors.unpacked(np.frombuffer(bytes(cut), np.uint8))
    except header.Malformed:
        return
    assert sum(array.nbytes for array in arrays.values()) <= 2 * len(cut)


@pytest.mark.parametrize(
    "entry",
    [
        '{"dtype":"F32","shape":[1000000],"data_offsets":[0,4000000]}',
        '{"dtype":"F32","shape":[2],"data_offsets":[0,4]}',
        '{"dtype":"F32","shape":[-1,-1],"data_offsets":[0,4]}',
        '{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}',
        '{"dtype":"O","shape":[1],"data_offsets":[0,4]}',
        '{"dtype":["F32"],"shape":[1],"data_offsets":[0,4]}',
        "5",
    ],
)
def test_a_header_that_lies_is_refused(entry: str) -> None:
    text = f'{{"a":{entry}}}'.encode()
    with pytest.raises(header.Malformed):
        tensors.unpacked(np.frombuffer(len(text).to_bytes(8, "little") + text + bytes(4), np.uint8))


# --- likeness ------------------------------------------------------------------------------------


def test_a_sentence_of_a_long_text_is_found_whatever_stands_around_it() -> None:
    vectors = np.eye(4, dtype=np.float32)
    # The long text, by itself like nothing, has the one sentence that is the other text, and one that is not.
    likeness = Likeness(vectors, [[0]], [[1, 0, 2], [3]])
    assert likeness.of(0, 0) == 0.5
    assert likeness.of(0, 1) == 0
    assert (0, 0) in likeness.best(1)


def test_swapping_the_sides_swaps_the_likeness() -> None:
    chance = np.random.default_rng(3)
    vectors = chance.normal(size=(9, 5)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    lefts, rights = [[0], [1, 2, 3]], [[4, 5, 6], [7], [8]]
    one, other = Likeness(vectors, lefts, rights), Likeness(vectors, rights, lefts)
    pairs = [(row, column) for row in range(2) for column in range(3)]
    assert all(abs(one.of(row, column) - other.of(column, row)) < 1e-5 for row, column in pairs)
    assert {(column, row) for row, column in one.best(1)} == other.best(1)


# --- the official files --------------------------------------------------------------------------


@pytest.mark.skipif("DOCTERM_MEANING" not in os.environ, reason="DOCTERM_MEANING names no wheel or model.safetensors")
def test_the_official_model_tells_what_is_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    found = store.put_in(Path(os.environ["DOCTERM_MEANING"]))
    assert 23e6 < found.size < 26e6
    assert re.search("MiniLM", found.origin)
    texts = ["A man is eating food.", "A man is eating a piece of bread.", "The girl is carrying a baby."]
    vectors = store.load().vectors(texts)
    # As its authors' documentation gives them: 0.7553 and -0.1050.
    assert abs(float(vectors[0] @ vectors[1]) - 0.7553) < 0.01
    assert abs(float(vectors[0] @ vectors[2]) + 0.1050) < 0.02
