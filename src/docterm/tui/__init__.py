"""The explorer: the only part of docterm that knows a screen."""
