"""Write the fingerprints of the originals into the records of the shipped digests.

    python scripts/fingerprint.py voa2023=COPY_OF_THE_REPORT gabuev2021=COPY_OF_THE_ANALYSIS

To be run again when the tokenizer or the sketch changes; the copies themselves stay out of the repository.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from docterm.config.paths import REFERENCES, shipped_library
from docterm.library.extract import extract


def main(pairs: list[str]) -> None:
    """Take `KEY=FILE` pairs and rewrite references.json with the sketch of each file."""
    references = shipped_library() / REFERENCES
    records = json.loads(references.read_text("utf-8"))
    for pair in pairs:
        key, _, name = pair.partition("=")
        path = Path(name)
        record = next(record for record in records if record["id"] == key)
        record["custom"]["docterm"]["fingerprint"] = list(extract(path, path.read_bytes()).sketch)
    text = json.dumps(records, ensure_ascii=False, indent=2)
    references.write_text(_numbers_on_one_line(text) + "\n", "utf-8")


def _numbers_on_one_line(text: str) -> str:
    """Put each list of numbers on one line, so that a change of it is one line in a diff."""
    return re.sub(r"\[[\d,\s]+\]", lambda match: " ".join(match[0].split()).replace("[ ", "[").replace(" ]", "]"), text)


if __name__ == "__main__":
    main(sys.argv[1:])
