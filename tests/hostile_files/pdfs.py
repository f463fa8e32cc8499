"""PDFs that lie about their pages, draw for ever, refer to themselves, or are too broken to be read."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

_TEXT = b"BT /F1 12 Tf 72 720 Td (A hostile page with some words on it.) Tj ET"
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>%s>>>>"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_CATALOG = b"<</Type/Catalog/Pages 2 0 R%s>>"


def pdf(objects: Sequence[bytes], trailer: bytes = b"", header: bytes = b"%PDF-1.7\n") -> bytes:
    """Give a PDF of some objects, the first of which is its catalog."""
    out = bytearray(header)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """Give a stream object."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), entries, data)


def packed(data: bytes, times: int = 1, entries: bytes = b"") -> bytes:
    """Give a stream object that is deflated, more than once if asked."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    filters = b"/Filter[%s]" % (b"/FlateDecode " * times)
    return stream(data, filters + entries)


def one_page(
    content: bytes = _TEXT,
    *,
    more: Sequence[bytes] = (),
    resources: bytes = b"",
    catalog: bytes = b"",
    pages: bytes = b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    body: bytes | None = None,
    trailer: bytes = b"",
) -> bytes:
    """Give a PDF of one page: objects from 6 on are `more`."""
    objects = [_CATALOG % catalog, pages, _PAGE % resources, body or stream(content), _FONT, *more]
    return pdf(objects, trailer)


def good() -> bytes:
    """Give a PDF with nothing wrong in it: five pages of text, an outline, a title."""
    kids = b" ".join(b"%d 0 R" % (3 + 2 * number) for number in range(5))
    objects = [_CATALOG % b"/Outlines 14 0 R", b"<</Type/Pages/Kids[%s]/Count 5>>" % kids]
    for number in range(5):
        lines = b"".join(
            b"BT /F1 12 Tf 72 %d Td (Line %d of page %d says what a line says in a paragraph of a page.) Tj ET\n"
            % (720 - 14 * line, line, number)
            for line in range(30)
        )
        page = (_PAGE % b"").replace(b"4 0 R", b"%d 0 R" % (4 + 2 * number)).replace(b"/F1 5 0", b"/F1 13 0")
        objects += [page, stream(lines)]
    objects += [_FONT, b"<</Type/Outlines/First 15 0 R/Last 15 0 R/Count 1>>"]
    objects += [b"<</Title(A chapter)/Parent 14 0 R/Dest[3 0 R/Fit]>>", b"<</Title(A good PDF)/Author(N. N.)>>"]
    return pdf(objects, b"/Info 16 0 R")


def _forms(depth: int, fan: int) -> bytes:
    """Forms that draw forms: `fan` of them each, `depth` deep."""
    draw = b"/X Do " * fan
    more = [
        stream(draw, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (7 + number))
        for number in range(depth)
    ]
    more.append(stream(b"BT /F1 9 Tf (x) Tj ET", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"))
    return one_page(b"/X Do", more=more, resources=b"/XObject<</X 6 0 R>>")


def _form_of_itself(_: float) -> bytes:
    form = stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>")
    return one_page(b"/X Do", more=[form], resources=b"/XObject<</X 6 0 R>>")


def _nested_pages(weight: float) -> bytes:
    """A page tree as deep as a shaft."""
    depth = int(100_000 * weight)
    objects = [_CATALOG % b""]
    objects += [b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (n + 1, n - 1) for n in range(2, depth)]
    objects += [b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 9 9]>>" % (depth - 1)]
    return pdf(objects)


def _many_pages(weight: float) -> bytes:
    """Every page the same object: a small file of very many."""
    count = int(300_000 * weight)
    return one_page(pages=b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, b"3 0 R " * count))


def _marks(weight: float) -> bytes:
    return one_page(body=packed(b"BT /F1 1 Tf " + b"(aaaaaaaaaa) Tj 1 0 Td " * int(4_000_000 * weight) + b"ET"))


def _outline(weight: float) -> bytes:
    more = [b"<</Type/Outlines/First 7 0 R/Last 7 0 R/Count 2>>"]
    more += [b"<</Title(Round)/Parent 6 0 R/Next 8 0 R/First 8 0 R/Dest[3 0 R/Fit]>>"]
    more += [b"<</Title(and round)/Parent 7 0 R/Next 7 0 R/First 7 0 R/Dest[3 0 R/Fit]>>"]
    return one_page(more=more, catalog=b"/Outlines 6 0 R")


def _long_outline(weight: float) -> bytes:
    count = int(200_000 * weight)
    more = [b"<</Type/Outlines/First 7 0 R/Last %d 0 R/Count %d>>" % (6 + count, count)]
    more += [b"<</Title(%s)/Parent 6 0 R/Next %d 0 R/Dest[3 0 R/Fit]>>" % (b"t" * 900, n + 8) for n in range(count)]
    return one_page(more=more, catalog=b"/Outlines 6 0 R")


def _labels(weight: float) -> bytes:
    nums = b"".join(b"%d<</P(\xfe\xff\xd8\x00\x00\x1b)/S/D>>" % n for n in range(int(50_000 * weight)))
    return one_page(catalog=b"/PageLabels<</Nums[%s]>>" % nums)


def _info(_: float) -> bytes:
    text = b"\\033]0;owned\\007\\233[31m\\000" * 50
    return one_page(more=[b"<</Title(%s)/Author(%s)/CreationDate(D:99999999)>>" % (text, text)], trailer=b"/Info 6 0 R")


def _active(_: float) -> bytes:
    """Everything that a viewer could be made to do when it opens the file."""
    actions = b"/OpenAction<</S/JavaScript/JS(app.launchURL('http://127.0.0.1:9/'))>>/AA<</O<</S/Launch/F(/bin/sh)>>>>"
    embedded = b"/Names<</EmbeddedFiles<</Names[(../../owned.txt)<</Type/Filespec/F(../../owned.txt)>>]>>>>"
    annotation = b"<</Type/Annot/Subtype/Link/Rect[0 0 612 792]/A<</S/URI/URI(http://127.0.0.1:9/)>>>>"
    return one_page(more=[annotation], catalog=actions + embedded)


def _encrypted(_: float) -> bytes:
    """The standard handler with a user password that nobody knows."""
    entry = b"/Encrypt 6 0 R/ID[<%s><%s>]" % (b"00" * 16, b"00" * 16)
    return one_page(more=[b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (b"11" * 32, b"22" * 32)], trailer=entry)


def _unknown_encryption(_: float) -> bytes:
    return one_page(more=[b"<</Filter/Nobody.Knows/V 9/R 9>>"], trailer=b"/Encrypt 6 0 R/ID[<00><00>]")


def _object_streams(weight: float) -> bytes:
    """An object stream that says it extends itself, and a filter chain of 900 deflates."""
    return one_page(
        more=[
            packed(b"7 0 <</A 7 0 R>>", 1, b"/Type/ObjStm/N 1/First 4/Extends 6 0 R"),
            stream(b"x", b"/Filter[%s]" % (b"/FlateDecode " * 900)),
        ]
    )


def _colour_space(_: float) -> bytes:
    deep = b"[/Indexed " * 5000 + b"/DeviceRGB" + b" 1 (abc)]" * 5000
    return one_page(b"/C cs 0 sc " + _TEXT, resources=b"/ColorSpace<</C %s>>" % deep)


def _to_unicode(weight: float) -> bytes:
    ranges = b"".join(b"<%04X> <FFFF> <0000>\n" % (n % 65536) for n in range(int(200_000 * weight)))
    body = b"/CIDInit begincmap 1 begincodespacerange <0000><FFFF> endcodespacerange 100 beginbfrange\n" + ranges
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 7 0 R>>"
    return one_page(more=[font, packed(body + b"endbfrange endcmap")]).replace(b"/F1 5 0 R", b"/F1 6 0 R")


def _cycle(_: float) -> bytes:
    return one_page(pages=b"<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]/Count 3/Parent 2 0 R>>")


def _indirect_length(_: float) -> bytes:
    return one_page(body=b"<</Length 4 0 R>>stream\n" + _TEXT + b"\nendstream")


def _cut(_: float) -> bytes:
    data = good()
    return data[: len(data) * 2 // 3]


def _no_table(_: float) -> bytes:
    return good().replace(b"xref", b"xxxx").replace(b"startxref", b"startyref")


def _far_table(_: float) -> bytes:
    return good().rpartition(b"startxref")[0] + b"startxref\n99999999999999999999\n%%EOF"


def _looped_tables(_: float) -> bytes:
    data = one_page()
    place = int(data.rsplit(b"startxref\n", 1)[1].split()[0])
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % place)


KINDS: dict[str, Callable[[float], bytes]] = {
    "pdf/forms-deep.pdf": lambda weight: _forms(int(20_000 * weight), 1),
    "pdf/forms-fan.pdf": lambda _: _forms(40, 2),
    "pdf/form-of-itself.pdf": _form_of_itself,
    "pdf/count-lies.pdf": lambda _: one_page(pages=b"<</Type/Pages/Kids[3 0 R]/Count 1000000>>"),
    "pdf/count-negative.pdf": lambda _: one_page(pages=b"<</Type/Pages/Kids[3 0 R]/Count -7>>"),
    "pdf/pages-many.pdf": _many_pages,
    "pdf/pages-nested.pdf": _nested_pages,
    "pdf/pages-in-a-ring.pdf": _cycle,
    "pdf/stream-huge.pdf": lambda weight: one_page(body=packed(b" " * int((1 << 30) * weight))),
    "pdf/stream-packed-twice.pdf": lambda weight: one_page(body=packed(b" " * int((1 << 30) * weight), 2)),
    "pdf/stream-of-its-own-length.pdf": _indirect_length,
    "pdf/text-endless.pdf": _marks,
    "pdf/state-unbalanced.pdf": lambda weight: one_page(b"q " * int(5_000_000 * weight) + _TEXT),
    "pdf/arrays-nested.pdf": lambda weight: one_page(b"[" * int(1_000_000 * weight) + _TEXT),
    "pdf/dictionaries-nested.pdf": lambda weight: one_page(more=[b"<</A" * int(200_000 * weight)]),
    "pdf/font-size-huge.pdf": lambda _: one_page(_TEXT.replace(b"12 Tf", b"1e38 Tf").replace(b"72 720", b"1e38 -1e38")),
    "pdf/media-box-odd.pdf": lambda _: one_page().replace(b"[0 0 612 792]", b"[9 9 -9e9 0]"),
    "pdf/outline-in-a-ring.pdf": _outline,
    "pdf/outline-long.pdf": _long_outline,
    "pdf/labels.pdf": _labels,
    "pdf/info-escapes.pdf": _info,
    "pdf/active.pdf": _active,
    "pdf/encrypted.pdf": _encrypted,
    "pdf/encrypted-by-nobody.pdf": _unknown_encryption,
    "pdf/object-streams.pdf": _object_streams,
    "pdf/colour-space-nested.pdf": _colour_space,
    "pdf/to-unicode.pdf": _to_unicode,
    "pdf/cut.pdf": _cut,
    "pdf/no-table.pdf": _no_table,
    "pdf/far-table.pdf": _far_table,
    "pdf/table-in-a-ring.pdf": _looped_tables,
    "pdf/nothing-but-a-header.pdf": lambda _: b"%PDF-1.7\n",
    "pdf/empty.pdf": lambda _: b"",
    "pdf/xmp-bomb.pdf": lambda _: one_page(
        more=[stream(b"<x:xmpmeta><!DOCTYPE a [<!ENTITY b 'c'>]><dc:title>&b;" + b"<rdf:li>" * 50_000)]
    ),
}  # fmt: skip
