"""The engine on another line of Whoosh: whoosh-reloaded, which docterm can change to any day."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = os.environ.get("DOCTERM_WHOOSH_RELOADED", "")


@pytest.mark.skipif(not FOLDER, reason="DOCTERM_WHOOSH_RELOADED names no folder that holds whoosh-reloaded")
def test_the_contract_holds_on_whoosh_reloaded() -> None:
    environment = os.environ | {"PYTHONPATH": FOLDER, "DOCTERM_WHOOSH_RELOADED": ""}
    version = [sys.executable, "-c", "import whoosh; print(whoosh.versionstring())"]
    assert subprocess.run(version, env=environment, capture_output=True, text=True, check=True).stdout == "2.7.5\n"
    run = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(Path(__file__).parent)]
    answer = subprocess.run(run, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout[-4000:]
