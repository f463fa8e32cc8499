"""Searching: the query language, the engine that finds and ranks passages, and the matcher that marks them."""
