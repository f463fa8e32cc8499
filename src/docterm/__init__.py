"""docterm, a keyboard-first terminal explorer for a library of documents.

This module holds the version and imports nothing, so that `docterm --version` stays cheap.
"""

__version__ = "0.1.0"
