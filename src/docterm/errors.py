"""Every error docterm raises on purpose.

DoctermError
├── NothingFound      exit 1: the request was fine and the answer is empty
├── RequestError      exit 2: the request or the input is at fault
│   ├── LibraryError  the library folder, a document name or an address
│   ├── ReadError     one file that cannot be read
│   ├── QueryError    a search that makes no sense
│   ├── QuoteError    words or a place that cannot be quoted
│   └── CitationError a citation style, a form of citing, or a file to export to
├── StorageError      exit 3: a file of docterm's own cannot be read or written
└── ProgramError      exit 3: a program that docterm needs is missing or does not answer

A message is a sentence for the user; the hint says what to do next.
"""

from __future__ import annotations

from enum import StrEnum


class DoctermError(Exception):
    """An error with a sentence for the user, a hint, and the exit code of the command that meets it."""

    exit_code = 3

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class NothingFound(DoctermError):
    """The request was fine, and nothing answers it."""

    exit_code = 1


class RequestError(DoctermError):
    """The request or its input is at fault."""

    exit_code = 2


class LibraryError(RequestError):
    """The library folder, the name of a document, or an address is at fault."""


class Code(StrEnum):
    """Why a file was refused, in a word that programs can rely on. docs/formats.md says of each what to do."""

    TOO_BIG = "too-big"
    """Larger, longer or nested more deeply than docterm reads."""
    ZIP_BOMB = "zip-bomb"
    """An archive that unpacks to far more than it says or should."""
    XML_ENTITIES = "xml-entities"
    """XML that declares entities or a document type where no program writes one."""
    PASSWORD = "password"  # noqa: S105
    DRM = "drm"
    CRASHED = "crashed"
    """The reader failed, or its process ended."""
    TIMEOUT = "timeout"
    MEMORY = "memory"
    NO_TEXT = "no-text"
    """A document without a letter in it, such as a scan."""
    BINARY = "binary"
    """No text, though its name says so."""
    NOT_REGULAR = "not-regular"
    """A pipe, a device, a folder: nothing that has bytes to read and an end."""
    CHANGED = "changed"
    """It was written to while it was read."""
    MISSING = "missing"
    DISK = "disk"
    """The system cannot read it."""
    PERMISSION = "permission"
    UNSUPPORTED = "unsupported"
    """Of a format, or with a feature of it, that docterm has no reader for."""
    MALFORMED = "malformed"
    """Damaged, or not what its name says."""


class ReadError(RequestError):
    """One file cannot be read; the message names no path, the caller knows it."""

    def __init__(self, message: str, hint: str = "", code: Code = Code.MALFORMED) -> None:
        super().__init__(message, hint)
        self.code = code


class QueryError(RequestError):
    """A search that asks for nothing."""


class QuoteError(RequestError):
    """Words or a place that cannot be quoted."""


class CitationError(RequestError):
    """A citation style that does not exist, or a place that quotes cannot be written to in a form."""


class StorageError(DoctermError):
    """A file of docterm's own (cache, notebook, state) cannot be read or written."""


class ProgramError(DoctermError):
    """A program that docterm runs is missing, too old, or does not answer."""
