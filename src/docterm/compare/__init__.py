"""Setting two documents side by side: what links them, what each says alone, and in which words.

It describes and leaves the verdict to the reader. It knows no screen and no search engine.
"""
