"""The views of the compare area: each shows one comparison in its own way."""
