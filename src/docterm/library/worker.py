"""The process in which files are read that could harm their reader: `python -I -m docterm.library.worker`.

It takes requests from standard input and gives answers to standard output, both framed by their length in
eight bytes; a request is a file name, a line feed and the file's bytes, an answer is a JSON object. It opens
no file itself, and what it takes of memory is limited, so that a bomb ends the worker and nothing else.
"""

from __future__ import annotations

import contextlib
import json
import struct
import sys
from pathlib import PurePath
from typing import BinaryIO

from docterm.errors import Code, ReadError
from docterm.library.extract import extract

LENGTH = struct.Struct(">Q")
MEMORY_BYTES = 1 << 30
OPEN_FILES = 64


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    while (request := receive(requests)) is not None:
        name, _, data = request.partition(b"\n")
        send(answers, json.dumps(_answer(PurePath(name.decode("utf-8", "replace")), data)).encode())


def _answer(path: PurePath, data: bytes) -> dict[str, object]:
    try:
        return {"text": extract(path, data).as_json()}
    except ReadError as error:
        return _refusal(error)
    except MemoryError:
        return _refusal(
            ReadError(f"Reading it takes more than {MEMORY_BYTES >> 20} MiB of memory.", "Split the file.", Code.MEMORY)
        )
    except Exception as error:  # the reader's fault, or the file's: a sentence either way, and the worker lives on
        failure = f"The reader failed: {type(error).__name__}."
        return _refusal(ReadError(failure, "The file may be damaged.", Code.CRASHED))


def _refusal(error: ReadError) -> dict[str, object]:
    return {"problem": error.message, "hint": error.hint, "code": error.code}


def send(stream: BinaryIO, data: bytes) -> None:
    """Write a frame."""
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: BinaryIO, limit: int = 1 << 40) -> bytes | None:
    """Read a frame; give None at the end of the stream. Raises ValueError for a frame of more than `limit` bytes."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    if length > limit:
        raise ValueError(f"a frame of {length} bytes")
    data = stream.read(length)
    return data if len(data) == length else None


def _limit_resources() -> None:
    try:
        import resource
    except ImportError:  # Windows has none; there the time limit is all
        return
    limits = (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    )
    for kind, limit in limits:
        with contextlib.suppress(ValueError, OSError):  # some systems refuse some of them
            resource.setrlimit(kind, (limit, limit))


if __name__ == "__main__":
    _limit_resources()
    serve(sys.stdin.buffer, sys.stdout.buffer)
