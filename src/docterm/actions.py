"""Every action of the explorer: its id, keys, scope, title and help. Pure data, and the only table of it.

The key bindings, the help screen, the palette and docs/keys.md are all made from it. A key means the same in
every scope that has it. Keys of two strokes are written with a space (`g g`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """Where an action works; the value is the heading in help and docs."""

    ANYWHERE = "Anywhere"
    LISTS = "Lists"
    RESULTS = "Search results"
    TEXT = "Reading"
    SELECTION = "Selecting"
    COMPARE = "Compare"
    SUBJECTS = "Subjects of a comparison"
    THEMES = "Themes"
    VOCABULARY = "Vocabulary"
    CONCORDANCE = "Concordance"
    VOICES = "Voices"
    QUOTES = "Quotes"


@dataclass(frozen=True, slots=True)
class Action:
    """Something the reader can do. The last part of `id` names the method that does it."""

    id: str
    keys: tuple[str, ...]
    """In Textual's names; the first is the one that is shown."""
    scope: Scope
    title: str
    """A short imperative, for the footer and the palette."""
    help: str
    footer: bool = False
    """Whether the footer shows it."""

    @property
    def method(self) -> str:
        """The name of the handler after `action_`: the last part of the id."""
        return self.id.rpartition(".")[2].replace("-", "_")


