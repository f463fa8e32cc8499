"""The search engine on Whoosh. Nothing outside this package imports whoosh."""

from docterm.search.whoosh_engine.engine import WhooshEngine

__all__ = ["WhooshEngine"]
