"""Golden screens: what the explorer shows, as plain text that can be read in a review."""
