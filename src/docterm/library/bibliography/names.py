"""Names of people and organisations: as BibTeX, as documents and as users write them, to names of CSL-JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docterm.library.bibliography.latex import decode

Name = dict[str, str]

_MOST = 500
"""Names kept of one field."""
_ORGANISATION = frozenset(
    "agency and association authors bank board bureau center centre college commission committee company contributors "
    "corporation council daily department desk division editors faculty federation for forum foundation fund group inc "
    "initiative institute institution international journal laboratory library ltd magazine ministry network news "
    "newspaper of office organisation organization party post press programme project reporter reporters research "
    "review school service services society staff team the times today trust union university watch".split()
)
_PERSON = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?:['’.-][^\W\d_]*)*")


# --- BibTeX --------------------------------------------------------------------------------------


def bibtex_names(text: str) -> list[Name]:
    """Read a list of names of BibTeX or BibLaTeX; what stands whole in braces is an organisation."""
    names: list[Name] = []
    for piece in _pieces(text, r"\s+and\s+"):
        name = _bibtex_name(piece.strip())
        if name and name.get("family", "").lower() != "others":
            names.append(name)
        if len(names) == _MOST:
            break
    return names


def _pieces(text: str, separator: str) -> Iterator[str]:
    """Cut `text` at a separator wherever that stands outside of braces."""
    depth = start = 0
    for match in re.finditer(rf"\\.|[{{}}]|{separator}", text, re.IGNORECASE | re.DOTALL):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth = max(depth - 1, 0)
        elif depth == 0 and not match[0].startswith("\\"):
            yield text[start : match.start()]
            start = match.end()
    yield text[start:]


def _bibtex_name(text: str) -> Name:
    if _is_braced(text):
        return _filled(literal=decode(text))
    parts = [part.strip() for part in _pieces(text, ",")]
    if all("=" in part for part in parts):
        return _extended_name(parts)
    if len(parts) == 1:
        return _natural_name(list(_pieces(text, r"[\s~]+")))
    particle, family = _particle(list(_pieces(parts[0], r"[\s~]+")))
    return _name(particle, family, given=parts[-1], suffix=parts[1] if len(parts) > 2 else "")


def _is_braced(text: str) -> bool:
    """Say whether one pair of braces holds all of `text`: {World Bank}, but not {E}mile {Z}ola."""
    if not text.startswith("{") or not text.endswith("}") or text.startswith("{\\"):
        return False
    depth = 0
    for position, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return position == len(text) - 1
    return False


def _natural_name(words: list[str]) -> Name:
    """Read `First von Last`: the family name begins with the first word in lower case, else it is the last word."""
    small = next((place for place, word in enumerate(words[:-1]) if _is_small(word)), len(words) - 1)
    particle, family = _particle(words[small:])
    return _name(particle, family, given=" ".join(words[:small]), suffix="")


def _particle(words: list[str]) -> tuple[str, str]:
    """Part `von der Last Name` at the last word in lower case before the last word."""
    end = max((place + 1 for place, word in enumerate(words[:-1]) if _is_small(word)), default=0)
    return " ".join(words[:end]), " ".join(words[end:])


def _is_small(word: str) -> bool:
    letters = [char for char in decode(word) if char.isalpha()]
    protected = word.startswith("{") and not word.startswith("{\\")
    return bool(letters) and letters[0].islower() and not protected


def _extended_name(parts: list[str]) -> Name:
    """Read the name of BibLaTeX that Better BibTeX writes: `family=Berg, given=Jan, prefix=van den`."""
    values = dict(part.partition("=")[::2] for part in parts)
    read = {name.strip().lower(): value.strip(' "') for name, value in values.items()}
    return _name(read.get("prefix", ""), read.get("family", ""), read.get("given", ""), read.get("suffix", ""))


def _name(particle: str, family: str, given: str, suffix: str) -> Name:
    parts = {"family": family, "given": given, "suffix": suffix, "non-dropping-particle": particle}
    return _filled(**{name: decode(value) for name, value in parts.items()})


def _filled(**parts: str) -> Name:
    return {name: value for name, value in parts.items() if value}


# --- what people and pages write -----------------------------------------------------------------


def typed_names(text: str) -> list[Name]:
    """Read `Last, First; Last, First; Organisation`: a name without a comma is kept whole."""
    names = []
    for piece in text.split(";")[:_MOST]:
        parts = [part.strip() for part in piece.split(",")]
        if len(parts) == 1:
            name = _filled(literal=parts[0])
        else:
            particle, family = _particle(parts[0].split())
            given, suffix = parts[1], " ".join(parts[2:])
            name = _filled(**{"family": family, "given": given, "suffix": suffix, "non-dropping-particle": particle})
        names.append(name)
    return [name for name in names if name]


def found_names(text: str) -> list[Name]:
    """Read the authors that a document names: `Ines Okafor and Tomas Lind`, `Okafor, Ines; Lind, Tomas`.

    Two or three words with capitals are a person unless one of them is a word that organisations have; all else is
    kept whole.
    """
    pieces = [piece.strip() for piece in re.split(r";|\band\b|&", text)[:_MOST]]
    names: list[Name] = []
    for piece in pieces:
        parts = [part.strip() for part in piece.split(",") if part.strip()]
        if len(parts) == 2 and min(len(part.split()) for part in parts) == 1:
            names += typed_names(piece)
        else:
            names += [_found_name(part) for part in parts]
    return names[:_MOST]


def _found_name(text: str) -> Name:
    words = text.split()
    if not 2 <= len(words) <= 3 or not all(word[0].isupper() and _PERSON.fullmatch(word) for word in words):
        return {"literal": text}
    if any(word.lower() in _ORGANISATION or (len(word) > 2 and word.isupper()) for word in words):
        return {"literal": text}
    return {"family": words[-1], "given": " ".join(words[:-1])}


def shown_names(value: object) -> str:
    """Give names of CSL-JSON in the form that `typed_names` reads."""
    names = value if isinstance(value, list) else []
    return "; ".join(shown for name in names if isinstance(name, dict) and (shown := _shown(name)))


def _shown(name: dict[str, object]) -> str:
    def part(key: str) -> str:
        value = name.get(key)
        return value if isinstance(value, str) else ""

    family = " ".join(filter(None, (part("non-dropping-particle"), part("family"))))
    given = " ".join(filter(None, (part("given"), part("dropping-particle"))))
    return part("literal") or ", ".join(filter(None, (family, given, part("suffix"))))
