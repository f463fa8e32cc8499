"""Quotes: cut from a passage by offsets, kept in the notebook, verified, cited and copied. Knows no screen."""
