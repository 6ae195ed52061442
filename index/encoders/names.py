"""The encoders that Youju brings: what they are called, and how a text is put to them."""

DEFAULT = "youju-small/1"
"""Youju's own, tuned from multilingual-e5-small; raise the number when its vectors change."""

E5_FORMAT = 1
"""Raise it when what is prepared of the plain e5 changes: the old folder is then left alone."""

E5_SMALL = f"multilingual-e5-small/int8-{E5_FORMAT}"

DEFAULT_NAMES = (None, "youju-small", DEFAULT)
E5_NAMES = ("e5-small", E5_SMALL)

OWN = ("youju-small/", "multilingual-e5-small/int8-")
"""What the names of all versions of them begin with."""

FORMER_DEFAULTS = (E5_SMALL,)
"""What libraries of earlier versions were built with where nobody named a model."""

PROMPTS = {"query": "query: ", "passage": "passage: "}
MAX_TOKENS = 512
DIMENSION = 384
PAD = 1
"""The number of the piece that fills a batch; the attention mask leaves it out."""
