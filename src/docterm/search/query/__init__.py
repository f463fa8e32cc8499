"""The query language: what the reader typed becomes a tree of nodes, and a sentence that says how it was read.

`lexer` parts the text into lexemes, `pairs` leaves only parentheses that have a partner, `parser` makes the tree,
`leaves` and `fields` the parts of it that stand for words, dates and facts, `sentence` tells a question from keywords,
and `normal` gives a tree the one form in which `docterm.search.tree.describe` can be typed again.
"""

from docterm.search.query.lexer import MAX_LENGTH, MAX_WORDS
from docterm.search.query.normal import normal
from docterm.search.query.parser import Query, parse

__all__ = ["MAX_LENGTH", "MAX_WORDS", "Query", "normal", "parse"]
