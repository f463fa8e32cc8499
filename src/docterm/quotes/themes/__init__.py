"""Themes: what the reader codes, with a codebook of the reader's own, and how far two coders agree."""
