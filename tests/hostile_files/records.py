"""Files of records: bombs of YAML, deep JSON, and .bib files that never come to an end."""

from __future__ import annotations

import json
from collections.abc import Callable

_LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
_ESCAPES = "\x1b]0;owned\x07\x9b31m\u202e[@click=app.quit]"


def _bib(weight: float) -> bytes:
    entry = "@article{{k{0}, title={{Title {0} {1}}}, author={{A and B}}, file={{:{2}:PDF}}}}\n"
    return "".join(entry.format(n, _ESCAPES, "../../../etc/passwd") for n in range(int(60_000 * weight))).encode()


def _items(weight: float) -> bytes:
    item = {
        "type": "book",
        "title": _ESCAPES,
        "author": [{"family": "x"}] * 20,
        "custom": {"docterm": {"kind": "digest"}},
    }
    return json.dumps([{"id": f"k{n}", **item} for n in range(int(20_000 * weight))]).encode()


def _yaml(weight: float) -> bytes:
    return b"references:\n" + b"- id: x\n  title: [a, {b: c}, [d, [e]]]\n" * int(50_000 * weight)


KINDS: dict[str, Callable[[float], bytes]] = {
    "references.json": _items,
    "deep.csl.json": lambda weight: b"[" * int(1_000_000 * weight),
    "number.csl.json": lambda weight: b"[" + b"9" * int(1_000_000 * weight) + b"]",
    "laughs.yaml": lambda _: b"references:\n" + _LAUGHS.encode(),
    "tags.yaml": lambda _: b"references: !!python/object/apply:os.system ['touch owned']\n",
    "many.yaml": _yaml,
    "deep.yaml": lambda weight: b"- id: x\n  a: " + b"[" * int(200_000 * weight) + b"\n",
    "long.yaml": lambda weight: b"- id: x\n" + b"  title: '" + b"a''" * int(1_000_000 * weight) + b"\n",
    "many.bib": _bib,
    "at.bib": lambda weight: b"@" * int(1_000_000 * weight),
    "braces.bib": lambda weight: b"@article{a, title={" + b"{" * int(1_000_000 * weight),
    "names.bib": lambda weight: b"@book{a, author={" + b"a and " * int(500_000 * weight) + b"}}",
    "latex.bib": lambda weight: b"@book{a, title={" + rb"\'{e}\textbf{" * int(100_000 * weight) + b"}}",
    "entries-open.bib": lambda weight: b"@article{x, title=" * int(100_000 * weight),
    "strings.bib": lambda weight: b"".join(
        b"@string{s%d = s%d # s%d}\n" % (n, n - 1, n - 1) for n in range(int(20_000 * weight))
    ),
    "noise.bib": lambda _: bytes(range(256)) * 400,
}  # fmt: skip
