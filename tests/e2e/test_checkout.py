"""`./docterm` from a fresh checkout: it installs once, again when that is needed, and mends what was left broken.

A stand-in for Python records what it is asked for, so that nothing is installed here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ("cat", "chmod", "cmp", "cp", "dirname", "ln", "mkdir", "mv", "readlink", "rm", "sh", "sleep")
FAKE = """#!/bin/sh
case "$*" in
*ensurepip*) echo probe >>"$LOG"; [ -z "${OLD:-}" ] || exit 1; echo "${WITHOUT_VENV:+-}$0" ;;
*"-m venv"*) echo venv >>"$LOG"; rm -rf "$4"; mkdir -p "$4/bin"; cp "$0" "$4/bin/python" ;;
*"import sys, pip"*) [ -z "${BROKEN:-}" ] ;;
*"-Im pip"*)
    echo "pip $*" >>"$LOG"
    [ -z "${NO_NETWORK:-}" ] || exit 1
    printf '#!/bin/sh\\necho "ran $*"\\n' >"${0%/*}/docterm"
    chmod 755 "${0%/*}/docterm" ;;
esac
"""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="shell scripts")


class Checkout:
    """A copy of what a checkout starts with, and a PATH with one Python: the stand-in."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a check out"
        self.log = folder / "log"
        self.tools = folder / "bin"
        (self.root / "scripts").mkdir(parents=True)
        self.tools.mkdir()
        for name in ("docterm", "scripts/venv.sh", "pyproject.toml"):
            shutil.copy(ROOT / name, self.root / name)
        for name in TOOLS:
            (self.tools / name).symlink_to(shutil.which(name) or pytest.skip(f"there is no {name}"))
        python = self.tools / "python3"
        python.write_text(FAKE)
        python.chmod(0o755)

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.root / "docterm", *arguments],
            env={"PATH": str(self.tools), "LOG": str(self.log), **environment},
            cwd=self.root.parent,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    def asked(self) -> list[str]:
        """Give what Python was asked for since the last time."""
        lines = [line.split()[0] for line in self.log.read_text().splitlines()] if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return lines


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_the_first_call_installs_and_says_so_and_the_next_asks_nothing_of_python(checkout: Checkout) -> None:
    first = checkout.run("search", "great firewall")
    assert (first.returncode, first.stdout) == (0, "ran search great firewall\n")
    assert "installing" in first.stderr
    assert checkout.asked() == ["probe", "venv", "pip"]
    again = checkout.run("list")
    assert (again.stdout, again.stderr) == ("ran list\n", "")
    assert checkout.asked() == []


def test_a_changed_pyproject_is_installed_into_the_same_environment(checkout: Checkout) -> None:
    checkout.run()
    checkout.asked()
    with (checkout.root / "pyproject.toml").open("a") as file:
        file.write("# changed\n")
    assert checkout.run().returncode == 0
    assert checkout.asked() == ["pip"]
    assert checkout.run().stderr == ""


def test_an_installation_that_failed_is_begun_anew(checkout: Checkout) -> None:
    failed = checkout.run(NO_NETWORK="1")
    assert (failed.returncode, failed.stdout) == (3, "")
    assert "network" in failed.stderr
    checkout.asked()
    assert checkout.run().stdout == "ran \n"
    assert checkout.asked() == ["probe", "venv", "pip"]


def test_an_installation_that_was_killed_is_begun_anew(checkout: Checkout) -> None:
    checkout.run()
    checkout.asked()
    ended = subprocess.Popen(["true"])
    ended.wait()
    (checkout.root / ".venv.lock").mkdir()
    (checkout.root / ".venv.lock" / "owner").write_text(f"{ended.pid}\n")
    assert checkout.run().stdout == "ran \n"
    assert checkout.asked() == ["probe", "venv", "pip"]
    assert not (checkout.root / ".venv.lock").exists()


def test_a_second_call_waits_for_the_one_that_installs(checkout: Checkout) -> None:
    checkout.run()
    checkout.asked()
    lock = checkout.root / ".venv.lock"
    lock.mkdir()
    (lock / "owner").write_text(f"{os.getpid()}\n")
    waiting = subprocess.Popen(
        [checkout.root / "docterm"],
        env={"PATH": str(checkout.tools), "LOG": str(checkout.log)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert waiting.stderr is not None
    assert f"waiting for process {os.getpid()}" in waiting.stderr.readline()
    shutil.rmtree(lock)
    assert waiting.communicate(timeout=30)[0] == "ran \n"
    assert checkout.asked() == []


@pytest.mark.parametrize("damage", ["gone", "dangling", "moved"])
def test_a_broken_environment_is_made_anew(checkout: Checkout, damage: str) -> None:
    checkout.run()
    checkout.asked()
    if damage == "moved":
        checkout.root = checkout.root.rename(checkout.root.with_name("elsewhere"))
    else:
        (checkout.root / ".venv/bin/python").unlink()
    if damage == "dangling":
        (checkout.root / ".venv/bin/python").symlink_to("python-that-was-upgraded")
    assert checkout.run().stdout == "ran \n"
    assert checkout.asked() == ["probe", "venv", "pip"]


def test_an_environment_whose_python_does_not_work_is_made_anew(checkout: Checkout) -> None:
    checkout.run()
    checkout.asked()
    (checkout.root / ".venv/installed.docterm").unlink()
    assert checkout.run(BROKEN="1").stdout == "ran \n"
    assert checkout.asked() == ["probe", "venv", "pip"]


def test_it_is_found_through_a_link(checkout: Checkout) -> None:
    link = checkout.root.parent / "link"
    link.symlink_to(Path(checkout.root.name) / "docterm")
    answer = subprocess.run(
        [link], env={"PATH": str(checkout.tools), "LOG": str(checkout.log)}, capture_output=True, text=True, check=False
    )
    assert answer.stdout == "ran \n"


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [({"OLD": "1"}, "needs Python 3.11 or newer"), ({"WITHOUT_VENV": "1"}, "has no venv module")],
)
def test_a_python_that_will_not_do_is_told_in_a_sentence(
    checkout: Checkout, environment: dict[str, str], sentence: str
) -> None:
    answer = checkout.run(**environment)
    assert (answer.returncode, answer.stdout) == (3, "")
    assert sentence in answer.stderr
    assert not (checkout.root / ".venv.lock").exists()
    assert checkout.run().returncode == 0
