"""The file of a segment: named arrays one after the other, read in place by mmap.

    8 bytes   b"docterm" and the version of the layout
    4 bytes   the length of the header
    header    JSON: {"sections": {name: [type code, offset, items]}, "facts": {...}}
    arrays    each at a multiple of 8 bytes, in the machine's byte order

Nothing in it is a pickle. A file is written once, whole, and never changed.
"""

from __future__ import annotations

import json
import mmap
import struct
import sys
from array import array
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

MAGIC = b"docterm\x01"
_LENGTH = struct.Struct("<I")
_ALIGN = 8
_NARROW = ((0xFF, "B"), (0xFFFF, "H"), (0xFFFF_FFFF, "I"))


def narrow(values: array[int]) -> array[int]:
    """Give the same unsigned numbers in as few bytes each as the greatest one needs."""
    greatest = max(values, default=0)
    code = next((code for most, code in _NARROW if greatest <= most), "Q")
    return values if values.typecode == code else array(code, values)


def write_sections(file: BinaryIO, sections: Mapping[str, array[int] | bytes], facts: Mapping[str, Any]) -> None:
    """Write a segment's file."""
    entries = {name: _entry(data, 10**15) for name, data in sections.items()}
    room = len(json.dumps({"sections": entries, "facts": facts})) + _ALIGN  # no offset will have more digits
    start = _aligned(len(MAGIC) + _LENGTH.size + room)
    offset = start
    for name, data in sections.items():
        entries[name] = _entry(data, offset)
        offset = _aligned(offset + _size(data))
    text = json.dumps({"sections": entries, "facts": facts}).encode()
    file.write(MAGIC + _LENGTH.pack(len(text)) + text)
    at = len(MAGIC) + _LENGTH.size + len(text)
    for data in sections.values():
        begin = max(_aligned(at), start)
        file.write(bytes(begin - at))
        file.write(data)
        at = begin + _size(data)


def _entry(data: array[int] | bytes, offset: int) -> tuple[str, int, int]:
    return ("B" if isinstance(data, bytes) else data.typecode, offset, len(data))


def _size(data: array[int] | bytes) -> int:
    return len(data) if isinstance(data, bytes) else len(data) * data.itemsize


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGN) * _ALIGN


class SegmentFile:
    """A segment's file, opened. What it gives points into the file and stays good when that is deleted."""

    def __init__(self, path: Path) -> None:
        """Open a file; raise ValueError when it is none, or not whole."""
        with path.open("rb") as file:
            self._bytes = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        start = len(MAGIC) + _LENGTH.size
        if self._bytes[: len(MAGIC)] != MAGIC:
            raise ValueError(f"{path.name} is not a segment of this version")
        (length,) = _LENGTH.unpack(self._bytes[len(MAGIC) : start])
        header = json.loads(bytes(self._bytes[start : start + length]))
        self._sections: dict[str, tuple[str, int, int]] = header["sections"]
        self.facts: dict[str, Any] = header["facts"]

    def section(self, name: str) -> memoryview:
        """Give an array by its name."""
        code, offset, items = self._sections[name]
        size = items * array(code).itemsize
        if offset + size > len(self._bytes):
            raise ValueError(f"section {name} is not whole")
        cast: Any = self._bytes[offset : offset + size].cast
        numbers: memoryview = cast(code)
        return numbers


BYTE_ORDER = sys.byteorder
"""Part of the stamp: a segment is read on machines of the order it was written on."""
