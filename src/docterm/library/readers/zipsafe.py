"""An archive held in memory whose parts can be read by name, and that can neither flood nor mislead its reader.

Nothing is ever unpacked to disk. Every figure that the archive states of itself is taken for a claim: what counts
is what is read.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urldefrag

from docterm.errors import Code, ReadError
from docterm.text import label

MOST_PARTS = 10_000
LARGEST_PART = 64 * 1024 * 1024
LARGEST_SUM = 512 * 1024 * 1024
MOST_RATIO = 200
"""How many times smaller than itself a part over `RATIO_FROM` bytes may be packed."""
RATIO_FROM = 10 * 1024 * 1024
_CHUNK = 1024 * 1024
_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER = 30
"""Bytes of the header before a packed part, without the name in it."""
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What books and office documents use. Others may ask for any amount of memory to be unpacked."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
"""The part of such a file that is there when it is protected."""
_DAMAGED = "Open it in the program that made it, and save it again."
_BOMB = "docterm refuses it as a zip bomb; if you trust it, take out the large part."


class Archive:
    """A zip archive in memory, read part by part."""

    def __init__(self, data: bytes) -> None:
        """Open the archive in `data`.

        Raises ReadError when it is none, is encrypted as a whole, has over 10,000 parts, claims to unpack to over
        512 MiB, or has parts that lie over each other.
        """
        if data.startswith(_OLE):
            raise ReadError(
                "The file is protected with a password, or was written by an office program from before 2007.",
                "Open it in its program and save it in today's format without a password.",
                Code.PASSWORD if _PASSWORD in data else Code.UNSUPPORTED,
            )
        if data.count(_ENTRY) > MOST_PARTS:  # no count that the archive gives of itself can be trusted
            raise ReadError(f"The file is an archive of more than {MOST_PARTS:,} parts.", _BOMB, Code.ZIP_BOMB)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, OverflowError) as error:
            raise ReadError(
                "The file is not a whole zip archive, as its format asks for.", _DAMAGED, Code.MALFORMED
            ) from error
        self._parts = {part.filename: part for part in self._zip.infolist()}
        self._read = 0
        self._check_claims(len(data))

    def _check_claims(self, size: int) -> None:
        parts = sorted(self._zip.infolist(), key=lambda part: part.header_offset)
        if sum(part.file_size for part in parts) > LARGEST_SUM:
            raise ReadError(
                f"The file says that it unpacks to more than {LARGEST_SUM // 2**20} MiB.", _BOMB, Code.ZIP_BOMB
            )
        starts = [part.header_offset for part in parts[1:]] + [size]
        for part, following in zip(parts, starts, strict=False):
            end = part.header_offset + _LOCAL_HEADER + part.compress_size
            if part.header_offset < 0 or end > following:
                raise ReadError(
                    f"The part {label(part.filename)} of the file lies over another part.", _BOMB, Code.ZIP_BOMB
                )

    def __contains__(self, name: str) -> bool:
        """Say whether the archive has a part of this name."""
        return name in self._parts

    def read(self, name: str) -> bytes:
        """Give the bytes of a part.

        Raises ReadError when there is none of this name, when it is encrypted or damaged, when it unpacks to over
        64 MiB or, being over 10 MiB, to over 200 times its size, and when all that was read is over 512 MiB.
        """
        part = self._parts.get(name)
        if part is None:
            raise ReadError(f"The file has no part {label(name)}.", _DAMAGED, Code.MALFORMED)
        if part.flag_bits & _ENCRYPTED:
            raise ReadError(
                f"The part {label(name)} of the file needs a password.", "Save it without a password.", Code.PASSWORD
            )
        if part.compress_type not in _METHODS:
            raise ReadError(
                f"The part {label(name)} of the file is packed in a way docterm does not unpack.",
                _DAMAGED,
                Code.UNSUPPORTED,
            )
        try:
            return self._unpack(part)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
            raise ReadError(f"The part {label(name)} of the file is damaged.", _DAMAGED, Code.MALFORMED) from error

    def _unpack(self, part: zipfile.ZipInfo) -> bytes:
        chunks: list[bytes] = []
        size = 0
        with self._zip.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                self._read += len(chunk)
                if size > LARGEST_PART or self._read > LARGEST_SUM:
                    raise _too_large(part.filename, f"more than {LARGEST_PART // 2**20} MiB")
                if size > RATIO_FROM and size > MOST_RATIO * part.compress_size:
                    raise _too_large(part.filename, f"more than {MOST_RATIO} times its size")
                chunks.append(chunk)
        return b"".join(chunks)


def _too_large(name: str, what: str) -> ReadError:
    return ReadError(f"The part {label(name)} of the file unpacks to {what}.", _BOMB, Code.ZIP_BOMB)


def part_name(base: str, link: str) -> str:
    """Give the name of the part that a link in the part `base` points at, without the fragment.

    Raises ReadError for a link that leaves the archive. A link to the web is one that leaves it.
    """
    path = unquote(urldefrag(link)[0])
    name = normpath(join(dirname(base), path)) if path else base
    if name.startswith(("/", "..")) or ":" in path.split("/", 1)[0] or "\\" in name or "\0" in name:
        raise ReadError(f"The file points outside itself, at {label(link)}.", _DAMAGED, Code.MALFORMED)
    return name
