"""Who speaks in a text: finding what is said, by whom, in whose words.

It reads English by lists of words and the order of words, without a model: `find.attributions` is what others ask.
What it finds is a suggestion with spans, so that a reader can see each in its sentence.
"""
