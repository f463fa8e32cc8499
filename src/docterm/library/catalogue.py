"""The catalogue: what docterm has read of a library, in an SQLite file of the user's cache folder.

It can be deleted at any time. One transaction a document; a file that is damaged, of another version or of
another folder is thrown away and made anew, which `Catalogue.fresh` tells.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from docterm.config.paths import private_folder
from docterm.errors import Code, StorageError
from docterm.library.cache import CacheBusy, locked
from docterm.library.file_row import FileRow
from docterm.library.listing import Listing, decode, encode
from docterm.library.model import Passage
from docterm.library.passages import PART, Part, Passages, pack
from docterm.library.readers import Clue

VERSION = 7
FILE_NAME = "catalogue.sqlite"
OPENING = "opening.lock"
APPLICATION_ID = 0x646F6374  # "doct"

_SCHEMA = f"""
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {VERSION};
CREATE TABLE about (
    root TEXT NOT NULL, revision INTEGER NOT NULL DEFAULT 0, listing_origin TEXT, listing TEXT,
    numbers TEXT NOT NULL DEFAULT '');
CREATE TABLE file (
    id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    sha256 TEXT NOT NULL, reader TEXT NOT NULL, problem TEXT, meta TEXT NOT NULL, sketch BLOB NOT NULL,
    words INTEGER NOT NULL, paragraphs INTEGER NOT NULL, code TEXT, notes TEXT NOT NULL, mark TEXT NOT NULL,
    clues TEXT NOT NULL, passages INTEGER NOT NULL);
CREATE TABLE part (
    file INTEGER NOT NULL REFERENCES file (id) ON DELETE CASCADE, place INTEGER NOT NULL,
    texts BLOB NOT NULL, facts BLOB NOT NULL, checksum INTEGER NOT NULL, UNIQUE (file, place));
