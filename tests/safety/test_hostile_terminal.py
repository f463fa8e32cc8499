"""Files that would steer a terminal, in the real program on a real terminal: none of their bytes is obeyed."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hostile_files import KINDS, write_odd_names
from hostile_files.texts import ESCAPES

if TYPE_CHECKING:
    from conftest import Run

pytest.importorskip("pty", reason="needs pseudo-terminals")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))
from terminal import Terminal

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="file names are any bytes here alone")
SHOWN = (
    "txt/escapes.txt", "txt/latin-escapes.txt", "txt/bidi.txt", "txt/heap.txt", "txt/joiners.txt", "md/escapes.md",
    "html/escapes.html", "html/charset-odd.html", "eml/escapes.eml", "docx/escapes.docx", "odt/escapes.odt",
    "epub/escapes.epub", "pdf/info-escapes.pdf", "rtf/characters.rtf", "pdf/encrypted.pdf", "zip/flood.docx",
)  # fmt: skip
READ = len(SHOWN) + 12 - 3
"""Documents: three of those that are shown are refused."""
STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\U000e0000-\U000e007f]"
)
SEQUENCE = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]P_^X][^\x1b\x07]*(?:\x07|\x1b\\)?|[ -/]*[0-~])|[\x00-\x09\x0b-\x1f]"
)
LITERAL = ("[@click=app.quit]press[/]", "[/etc/passwd]", "[sic]")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the files of the hostile set that are about what is shown, with records and names to match."""
    folder = tmp_path_factory.mktemp("[red]shown[@click=app.quit]")
    for name in SHOWN:
        (folder / name.replace("/", "-")).write_bytes(KINDS[name](0.001))
    write_odd_names(folder)
    record = {"id": "txt-bidi", "title": f"Recorded {ESCAPES}", "container-title": ESCAPES, "note": ESCAPES}
    (folder / "references.json").write_text(json.dumps([{**record, "author": [{"family": ESCAPES}]}]), "utf-8")
    (folder / "bad.yaml").write_text(f"references: &{ESCAPES!r}\n", "utf-8")
    return folder


@pytest.fixture
def harmless(tmp_path: Path) -> Path:
    """Give files in which there is nothing."""
    root = tmp_path / "harmless"
    root.mkdir()
    for number in range(4):
        (root / f"{number}.txt").write_text(f"Text {number}\n\nA paragraph says what it says, in words.\n", "utf-8")
    return root


def walk(terminal: Terminal, documents: int) -> None:
    """Look at everything: the list, each document, what is found, a comparison, a quote, the help."""
    terminal.wait_for(f"{documents} documents")
    terminal.press("G", "g", "g", "enter")
    terminal.press(*["J"] * (documents - 1))
    terminal.wait_for(f"document {documents}/{documents}")
    terminal.press("G", "a", "p", "y")
    terminal.wait_for("Saved the")
    terminal.press("s")
    terminal.wait_for("search the library")
    terminal.send("words ")
    terminal.wait_for("read as: words")
    terminal.press("enter", "n", "n", "c", "enter", "V", "4", "5", "?", "escape")
    assert terminal.process.poll() is None


def shapes(raw: str) -> set[str]:
    """Give the control sequences that were sent, without what they say: `CSI m`, `CSI ?h`, `OSC 52`."""
    found = set()
    for match in SEQUENCE.finditer(raw):
        sequence = match[0]
        if sequence.startswith("\x1b["):
            private = "?" if "?" in sequence else ">" if ">" in sequence else ""
            found.add(f"CSI {private}{sequence[-1]}")
        elif sequence.startswith("\x1b]"):
            found.add(f"OSC {sequence[2:].partition(';')[0]}")
        else:
            found.add(repr(sequence))
    return found


