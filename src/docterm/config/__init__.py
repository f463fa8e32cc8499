"""Where docterm keeps its files."""
