"""The forms in which quotes are written out, one module a form or a family of them."""
