"""What becomes of a folder of hostile files, and what reading it costs (Linux).

    python benchmarks/hostile.py [FOLDER...]

reads each folder as a library, in one go, and prints what came of its files: how many were imported, how many were
refused and why, the memory of docterm's own process, and whatever it wrote outside its cache, asked the network for
or started. Without a folder the tests' own set is made and read, at its full weight. Nothing in FOLDER is changed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parents[1] / "tests"
sys.path.insert(0, str(TESTS))

from hostile_files import write  # noqa: E402 - from the tests, which are no package
from hostile_files.reading import outside  # noqa: E402


def read(folder: Path, home: Path) -> dict[str, Any]:
    """Read a folder in a process of its own; gives what `hostile_files.reading` prints, or raises RuntimeError."""
    answer = subprocess.run(
        [sys.executable, str(TESTS / "hostile_files" / "reading.py"), str(folder)],
        env={**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        raise RuntimeError(f"docterm's own process ended with {answer.returncode}: {answer.stderr[-2000:]}")
    result: dict[str, Any] = json.loads(answer.stdout)
    return result


def report(folder: Path, home: Path, said: dict[str, Any]) -> str:
    """Give the figures of a folder, as lines of a table."""
    files = said["files"]
    codes = Counter(each["code"] for each in files.values() if each["problem"])
    refused = ", ".join(f"{code} {count}" for code, count in codes.most_common())
    memory = said["memory"]
    slowest = "; ".join(f"{path} {seconds:.1f}" for seconds, path in said["slowest"][:5])
    silent = [path for path, each in files.items() if each["code"] and not each["problem"]]
    rows = {
        "files": f"{len(files):,}",
        "imported": f"{len(files) - codes.total():,}",
        "refused in a sentence": f"{codes.total():,} ({refused})",
        "refused without a sentence": f"{len(silent):,}",
        "seconds by the clock": f"{said['seconds']:.1f}",
        "processor seconds of docterm's own process": f"{said['cpu']:.1f}",
        "memory of docterm's own process before, at most (MB)": f"{memory['before']:.0f}, {memory['most']:.0f}",
        "written outside its cache": f"{len(outside(said['written'], home))}",
        "asked of the network": f"{len(said['network'])}",
        "programs started but workers": f"{sum('docterm.library.worker' not in each for each in said['started'])}",
        "slowest (s)": slowest,
    }
    return "\n".join([f"{folder}", *(f"  {name:55}{value}" for name, value in rows.items())])


def main() -> None:
    """Read the folders that are named, or the one that is made here."""
    with tempfile.TemporaryDirectory() as scratch:
        folders = [Path(each).resolve() for each in sys.argv[1:]]
        if not folders:
            folders = [Path(scratch) / "made"]
            folders[0].mkdir()
            write(folders[0], 1.0)
        for number, folder in enumerate(folders):
            home = Path(scratch) / f"home-{number}"
            home.mkdir()
            print(report(folder, home, read(folder, home)), flush=True)


if __name__ == "__main__":
    main()
