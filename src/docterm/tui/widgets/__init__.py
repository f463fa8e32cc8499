"""The pieces that areas are made of."""
