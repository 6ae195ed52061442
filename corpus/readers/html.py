"""Saved web pages: the document on the page, without what the site puts around it."""

from corpus.decode import Decoded, decode
from corpus.errors import ReadError
from corpus.notes import Note
from corpus.readers.reading import Reading
from corpus.readers.web.choice import choose
from corpus.readers.web.markup import read_markup

# A page whose maker cut its summary off in the middle of a character is still worth reading.
_MENDED = ("utf-8", "gb18030")
_MOST_LOST = 1 / 500


def read(data: bytes) -> Reading:
    """Read a page in any encoding, whatever it declares; a note says what was left out.

    Raises ReadError as `decode` does, and for a page that holds no text of its own.
    """
    text, encoding = _decode(data)
    markup = read_markup(text)
    if not markup.lines:
        raise ReadError(_nothing(markup.frames))
    choice = choose(markup.lines, markup.titles)
    if not choice.lines:
        raise ReadError("found nothing but links on the page: add the pages that they lead to")
    notes = []
    if choice.whole:
        notes.append(Note("whole_page"))
    if choice.left_out:
        notes.append(Note("furniture", (str(choice.left_out),)))
    return Reading("\n".join(choice.lines) + "\n", encoding, tuple(notes))


def _decode(data: bytes) -> Decoded:
    """Decode a page; a few bytes that no encoding explains become U+FFFD, which is noted."""
    try:
        return decode(data)
    except ReadError:
        texts = {encoding: data.decode(encoding, "replace") for encoding in _MENDED}
        encoding, text = min(texts.items(), key=lambda item: item[1].count("\ufffd"))
        if text.count("\ufffd") > _MOST_LOST * len(text):
            raise
        return Decoded(decode(text.encode()).text, encoding)


def _nothing(frames: list[str]) -> str:
    if frames:
        names = ", ".join(name[:80] for name in frames[:5])
        return f"the page holds frames and no text of its own: add the pages in them ({names})"
    return (
        "the page holds no text, it may need a script to show it: "
        "open it in a browser and save its text as .txt"
    )
