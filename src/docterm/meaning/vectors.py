"""The vectors of texts, kept in a file by the hashes of the texts, so that a text is reckoned once."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

import numpy as np

from docterm.config.paths import private_folder
from docterm.config.writing import put
from docterm.errors import StorageError
from docterm.meaning import store, tensors
from docterm.meaning.header import Malformed
from docterm.meaning.tensors import Array, Floats

FILE = "vectors.safetensors"
MOST = 50_000
"""Vectors that are kept, the latest: 39 MB."""
_KEY = 16
_MODEL = "model"


class Vectors:
    """Gives texts as vectors, in half precision; used in a `with`, at whose end the new ones are kept."""

    def __init__(self, folder: Path | None) -> None:
        """Keep vectors in a folder, or with None nowhere."""
        self._folder = folder
        self._known: dict[bytes, Array] = {}
        self._is_new = False

    def __enter__(self) -> Vectors:
        if self._folder is not None:
            # A cache that cannot be read is made anew.
            with contextlib.suppress(OSError, Malformed, KeyError, ValueError):
                arrays, metadata = tensors.read(self._folder / FILE)
                keys, vectors = np.array(arrays["keys"]), np.array(arrays["vectors"])
                if metadata.get(_MODEL) == store.ORIGIN and vectors.shape == (len(keys), store.WIDTH):
                    self._known = {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._folder is None or not self._is_new:
            return
        kept = list(self._known.items())[-MOST:]
        keys = np.frombuffer(b"".join(key for key, _ in kept), np.uint8).reshape(-1, _KEY)
        arrays = {"keys": keys, "vectors": np.stack([vector for _, vector in kept])}
        # Without room or permission for a cache, vectors are reckoned each time.
        with contextlib.suppress(OSError, StorageError):
            put(private_folder(self._folder) / FILE, *tensors.packed(arrays, {_MODEL: store.ORIGIN}))

    def of(self, texts: Sequence[str], step: Callable[[float], None]) -> Floats:
        """Give a row for each text; `step` is called every fifth of a second with the part that is done.

        What was reckoned before `step` raises is kept. Raises StorageError when the model is damaged.
        """
        keys = [hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=_KEY).digest() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        step(0.0)
        if new:
            done = 0
            for batch, vectors in store.load().batches(list(new.values())):
                self._known.update(zip(list(new)[done : done + batch], vectors.astype(np.float16), strict=True))
                self._is_new = True
                done += batch
                step(done / len(new))
        return np.stack([self._known[key] for key in keys]).astype(np.float32)
