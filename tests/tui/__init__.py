"""Tests of the explorer, without a terminal: keys go in, and what the screen shows comes out."""