ACTIONS: tuple[Action, ...] = (
    Action("area.library", ("1",), Scope.ANYWHERE, "Library", "Go to the list of documents."),
    Action("area.search", ("2",), Scope.ANYWHERE, "Search", "Go to the results of the last search."),
    Action("area.read", ("3",), Scope.ANYWHERE, "Read", "Go to the document that is open."),
    Action("area.compare", ("4",), Scope.ANYWHERE, "Compare", "Go to two documents side by side."),
    Action("area.quotes", ("5",), Scope.ANYWHERE, "Quotes", "Go to the quotes that were saved."),
    Action("app.search-library", ("s", "ctrl+f"), Scope.ANYWHERE, "Search…", "Search the whole library while typing.", True),
    Action("app.find", ("slash",), Scope.ANYWHERE, "Find here", "Find in this document, or narrow this list.", True),
    Action("app.back", ("q", "escape"), Scope.ANYWHERE, "Back", "Leave this field, selection or area, one level at a time."),
    Action("app.jump-back", ("ctrl+o", "alt+left"), Scope.ANYWHERE, "Jump back", "Go to the place before the last jump."),
    Action("app.jump-forward", ("alt+right",), Scope.ANYWHERE, "Jump forward", "Undo a jump back."),
    Action("app.compare-with", ("c",), Scope.ANYWHERE, "Compare with…", "Choose a document, source or tag to set beside this one; or the results of the search, against the rest.", True),
    Action("app.undo", ("u",), Scope.ANYWHERE, "Undo", "Undo the last change to the notebook."),
    Action("app.redo", ("ctrl+r",), Scope.ANYWHERE, "Redo", "Do again what was undone."),
    Action("app.palette", ("ctrl+p", "colon"), Scope.ANYWHERE, "Commands", "Choose a command by name."),
    Action("app.help", ("question_mark", "f1"), Scope.ANYWHERE, "Help", "Show every key.", True),
    Action("app.about", ("f2",), Scope.ANYWHERE, "About docterm", "Show the version, the licence, and whose citation styles these are."),
    Action("app.quit", ("Q", "ctrl+q"), Scope.ANYWHERE, "Quit", "Leave docterm."),
    Action("list.down", ("j", "down"), Scope.LISTS, "Next", "Move to the next line."),
    Action("list.up", ("k", "up"), Scope.LISTS, "Previous", "Move to the line before."),
    Action("list.page-down", ("space", "pagedown"), Scope.LISTS, "Page down", "Move one page down."),
    Action("list.page-up", ("b", "pageup"), Scope.LISTS, "Page up", "Move one page up."),
    Action("list.first", ("g g", "home"), Scope.LISTS, "First", "Move to the first line."),
    Action("list.last", ("G", "end"), Scope.LISTS, "Last", "Move to the last line."),
    Action("list.open", ("enter",), Scope.LISTS, "Open", "Open the document, hit or quote.", True),
    Action("search.narrow", ("f",), Scope.RESULTS, "Narrow…", "Narrow the results to a source, year, type or tag.", True),
    Action("search.within", ("ampersand",), Scope.RESULTS, "Search within", "Search in these results: type what else they must have."),
    Action("search.order", ("z",), Scope.RESULTS, "Order", "Best first, newest first, in the library's order, or grouped by document."),
    Action("search.more-like", ("M",), Scope.RESULTS, "More like this", "Search for passages with the words that tell this one from others."),
    Action("search.saved", ("S",), Scope.RESULTS, "Saved searches", "Save this search, or open a saved one and see what is new."),
    Action("text.down", ("j", "down"), Scope.TEXT, "Line down", "Move the cursor one line down."),
    Action("text.up", ("k", "up"), Scope.TEXT, "Line up", "Move the cursor one line up."),
    Action("text.left", ("h", "left"), Scope.TEXT, "Left", "Move the cursor one character left."),
    Action("text.right", ("l", "right"), Scope.TEXT, "Right", "Move the cursor one character right."),
    Action("text.page-down", ("space", "pagedown"), Scope.TEXT, "Page down", "Move one page down."),
    Action("text.page-up", ("b", "pageup"), Scope.TEXT, "Page up", "Move one page up (while selecting, `b` is a word back)."),
    Action("text.half-down", ("ctrl+d",), Scope.TEXT, "Half page down", "Move half a page down."),
    Action("text.half-up", ("ctrl+u",), Scope.TEXT, "Half page up", "Move half a page up."),
    Action("text.first", ("g g", "home"), Scope.TEXT, "Start", "Go to the start of the document."),
    Action("text.last", ("G", "end"), Scope.TEXT, "End", "Go to the end of the document."),
    Action("text.next-paragraph", ("right_curly_bracket",), Scope.TEXT, "Next paragraph", "Move to the next paragraph."),
    Action("text.previous-paragraph", ("left_curly_bracket",), Scope.TEXT, "Paragraph before", "Move one paragraph up."),
    Action("read.next-hit", ("n",), Scope.TEXT, "Next hit", "Go to the next hit, and on into the next document.", True),
    Action("read.previous-hit", ("N",), Scope.TEXT, "Hit before", "Go to the hit before, and back into the document before."),
    Action("read.next-document", ("J",), Scope.TEXT, "Next document", "Open the next document of the result."),
    Action("read.previous-document", ("K",), Scope.TEXT, "Document before", "Open the document before in the result."),
    Action("read.more-like", ("M",), Scope.TEXT, "More like this", "Search for passages with the words that tell this one from others."),
    Action("text.select", ("v",), Scope.TEXT, "Select", "Start selecting at the cursor, or stop.", True),
    Action("read.quote", ("y",), Scope.TEXT, "Quote", "Save the selection as a quote and copy it with its citation.", True),
    Action("read.quote-as", ("Y",), Scope.TEXT, "Quote as…", "Save the selection as a quote and copy it in another form or style."),
    Action("read.code", ("t",), Scope.TEXT, "Code…", "Give the selection a theme: press the key of a code."),
    Action("read.code-again", ("full_stop",), Scope.TEXT, "Code again", "Give the selection the code that was given last."),
    Action("select.word-forward", ("w",), Scope.SELECTION, "Word forward", "Move to the start of the next word."),
    Action("select.word-end", ("e",), Scope.SELECTION, "Word end", "Move to the end of the word."),
    Action("select.word-back", ("b",), Scope.SELECTION, "Word back", "Move to the start of the word."),
    Action("select.paragraph-start", ("0",), Scope.SELECTION, "Paragraph start", "Move to the start of the paragraph."),
    Action("select.paragraph-end", ("dollar_sign",), Scope.SELECTION, "Paragraph end", "Move to the end of the paragraph."),
    Action("select.sentence", ("a s",), Scope.SELECTION, "The sentence", "Select the whole sentence at the cursor."),
    Action("select.paragraph", ("a p",), Scope.SELECTION, "The paragraph", "Select the whole paragraph at the cursor."),
    Action("compare.other-side", ("tab",), Scope.COMPARE, "Other side", "Move to the other document.", True),
    Action("compare.linked", ("equals_sign",), Scope.COMPARE, "Link scrolling", "Scroll linked, unlocked, or slid: both alike, as far apart as they are.", True),
    Action("compare.next-link", ("right_square_bracket",), Scope.COMPARE, "Next link", "Go to the next linked passage.", True),
    Action("compare.previous-link", ("left_square_bracket",), Scope.COMPARE, "Link before", "Go to the linked passage before."),
    Action("compare.next-candidate", ("greater_than_sign",), Scope.COMPARE, "Next candidate", "Show the next candidate for this passage on the other side.", True),
    Action("compare.previous-candidate", ("less_than_sign",), Scope.COMPARE, "Candidate before", "Show the candidate before."),
    Action("compare.keep", ("plus",), Scope.COMPARE, "Keep link", "Keep this candidate as a link, whatever later suggestions say; again: take that back.", True),
    Action("compare.reject", ("minus",), Scope.COMPARE, "Reject link", "Leave this candidate out from now on."),
    Action("compare.pin", ("P",), Scope.COMPARE, "Pin link", "Link this passage with the one shown beside it; unlocked, with the one at the cursor there; again: take that back."),
    Action("compare.relation", ("R",), Scope.COMPARE, "Relation…", "Say how the two passages stand to each other: agrees, differs, adds, unclear."),
    Action("report.export", ("x",), Scope.COMPARE, "Report…", "Write the comparison as a page with charts, for a browser or a printer, or in another form.", True),
    Action("compare.add-to-subject", ("A",), Scope.COMPARE, "Add to subject…", "Put this passage into a subject that is kept."),
    Action("view.subjects", ("B",), Scope.COMPARE, "Subjects", "Show what both sides have on a subject."),
    Action("view.side-by-side", ("D",), Scope.COMPARE, "Side by side", "Show both documents in full, linked passage by passage."),
    Action("view.themes", ("F",), Scope.COMPARE, "Themes", "Show what you coded on each side, code by code."),
    Action("view.voices", ("W",), Scope.COMPARE, "Voices", "Show who is quoted or cited on each side, how often and with how many words."),
    Action("view.certainty", ("C",), Scope.COMPARE, "Certainty", "Show how often each side hedges or stresses what it says, and where."),
    Action("view.only-in", ("O",), Scope.COMPARE, "Only in", "List the passages of each side for which no close passage was found."),
    Action("subject.type", ("I",), Scope.SUBJECTS, "New subject", "Type the words of a subject.", True),
    Action("subject.keep", ("plus",), Scope.SUBJECTS, "Keep", "Keep the subject in the notebook, for every comparison; again: take that back.", True),
    Action("subject.edit", ("E",), Scope.SUBJECTS, "Edit…", "Give the subject another name or other words, and keep it."),
    Action("subject.remove", ("delete", "backspace"), Scope.SUBJECTS, "Remove", "Take away the subject; on a passage, take it out of the subject."),
    Action("themes.copy", ("y",), Scope.THEMES, "Quote", "Save the coded words as a quote and copy it with its citation.", True),
    Action("themes.note", ("a",), Scope.THEMES, "Memo", "Write why the words have the code.", True),
    Action("themes.remove", ("delete", "backspace"), Scope.THEMES, "Take off", "Take the code off the words; undo puts it back."),
    Action("view.vocabulary", ("V",), Scope.COMPARE, "Vocabulary", "Show the words, names and phrases that the sides use unequally, and those they share."),
    Action("view.concordance", ("asterisk",), Scope.COMPARE, "Concordance", "Show both sides' lines of the word under the cursor."),
    Action("vocabulary.left", ("h", "left"), Scope.VOCABULARY, "Left", "Show what the left side uses more, or what both use."),
    Action("vocabulary.right", ("l", "right"), Scope.VOCABULARY, "Right", "Show what the right side uses more, or what both use."),
    Action("vocabulary.kind", ("p",), Scope.VOCABULARY, "Words, names, phrases", "Show words, names or phrases in turn.", True),
    Action("lines.order", ("z",), Scope.CONCORDANCE, "Order", "By place, by the words before, or by the words after.", True),
    Action("lines.wider", ("right_parenthesis",), Scope.CONCORDANCE, "Wider", "Show the sentence of each line, then its whole paragraph.", True),
    Action("lines.narrower", ("left_parenthesis",), Scope.CONCORDANCE, "Narrower", "Show less of each line's paragraph."),
    Action("voices.merge", ("i",), Scope.VOICES, "Is also…", "Say whose voice this is too: choose the name that both have from now on.", True),
    Action("voices.rename", ("r",), Scope.VOICES, "Rename", "Give the voice, or this one entry, another name.", True),
    Action("voices.remove", ("delete", "backspace"), Scope.VOICES, "Wrong", "Mark the voice, or this one entry, as wrong, or as right again.", True),
    Action("quotes.copy", ("y",), Scope.QUOTES, "Copy", "Copy the quote, or those selected, with citations again.", True),
    Action("quotes.copy-as", ("Y",), Scope.QUOTES, "Copy as…", "Copy in another form or style, as later ones."),
    Action("quotes.export", ("x",), Scope.QUOTES, "Export…", "Write the selected quotes, or all that are listed, into a file."),
    Action("quotes.style", ("Z",), Scope.QUOTES, "Style…", "Choose the style of citations, shown at once and kept."),
    Action("quotes.edit", ("e",), Scope.QUOTES, "Edit", "Open the line of the linked manuscript that uses the quote in your editor."),
    Action("quotes.note", ("a",), Scope.QUOTES, "Note", "Write a note on the quote.", True),
    Action("quotes.tag", ("t",), Scope.QUOTES, "Tags", "Set the tags of the quote, or add tags to those selected.", True),
    Action("quotes.alter", ("X",), Scope.QUOTES, "Alter…", "Leave words of the quote out, put words in, emphasise: its captured words stay."),
    Action("quotes.speaker", ("H",), Scope.QUOTES, "Whose words…", "Say whose words the quote is: a speaker the source quotes, or its own."),
    Action("quotes.narrow", ("f",), Scope.QUOTES, "Narrow…", "Narrow the list to a tag, document, status or kind.", True),
    Action("quotes.order", ("z",), Scope.QUOTES, "Order", "Group by document, tag or status, or list in your own order."),
    Action("quotes.select", ("v",), Scope.QUOTES, "Select", "Select the quote, or no longer: keys then act on all that are selected."),
    Action("quotes.select-all", ("ctrl+a",), Scope.QUOTES, "Select all", "Select all that are listed, or none."),
    Action("quotes.accept", ("U",), Scope.QUOTES, "Accept", "Cite the quote by the place that is proposed."),
    Action("quotes.move-up", ("alt+up",), Scope.QUOTES, "Move up", "Move the quote up in your own order."),
    Action("quotes.move-down", ("alt+down",), Scope.QUOTES, "Move down", "Move the quote down in your own order."),
    Action("quotes.notebook", ("L",), Scope.QUOTES, "Notebook…", "Show another notebook, or begin one."),
    Action("quotes.remove", ("delete", "backspace"), Scope.QUOTES, "Remove", "Remove the quote, or those selected; undo brings them back."),
)  # fmt: skip


def actions(scope: Scope) -> tuple[Action, ...]:
    """Give the actions of a scope, in the order of the table."""
    return tuple(action for action in ACTIONS if action.scope is scope)


_KEY_NAMES = {
    "slash": "/", "colon": ":", "question_mark": "?", "right_curly_bracket": "}", "left_curly_bracket": "{",
    "right_square_bracket": "]", "left_square_bracket": "[", "equals_sign": "=", "dollar_sign": "$",
    "ampersand": "&", "full_stop": ".", "greater_than_sign": ">", "less_than_sign": "<", "asterisk": "*", "plus": "+", "minus": "-", "left_parenthesis": "(", "right_parenthesis": ")",
    "pagedown": "page down", "pageup": "page up",
}  # fmt: skip


def key_name(key: str) -> str:
    """Give a key as the reader knows it."""
    return _KEY_NAMES.get(key, key)
