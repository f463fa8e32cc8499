"""An index that somebody else has put in the place of docterm's own is refused, and nothing in it is run."""

from __future__ import annotations

import gc
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from docterm.config.paths import private_folder
from docterm.errors import StorageError
from docterm.library.model import Locator, Passage, Role
from docterm.search.engine import Entry
from docterm.search.facts import Facts
from docterm.search.tree import Term
from docterm.search.whoosh_engine import WhooshEngine
from docterm.search.whoosh_engine.schema import make_schema
from docterm.search.whoosh_engine.stamp import SEAL

if TYPE_CHECKING:
    from conftest import Run

posix = pytest.mark.skipif(os.name != "posix", reason="owners and modes are POSIX's")


class Poison:
    """What is left behind shows that it was run."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Any, ...]:
        return open, (str(self.marker), "w")


def passages() -> list[Passage]:
    return [Passage("a", n, Role.BODY, f"harbour {n}", Locator(n + 1)) for n in range(20)]


def entry(key: str) -> Entry:
    return Entry(Facts(key), "1", passages())


def poison_schema(toc: Any, marker: Path) -> None:
    toc.schema.poison = Poison(marker)


def poison_segments(toc: Any, marker: Path) -> None:
    toc.segments = [Poison(marker)]


def poison(folder: Path, how: Callable[[Any, Path], None], marker: Path) -> None:
    """Put a poisoned table of contents in the place of the index's, with the checksum that belongs to it."""
    storage = FileStorage(str(folder))
    toc = TOC.read(storage, "MAIN", schema=make_schema())
    how(toc, marker)
    (path,) = folder.glob("*.toc")
    path.unlink()
    toc.write(storage, "MAIN")
    seal = json.loads((folder / SEAL).read_bytes())
    status = path.stat()
    assert seal["files"][path.name][2] != crc32(path.read_bytes())
    seal["files"][path.name] = [status.st_size, status.st_mtime_ns, crc32(path.read_bytes())]
    (folder / SEAL).write_text(json.dumps(seal), "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give an index of a document, closed."""
    engine = WhooshEngine(tmp_path / "index")
    engine.update([entry("a")], [])
    engine.close()
    return tmp_path / "index"


# Whoosh leaves the file open that it cannot read, so that it is closed only when its object is gone.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_poisoned_list_of_segments_is_refused_and_the_index_begun_anew(folder: Path, tmp_path: Path) -> None:
    marker = tmp_path / "run"
    poison(folder, poison_segments, marker)
    engine = WhooshEngine(folder)
    assert engine.fresh
    assert not marker.exists()
    assert not engine.documents()
    engine.close()
    gc.collect()


def test_a_poisoned_schema_is_never_looked_at(folder: Path, tmp_path: Path) -> None:
    marker = tmp_path / "run"
    poison(folder, poison_schema, marker)
    engine = WhooshEngine(folder)
    assert len(engine.search(Term("harbour"), None).ranked) == 20
    assert not marker.exists()
    engine.close()


@pytest.mark.parametrize(("how", "schema"), [(poison_schema, "None"), (poison_segments, "fields.Schema(a=fields.ID)")])
def test_the_poison_works_where_nothing_is_in_its_way(
    folder: Path, tmp_path: Path, how: Callable[[Any, Path], None], schema: str
) -> None:
    marker = tmp_path / "run"
    poison(folder, how, marker)
    code = f"import sys; from whoosh import fields, index; index.open_dir(sys.argv[1], schema={schema})"
    subprocess.run([sys.executable, "-c", code, str(folder)], check=False, capture_output=True)
    assert marker.exists(), "else the test above proves nothing"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_user_is_told_once(docterm: Run, library_folder: Path, own_home: Path, tmp_path: Path) -> None:
    expected = docterm("search", "storm", "--library", library_folder).stdout
    (index,) = own_home.glob("cache/docterm/libraries/*/index")
    poison(index, poison_segments, tmp_path / "run")
    answer = docterm("search", "storm", "--library", library_folder)
    assert (answer.returncode, answer.stdout) == (0, expected)
    assert answer.stderr.count("it was made anew") == 1
    assert not (tmp_path / "run").exists()
    assert docterm("search", "storm", "--library", library_folder).stderr == "read as: storm\n"
    gc.collect()


def test_an_index_of_docterms_own_is_read_through_the_same_door(folder: Path) -> None:
    engine = WhooshEngine(folder)
    assert not engine.fresh
    assert len(engine.search(Term("harbour"), None).ranked) == 20
    engine.update([entry("b")], ["a"])
    engine.close()
    engine = WhooshEngine(folder)
    assert not engine.fresh
    assert set(engine.documents()) == {"b"}
    engine.close()


def test_no_module_of_whoosh_that_was_used_has_a_door_of_its_own(folder: Path) -> None:
    code = (
        "import sys, pickle\n"
        "from pathlib import Path\n"
        "from docterm.search.tree import Phrase, Prefix, Term\n"
        "from docterm.search.whoosh_engine import WhooshEngine\n"
        "engine = WhooshEngine(Path(sys.argv[1]))\n"
        "for node in (Term('harbour'), Prefix('har'), Phrase((Term('harbour'), Term('1')))):\n"
        "    assert engine.search(node, None).ranked\n"
        "engine.update([], ['a'])\n"
        "for name, module in list(sys.modules.items()):\n"
        "    for attribute, value in vars(module).items() if name.startswith('whoosh') else ():\n"
        "        if value is pickle or value is pickle.load or value is pickle.loads or value is pickle.Unpickler:\n"
        "            print(name, attribute)\n"
    )
    answer = subprocess.run([sys.executable, "-c", code, str(folder)], check=True, capture_output=True, text=True)
    assert answer.stdout == ""


def test_others_in_the_process_unpickle_as_before() -> None:
    assert pickle.loads(pickle.dumps(Path("a"))) == Path("a")
    assert pickle.Unpickler.__module__ == "_pickle"


# --- the folder ----------------------------------------------------------------------------------


@posix
def test_a_folder_that_others_may_write_to_is_closed_to_them(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir(mode=0o777)
    (tmp_path / "index").chmod(0o777)
    private_folder(tmp_path / "index")
    assert (tmp_path / "index").stat().st_mode & 0o777 == 0o700


@posix
def test_a_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "index").symlink_to("elsewhere")
    with pytest.raises(StorageError, match="is a link"):
        private_folder(tmp_path / "index")
    with pytest.raises(StorageError, match="is a link"):
        WhooshEngine(tmp_path / "index")


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_someone_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir(mode=0o700)
    os.chown(tmp_path / "index", 65534, 65534)
    with pytest.raises(StorageError, match="belongs to another user"):
        private_folder(tmp_path / "index")


@posix
def test_what_others_could_have_written_is_thrown_away(folder: Path) -> None:
    folder.chmod(0o777)
    engine = WhooshEngine(folder)
    assert engine.fresh, "anyone may have changed it, with the checksums that fit"
    assert folder.stat().st_mode & 0o777 == 0o700
    engine.close()
