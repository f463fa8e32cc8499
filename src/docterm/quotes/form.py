"""The forms in which quotes are written out, by name."""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    """A form in which quotes, or the records of what they cite, are written out."""

    TEXT = "text"
    MARKDOWN = "markdown"
    PANDOC = "pandoc"
    ORG = "org"
    LATEX = "latex"
    TYPST = "typst"
    HTML = "html"
    DOCX = "docx"
    CSL_JSON = "csl-json"
    BIBLATEX = "biblatex"
    BIBTEX = "bibtex"
    RIS = "ris"
    CSV = "csv"
    JSON = "json"
    W3C = "w3c"

    @property
    def cites_by_key(self) -> bool:
        """Whether citations are keys that another program resolves, in a style of its own."""
        return self in (Form.PANDOC, Form.ORG, Form.LATEX, Form.TYPST)

    @property
    def can_be_pasted(self) -> bool:
        """Whether quotes stand in it as in a manuscript, as text."""
        return self.cites_by_key or self in (Form.TEXT, Form.MARKDOWN, Form.HTML)

    @property
    def says(self) -> str:
        """What it is, for a menu."""
        return _SAID[self]


_SAID = {
    Form.TEXT: "plain text",
    Form.MARKDOWN: "Markdown, citations as the style has them",
    Form.PANDOC: "Markdown with citation keys, for Pandoc and Quarto",
    Form.ORG: "Org with citation keys",
    Form.LATEX: "LaTeX for biblatex and csquotes",
    Form.TYPST: "Typst",
    Form.HTML: "HTML",
    Form.DOCX: "Word, with live Zotero citations",
    Form.CSL_JSON: "records as CSL-JSON",
    Form.BIBLATEX: "records as BibLaTeX",
    Form.BIBTEX: "records as BibTeX",
    Form.RIS: "records as RIS",
    Form.CSV: "a table (CSV)",
    Form.JSON: "JSON",
    Form.W3C: "W3C Web Annotations",
}
