"""Traditional characters as Simplified ones, one for one, so that offsets stay where they are."""

from functools import cache

_IDEOGRAPHS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x323B0))


def simplify(text: str) -> str:
    """Return `text`, exactly as long, with every Traditional character made Simplified."""
    return text.translate(simplified_characters())


@cache
def simplified_characters() -> dict[int, str]:
    """OpenCC's t2s table for single characters, those that it changes into exactly one other."""
    import opencc

    characters = [chr(code) for first, last in _IDEOGRAPHS for code in range(first, last)]
    # One character a line: OpenCC's phrases cannot reach across line ends.
    converted = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, converted, strict=True)
    return {ord(c): simple for c, simple in pairs if simple != c and len(simple) == 1}
