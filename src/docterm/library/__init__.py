"""Documents: finding, reading, recognising and naming them. Knows no screen and no search engine."""
