"""LaTeX with its own quotation marks or csquotes, and with BibTeX, natbib or biblatex."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docterm.library.bibliography.latex import decode
from docterm.quotes.check.flow import Flow
from docterm.quotes.check.prose import Paragraph, masked

_HIDDEN = "verbatim|lstlisting|minted|comment|equation|align|gather|multline|displaymath|math|tikzpicture|filecontents"
_NO_TEXT = re.compile(
    r"(?<!\\)(?:\\\\)*%[^\n]*"
    rf"|\\begin\{{(?P<hidden>(?:{_HIDDEN})\*?)\}}(?s:.*?)(?:\\end\{{(?P=hidden)\}}|\Z)"
    r"|\\verb\*?(?P<bar>[^\w\s*])[^\n]{0,500}?(?P=bar)"
    r"|\\\[(?s:.{1,2000}?)\\\]|\\\((?s:.{1,500}?)\\\)|\$\$(?s:[^$]{1,2000})\$\$|(?<!\\)\$[^$\n]{1,500}\$"
)
_OPTION = r"(?:[ \t]*\[(?:[^\[\]{}]|\{(?:[^{}]|\{[^{}]{0,200}\}){0,200}\}){0,300}\])"
_MARKS = re.compile(
    r"(?P<part>\n[ \t]*\n\s*|\\(?:par|item|maketitle|(?:sub){0,2}section|chapter|part|(?:sub)?paragraph)(?![A-Za-z])\*?"
    rf"{_OPTION}?)"
    r"|\\begin\{(?P<block>quote|quotation|quoting|verse|(?:foreign)?displayc?quote)\}"
    rf"(?P<about>(?:\{{[a-z-]{{1,20}}\}})?(?P<post>{_OPTION}{{0,2}})(?:\{{(?P<key>[^{{}}]{{1,200}})\}})?)"
    r"|\\end\{(?P<ended>quote|quotation|quoting|verse|(?:foreign)?displayc?quote)\}"
    rf"|(?P<other>\\(?:begin|end)\{{[^{{}}]{{1,60}}\}}{_OPTION}?)"
    r"|\\(?P<cquote>(?:foreign|hyphen)?(?:text|block|hybridblock)cquote)\*?(?P<language>\{[a-z-]{1,20}\}(?=[\[{]))?"
    rf"(?P<places>{_OPTION}{{0,2}})\s*\{{(?P<cited>[^{{}}]{{1,200}})\}}{_OPTION}?\s*\{{"
    rf"|\\(?P<quote>(?:foreign|hyphen)?(?:text|block|hybridblock)quote)\*?(?:\{{[a-z-]{{1,20}}\}}(?=[\[{{]))?"
    rf"(?P<source>{_OPTION}{{0,2}})\s*\{{"
    r"|(?P<enquote>\\(?:enquote|(?:foreign|hyphen)quote\*?\{[^{}]{1,20}\})\*?\s*\{)"
    r"|(?P<left>\\textelp\*?\{\}|\\(?:ldots|dots|textellipsis)(?![A-Za-z])(?:\{\})?)"
    r"|(?P<inserted>\\(?:textelp|textins)\*?\{)"
    r"|(?P<note>\\(?:footnote|endnote|footnotetext)(?:\[\d{1,4}\])?\s*\{)"
    r"|\\(?P<cite>[A-Za-z]{0,12}[cC]ite(?!ation|style)[A-Za-z]{0,12})\*?"
    rf"(?P<works>(?:\s?\([^()]{{0,200}}\)){{0,2}}(?:{_OPTION}{{0,2}}\s?\{{[^{{}}]{{1,500}}\}}){{1,20}})"
    r"|(?P<dropped>\\(?:href|textcolor|foreignlanguage|color)\s*\{[^{}]{0,500}\}"
    r"|\\(?:label|[a-zA-Z]{0,6}ref|index|[vh]space|includegraphics|bibliography(?:style)?|usepackage|input|include"
    rf"|addbibresource|documentclass|setcounter|url|textdel|todo)(?![A-Za-z])\*?{_OPTION}{{0,2}}"
    r"(?:\{[^{}]{0,500}\}){0,2})"
    r"|(?P<mark>``|''|\"`|\"'|\"<|\">|,,|<<|>>|`)"
    r"|(?P<sign>\\(?:[`'^\"~=.]|[uvHcdbkr](?![A-Za-z]))\s*(?:\{\\?[A-Za-z]\}|\\?[A-Za-z])"
    r"|\\(?:ss|oe?|OE?|l|L|ae|AE|aa|AA|i|j|S|P|euro|pounds|text(?:en|em)dash|textquote(?:dbl)?(?:left|right)"
    r"|guillemot(?:left|right))(?![A-Za-z])(?:\{\}|[ \t]+)?)"
    r"|\\(?P<babel>[gf][lr]qq?|[lr]q)(?![A-Za-z])(?:\{\})?[ \t]*"
    r"|\\(?P<escaped>[&%$#_{}])|(?P<space>~|\\[,;:! \n]|\\\\(?:\[[^\[\]]{0,20}\])?)|(?P<nothing>\\[-/@])"
    rf"|(?P<command>\\[A-Za-z@]+\*?{_OPTION}?[ \t]*)"
    r"|(?P<open>\{)|(?P<close>\})"
)
_QUOTES = {
    "``": "“", "''": "”", '"`': "„", "\"'": "“", '"<': "«", '">': "»", ",,": "„", "<<": "«", ">>": "»", "`": "‘",
    "glqq": "„", "grqq": "“", "glq": "‚", "grq": "‘", "flqq": "«", "frqq": "»", "flq": "‹", "frq": "›",
    "lq": "‘", "rq": "’",
}  # fmt: skip
_WORK = re.compile(rf"(?P<options>{_OPTION}{{0,2}})\s?\{{(?P<keys>[^{{}}]+)\}}")
_OPTIONS = re.compile(r"\[((?:[^\[\]{}]|\{[^{}]{0,200}\}){0,300})\]")
_NARRATIVE = re.compile(r"(?:[tT]ext|[nN]ew)cites?|cite(?:t|alt|A|author|NP)\*?|[cC]ite(?:t|author)s?")
_BODY = re.compile(r"\\begin\{document\}")


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Give the paragraphs of a LaTeX document, or of a part of one, and those of its notes."""
    body = _BODY.search(text)
    end = text.find("\\end{document}", body.end()) if body else -1
    flow = Flow(masked(text, _NO_TEXT))
    flow.run(_MARKS, _mark, body.end() if body else 0, end if end >= 0 else len(text))
    yield from flow.paragraphs()