def test_nothing_is_sent_that_a_harmless_library_does_not_send(folder: Path, harmless: Path) -> None:
    sent = []
    for root, documents in ((harmless, 4), (folder, READ)):
        with Terminal(root, size=(150, 40)) as terminal:
            walk(terminal, documents)
            terminal.send("Q")
            assert terminal.wait_for_exit() == 0
            assert terminal.restored
        sent.append(bytes(terminal.raw).decode("utf-8"))
    own, raw = sent
    assert shapes(raw) <= shapes(own)
    left = SEQUENCE.sub("", raw)
    assert STEERING.search(left) is None
    for sequence in re.findall(r"\x1b\[[\d;]*m", raw):
        assert sequence not in ("\x1b[31m", "\x1b[7m"), "docterm's own colours are never these"
    for copied in re.findall(r"\x1b\]52;c;([^\x07\x1b]*)", raw):
        assert copied != "aGk=", "the clipboard is sent what was quoted alone"
    assert not re.search("[\u0300-\u036f]{17}|\u0e49{17}", left), "at most 16 marks on a letter"
    assert not re.search("[a-z][\u200b-\u200d\u2060]+[a-z]", left)


def test_what_looks_like_markup_stands_there_and_does_nothing(folder: Path) -> None:
    with Terminal(folder, size=(150, 40)) as terminal:
        terminal.wait_for(f"{READ} documents")
        terminal.press("/")
        terminal.send("txt escapes")
        terminal.press("enter", "enter")
        terminal.wait_for(*LITERAL)
        before = terminal.text
        row = next(number for number, line in enumerate(terminal.lines) if "press[/]" in line)
        column = terminal.lines[row].index("press[/]") + 2
        for _ in range(2):
            terminal.send(f"\x1b[<0;{column + 1};{row + 1}M\x1b[<0;{column + 1};{row + 1}m")
        terminal.press("j", "k")
        assert terminal.process.poll() is None
        assert all(text in terminal.text for text in LITERAL)
        assert before[:40] == terminal.text[:40], "the same document is there"
        terminal.send("Q")
        assert terminal.wait_for_exit() == 0


@pytest.fixture(scope="module")
def verbs(folder: Path) -> list[list[str]]:
    draft = folder.parent / "draft.md"
    draft.write_text(f"“A paragraph {ESCAPES}” [@txt-escapes] and “{ESCAPES}” [@{ESCAPES}]\n", "utf-8")
    return [
        ["list"], ["list", "--problems"], ["list", "--all"], ["search", "--explain", "paragraph"],
        ["kwic", "paragraph"], ["show", "txt-escapes"], ["show", "md-escapes.md"], ["show", "eml-escapes"],
        ["show", "txt-heap"], ["show", "html-escapes"], ["record", "txt-bidi"], ["record", "md-escapes.md"],
        ["compare", "txt-escapes", "md-escapes.md"], ["quote", "txt-escapes:2", "Paragraph"], ["quotes"],
        ["quotes", "copy"], ["doctor"], ["index", "--rebuild"], ["add", str(draft)],
    ]  # fmt: skip


def test_no_verb_lets_a_byte_through(
    on_terminal: Callable[..., tuple[int, str]], folder: Path, verbs: list[list[str]], tmp_path: Path
) -> None:
    for verb in verbs:
        code, written = on_terminal(*verb, "--library", folder, DOCTERM_NOTEBOOK=str(tmp_path / "notebook.jsonl"))
        assert code in (0, 1, 2), (verb, written)
        own = re.sub(r"\x1b\[[01]m|\r?\x1b\[K|\r", "", written)
        assert STEERING.search(own) is None, (verb, STEERING.findall(own))
        assert "Traceback" not in own
        if verb[:2] == ["show", "txt-escapes"]:
            assert all(text in " ".join(own.split()) for text in LITERAL)


def strings(value: object) -> Iterator[str]:
    """Give every string in what JSON can hold."""
    if isinstance(value, str):
        yield value
    for each in value.items() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        yield from strings(each)


def test_what_json_says_is_as_clean(docterm: Run, folder: Path) -> None:
    for verb in (["list", "--all"], ["search", "words"], ["show", "txt-escapes"], ["kwic", "words"]):
        answer = docterm(*verb, "--library", folder, "--json")
        assert answer.returncode == 0
        said = list(strings(json.loads(answer.stdout)))
        assert len(said) > 100
        assert not [text for text in said if STEERING.search(text)], verb
