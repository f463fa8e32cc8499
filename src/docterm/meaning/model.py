"""A small BERT for sentences (MiniLM-L6) in numpy alone: texts in, vectors of unit length out.

Devlin et al. 2019 for the layers, Reimers and Gurevych 2019 for the mean over the pieces of a text. Texts of a batch
stand one after the other in one matrix, so that nothing is padded: only attention is reckoned text by text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

import numpy as np

from docterm.meaning.header import Malformed
from docterm.meaning.tensors import Array, Floats
from docterm.meaning.tokenizer import Tokenizer

HEAD = 32
"""Numbers of a vector that one head attends by."""
LONGEST_TEXT = 256
"""Pieces of a text that are read: what the model was trained on."""
BATCH = 512
"""Pieces that are reckoned with at once, about a fifth of a second."""
SCALE = ".scale"
"""What is added to the name of a matrix of bytes to name the multipliers of its rows."""
_EPSILON = np.float32(1e-12)


class Model:
    """Gives texts as vectors."""

    def __init__(self, arrays: Mapping[str, Array], tokenizer: Tokenizer) -> None:
        """Take the arrays under their official names, matrices as float32 or as bytes by row. Raises Malformed."""
        self._tokenizer = tokenizer
        try:
            self._pieces = arrays["embeddings.word_embeddings.weight"]
            self._scales = arrays.get(f"embeddings.word_embeddings.weight{SCALE}")
            kind = _floats(arrays, "embeddings.token_type_embeddings.weight")[0]
            self._places = _floats(arrays, "embeddings.position_embeddings.weight") + kind
            self._first = _Norm(arrays, "embeddings.LayerNorm")
            count = 1 + max(int(name.split(".")[2]) for name in arrays if name.startswith("encoder.layer."))
            self._layers = [_Layer(arrays, f"encoder.layer.{number}") for number in range(count)]
        except (KeyError, ValueError, IndexError) as error:
            raise Malformed("lacks a part of the model") from error
        self.width = self._places.shape[1]
        """How many numbers a vector has."""

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Give a vector for each text."""
        return np.concatenate([np.zeros((0, self.width), np.float32), *(found for _, found in self.batches(texts))])

    def batches(self, texts: Sequence[str]) -> Iterator[tuple[int, Floats]]:
        """Give the vectors of the texts in order, some at a time with their number, each after about 0.2 s."""
        numbers = (self._tokenizer.numbers(text, min(LONGEST_TEXT, len(self._places))) for text in texts)
        for batch in _batches(numbers):
            yield len(batch), self._batch(batch)

    def _batch(self, texts: Sequence[Sequence[int]]) -> Floats:
        numbers = np.concatenate([np.asarray(text) for text in texts])
        ends = [0, *accumulate(len(text) for text in texts)]
        spans = [slice(start, end) for start, end in pairwise(ends)]
        state = self._pieces[numbers].astype(np.float32)
        if self._scales is not None:
            state *= self._scales[numbers][:, None]
        for span in spans:
            state[span] += self._places[: span.stop - span.start]
        state = self._first(state)
        for layer in self._layers:
            state = layer(state, spans)
        means = np.stack([state[span].mean(axis=0) for span in spans])
        return np.asarray(means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), _EPSILON), np.float32)


def _batches(texts: Iterable[Sequence[int]]) -> Iterator[list[Sequence[int]]]:
    batch: list[Sequence[int]] = []
    size = 0
    for text in texts:
        if batch and size + len(text) > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch


def _floats(arrays: Mapping[str, Array], name: str) -> Floats:
    """Give an array as numbers that can be reckoned with."""
    array = np.ascontiguousarray(arrays[name], np.float32)
    scale = arrays.get(f"{name}{SCALE}")
    return array if scale is None else array * scale[:, None]


class _Norm:
    """Every row moved and stretched to mean 0 and variance 1, then by what the model learned."""

    def __init__(self, arrays: Mapping[str, Array], name: str) -> None:
        self._weight, self._bias = _floats(arrays, f"{name}.weight"), _floats(arrays, f"{name}.bias")

    def __call__(self, state: Floats) -> Floats:
        state = state - state.mean(axis=1, keepdims=True)
        state /= np.sqrt(np.einsum("ij,ij->i", state, state) / np.float32(state.shape[1]) + _EPSILON)[:, None]
        return np.asarray(state * self._weight + self._bias)


class _Dense:
    """A matrix product and a vector added."""

    def __init__(self, arrays: Mapping[str, Array], *names: str) -> None:
        self._weight = np.concatenate([_floats(arrays, f"{name}.weight") for name in names]).T
        self._bias = np.concatenate([_floats(arrays, f"{name}.bias") for name in names])

    def __call__(self, state: Floats) -> Floats:
        return np.asarray(state @ self._weight + self._bias)


class _Layer:
    """Attention and two dense steps, each added to what came in."""

    def __init__(self, arrays: Mapping[str, Array], name: str) -> None:
        self._asked = _Dense(arrays, *(f"{name}.attention.self.{part}" for part in ("query", "key", "value")))
        self._told = _Dense(arrays, f"{name}.attention.output.dense")
        self._told_norm = _Norm(arrays, f"{name}.attention.output.LayerNorm")
        self._wide, self._narrow = _Dense(arrays, f"{name}.intermediate.dense"), _Dense(arrays, f"{name}.output.dense")
        self._norm = _Norm(arrays, f"{name}.output.LayerNorm")

    def __call__(self, state: Floats, spans: Sequence[slice]) -> Floats:
        asked = self._asked(state)
        heard = np.concatenate([_attend(asked[span]) for span in spans])
        state = self._told_norm(state + self._told(heard))
        return self._norm(state + self._narrow(_gelu(self._wide(state))))


def _attend(asked: Floats) -> Floats:
    """Give for each piece of one text the values of all, by how well their keys answer its query."""
    length, width = asked.shape[0], asked.shape[1] // 3
    # One array of queries, one of keys, one of values; in each a matrix for every head.
    split: Floats = asked.reshape(length, 3, width // HEAD, HEAD).transpose(1, 2, 0, 3)
    query, key, value = split
    # A float64 here would make everything after it float64, and twenty times slower.
    weights: Floats = query @ key.transpose(0, 2, 1) * np.float32(HEAD**-0.5)
    weights -= weights.max(axis=2, keepdims=True)
    np.exp(weights, out=weights)
    weights /= weights.sum(axis=2, keepdims=True)
    return np.asarray((weights @ value).transpose(1, 0, 2).reshape(length, width), np.float32)


_ERF = tuple(np.float32(each) for each in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592))


def _gelu(state: Floats) -> Floats:
    """Give x times the share of a normal distribution below x (Abramowitz and Stegun 7.1.26, error under 2e-7)."""
    half = np.abs(state) * np.float32(0.5**0.5)
    near = 1 / (1 + np.float32(0.3275911) * half)
    series = _ERF[0] * near
    for factor in _ERF[1:]:
        series += factor
        series *= near
    series *= np.exp(-half * half)
    series *= np.float32(0.5)
    return np.asarray(state * np.where(state < 0, series, 1 - series), np.float32)