def _mark(match: re.Match[str], flow: Flow) -> None:
    start, end = match.span()
    if match["part"] or match["other"]:
        flow.part()
    elif match["block"] or match["ended"]:
        _block(match, flow)
    elif match["cquote"] or match["quote"] or match["enquote"]:
        _quote(match, flow)
    elif match["note"]:
        flow.note()
    elif match["cite"]:
        _cite(match, flow)
    elif match["inserted"]:
        flow.weaver.put("[…] [" if "textelp" in match["inserted"] else "[", start, end)
        flow.enter(lambda start, end: flow.weaver.put("]", start, end))
    elif match["open"]:
        flow.enter()
    elif match["close"]:
        flow.leave(start, end)
    else:
        flow.weaver.put(_character(match), start, end)


def _character(match: re.Match[str]) -> str:
    """Give what a sign stands for: nothing where it is a command that only says how things look."""
    if match["left"]:
        return "[…]" if "elp" in match["left"] else "…"
    if match["mark"] or match["babel"]:
        return _QUOTES[match["mark"] or match["babel"]]
    if match["sign"]:
        return decode(match["sign"])
    if match["space"]:
        return "\n" if "\n" in match["space"] else " "
    return match["escaped"] or ""


def _block(match: re.Match[str], flow: Flow) -> None:
    if match["ended"]:
        flow.end_block()
        return
    flow.begin_block()
    if match["key"] and "cquote" in match["block"]:
        _works(match["post"] or "", match["key"], flow)


def _quote(match: re.Match[str], flow: Flow) -> None:
    places, key, source = match["places"] or "", match["cited"], match["source"] or ""

    def cite() -> None:
        if key:
            _works(places, key, flow)
        for work in _WORK.finditer(source):  # \textquote[\cite[4]{key}]{...}
            _works(work["options"], work["keys"], flow)

    flow.quote(*match.span(), cite)


def _cite(match: re.Match[str], flow: Flow) -> None:
    narrative = _NARRATIVE.fullmatch(match["cite"]) is not None
    if match["cite"] == "nocite":
        return
    keys = [_works(work["options"], work["keys"], flow, narrative=narrative) for work in _WORK.finditer(match["works"])]
    if narrative and keys:
        flow.weaver.put(keys[0].capitalize(), *match.span())


def _works(options: str, keys: str, flow: Flow, *, narrative: bool = False) -> str:
    """Take note of the works of one pair of braces; the place is the last of the options before it."""
    said = _OPTIONS.findall(options)
    place = decode(said[-1]) if said else ""
    names = [key.strip() for key in keys.split(",") if key.strip()]
    for name in names:
        flow.weaver.cite(name, place, narrative=narrative)
    return names[0] if names else ""
