"""What a notebook of many quotes costs, how well quotes are found again, and whether anything is ever lost.

    python benchmarks/quotes.py open             opening a notebook of 20,000 quotes
    python benchmarks/quotes.py anchors [FILE]   finding quotes again in a text of 1 MB that was changed
    python benchmarks/quotes.py kills [COUNT]    killing writers, 1,000 of them unless told: takes ten minutes

Without a FILE (plain text, its paragraphs parted by blank lines) the text is made up. Linux only.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path

from child import Sample
from corpus import Writer

sys.path += [str(Path(__file__).parents[1] / "tests"), str(Path(__file__).parents[1] / "tests" / "safety")]
from docterm.library.model import Locator, Passage, Role
from docterm.quotes.anchor import Body
from docterm.quotes.capture import anchored
from docterm.quotes.notebook import Notebook
from docterm.quotes.reanchor import propose
from docterm.quotes.ulid import new_ulid
from docterm.text import Span
from quote_samples import quote

SIZE = 1_000_000
TRIALS = 100
OPENED = 20_000
SEED = 11


# --- finding again -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Trial:
    """A text before and after a change, where the quote stood in it and where it stands, if it does."""

    before: str
    span: Span
    after: str
    now: Span | None


class Changes:
    """The changes that texts undergo, each made at random."""

    def __init__(self, text: str, seed: int = SEED) -> None:
        self.text = text
        self.chance = random.Random(seed)
        self.words = text.split()

    def span(self, length: int) -> Span:
        """Give a place of about so many code points in one paragraph, from the start of a word to the end of one."""
        while True:
            start = self.text.rfind(" ", 0, self.chance.randrange(2000, len(self.text) - 3000)) + 1
            end = self.text.find(" ", start + length)
            if end > 0 and "\n" not in self.text[start:end] and end - start < length + 40:
                return Span(start, end)

    def replaced(self, span: Span, words: str) -> Trial:
        """Give the text with other words in a place."""
        after = self.text[: span.start] + words + self.text[span.end :]
        return Trial(self.text, span, after, Span(span.start, span.start + len(words)))

    def shifted(self, span: Span) -> Trial:
        """Put a paragraph before the quote."""
        added = "Updated at noon. " * self.chance.randrange(1, 40) + "\n"
        place = self.text.rfind("\n", 0, self.chance.randrange(1000, span.start)) + 1
        after = self.text[:place] + added + self.text[place:]
        return Trial(self.text, span, after, Span(span.start + len(added), span.end + len(added)))

    def typeset(self, span: Span) -> Trial:
        """Change quotation marks, dashes, spaces and ligatures of the quote and of what stands around it."""
        start, end = max(span.start - 200, 0), span.end + 200
        pieces = [self.text[start : span.start], self.text[slice(*span)], self.text[span.end : end]]
        signs = {"'": "’", '"': "”", "-": "–", " ": "\u00a0", "fi": "ﬁ", "...": "…"}
        for old, new in signs.items():
            pieces = [piece.replace(old, new) for piece in pieces]
        after = self.text[:start] + "".join(pieces) + self.text[end:]
        first = start + len(pieces[0])
        return Trial(self.text, span, after, Span(first, first + len(pieces[1])))

    def edited(self, span: Span, edits: int) -> Trial:
        """Replace, drop or add words of the quote."""
        words = self.text[slice(*span)].split(" ")
        for _ in range(edits):
            place, kind = self.chance.randrange(max(len(words), 1)), self.chance.random()
            other = self.chance.choice(self.words)
            words[place : place + 1] = [other] if kind < 0.4 else [] if kind < 0.7 else [words[place], other]
        return self.replaced(span, " ".join(words))

    def moved(self, span: Span) -> Trial:
        """Move the quote with its neighbours to another place."""
        start, end = span.start - 40, span.end + 40
        rest = self.text[:start] + self.text[end:]
        place = self.chance.randrange(1000, len(rest) - 1000)
        after = rest[:place] + self.text[start:end] + rest[place:]
        return Trial(self.text, span, after, Span(place + 40, place + 40 + span.end - span.start))

    def cut(self, span: Span) -> Trial:
        """Drop the middle third of the quote."""
        words = self.text[slice(*span)].split(" ")
        return self.replaced(span, " ".join(words[: len(words) // 3] + words[2 * len(words) // 3 :]))

    def deleted(self, span: Span) -> Trial:
        """Drop the quote, with a little of what stood around it."""
        after = self.text[: span.start - 10] + self.text[span.end + 10 :]
        return Trial(self.text, span, after, None)


def body(text: str) -> Body:
    """Give a text as the body of a document, a line a paragraph."""
    lines = text.split("\n")
    return Body.of([Passage("made", at, Role.BODY, line, Locator(at + 1)) for at, line in enumerate(lines)])


def tried(trial: Trial) -> tuple[str, float]:
    """Say whether the quote was found, at the wrong place or not at all, and how long looking for it took."""
    found = replace(quote(), **anchored(body(trial.before), trial.span)._asdict())
    there = body(trial.after)
    began = time.thread_time()
    proposal = propose(found, there)
    taken = time.thread_time() - began
    if proposal is None:
        return ("right" if trial.now is None else "none"), taken
    if trial.now is None:
        return "wrong", taken
    slack = max(20, (trial.span.end - trial.span.start) // 10)
    off = max(abs(proposal.span.start - trial.now.start), abs(proposal.span.end - trial.now.end))
    return ("exact" if off == 0 else "right" if off <= slack else "wrong"), taken


def anchors(text: str) -> None:
    """Print how quotes of 300 and of 60 code points are found again after every kind of change."""
    print(f"{TRIALS} quotes a line, in a text of {len(text):,} code points")
    print("| change | length | found | edges exact | not found | wrong place | median, ms | slowest, ms |")
    print("|---|---|---|---|---|---|---|---|")
    for length in (300, 60):
        changes = Changes(text)
        kinds: dict[str, Callable[[Span], Trial]] = {
            "text before it": changes.shifted,
            "typography": changes.typeset,
            "moved": changes.moved,
            **{f"{edits} words edited": partial(changes.edited, edits=edits) for edits in (1, 3, 6, 10)},
            "middle third dropped": changes.cut,
            "deleted (found: said to be gone)": changes.deleted,
        }
        for name, change in kinds.items():
            if length == 60 and name.startswith(("6", "10")):
                continue
            results = [tried(change(changes.span(length))) for _ in range(TRIALS)]
            counts = Counter(result for result, _ in results)
            times = Sample(tuple(1000 * taken for _, taken in results))
            right = counts["right"] + counts["exact"]
            print(
                f"| {name} | {length} | {100 * right / TRIALS:.1f} % | {counts['exact']} | {counts['none']} | "
                f"{counts['wrong']} | {times.median:.1f} | {max(times.values):.0f} |",
                flush=True,
            )


def some_text(arguments: Sequence[str]) -> str:
    """Give a megabyte of text, a paragraph a line: of a file, or made up."""
    if arguments:
        raw = Path(arguments[0]).read_text("utf-8", "replace")
        paragraphs = [" ".join(part.split()) for part in raw.split("\n\n")]
        return "\n".join(dict.fromkeys(part for part in paragraphs if len(part) > 200))[:SIZE]
    return "\n".join(Writer(SEED).paragraphs(SIZE))


# --- opening and losing --------------------------------------------------------------------------

OPEN = "import time; from docterm.quotes.notebook import Notebook; from pathlib import Path; import sys; \
b = time.process_time(); n = Notebook(Path(sys.argv[1])); print(time.process_time() - b, len(n.quotes()))"


def opening() -> None:
    """Print how long it takes to open a notebook of 20,000 quotes, each time in a new process."""
    from docterm.quotes import log
    from docterm.quotes.events import Change, EventKind, event_as_json

    writer = Writer(SEED)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "notebook.jsonl"
        with path.open("wb") as file:
            for _ in range(OPENED):
                text = writer.paragraph(60)
                made = replace(quote(text[:300]), context=text, id=new_ulid())
                file.write(log.encode(event_as_json(Change(EventKind.CAPTURE, made.id, made), None)))
        taken = []
        for _ in range(8):
            out = subprocess.run([sys.executable, "-c", OPEN, path], capture_output=True, text=True, check=True).stdout
            taken.append(float(out.split()[0]))
            assert int(out.split()[1]) == OPENED
        size = path.stat().st_size / 1e6
        print(
            f"{OPENED:,} quotes, {size:.0f} MB: median {Sample(tuple(taken[1:])).median:.3f} s, lowest {min(taken):.3f}"
        )


def kills(wanted: int) -> None:
    """Kill writers of one notebook, two at a time; print what they said was saved, and what of it was lost."""
    writing = import_module("test_notebook_kill")  # what writes, and what it said, is the test's
    chance = random.Random(SEED)
    saved: set[str] = set()
    killed = 0
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "notebook.jsonl"
        while killed < wanted:
            before = path.stat().st_size if path.exists() else 0
            writers = [writing.start_writer(path, f"{killed}.{number}") for number in range(2)]
            while not path.exists() or path.stat().st_size <= before:
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.1))
            for writer in writers:
                writer.kill()
            for writer in writers:
                saved |= writing.acknowledged(writer)
            killed += len(writers)
            if path.stat().st_size > 4_000_000:
                _no_loss(saved, Notebook(path), killed)
                saved = set()
                path.unlink()
        if path.exists():
            _no_loss(saved, Notebook(path), killed)


def _no_loss(saved: set[str], notebook: Notebook, killed: int) -> None:
    lost = saved - {quote.id for quote in notebook.quotes()}
    print(f"{killed:,} killed; {len(saved):,} quotes said to be saved, {len(lost)} of them lost", flush=True)


def main(arguments: list[str]) -> None:
    """Measure what is named."""
    what, *more = arguments or ["open"]
    if what == "kills":
        kills(int(more[0]) if more else 1000)
    elif what == "anchors":
        anchors(some_text(more))
    else:
        opening()


if __name__ == "__main__":
    main(sys.argv[1:])
