"""The errors that a user can mend; the command line prints each mistake as one line."""


class YoujuError(Exception):
    """Something the user can mend: the message says what was found and what to do."""

    @property
    def mistakes_told(self) -> list[str]:
        """What to tell, a line for each mistake; as a rule there is one."""
        return [str(self)]


class ReadError(YoujuError):
    """A file that cannot become a document; nothing was added."""


class NoReader(ReadError):
    """A file of a kind that no reader takes."""
