"""The pictures of README can be drawn, are of the explorer as it is, and fetch nothing from the network."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHOWN = {
    "search": "read as: great AND firewall",
    "read": "They wanted to study the",
    "compare": "linked · voa2023",
}


def text_of(path: Path) -> str:
    return html.unescape("".join(re.findall(r"<text[^>]*>([^<]*)</text>", path.read_text("utf-8")))).replace(
        "\xa0", " "
    )


def test_the_explorer_draws_them(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(ROOT / "scripts/pictures.py"), str(tmp_path)], timeout=120, check=True)
    for name, words in SHOWN.items():
        assert words in text_of(tmp_path / f"{name}.svg")


def test_those_of_the_repository_show_the_same_and_fetch_nothing() -> None:
    for name, words in SHOWN.items():
        path = ROOT / "docs" / "pictures" / f"{name}.svg"
        assert words in text_of(path)
        assert "url(http" not in path.read_text("utf-8")
