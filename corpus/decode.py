"""Bytes become text once: the encoding is found, named and recorded, and nothing is dropped."""

import codecs
import re
import unicodedata
from collections import Counter
from functools import cache
from itertools import product
from typing import NamedTuple

from corpus.errors import ReadError
from corpus.script import simplify

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Tried together when the bytes name no encoding and are not UTF-8; the earlier wins a tie. Each is
# a superset of what files usually declare: gb18030 of gb2312 and gbk, big5hkscs of big5.
_UNDECLARED = ("gb18030", "big5hkscs", "cp950", "utf-16-le", "utf-16-be")
_CONTAINERS = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip container (.docx, .xlsx, .zip)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .wps, .xls)"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF89a", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"SQLite format 3\x00", "a database"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
# Word writes a line break inside a paragraph as \x0b and a page break as \x0c.
_NEWLINE = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_HAN = r"[\u4e00-\u9fff]"
_BROKEN = re.compile(
    rf"\?{{2,}}|\?(?=[;,]\S)|(?<={_HAN})(?<![吗呢么吧何谁哪否啊])\?(?={_HAN})|(?<={_HAN})[a-z](?={_HAN})"
    rf"|(?<={_HAN})[A-Z](?=[\u4e00-\u9fff])(?![级类盘型光超卷班座区楼股口轮证照段组段档股栋幢馆院面点线])"
)
# Above this share of control characters the bytes are not a text, whatever decodes them.
_MOST_CONTROL = 0.01
# Real documents score 0.97 and more in their own encoding, at most 0.52 in another.
_LEAST_PLAUSIBLE = 0.6
# Where bytes are damaged: each broken place shows as U+FFFD, one and one in a hundred at most, and
# the rest must read like Chinese.
_DAMAGED = ("utf-8", "gb18030", "big5hkscs")
_MOST_LOST = 0.01
_LEAST_LEGIBLE = 0.95
# Characters that are enough to choose between the encodings that fit all bytes.
_JUDGED = 100_000
# The rows of GB 2312 that hold punctuation, numbers and full-width letters, then its first level;
# the last cell of the first level of Big5, whose table begins with its punctuation.
_GB_ROWS = (*range(0xA1, 0xA4), *range(0xB0, 0xD8))
_BIG5_LAST = (0xC6, 0x7E)
_MOST_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子"
    "说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机"
    "当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心"
    "反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程"
    "展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期"
    "根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志"
    "世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每"
    "目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律"
    "叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近千周委素技备半办青省列习响约支般史感劳"
    "便团往历市何除消构府称太准精值号率族维划选标写存候毛亲快效院查型按格养易置派层始却专状育京识适"
    "属包住调满县局照参红细引听该价严校师幼园班镇乡村课培训督评奖补贴费城居招籍残障"
)


class Decoded(NamedTuple):
    """A text and the name of the encoding that gave it."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """Decode a text file of UTF-8, UTF-16, GB18030 or Big5 and normalise its line ends.

    Bytes that are damaged in a few places show U+FFFD there. Raises ReadError for an empty file,
    for a file of another kind, and for bytes that no encoding explains.
    """
    for magic, what in _CONTAINERS:
        if data.startswith(magic):
            raise ReadError(f"found {what} where a text was expected: save it as .txt first")
    decoded = _by_mark(data) or _strict(data, "utf-8") or _most_plausible(data) or _legible(data)
    if decoded is None:
        raise ReadError(
            "the bytes are not a text in UTF-8, UTF-16, GB18030 or Big5: "
            "open the file in an editor and save it as UTF-8"
        )
    return Decoded(check_filled(_normalise(decoded.text)), decoded.encoding)


def check_filled(text: str) -> str:
    """Return `text`. Raises ReadError where there is nothing in it to read."""
    if not text.strip(" \t\n\xa0\u3000\u200b\ufeff"):
        raise ReadError("the file is empty: nothing to add")
    return text


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    return None


def _strict(data: bytes, encoding: str) -> Decoded | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    too_many = len(_CONTROL.findall(text)) > _MOST_CONTROL * len(text)
    return None if too_many else Decoded(text, encoding)


def _most_plausible(data: bytes) -> Decoded | None:
    found = [decoded for name in _UNDECLARED if (decoded := _strict(data, name))]
    best = max(found, key=lambda decoded: _likelihood(decoded.text[:_JUDGED]), default=None)
    return best if best and plausibility(best.text[:_JUDGED]) >= _LEAST_PLAUSIBLE else None


def _legible(data: bytes) -> Decoded | None:
    """Return the text that is broken in a few places only, the likeliest one."""
    texts = (Decoded(data.decode(name, "replace"), name) for name in _DAMAGED)
    legible = [decoded for decoded in texts if _is_legible(decoded.text)]
    return max(legible, key=lambda decoded: _likelihood(decoded.text[:_JUDGED]), default=None)


def _is_legible(text: str) -> bool:
    control, lost = len(_CONTROL.findall(text)), text.count("\ufffd")
    rest = text[:_JUDGED].replace("\ufffd", "")
    few = control <= _MOST_CONTROL * len(text) and lost <= 1 + _MOST_LOST * len(text)
    return few and not rest.isascii() and plausibility(rest) >= _LEAST_LEGIBLE


def _likelihood(text: str) -> float:
    # Two encodings may both give a short text everyday characters; the frequent ones tell.
    return plausibility(text) + _familiarity(text)


def plausibility(text: str) -> float:
    """The share of non-ASCII characters that everyday Chinese uses, 0 to 1.

    Everyday means the first levels of GB 2312 and Big5 (3,755 and 5,401 characters, chosen by
    frequency), their symbols and punctuation. The wrong encoding yields rare characters instead.
    A text of ASCII alone scores 1.
    """
    return _share(Counter(text), _common_characters())


def _familiarity(text: str) -> float:
    """The share of the 500 or so characters that make up three quarters of written Chinese."""
    counts: Counter[str] = Counter()
    for character, count in Counter(text).items():
        counts[simplify(character)] += count
    return _share(counts, _MOST_FREQUENT)


def _share(counts: Counter[str], of: frozenset[str]) -> float:
    beyond_ascii = {c: n for c, n in counts.items() if c > "\x7f"}
    if not beyond_ascii:
        return 1.0
    return sum(n for c, n in beyond_ascii.items() if c in of) / sum(beyond_ascii.values())


@cache
def _common_characters() -> frozenset[str]:
    simplified = bytes(b for row in _GB_ROWS for cell in range(0xA1, 0xFF) for b in (row, cell))
    cells = product(range(0xA1, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    traditional = bytes(b for cell in cells if cell <= _BIG5_LAST for b in cell)
    # The unassigned ends of both tables decode to nothing here; they are not text of anyone's.
    common = simplified.decode("gb2312", "replace") + traditional.decode("big5", "replace")
    return frozenset(common.replace("\ufffd", ""))


def _normalise(text: str) -> str:
    text = _NEWLINE.sub("\n", text.removeprefix("\ufeff"))
    return _CONTROL.sub("", text)


def count_damage(text: str) -> int:
    """How many places look like characters lost on the way.

    These are U+FFFD, characters of private use, runs of "?", a "?" that asks nothing, and single
    ASCII letters within Chinese words; U盘, D级 and X光 are words.
    """
    lost = sum(
        n for c, n in Counter(text).items() if c == "\ufffd" or unicodedata.category(c) == "Co"
    )
    return lost + len(_BROKEN.findall(text))
