"""PDFs of known text: typst, WeasyPrint and LibreOffice set articles with what makes a page hard to read.

Beside each NAME.pdf stands NAME.json: its texts as `[role, text]` in reading order, with the running heads as
`furniture`. What is set depends on the articles, the template and the seed alone.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from reader_texts import Article

Piece = tuple[str, str]
"""A role and a text."""
NOTE_MARK = "\x01"
"""Stands in a paragraph where the mark of a footnote is set; the number follows when it is known."""
_SHORT = 60
"""Characters; a shorter text that ends in no mark is a heading."""
_SENTENCE = re.compile(r"[^.!?]{30,160}[.!?]")


@dataclass(frozen=True)
class Template:
    """How a document is set."""

    name: str
    paper: str = "a4"
    columns: int = 2
    gutter: str = "5%"
    size: float = 10
    font: str = "Libertinus Serif"
    indent: str = "0pt"
    spacing: str = "1.1em"
    leading: str = "0.65em"
    head: str = "left"
    """Where the running head stands: `left`, `center`, or `outer`."""
    notes: float = 0.0
    """The share of the paragraphs that have a footnote."""
    figures: float = 0.0
    subheads: float = 0.0
    lists: float = 0.0
    wide: bool = False
    """Whether titles and figures go over all columns."""
    language: str = "en"


def _flow(articles: Sequence[Article], template: Template, chance: random.Random) -> list[Piece]:
    """Give what is to be set: the paragraphs with heads, captions, items and notes strewn in."""
    spare = [
        match[0].strip() for article in articles for text in article.paragraphs for match in _SENTENCE.finditer(text)
    ]
    flow: list[Piece] = []
    figures = 0
    for article in articles:
        flow.append(("title", article.title))
        for text in article.paragraphs:
            dice = chance.random()
            if len(text) < _SHORT and text[-1].isalnum():
                flow.append(("subhead", text))
                continue
            if len(text) > 300 and spare and chance.random() < template.notes:
                cut = text.find(" ", len(text) // 3)
                flow.append(("body", text[:cut] + NOTE_MARK + text[cut:]))
                flow.append(("footnote", chance.choice(spare)))
                continue
            if len(text) > 60 and dice < template.lists:
                flow.append(("item", text))
                continue
            flow.append(("body", text))
            if spare and len(text) > 200 and dice > 1 - template.figures:
                figures += 1
                flow.append(("caption", f"Figure {figures}: {chance.choice(spare)}"))
            elif spare and len(text) > 200 and dice > 1 - template.figures - template.subheads:
                flow.append(("subhead", " ".join(chance.choice(spare).split()[:5]).strip(",;:").capitalize()))
    return flow


def _reference(flow: Iterable[Piece], template: Template) -> list[Piece]:
    """Give the texts as they come out: with the marks of notes, and the running head."""
    notes = 0
    found: list[Piece] = [("furniture", _head(template))]
    for role, text in flow:
        if role == "footnote":
            found.append((role, f"{notes} {text}"))
        elif NOTE_MARK in text:
            notes += 1
            found.append((role, text.replace(NOTE_MARK, str(notes))))
        else:
            found.append(("body" if role == "item" else role, text))
    return found


def _head(template: Template) -> str:
    return f"Proceedings of the {template.name} workshop on reading"


def _keep(path: Path, flow: Iterable[Piece], template: Template) -> None:
    path.with_suffix(".json").write_text(json.dumps(_reference(flow, template), ensure_ascii=False, indent=0))


# --- typst -----------------------------------------------------------------------------------------


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'#"{escaped}"'


def _typst_piece(role: str, text: str, note: str, template: Template) -> str:
    if role == "title":
        title = f"#heading(level: 1)[{_string(text)}]"
        return f'#place(top, scope: "parent", float: true)[{title}]' if template.wide else title
    if role == "subhead":
        return f"#heading(level: 2)[{_string(text)}]"
    if role == "caption":
        place = ', placement: top, scope: "parent"' if template.wide else ""
        plain = "rect(width: 80%, height: 60pt), supplement: none, numbering: none"
        return f"#figure({plain}{place}, caption: [{_string(text)}])"
    if role == "item":
        return f"- {_string(text)}"
    before, mark, after = text.partition(NOTE_MARK)
    return f"{_string(before)}#footnote[{_string(note)}]{_string(after)}" if mark else _string(text)


def typst_source(flow: Sequence[Piece], template: Template) -> str:
    """Give the source of a document."""
    head = _string(_head(template))
    heads = {
        "left": f"{head} #h(1fr) #context counter(page).display()",
        "center": f"#align(center)[{head}]",
        "outer": f"#context if calc.odd(counter(page).get().first()) [#h(1fr) {head}] else [{head}]",
    }
    parts = [
        f'#set page(paper: "{template.paper}", columns: {template.columns}, header: [{heads[template.head]}], '
        'numbering: "1")',
        f"#set columns(gutter: {template.gutter})",
        f'#set text(font: "{template.font}", size: {template.size}pt, lang: "{template.language}", hyphenate: true)',
        f"#set par(justify: true, first-line-indent: {template.indent}, spacing: {template.spacing}, "
        f"leading: {template.leading})",
        "#show figure.caption: set text(size: 0.85em)",
    ]
    notes = [text for role, text in flow if role == "footnote"]
    for role, text in flow:
        if role != "footnote":
            note = notes.pop(0) if NOTE_MARK in text else ""
            parts.append(_typst_piece(role, text, note, template))
    return "\n\n".join(parts)


def by_typst(path: Path, articles: Sequence[Article], template: Template, seed: int) -> None:
    """Set articles with typst (`pip install typst`)."""
    import typst

    flow = _flow(articles, template, random.Random(seed))
    with TemporaryDirectory() as folder:
        source = Path(folder) / "source.typ"
        source.write_text(typst_source(flow, template), encoding="utf-8")
        path.write_bytes(typst.compile(source))
    _keep(path, flow, template)


# --- HTML: WeasyPrint and LibreOffice --------------------------------------------------------------


def by_weasyprint(path: Path, articles: Sequence[Article], template: Template, seed: int) -> None:
    """Set articles with WeasyPrint (`pip install weasyprint`): no notes, figures in the run of the text."""
    from weasyprint import HTML

    flow = _flow(articles, template, random.Random(seed))
    tags = {"title": "h1", "subhead": "h2", "caption": "figcaption", "item": "li"}
    parts = [f"<{tags.get(role, 'p')}>{escape(text)}</{tags.get(role, 'p')}>" for role, text in flow]
    style = (
        f"@page {{ size: {template.paper}; margin: 2cm; @top-left {{ content: '{_head(template)}' }}"
        "@bottom-center { content: counter(page) } }"
        f"body {{ columns: {template.columns}; column-gap: 8mm; font: {template.size}pt 'DejaVu Serif'; "
        "text-align: justify; hyphens: auto } p { margin: 0; text-indent: "
        f"{template.indent} }} h1 {{ font-size: 1.5em; column-span: none }} h2 {{ font-size: 1.15em }}"
        "figcaption { font-size: .85em; margin: 1em 0 } li { margin-left: 1em }"
    )
    page = f"<html lang='{template.language}'><style>{style}</style><body>{''.join(parts)}</body></html>"
    HTML(string=page).write_pdf(path)
    _keep(path, flow, template)


def by_libreoffice(path: Path, articles: Sequence[Article], template: Template, seed: int) -> None:
    """Set articles with LibreOffice (`soffice`, and `hyphen-en-us` for hyphens)."""
    flow = _flow(articles, template, random.Random(seed))
    styles = {"title": "Title", "subhead": "Sub", "caption": "Small"}
    notes = iter([text for role, text in flow if role == "footnote"])
    parts: list[str] = []
    number = 0
    for role, text in flow:
        if role == "footnote":
            continue
        before, mark, after = text.partition(NOTE_MARK)
        note = ""
        if mark:
            number += 1
            note = (
                f'<text:note text:note-class="footnote"><text:note-citation>{number}</text:note-citation>'
                f'<text:note-body><text:p text:style-name="Small">{escape(next(notes))}</text:p></text:note-body>'
                "</text:note>"
            )
        parts.append(
            f'<text:p text:style-name="{styles.get(role, "Body")}">{escape(before)}{note}{escape(after)}</text:p>'
        )
    with TemporaryDirectory() as folder:
        source = Path(folder) / f"{path.stem}.odt"
        _write_odt(source, "".join(parts), template)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    _keep(path, flow, template)


def _write_odt(path: Path, body: str, template: Template) -> None:
    fills = {
        "namespaces": _NAMESPACES, "body": body, "columns": template.columns, "size": template.size,
        "head": _head(template), "indent": template.indent, "spacing": template.spacing, "language": template.language,
    }  # fmt: skip
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", _CONTENT.format(**fills))
        archive.writestr("styles.xml", _STYLES.format(**fills))


_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("style", "style"), ("text", "text"), ("fo", "xsl-fo-compatible"))
)
_MANIFEST = """<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
 manifest:version="1.3"><manifest:file-entry manifest:full-path="/"
 manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml"
 manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="styles.xml"
 manifest:media-type="text/xml"/></manifest:manifest>"""
_CONTENT = """<office:document-content {namespaces} office:version="1.3"><office:automatic-styles>
<style:style style:name="S" style:family="section"><style:section-properties><style:columns
 fo:column-count="{columns}" fo:column-gap="8mm"/></style:section-properties></style:style></office:automatic-styles>
