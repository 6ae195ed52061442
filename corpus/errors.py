"""The errors that a user can mend; the command line prints each as one line."""


class YoujuError(Exception):
    """Something the user can mend: the message says what was found and what to do."""


class ReadError(YoujuError):
    """A file that cannot become a document; nothing was added."""


class NoReader(ReadError):
    """A file of a kind that no reader takes."""
