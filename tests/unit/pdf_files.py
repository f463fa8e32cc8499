"""PDFs written in code: text at places of a page, with crop box, outline, page labels and metadata."""

from __future__ import annotations

from dataclasses import dataclass, field

WIDTH, HEIGHT = 612, 792
REGULAR, BOLD, MONO = "F1", "F2", "F3"
_FONTS = {REGULAR: "Times-Roman", BOLD: "Times-Bold", MONO: "Courier"}


def escaped(text: str) -> bytes:
    """Give a text as a string of PDF."""
    raw = text.encode("cp1252")
    return b"(" + raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


@dataclass
class PdfPage:
    """A page: what is drawn on it, in the order in which it is drawn."""

    extra: str = ""
    """Entries of the page's dictionary: `/Rotate 90`."""
    drawn: list[bytes] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = 10, font: str = REGULAR, turn: str = "1 0 0 1") -> None:
        """Draw a line with its baseline beginning at (x, y), in points from the lower left corner."""
        place = f"/{font} {size} Tf {turn} {x} {y} Tm ".encode()
        self.drawn.append(b"BT " + place + escaped(text) + b" Tj ET\n")

    def lines(self, x: float, y: float, lines: list[str], size: float = 10, leading: float = 12) -> float:
        """Draw lines of a typewriter, one under the other, and give where the next would stand."""
        for line in lines:
            self.text(x, y, line, size, MONO)
            y -= leading
        return y


def pdf(
    pages: list[PdfPage],
    outline: list[tuple[str, int]] | None = None,
    catalog: str = "",
    info: str = "",
    xmp: str = "",
    trailer: str = "",
) -> bytes:
    """Give a file with these pages; the outline has titles and pages from 0."""
    objects: list[bytes] = []

    def add(body: str | bytes) -> int:
        objects.append(body.encode("utf-8") if isinstance(body, str) else body)
        return len(objects)

    tree, root = add(""), add("")
    fonts = " ".join(
        f"/{name} {add(f'<</Type/Font/Subtype/Type1/BaseFont/{base}/Encoding/WinAnsiEncoding>>')} 0 R"
        for name, base in _FONTS.items()
    )
    kids = []
    for page in pages:
        drawn = b"".join(page.drawn)
        stream = add(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
        kids.append(
            add(
                f"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Resources<</Font<<{fonts}>>>>"
                f"/Contents {stream} 0 R {page.extra}>>"
            )
        )
    objects[tree - 1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>".encode()
    if outline:
        first = len(objects) + 2
        last = first + len(outline) - 1
        head = add(f"<</First {first} 0 R/Last {last} 0 R/Count {len(outline)}>>")
        for place, (title, page_index) in enumerate(outline):
            following = f"/Next {first + place + 1} 0 R" if place + 1 < len(outline) else ""
            target = f"/Dest[{kids[page_index]} 0 R /Fit]"
            add(b"<</Title" + escaped(title) + f"/Parent {head} 0 R{target}{following}>>".encode())
        catalog += f"/Outlines {head} 0 R"
    if xmp:
        packet = xmp.encode()
        stream = add(b"<</Type/Metadata/Subtype/XML/Length %d>>stream\n%s\nendstream" % (len(packet), packet))
        catalog += f"/Metadata {stream} 0 R"
    objects[root - 1] = f"<</Type/Catalog/Pages {tree} 0 R {catalog}>>".encode()
    described = f"/Info {add(f'<<{info}>>')} 0 R" if info else ""
    return _file(objects, f"/Root {root} 0 R{described}{trailer}")


def _file(objects: list[bytes], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer\n<</Size {len(objects) + 1}{trailer}>>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)
