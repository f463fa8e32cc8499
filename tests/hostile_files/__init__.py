"""A folder of files made to crash, flood, stall, spy on or deceive whoever reads them: all made here, all the same
each time. `write` makes it; `KINDS` are the files by name.

`weight` is the size of those that work by their size: 1.0 is what would hurt a reader without limits, and what
continuous integration writes is a tenth of it.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path

from hostile_files import archives, mails, pages, pdfs, records, texts
from office_files import archive

Maker = Callable[[float], bytes]
KINDS: dict[str, Maker] = {
    **pdfs.KINDS,
    **archives.KINDS,
    **pages.KINDS,
    **texts.KINDS,
    **mails.KINDS,
}
"""The documents; a maker is given the weight."""
RECORDS: dict[str, Maker] = records.KINDS
"""Files of records: what is wrong with one is a note of the library."""
_SEED = 20261124


def write(folder: Path, weight: float) -> tuple[list[str], list[str]]:
    """Fill `folder`; give the names of its documents and of its files of records, with slashes, as scanned."""
    documents: list[str] = []
    for name, make in KINDS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(make(weight))
        documents.append(name)
    documents += write_odd_names(folder) + _mutants(folder) + _things(folder)
    for name, make in RECORDS.items():
        (folder / name).write_bytes(make(weight))
    return documents, list(RECORDS)


def write_odd_names(folder: Path) -> list[str]:
    """Make good files under names that steer a terminal, look like markup, turn round, or are no UTF-8."""
    names = [
        "\x1b]0;owned\x07\x1b[2J.txt",
        "\x1b]52;c;aGk=\x07.md",
        "line\nfeed\rreturn.txt",
        "[@click=app.quit]press[.txt",
        "[red]-[bold.md",
        "gnp\u202etxt.exe.txt",
        "-rf --help.txt",
        "zero\u200bwidth\u2060.txt",
        "heap" + "\u0301" * 60 + ".txt",
        "%s %n {0} $(touch owned) `id`.txt",
        os.fsdecode(b"caf\xe9 \x9b31m.txt"),
        "n" * 250 + ".txt",
    ]
    for number, name in enumerate(names):
        (folder / name).write_text(f"A good text, number {number}, under a bad name.\n", "utf-8")
    return names


def _mutants(folder: Path) -> list[str]:
    """Good files of every format, truncated or with bytes changed."""
    chance = random.Random(_SEED)
    names: list[str] = []
    for suffix, data in good_files().items():
        for number in range(2):
            changed = mutate(data, chance)
            names.append(f"mutant-{number}{suffix}")
            (folder / names[-1]).write_bytes(changed)
    return names


def _things(folder: Path) -> list[str]:
    """What is no file: pipes, sockets, devices, links. Gives those that a scan should name as unreadable."""
    named = ["pipe.txt", "pipe.pdf", "socket.txt"]
    os.mkfifo(folder / "pipe.txt")
    os.mkfifo(folder / "pipe.pdf")
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as made, contextlib.chdir(folder):
        made.bind("socket.txt")
    with contextlib.suppress(PermissionError):
        os.mknod(folder / "zero.txt", 0o020666, os.makedev(1, 5))
        named.append("zero.txt")
    (folder / "out.txt").symlink_to("/etc/passwd")
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "itself.txt").symlink_to("itself.txt")
    (folder / "round").symlink_to(".")
    (folder / "nowhere.txt").symlink_to("nowhere at all")
    deep = folder
    for _ in range(60):
        deep /= "d"
    deep.mkdir(parents=True)
    (deep / "deep.txt").write_text("Too deep to be found.", "utf-8")
    return named


def good_files() -> dict[str, bytes]:
    """A good file of each format, by suffix."""
    return {
        ".pdf": pdfs.good(), **archives.good_files(), ".html": pages.good(), ".txt": texts.GOOD, ".md": texts.MARKDOWN,
        ".rtf": texts.RTF, ".eml": mails.GOOD, ".mbox": mails.MBOX,
    }  # fmt: skip


def mutate_archive(data: bytes, chance: random.Random) -> bytes:
    """Give an archive in which parts are changed, swapped, dropped, or stand under each other's names.

    Bytes changed in the archive itself are mostly found by its checksums, and say little of what reads the parts.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    one, other = chance.choice(list(parts)), chance.choice(list(parts))
    match chance.randrange(6):
        case 0:
            parts[one], parts[other] = parts[other], parts[one]
        case 1:
            del parts[one]
        case 2:
            parts[one] = parts[other]
        case _:
            parts[one] = mutate(parts[one], chance)
    return archive(parts)


def mutate(data: bytes, chance: random.Random) -> bytes:
    """Give `data` with bytes flipped, runs doubled, dropped or moved, or its end cut off."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(changed)) if changed else 0
        end = min(place + chance.choice((1, 2, 8, 200)), len(changed))
        match chance.randrange(6):
            case 0 | 1:
                changed[place:end] = chance.randbytes(end - place)
            case 2:
                changed[place:end] = b""
            case 3:
                changed[place:place] = changed[place:end] * chance.choice((1, 2, 50))
            case 4:
                changed[place:end] = chance.choice((b"\xff" * 8, b"\0" * 8, b"-1", b"99999999999", b"<", b"\\u-99999?"))
            case 5:
                piece = changed[place:end]
                del changed[place:end]
                target = chance.randrange(len(changed) + 1)
                changed[target:target] = piece
    if chance.random() < 0.2:
        del changed[chance.randrange(len(changed) + 1) :]
    return bytes(changed)
