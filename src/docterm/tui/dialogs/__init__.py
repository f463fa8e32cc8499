"""Questions and answers in front of an area."""
