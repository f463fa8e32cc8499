"""Damaged files of every format: each is read or refused, and nothing else happens.

`pytest tests/safety/test_fuzz.py --mutants 5000` reads 5,000 of each; which ones is the same each time.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import PurePath

import pytest

from docterm.errors import Code, ReadError
from docterm.library.reading import Worker
from docterm.text import sanitise
from hostile_files import KINDS, good_files, mutate, mutate_archive

GOOD = good_files()
SEED = 20261124
EXPECTED = {"read", *Code} - {Code.CRASHED, Code.TIMEOUT, Code.MEMORY}
"""Not expected is what a reader that meets something unforeseen is refused with."""


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.stop()


def outcome(worker: Worker, name: str, data: bytes) -> str:
    """Read a file; give `read`, or the code of its refusal, or what is wrong with either."""
    try:
        found = worker.read(PurePath(name), data)
    except ReadError as error:
        whole = error.message.endswith(".") and error.hint.endswith(".")
        return error.code if whole else f"no sentence: {error}"
    texts = [passage.text for passage in found.passages]
    return "read" if all(text and text == sanitise(text).strip() for text in texts) else "not clean"


@pytest.mark.parametrize("suffix", GOOD)
def test_damaged_files_are_read_or_refused(suffix: str, worker: Worker, pytestconfig: pytest.Config) -> None:
    chance = random.Random(f"{SEED}{suffix}")
    data = GOOD[suffix]
    outcomes: dict[str, int] = {}
    for number in range(pytestconfig.getoption("--mutants")):
        in_parts = data.startswith(b"PK") and chance.random() < 0.8
        damaged = mutate_archive(data, chance) if in_parts else mutate(data, chance)
        outcomes.setdefault(outcome(worker, f"mutant{suffix}", damaged), number)
    assert outcomes.keys() <= EXPECTED, outcomes
    assert "read" in outcomes, "the damage is not so great that nothing is tried"


@pytest.mark.parametrize("suffix", GOOD)
def test_files_under_a_wrong_name_are_read_or_refused(suffix: str, worker: Worker) -> None:
    for other in GOOD:
        assert outcome(worker, f"wrong{suffix}", GOOD[other]) in EXPECTED, other


def test_a_broken_pdf_is_not_refused_for_what_the_one_before_it_was(worker: Worker) -> None:
    locked, broken = (
        KINDS["pdf/encrypted.pdf"](1.0),
        GOOD[".pdf"].replace(b"/Type/Catalog/Pages", b"/Type/Catalog/Nones"),
    )
    assert outcome(worker, "broken.pdf", broken) == Code.MALFORMED
    assert outcome(worker, "locked.pdf", locked) == Code.PASSWORD
    assert outcome(worker, "broken.pdf", broken) == Code.MALFORMED