<office:body><office:text><text:section text:style-name="S" text:name="s">{body}</text:section></office:text>
</office:body></office:document-content>"""
_STYLES = """<office:document-styles {namespaces} office:version="1.3"><office:styles>
<style:style style:name="Body" style:family="paragraph"><style:paragraph-properties fo:text-align="justify"
 fo:text-indent="{indent}" fo:margin-bottom="{spacing}" fo:hyphenation-ladder-count="no-limit"/><style:text-properties
 fo:font-size="{size}pt" fo:language="{language}" fo:country="US" fo:hyphenate="true"
 fo:hyphenation-remain-char-count="2" fo:hyphenation-push-char-count="2"/></style:style>
<style:style style:name="Title" style:family="paragraph"><style:paragraph-properties fo:margin-top="10pt"/>
<style:text-properties fo:font-size="16pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Sub" style:family="paragraph"><style:paragraph-properties fo:margin-top="6pt"/>
<style:text-properties fo:font-size="12pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Small" style:family="paragraph"><style:text-properties fo:font-size="8pt"/></style:style>
<style:style style:name="Head" style:family="paragraph"/></office:styles><office:automatic-styles>
<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"
 fo:margin="2cm"/><style:header-style><style:header-footer-properties fo:margin-bottom="5mm"/></style:header-style>
<style:footer-style><style:header-footer-properties fo:margin-top="5mm"/></style:footer-style></style:page-layout>
</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">
<style:header><text:p text:style-name="Head">{head}</text:p></style:header>
<style:footer><text:p text:style-name="Head"><text:page-number/></text:p></style:footer></style:master-page>
</office:master-styles></office:document-styles>"""
