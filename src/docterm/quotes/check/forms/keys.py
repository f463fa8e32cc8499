"""Citations by key, as Pandoc and Org write them."""

from __future__ import annotations

import re

from docterm.quotes.check.prose import Weaver

KEY = r"-?@(?:\{(?P<braced>[^{}\s]{1,200})\}|(?P<bare>\w(?:[\w:.#$%&+?<>~/-]{0,199}\w)?))"
_KEY = re.compile(KEY)


def cite_all(group: str, weaver: Weaver) -> None:
    """Take note of the works in the inside of a bracket: `see @okafor2024, para. 4; @lind2021, p. 12`."""
    for part in group.split(";"):
        found = _KEY.search(part)
        if found is not None:
            weaver.cite(found["braced"] or found["bare"], part[found.end() :].strip(" ,").strip("{}"))


def cite_as_subject(group: str, span: tuple[int, int], weaver: Weaver) -> None:
    """Take note of a work that is part of its sentence: the name it is printed as can begin one."""
    found = _KEY.search(group)
    if found is not None:
        key = found["braced"] or found["bare"]
        weaver.cite(key, group[found.end() :].strip(" ,").strip("{}[]"), narrative=True)
        weaver.put(key.capitalize(), *span)
