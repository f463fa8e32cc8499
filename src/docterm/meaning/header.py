"""The beginning of a safetensors file: a length, and a JSON object that says which array stands where."""

from __future__ import annotations

import json
from typing import Any

LONGEST = 1 << 20
"""Bytes of a header that are read; the model's has 11,408."""


class Malformed(ValueError):
    """The file is no safetensors, or not all of it is there. Its message ends a sentence “The file …”."""


def length_of(start: bytes, size: int) -> int:
    """Give the length of the header, from the first eight bytes of a file of `size` bytes. Raises Malformed."""
    length = int.from_bytes(start[:8], "little")
    if len(start) < 8 or length > min(LONGEST, size - 8):
        raise Malformed("is cut off, or no safetensors")
    return length


def read(text: bytes) -> tuple[dict[str, Any], dict[str, str]]:
    """Give what a header says of each array, and the metadata. Raises Malformed."""
    try:
        header = json.loads(text)
        metadata = {str(name): str(value) for name, value in header.pop("__metadata__", {}).items()}
        return {str(name): dict(entry) for name, entry in header.items()}, metadata
    except (AttributeError, TypeError, ValueError, RecursionError) as error:
        raise Malformed("has a header that cannot be read") from error
