"""The report: a comparison as one page to print or to hand on, and as a table."""
