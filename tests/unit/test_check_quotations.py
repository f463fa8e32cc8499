"""The quotations that are found in a manuscript: where they begin and end, and what is cited for them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docterm.quotes.check.draft import Draft, DraftForm, parse
from docterm.quotes.check.marks import marked
from docterm.quotes.check.quotations import Quotation, quotations

LINE_FORMS = [form for form in DraftForm if form is not DraftForm.DOCX]


def drafted(text: str, form: DraftForm = DraftForm.MARKDOWN) -> Draft:
    return parse(text.encode("utf-8"), form)


def quoted(text: str, form: DraftForm = DraftForm.MARKDOWN) -> list[Quotation]:
    return list(quotations(drafted(text, form)))


def words_of(found: Sequence[Quotation]) -> list[str]:
    return [" ".join(each.words.split()) for each in found]


def cited(found: Quotation) -> list[tuple[str, str]]:
    return [(each.key or each.said, each.locator) for each in found.citations]


# --- marks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "He said “the lights” twice.",
        'He said "the lights" twice.',
        "He said ‘the lights’ twice.",
        "He said 'the lights' twice.",
        "Er sagte „the lights“ zweimal.",
        "Er sagte »the lights« zweimal.",
        "On a dit «the lights» hier.",
        "Han sa ”the lights” igen.",
        "Mówił „the lights” znowu.",
        "彼は「the lights」と言った。",
        "他说：“the lights”。",
        'He said “the lights" twice.',
    ],
)
def test_quotation_marks_of_every_language(text: str) -> None:
    assert [text[each.start : each.end] for each in marked(text)] == ["the lights"]
    assert all(each.closed for each in marked(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“a ‘b’ c” d", ["a ‘b’ c"]),
        ("‘a “b” c’ d", ["a “b” c"]),
        ("«a “b” c» d", ["a “b” c"]),
        ("„a ‚b‘ c“ d", ["a ‚b‘ c"]),
        ("“a “b” c” d", ["a “b” c"]),
        ('"a \'b\' c" d "e f"', ["a 'b' c", "e f"]),
        ("“the pilots’ order” and ‘the pilots’ own order’", ["the pilots’ order", "the pilots’ own order"]),
        ("the pilots’ order, the ’90s, it’s rock ’n’ roll, don't", []),
        ('a pipe of 5" and one of 7" too', []),
        ("“in the ‘90s it was” so", ["in the ‘90s it was"]),
    ],
)
def test_marks_within_marks_and_apostrophes(text: str, expected: list[str]) -> None:
    assert [text[each.start : each.end] for each in marked(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “the lights were out. She left.", [("the lights were out. She left.", False)]),
        ("“first and then “second one” here", [("first and then ", False), ("second one", True)]),
        ('"first and then "second one" here', [("first and then ", False), ("second one", True)]),
    ],
)
def test_a_quotation_that_is_not_closed_swallows_no_other(text: str, expected: list[tuple[str, bool]]) -> None:
    assert [(text[each.start : each.end], each.closed) for each in marked(text)] == expected


def test_a_quotation_that_is_not_closed_ends_with_its_paragraph() -> None:
    first, second = quoted("He said “the lights were out.\n\nShe said “no more” and left.")
    assert (first.words, first.closed) == ("the lights were out.", False)
    assert (second.words, second.closed) == ("no more", True)


def test_a_quotation_over_paragraphs_opens_each_of_them() -> None:
    first, second = quoted("“The lights were out.\n\n“No pilot was asked” [@storm, para. 2].")
    assert (first.closed, second.closed) == (True, True)
    assert cited(first) == cited(second) == [("storm", "para. 2")]


@given(st.text(alphabet="ab .“”„‘’\"'«»‹›「」\ue000\ue001", max_size=60))
def test_no_two_quotations_of_a_paragraph_overlap(text: str) -> None:
    found = marked(text)
    assert all(0 <= each.start <= each.end <= len(text) for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


# --- spans ---------------------------------------------------------------------------------------

PIECES = [
    "“", "”", '"', "‘", "’", "„", "«", "»", "``", "''", "`", "'", " ", "\n", "\n\n", "*", "_", "/", "\\", "{", "}", "[",
    "]", "(", ")",
    "<", ">", "@key", "[@key, p. 3]", "[cite:@key p. 3]", "\\cite[3]{key}", "\\enquote{", "\\emph{",
    "\\begin{quote}", "\\end{quote}", "\\footnote{", "#quote[", "#footnote[", "#quote(block: true)[", "#+begin_quote\n",
    "#+end_quote\n", "> ", "- ", "# ", "```\n", "<!--", "-->", "%", "//", "$", "&amp;", "[^1]", "[^1]: ", "[fn:1] ",
    "…", "(Okafor, 2019, para. 4)", "word", "Two words", "é", "字", "\u200b", "\r\n", "---\n", "    ", "\t",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.sampled_from(LINE_FORMS))
def test_every_quotation_is_cut_out_of_the_draft_by_its_span(text: str, form: DraftForm) -> None:
    draft = drafted(text, form)
    for each in quotations(draft):
        assert 0 <= each.span.start < each.span.end <= len(draft.text)
        assert draft.text[each.span.start : each.span.end] == each.text
        assert each.line == draft.text.count("\n", 0, each.span.start) + 1


@given(st.lists(st.sampled_from(["Ab", "c", "dé", ",", ".", "’s", "-"]), min_size=1, max_size=12).map(" ".join))
def test_what_stands_between_marks_is_read_as_it_stands(inside: str) -> None:
    for form in (DraftForm.MARKDOWN, DraftForm.TEXT, DraftForm.ORG):
        if any(char.isalnum() for char in inside):
            (found,) = quoted(f"They said “{inside}” there.", form)
            assert found.text == found.words == inside


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t"), max_size=200),
    st.sampled_from(LINE_FORMS),
)
def test_any_text_can_be_read(text: str, form: DraftForm) -> None:
    for each in quotations(drafted(text, form)):
        assert any(char.isalnum() for char in each.words)


@pytest.mark.parametrize("form", LINE_FORMS)
@pytest.mark.parametrize(
    "piece",
    ["“a ", "“a” ", "‘a ", '"a ', "[", "(", "(2019 ", "`", "\\enquote{", "\\footnote{", "#quote[", "#f(", "<!--", "*a",
     "$", "@a[", "[^", "---\na: b\n\n", "#+begin_src\n", "\\begin{quote}", "\\verb|", "> a\n", "{", "a’ s", "[cite:@a"],
)  # fmt: skip
def test_a_long_draft_is_read_in_proportion_to_its_length(form: DraftForm, piece: str) -> None:
    text = piece * (300_000 // len(piece))
    start = time.process_time()
    assert sum(1 for _ in quotations(drafted(text, form))) >= 0
    assert time.process_time() - start < 30  # about 1 s at most here; a quadratic rule needs minutes


# --- forms ---------------------------------------------------------------------------------------

QUOTING = {
    DraftForm.MARKDOWN: """---
