"""Web archives (.mht, .mhtml): a page that a browser saved together with its pictures."""

from email import message_from_bytes, policy
from email.message import EmailMessage, Message

from corpus.errors import ReadError
from corpus.readers import html
from corpus.readers.reading import Reading

_MOST_PAGES = 20
"""Pages of an archive that are read: the page itself and its frames."""


def read(data: bytes) -> Reading:
    """Read the page of an archive, or of its frames the one that holds the most text.

    Raises ReadError where the archive holds no page, and as the reader of pages does.
    """
    message = message_from_bytes(data, EmailMessage, policy=policy.compat32)
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    if not pages:
        raise ReadError("the web archive holds no page: save the page anew, or its text as .txt")
    readings: list[Reading] = []
    error: ReadError | None = None
    for page in pages[:_MOST_PAGES]:
        try:
            readings.append(html.read(_bytes(page)))
        except ReadError as found:
            error = error or found
    if not readings and error:
        raise error
    return max(readings, key=lambda reading: len(reading.text))


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
