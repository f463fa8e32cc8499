"""The check of a manuscript: its quotations, where they stand in the library, and how they are cited.

`draft` opens a manuscript, and `forms` read its paragraphs; `quotations` finds what stands in quotation marks or apart,
`finding` looks for that in the library, `judging` says what became of it, and `uses` which quotes a manuscript has.
"""
