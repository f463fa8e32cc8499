"""Reading and making safetensors: a length, a JSON header that says which array stands where, and the arrays.

Nothing in such a file is executed, and every array is held against the size of the file before it is touched.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from docterm.meaning import header
from docterm.meaning.header import Malformed

Array = np.ndarray[Any, np.dtype[Any]]
Floats = np.ndarray[Any, np.dtype[np.float32]]

_TYPES: dict[str, np.dtype[Any]] = {
    "F32": np.dtype("<f4"),
    "I8": np.dtype("i1"),
    "U8": np.dtype("u1"),
    "F16": np.dtype("<f2"),
    "I64": np.dtype("<i8"),
}
_NAMES = {kind: name for name, kind in _TYPES.items()}


def read(path: Path) -> tuple[dict[str, Array], dict[str, str]]:
    """Give the arrays of a file, mapped into memory, and its metadata. Raises Malformed, OSError."""
    if path.stat().st_size == 0:  # which cannot be mapped
        raise Malformed("is empty")
    return unpacked(np.memmap(path, dtype=np.uint8, mode="r"))


def unpacked(data: Array) -> tuple[dict[str, Array], dict[str, str]]:
    """Give the arrays in the bytes of a file, and its metadata. Raises Malformed."""
    length = header.length_of(data[:8].tobytes(), len(data))
    entries, metadata = header.read(data[8 : 8 + length].tobytes())
    try:
        return {name: _array(data[8 + length :], entry) for name, entry in entries.items()}, metadata
    except (KeyError, OverflowError, TypeError, ValueError) as error:
        if isinstance(error, Malformed):
            raise
        raise Malformed("has a header that cannot be read") from error


def _array(body: Array, entry: Mapping[str, Any]) -> Array:
    kind, shape = _TYPES[entry["dtype"]], tuple(int(each) for each in entry["shape"])
    first, last = (int(each) for each in entry["data_offsets"])
    if not 0 <= first <= last <= len(body):
        raise Malformed("is cut off")
    if min(shape, default=1) < 0 or math.prod(shape) * kind.itemsize != last - first:
        raise Malformed("has an array that is not of its size")
    return np.frombuffer(body[first:last].data, kind).reshape(shape)


def packed(arrays: Mapping[str, Array], metadata: Mapping[str, str]) -> list[bytes]:
    """Give the bytes of a file with these arrays, in parts."""
    entries: dict[str, Any] = {"__metadata__": dict(metadata)}
    parts: list[bytes] = []
    place = 0
    # The widest first, so that each begins at a multiple of its width.
    for name, array in sorted(arrays.items(), key=lambda each: (-each[1].itemsize, each[0])):
        data = array.tobytes()
        entries[name] = {
            "dtype": _NAMES[array.dtype],
            "shape": list(array.shape),
            "data_offsets": [place, place + len(data)],
        }
        parts.append(data)
        place += len(data)
    text = json.dumps(entries).encode()
    text += b" " * (-len(text) % 8)
    return [len(text).to_bytes(8, "little"), text, *parts]


def as_bytes_by_row(matrix: Floats) -> tuple[Array, Floats]:
    """Give a matrix as whole numbers from -127 to 127, and the number each row of them is to be multiplied by."""
    scales = np.abs(matrix).max(axis=1) / np.float32(127)
    scales[scales == 0] = 1
    return np.rint(matrix / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def digest(arrays: Mapping[str, Array]) -> str:
    """Give the SHA-256 of the bytes of the arrays, in the order of their names."""
    found = hashlib.sha256()
    for name in sorted(arrays):
        found.update(name.encode())
        found.update(np.ascontiguousarray(arrays[name]).view(np.uint8).data)
    return found.hexdigest()
