"""The records of a library's documents: where they come from, which field counts, and the keys made of them."""
