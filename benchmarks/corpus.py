"""Made-up documents of every format docterm reads, the same every time: for measuring whole libraries."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Mapping, Sequence
from email.message import EmailMessage
from functools import cache
from html import escape
from itertools import accumulate
from pathlib import Path
from xml.sax.saxutils import escape as xml

SYLLABLES = "har bour lan tern cro sing ward en pi lot ro ster le dger is land tide bea con an chor sal vage".split()
VOCABULARY = 8_000
LINE = 88

Paragraphs = Sequence[str]


class Writer:
    """Makes up text of words that are as unevenly frequent as those of a language."""

    def __init__(self, seed: int) -> None:
        self._words = _vocabulary()
        self._weights = list(accumulate(1 / rank for rank in range(1, len(self._words) + 1)))
        self._chance = random.Random(seed)

    def paragraph(self, words: int) -> str:
        """Give sentences of about so many words in all."""
        run = self._chance.choices(self._words, cum_weights=self._weights, k=words)
        sentences = [run[start : start + 17] for start in range(0, words, 17)]
        return " ".join(" ".join(sentence).capitalize() + "." for sentence in sentences)

    def paragraphs(self, size: int) -> list[str]:
        """Give paragraphs of `size` characters in all, about."""
        made: list[str] = []
        while size > 0:
            made.append(self.paragraph(self._chance.randint(40, 140)))
            size -= len(made[-1]) + 1
        return made


@cache
def _vocabulary() -> Sequence[str]:
    chance = random.Random(5)
    made = {"".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(4 * VOCABULARY)}
    return sorted(made, key=lambda word: (len(word), word))[:VOCABULARY]


# --- formats -------------------------------------------------------------------------------------


def plain(title: str, body: Paragraphs) -> bytes:
    """Give a text with hard-wrapped lines."""
    return "\n\n".join([title, *("\n".join(_wrapped(text)) for text in body)]).encode()


def markdown(title: str, body: Paragraphs) -> bytes:
    """Give Markdown with front matter."""
    return "\n\n".join([f"---\ntitle: {title}\n---", f"# {title}", *body]).encode()


def html(title: str, body: Paragraphs) -> bytes:
    """Give a web page."""
    text = "".join(f"<p>{escape(each)}</p>\n" for each in body)
    return (
        f"<!doctype html><html><head><title>{title}</title></head><body><h1>{title}</h1>{text}</body></html>".encode()
    )


def rtf(title: str, body: Paragraphs) -> bytes:
    """Give rich text."""
    return ("{\\rtf1\\ansi " + "\\par\n".join([title, *body]) + "\\par}").encode()


def mail(title: str, body: Paragraphs) -> bytes:
    """Give a message."""
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = title, "a@example.org", "Fri, 07 May 2021 10:00:00 +0000"
    message.set_content("\n\n".join("\n".join(_wrapped(text)) for text in body))
    return message.as_bytes()


def mailbox(title: str, body: Paragraphs) -> bytes:
    """Give a mailbox of two messages."""
    half = len(body) // 2
    messages = [mail(f"{title} {part}", text) for part, text in enumerate((body[:half], body[half:]))]
    return b"\n".join(b"From a@example.org Fri May  7 10:00:00 2021\n" + each for each in messages)


def docx(title: str, body: Paragraphs) -> bytes:
    """Give a Word document."""
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    text = "".join(f"<w:p><w:r><w:t>{xml(each)}</w:t></w:r></w:p>" for each in [title, *body])
    return _zip(
        {
            "word/document.xml": f"<w:document {word}><w:body>{text}</w:body></w:document>",
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="a" Type="{office}" Target="word/document.xml"/></Relationships>',
        }
    )


def odt(title: str, body: Paragraphs) -> bytes:
    """Give an OpenDocument text."""
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text"))
    text = "".join(f"<text:p>{xml(each)}</text:p>" for each in body)
    heading = f'<text:h text:outline-level="1">{xml(title)}</text:h>'
    return _zip(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {names}><office:body><office:text>{heading}{text}"
            "</office:text></office:body></office:document-content>",
        }
    )


def epub(title: str, body: Paragraphs) -> bytes:
    """Give a book of one chapter."""
    text = "".join(f"<p>{xml(each)}</p>" for each in body)
    return _zip(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            '<rootfiles><rootfile full-path="c.opf"/></rootfiles></container>',
            "c.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{xml(title)}</dc:title></metadata><manifest>'
            '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="a"/></spine></package>',
            "a.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{xml(title)}</title></head>'
            f"<body><h1>{xml(title)}</h1>{text}</body></html>",
        }
    )


def pdf(title: str, body: Paragraphs) -> bytes:
    """Give a PDF with 46 lines a page."""
    lines = [title, ""]
    for text in body:
        lines += [*_wrapped(text), ""]
    pages = [lines[start : start + 46] for start in range(0, len(lines), 46)]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>",
    ]
    for number, page in enumerate(pages):
        shown = "".join(f"({line}) Tj T*\n" for line in page)
        drawn = f"BT /F1 10 Tf 14 TL 40 740 Td\n{shown}ET".encode()
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>"
            f"/Contents {5 + 2 * number} 0 R>>".encode()
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
    return _pdf_file(objects)


def _pdf_file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer\n<</Root 1 0 R/Size {len(places) + 1}>>\n"
    return bytes(out) + f"{end}startxref\n{len(out)}\n%%EOF".encode()


def _zip(parts: Mapping[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as made:
        for name, content in parts.items():
            made.writestr(zipfile.ZipInfo(name, (2021, 5, 7, 10, 0, 0)), content)
    return target.getvalue()


def _wrapped(text: str) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) >= LINE:
            lines.append(line)
            line = ""
        line += f" {word}" if line else word
    return [*lines, line]


FORMATS: Mapping[str, Callable[[str, Paragraphs], bytes]] = {
    "txt": plain,
    "md": markdown,
    "html": html,
    "pdf": pdf,
    "epub": epub,
    "docx": docx,
    "odt": odt,
    "rtf": rtf,
    "eml": mail,
    "mbox": mailbox,
}


# --- libraries -----------------------------------------------------------------------------------


def mixed(folder: Path, documents: int, size: int) -> int:
    """Write documents of about `size` characters into `folder`, of all formats in turn; give their bytes in all."""
    written = 0
    for number, (suffix, made) in enumerate(_turns(documents)):
        data = made(f"Harbour report {number}", Writer(number).paragraphs(size))
        target = folder / f"{number % 20:02}" / f"report{number:05}.{suffix}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        written += len(data)
    return written


def _turns(documents: int) -> list[tuple[str, Callable[[str, Paragraphs], bytes]]]:
    formats = list(FORMATS.items())
    return [formats[number % len(formats)] for number in range(documents)]


def notes(folder: Path, files: int) -> None:
    """Write small texts of three paragraphs into `folder`, a hundred in a folder of their own."""
    writer = Writer(1)
    for number in range(files):
        target = folder / f"{number // 100:03}" / f"note{number:05}.txt"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(plain(f"Note {number} of the harbour", [writer.paragraph(50) for _ in range(3)]))


def long_text(path: Path, paragraphs: int) -> None:
    """Write one Markdown text with so many paragraphs, and a heading every fifty."""
    writer, chance = Writer(2), random.Random(7)
    with path.open("w", encoding="utf-8") as file:
        for number in range(paragraphs):
            if number % 50 == 0:
                file.write(f"## Chapter {number // 50}\n\n")
            file.write(f"{writer.paragraph(chance.randint(5, 70))}\n\n")
