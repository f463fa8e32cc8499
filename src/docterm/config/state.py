"""What the explorer remembers from one session to the next, in `state.json` of the state folder."""

from __future__ import annotations

import json
from typing import Any

from docterm.config.paths import private_folder, state_folder
from docterm.config.writing import put
from docterm.errors import StorageError

SCHEMA = "docterm.state/1"
FILE = "state.json"


def remembered() -> dict[str, Any]:
    """Give everything that is remembered; nothing when the file is not there, or none of this version's."""
    try:
        held = json.loads((state_folder() / FILE).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return held if isinstance(held, dict) and held.get("schema") == SCHEMA else {}


def recall(name: str, default: str = "") -> str:
    """Give a text that is remembered under a name."""
    value = remembered().get(name, default)
    return value if isinstance(value, str) else default


def remember(name: str, value: Any) -> None:  # noqa: ANN401 - any JSON
    """Remember a JSON value under a name, in place of the one before. Raises StorageError when it cannot be written."""
    held = {**remembered(), "schema": SCHEMA, name: value}
    folder = private_folder(state_folder())
    try:
        put(folder / FILE, json.dumps(held, ensure_ascii=False, indent=1).encode())
    except OSError as error:
        raise StorageError(f"{folder / FILE} cannot be written: {error.strerror}.", "Free space there.") from error
