"""What became of paragraphs whose document has changed, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from docterm.library.model import Address, Locator, Number
from docterm.library.numbering import Whereabouts


def _addresses(key: str, numbers: Sequence[Number]) -> str:
    return " and ".join(f"{key}:{number}" for number in numbers)


def became(address: Address, found: Whereabouts) -> list[str]:
    """Say what became of a paragraph."""
    if not found.changed:
        here = found.numbers == (address.first,)
        return [] if here else [f"{address} has moved: it is {_addresses(address.key, found.numbers)} now."]
    if found.numbers == (address.first,):
        return [f"{address} has changed since it was numbered."]
    stand = _addresses(address.key, found.numbers)
    return [f"{address} has changed since it was numbered: words of it stand in {stand}."]


def missing(key: str, found: Whereabouts | None, there: Sequence[Locator]) -> str:
    """Say why a document has no paragraph of a number: what became of it, else which ones there are."""
    if found is not None:
        stand = f"its words stand in {_addresses(key, found.numbers)} now" if found.numbers else "it is gone"
        return f"The text has changed since it was numbered: {stand}."
    if not there:
        return "It has no numbered paragraphs."
    return f"Its paragraphs are {there[0].paragraph} to {there[-1].paragraph}."
