"""The forms in which manuscripts are written, one module a form: each gives the paragraphs of a text.

They are scanners of docterm's own, and not Pandoc, because a check has to name lines of the draft: Pandoc keeps the
places of what it read (`sourcepos`) for CommonMark alone, and to find the words of its tree again in the draft would be
the same scan once more, with doubtful cases. What is no text (code, formulas, comments) is first masked with spaces,
then each paragraph is read once, its marks left out. A form that is read wrongly costs a false alarm, never a false
"verbatim".
"""
