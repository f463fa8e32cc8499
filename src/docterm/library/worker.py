"""The process in which files are read that could harm their reader: `python -I -m docterm.library.worker`.

It takes requests from standard input and gives answers to standard output, both framed by their length in eight
bytes. A request is a line of JSON (`seconds` it may take, `name` of the file, and `records` when these are wanted and
no text), a line feed and the file's bytes. An answer is lines of JSON, of which whoever asked takes one at a time: an
object, and after it the passages or the records. It opens no file of the user's, and what it takes is limited, so that
a bomb ends the worker and nothing else.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import PurePath
from typing import BinaryIO

from docterm.errors import Code, ReadError
from docterm.library.confine import MEMORY_BYTES, allow_seconds, confine, end_with
from docterm.library.extract import extract

LENGTH = struct.Struct(">Q")


def main() -> None:
    """Answer requests until there are no more, or nobody is left who could make any."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints must not come between the answers
    end_with(0)
    confine()
    serve(sys.stdin.buffer, answers)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    while (request := receive(requests)) is not None:
        head, _, data = request.partition(b"\n")
        del request
        asked = json.loads(head)
        allow_seconds(asked["seconds"])
        read = partial(_records, asked["records"]) if asked["records"] else partial(_text, PurePath(asked["name"]))
        lines = _answer(read, data)
        send(answers, sum(map(len, lines)), lines)


def _text(path: PurePath, data: bytes) -> Iterator[bytes]:
    return map(_line, extract(path, data).as_json())


def _records(origin: str, data: bytes) -> Iterator[bytes]:
    from docterm.library.bibliography.entry import line_of  # here, as below: most workers read no records
    from docterm.library.bibliography.parsing import parse_records

    entries, notes = parse_records(origin, data)
    yield _line({"notes": notes})
    yield from map(line_of, entries)


def _line(said: object) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def _answer(read: Callable[[bytes], Iterator[bytes]], data: bytes) -> list[bytes]:
    """Give the lines of an answer, all of them: what is too much for memory must be told before any is sent."""
    try:
        return list(read(data))
    except ReadError as error:
        return _refusal(error)
    except MemoryError:
        return _refusal(
            ReadError(f"Reading it takes more than {MEMORY_BYTES >> 20} MiB of memory.", "Split the file.", Code.MEMORY)
        )
    except Exception as error:  # the reader's fault, or the file's: a sentence either way, and the worker lives on
        failure = f"The reader failed: {type(error).__name__}."
        return _refusal(ReadError(failure, "The file may be damaged.", Code.CRASHED))


def _refusal(error: ReadError) -> list[bytes]:
    return [_line({"problem": error.message, "hint": error.hint, "code": error.code})]


def send(stream: BinaryIO, length: int, parts: Iterable[bytes]) -> None:
    """Write a frame of so many bytes."""
    stream.write(LENGTH.pack(length))
    for part in parts:
        stream.write(part)
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


if __name__ == "__main__":
    main()
