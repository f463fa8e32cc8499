"""Office documents and books made in code, for the tests of their readers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """Give a zip archive of some parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return target.getvalue()


# --- Word ----------------------------------------------------------------------------------------


def word(body: str, namespace: str = W, **others: str) -> bytes:
    """Give a Word document of a body; `others` are parts by kind, like styles="<w:style .../>"."""
    roots = {"header1": "hdr", "footer1": "ftr"}
    parts: dict[str, str | bytes] = {"word/document.xml": word_part("document", f"<w:body>{body}</w:body>", namespace)}
    relations = []
    for kind, content in others.items():
        if kind == "core":
            continue
        parts[f"word/{kind}.xml"] = word_part(roots.get(kind, kind), content, namespace)
        relations.append(f'<Relationship Id="{kind}" Type="{_RELATION}/{kind.rstrip("1")}" Target="{kind}.xml"/>')
    parts["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{_RELATIONS}">{"".join(relations)}</Relationships>'
    parts["_rels/.rels"] = (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="a" Type="{_RELATION}/officeDocument" '
        f'Target="/word/document.xml"/></Relationships>'
    )
    if "core" in others:
        parts["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
            f"{others['core']}</cp:coreProperties>"
        )
    return archive(parts)


def word_part(root: str, content: str, namespace: str = W) -> str:
    """Give a part of a Word document."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:{root} xmlns:w="{namespace}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"{content}</w:{root}>"
    )


def paragraph(text: str, style: str = "", properties: str = "") -> str:
    """Give a paragraph of a Word document."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def style(name: str, based_on: str = "", properties: str = "", identity: str = "") -> str:
    """Give a paragraph style, with its name without spaces as its id."""
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{identity or name.replace(" ", "")}"><w:name w:val="{name}"/>{based}'
        f"<w:pPr>{properties}</w:pPr></w:style>"
    )


# --- ODF -----------------------------------------------------------------------------------------


def odf_root(name: str, content: str) -> str:
    """Give the XML of a part of an ODF document."""
    prefixes = "office text table style draw meta"
    declared = " ".join(
        f'xmlns:{prefix}="{_ODF}:{"drawing" if prefix == "draw" else prefix}:1.0"' for prefix in prefixes.split()
    )
    return f'<office:{name} {declared} xmlns:dc="http://purl.org/dc/elements/1.1/">{content}</office:{name}>'


def odf(text: str, automatic: str = "", styles: str = "", meta: str = "") -> bytes:
    """Give an ODF text."""
    body = f"<office:body><office:text>{text}</office:text></office:body>"
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": odf_root(
                "document-content", f"<office:automatic-styles>{automatic}</office:automatic-styles>{body}"
            ),
            "styles.xml": odf_root("document-styles", styles),
            "meta.xml": odf_root("document-meta", f"<office:meta>{meta}</office:meta>"),
        }
    )


# --- EPUB ----------------------------------------------------------------------------------------

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def page(body: str) -> str:
    """Give an XHTML chapter."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>{body}</body></html>'
    )


def book(
    chapters: Mapping[str, str | bytes],
    meta: str = "",
    items: str = "",
    others: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Give a book of chapters by href; `items` are more entries of the manifest and `others` more parts."""
    listed = "".join(
        f'<item id="c{number}" href="{href}" media-type="application/xhtml+xml"/>'
        for number, href in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{number}"/>' for number in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
        f"{meta}</metadata><manifest>{listed}{items}</manifest><spine>{spine}</spine></package>"
    )
    parts: dict[str, str | bytes] = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER}
    parts["OEBPS/book.opf"] = package
    parts |= {f"OEBPS/{href}": content for href, content in chapters.items()}
    return archive(parts | dict(others or {}))