title: “No quotation at all”
---

# “A heading” here

<!-- “no quotation at all” --> The *council* said “the **order** would
stand \\[until\\] spring” [@harbour, para. 4], and Lind “that &ldquo;storm&rdquo; [came](http://a.b/c)”.[^n]

```python
print("no quotation at all")
```

> A block of *two*
> lines. [@storm, p. 3]
>
> Another.

> [!note] Aside
> No quotation at all.

[^n]: @lind, para. 2: “in a note” too.
""",
    DraftForm.LATEX: r"""\title{``No quotation at all''}
\begin{document}
\section{``A heading'' here}
% ``no quotation at all''
The \emph{council} said ``the \textbf{order} would
stand [until] spring'' \autocite[para.~4]{harbour}, and Lind \enquote{that \enquote{storm} \href{http://a.b/c}{came}}%
\footnote{\cite[para.~2]{lind}: \textquote{in a note} too.}.
\begin{verbatim}
"no quotation at all"
\end{verbatim}
\begin{displaycquote}[3]{storm}
A block of \emph{two}
lines.

Another.
\end{displaycquote}
\end{document}
""",
    DraftForm.ORG: """#+title: “No quotation at all”
* “A heading” here
# “no quotation at all”
The *council* said “the /order/ would
stand [until] spring” [cite:@harbour para. 4], and Lind “that ‘storm’ [[http://a.b/c][came]]”[fn:n].
#+begin_src python
print("no quotation at all")
#+end_src
#+begin_quote
A block of /two/
lines. [cite:@storm p. 3]

Another.
#+end_quote

[fn:n] [cite:@lind para. 2] “in a note” too.
""",
    DraftForm.TYPST: """#set text(lang: "no quotation at all")
= “A heading” here
// “no quotation at all”
The *council* said "the _order_ would
stand \\[until\\] spring" @harbour[para. 4], and Lind #quote[that 'storm' #link("http://a.b/c")[came]]#footnote[
@lind[para. 2] “in a note” too.].
```python
print("no quotation at all")
```
#quote(block: true, attribution: [@storm[p. 3]])[
A block of _two_
lines.

Another.
]
""",
}


@pytest.mark.parametrize("form", QUOTING)
def test_the_quotations_of_each_form(form: DraftForm) -> None:
    found = quoted(QUOTING[form], form)
    expected = ["A heading", "the order would stand [until] spring", "that storm came", "in a note"]
    blocks = ["A block of two lines.", "Another."]
    plain = ["".join(char for char in words if char not in "“”‘’'\ue000\ue001") for words in words_of(found)]
    assert sorted(plain) == sorted(expected + blocks)
    by_words = dict(zip(plain, found, strict=True))
    assert [each.is_block for each in by_words.values()] == [words in blocks for words in by_words]
    page = "3" if form is DraftForm.LATEX else "p. 3"
    assert cited(by_words["the order would stand [until] spring"]) == [("harbour", "para. 4")]
    assert cited(by_words["that storm came"]) == [("lind", "para. 2")]
    assert cited(by_words["A block of two lines."]) == cited(by_words["Another."]) == [("storm", page)]
    lines = QUOTING[form].splitlines()
    for found_one in found:
        assert found_one.text.split("\n")[0] in lines[found_one.line - 1]


def test_the_quotations_of_plain_text() -> None:
    text = (
        "He said “the *order*\nstands” (Lind, 2021, para. 4).\n\n    A block of\n    two lines.\n\n> Another\n> one.\n"
    )
    found = quoted(text, DraftForm.TEXT)
    assert words_of(found) == ["the order stands", "A block of two lines.", "Another one."]
    assert [each.is_block for each in found] == [False, True, True]
    assert [each.line for each in found] == [1, 4, 7]
    assert cited(found[0]) == [("Lind, 2021, para. 4", "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“One two.” [@a, p. 3] Then [@b].", [["a"]]),
        ("“One” and “two” [@a].", [["a"], ["a"]]),
        ("“One” [@a] but “two” [@b].", [["a"], ["b"]]),
        ("@a [p. 3] says “one” and “two”.", [["a"], ["a"]]),
        ("“One.” [@a] @b says “two”.", [["a"], ["b"]]),
        ("“One” [@a]. Later “two” came.", [["a"], []]),
        ("“One” [@a; @b].", [["a", "b"]]),
        ("See [@a]. He said “one”.", [[]]),
        ("He says [@a, p. 3]:\n\n> One.\n", [["a"]]),
        ("> One.\n\n[@a] is right.\n", [["a"]]),
        ("> One.\n>\n> Two [@a]\n", [["a"], ["a"]]),
        ("> “One.” [@a]\n", [["a"]]),
        ("“One”^[@a] here.", [["a"]]),
    ],
)
def test_a_citation_belongs_to_the_quotation_in_its_sentence(text: str, expected: list[list[str]]) -> None:
    assert [[each.key for each in found.citations] for found in quoted(text)] == expected


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (r"``One'' \parencite[see][para. 4]{a}", [("a", "para. 4")]),
        (r"``One'' \autocites[3]{a}[4]{b}", [("a", "3"), ("b", "4")]),
        (r"``One'' \citep{a,b}", [("a", ""), ("b", "")]),
        (r"``One''\footcite[3--4]{a}", [("a", "3–4")]),
        (r"\textcite[3]{a} says ``One''", [("a", "3")]),
        (r"\citet{a} says ``One''", [("a", "")]),
        (r"\textcquote[3]{a}[.]{One}", [("a", "3")]),
        (r"\textquote[{\cite[3]{a}}]{One}", [("a", "3")]),
        (r"\foreigntextcquote{german}[3]{a}{One}", [("a", "3")]),
        (r"\blockcquote[see][3]{a}{One}", [("a", "3")]),
        (r"``One'' \nocite{a}", []),
    ],
)
def test_the_citations_of_latex(command: str, expected: list[tuple[str, str]]) -> None:
    (found,) = quoted(command, DraftForm.LATEX)
    assert found.words == "One"
    assert cited(found) == expected
