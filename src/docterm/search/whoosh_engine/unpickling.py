"""Unpickling that can make nothing but what an index holds, in Whoosh's place of pickle's own.

Whoosh keeps its list of segments as a pickle, and a pickle can run any code when it is read. The folder of the index
is the user's alone; this is the second door, for an index that was put there by someone else all the same. It knows
the name of docterm's own segments, and refuses all others.
"""

from __future__ import annotations

import io
import pickle
import sys
from importlib import import_module
from types import SimpleNamespace
from typing import IO, Any

ALLOWED = frozenset((("docterm.search.whoosh_engine.codec", "PassageSegment"),))
"""Module and name of every class that the list of segments holds; the schema is docterm's, and is not unpickled."""
_MODULES = ("filedb.structfile", "index")
"""Those of Whoosh that unpickle when an index is opened."""


def _bytes(text: str, _: object) -> bytes:
    """Make bytes of what pickle writes in their place; the function it names would take any encoding."""
    return text.encode("latin-1")


class _Unpickler(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str, /) -> Any:  # noqa: ANN401 - as in the class above it
        if (module_name, global_name) == ("_codecs", "encode"):
            return _bytes
        if (module_name, global_name) not in ALLOWED:
            raise pickle.UnpicklingError(f"{module_name}.{global_name} has no place in an index")
        return super().find_class(module_name, global_name)


def _load(file: IO[bytes], *_: object, **__: object) -> Any:  # noqa: ANN401
    return _Unpickler(file).load()


def _loads(data: bytes, *_: object, **__: object) -> Any:  # noqa: ANN401
    return _Unpickler(io.BytesIO(data)).load()


_SAFE = SimpleNamespace(**{**vars(pickle), "load": _load, "loads": _loads, "Unpickler": _Unpickler})


def install() -> None:
    """Put the safe functions in place of pickle's in every module of Whoosh that docterm uses."""
    for name in _MODULES:
        import_module(f"whoosh.{name}")
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "whoosh":
            for attribute, value in list(vars(module).items()):
                if value is pickle:
                    setattr(module, attribute, _SAFE)
                elif value is pickle.load:
                    setattr(module, attribute, _load)
                elif value is pickle.loads:
                    setattr(module, attribute, _loads)
