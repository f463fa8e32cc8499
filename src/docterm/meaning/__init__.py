"""What a passage says, as a vector: sentence embeddings, offline, for who has put a model in (`docterm meaning`).

`tokenizer` cuts a text into the pieces the model knows, `tensors` reads the files that hold a model, `model` reckons,
and `store` looks after the user's copy of it. Only `tensors` and `model` need numpy.
"""
