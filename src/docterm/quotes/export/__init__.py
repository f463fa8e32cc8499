"""Writing quotes into a file of the user's, again and again: what stands there already is brought up to date."""
