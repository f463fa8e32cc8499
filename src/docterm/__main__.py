"""`python -m docterm` is the command `docterm`."""

from __future__ import annotations

import sys

from docterm.cli import main

if __name__ == "__main__":
    sys.exit(main())