"""
_NEW_REVISION = "UPDATE about SET revision = revision + 1"


class Catalogue:
    """The store of extracted text. Methods may be called from any thread."""

    def __init__(self, folder: Path, root: str) -> None:
        """Open the catalogue in `folder` for the library `root`; raise StorageError when it cannot be kept."""
        self.path = private_folder(folder) / FILE_NAME
        self.root = root.encode("utf-8", "backslashreplace").decode()  # a path need not be UTF-8, text in SQLite must
        self.fresh = False
        """Whether there was a catalogue that had to be thrown away."""
        self._lock = threading.RLock()
        with locked(folder, OPENING):  # two that make it anew at once would take it away from each other
            self._connection = self._open()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def _open(self) -> sqlite3.Connection:
        existed = self.path.exists()
        try:
            with _damage_told():  # SQLite quotes damaged bytes, and Python cannot decode them
                connection = self._connect()
            try:
                if self._is_ours(connection):
                    return connection
            except BaseException:
                connection.close()
                raise
            connection.close()
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            if not is_damage(error):
                raise unusable(self.path, error) from error
        return self._start_afresh(existed)

    def _connect(self) -> sqlite3.Connection:
        """Open the file; make the tables when it is new. Several processes may do so at once."""
        connection = sqlite3.connect(self.path, timeout=10, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            if _is_blank(connection):
                connection.execute("BEGIN IMMEDIATE")
                if _is_blank(connection):  # still, now that nobody else can fill it
                    for statement in _SCHEMA.split(";"):
                        connection.execute(statement)
                    connection.execute("INSERT INTO about (root) VALUES (?)", (self.root,))
                connection.execute("COMMIT")
        except BaseException:
            connection.close()
            raise
        return connection

    def _is_ours(self, connection: sqlite3.Connection) -> bool:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if (application, version) != (APPLICATION_ID, VERSION):
            return False
        return connection.execute("SELECT root FROM about").fetchall() == [(self.root,)]

    def _start_afresh(self, existed: bool) -> sqlite3.Connection:
        self.fresh = existed
        try:
            for leftover in self.path.parent.glob(f"{FILE_NAME}*"):
                leftover.unlink(missing_ok=True)
            return self._connect()
        except (sqlite3.Error, OSError) as error:
            raise unusable(self.path, error) from error

    def reset(self) -> None:
        """Throw the catalogue away and start an empty one; for when reading it shows damage."""
        with self._lock, locked(self.path.parent, OPENING):
            self._connection.close()
            self._connection = self._start_afresh(existed=True)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self._connection
                except BaseException:
                    if self._connection.in_transaction:  # on a full disk SQLite has taken everything back itself
                        self._connection.execute("ROLLBACK")
                    raise
                self._connection.execute("COMMIT")
            except sqlite3.OperationalError as error:
                raise unusable(self.path, error) from error

    def revision(self) -> int:
        """Give the number of changes that any process has made to the files."""
        with self._lock:
            (number,) = self._connection.execute("SELECT revision FROM about").fetchone()
        return int(number)

    def listing(self, origin: str) -> Listing | None:
        """Give the listing that was kept, if it was made from `origin`."""
        with self._lock:
            rows = self._connection.execute("SELECT listing FROM about WHERE listing_origin = ?", (origin,)).fetchall()
        with _damage_told():
            return decode(rows[0][0]) if rows else None

    def keep_listing(self, origin: str, listing: Listing) -> None:
        """Keep a listing and what it was made from. Raises StorageError when it cannot be written."""
        with self._transaction() as connection:
            connection.execute("UPDATE about SET listing_origin = ?, listing = ?", (origin, encode(listing)))

    def numbers_seen(self) -> str:
        """Give what `see_numbers` kept last, the empty string at first."""
        with self._lock:
            (seen,) = self._connection.execute("SELECT numbers FROM about").fetchone()
        return str(seen)

    def see_numbers(self, signature: str) -> None:
        """Keep the signature of the file of numbers that the passages agree with."""
        if signature != self.numbers_seen():
            with self._transaction() as connection:
                connection.execute("UPDATE about SET numbers = ?", (signature,))

    def files(self) -> list[FileRow]:
        """Give every file, by path."""
        query = (
            "SELECT path, size, mtime_ns, sha256, reader, problem, meta, sketch, words, paragraphs, code, notes, mark, "
            "clues FROM file ORDER BY path"
        )
        with self._lock:
            rows = self._connection.execute(query).fetchall()
        with _damage_told():
            return [
                FileRow(
                    os.fsdecode(path), size, mtime_ns, sha256, reader, problem,
                    dict(json.loads(meta)), array("Q", sketch), words, paragraphs,
                    Code(code) if code else None, tuple(json.loads(notes)), mark,
                    {name: Clue(*clue) for name, clue in json.loads(clues).items()},
                )
                for path, size, mtime_ns, sha256, reader, problem, meta, sketch, words, paragraphs,
                    code, notes, mark, clues in rows
            ]  # fmt: skip

    def put(self, row: FileRow, passages: Sequence[Passage]) -> None:
        """Store a file and its passages in place of what was stored for its path."""
        path = os.fsencode(row.path)
        values = (
            path, row.size, row.mtime_ns, row.sha256, row.reader, row.problem,
            json.dumps(row.meta), array("Q", row.sketch).tobytes(), row.words, row.paragraphs,
            row.code, json.dumps(row.notes), row.mark, json.dumps(row.clues), len(passages),
        )  # fmt: skip
        with self._transaction() as connection:
            connection.execute(_NEW_REVISION)
            connection.execute("DELETE FROM file WHERE path = ?", (path,))
            file = connection.execute(
                "INSERT INTO file (path, size, mtime_ns, sha256, reader, problem, meta, sketch, words, paragraphs, "
                "code, notes, mark, clues, passages) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            ).lastrowid
            connection.executemany(
                "INSERT INTO part VALUES (?, ?, ?, ?, ?)",
                ((file, place, *part) for place, part in enumerate(pack(passages))),
            )

    def remove(self, path: str) -> None:
        """Forget a file."""
        with self._transaction() as connection:
            connection.execute(_NEW_REVISION)
            connection.execute("DELETE FROM file WHERE path = ?", (os.fsencode(path),))

    def passages(self, path: str, key: str) -> Passages:
        """Give the passages of a file in order, as those of document `key`."""
        query = (  # one statement, so that no other process can change the file between two
            "SELECT passages, texts, facts, checksum FROM file LEFT JOIN part ON file = id "
            "WHERE path = ? ORDER BY place"
        )
        with self._lock:
            rows = self._connection.execute(query, (os.fsencode(path),)).fetchall()
        count = rows[0][0] if rows else 0
        with _damage_told():
            found = Passages(key, [Part(*part) for _, *part in rows] if count else ())
        if len(found) != count:
            raise sqlite3.DatabaseError("a part of a text is missing")
        return found

    def passage(self, path: str, key: str, position: int) -> Passage | None:
        """Give one passage of a file by its position, or None."""
        query = "SELECT texts, facts, checksum FROM file JOIN part ON file = id WHERE path = ? AND place = ?"
        place, within = divmod(position, PART)
        with self._lock:
            row = self._connection.execute(query, (os.fsencode(path), place)).fetchone()
        if row is None:
            return None
        with _damage_told():
            found = Passages(key, [Part(*row)], place)
        return found[within] if within < len(found) else None


def is_damage(error: sqlite3.DatabaseError | UnicodeDecodeError) -> bool:
    """Say whether an error tells of a damaged catalogue, and not of one that cannot be used just now.

    Of the errors of operation only those are damage that are about what the tables hold: a table that is missing,
    text that is none. The others come from the machine: a lock, a full disk, a missing permission. What SQLite says
    of a damaged file can quote it, and is then no UTF-8.
    """
    if not isinstance(error, sqlite3.OperationalError):
        return not isinstance(error, sqlite3.ProgrammingError)
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF == sqlite3.SQLITE_ERROR


def _is_blank(connection: sqlite3.Connection) -> bool:
    """Say whether the file holds nothing at all, as a new one does."""
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    return not tables and not application


@contextmanager
def _damage_told() -> Iterator[None]:
    """Tell of values that docterm never wrote as SQLite tells of a damaged file."""
    try:
        yield
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
        raise sqlite3.DatabaseError(str(error)) from error


def unusable(path: Path, error: Exception) -> StorageError:
    """Give what to raise when the catalogue cannot be used, damaged or not."""
    hint = "Delete it when no other docterm runs; it is made anew."
    busy = getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return (CacheBusy if busy else StorageError)(f"The catalogue {path} cannot be used: {error}.", hint)
