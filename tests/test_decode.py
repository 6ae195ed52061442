"""Every encoding of Chinese text decodes to itself, and what is not a text is refused in a line."""

import codecs
import re
from pathlib import Path

import opencc
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from corpus import ReadError
from corpus.decode import count_damage, decode, plausibility

SAMPLES = sorted((Path(__file__).parents[1] / "corpus" / "samples").glob("*.*"))
# Names that gb2312 cannot write: two of level 2 of GBK, one of extension A (four bytes in GB18030).
RARE = "镕堃喆㛃"
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030")
PHRASES = (
    "各乡镇人民政府、街道办事处：",
    "第十二条　学校应当保障学生每天校园体育活动时间。",
    "（三）扩大普惠性学前教育资源。",
    "到2027年，全区小学“零择班”比例达到100%；",
    "5.实行校长教师交流轮岗，每3年一轮，覆盖率不低于85.5%。",
    "牵头单位：区教育局\n责任单位：区财政局、区人力资源和社会保障局\n",
    "《青石区学校管理办法》（青政发〔2023〕15号）同时废止。",
    "\n附件：1．任务分工表\n　　　2．名额分配表\n",
    "　　学生宿舍每间不超过6人……",
)


TO_TRADITIONAL = opencc.OpenCC("s2t")


def read_back(data: bytes, encoding: str) -> str:
    """What the recorded encoding gives, a byte order mark left off, U+FFFD where it is broken."""
    return data.decode(encoding, "replace").removeprefix("\ufeff")


def test_a_mark_at_the_beginning_is_not_text() -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        decoded = decode("招生办法".encode(encoding))
        assert decoded == ("招生办法", encoding)
    big_endian = codecs.BOM_UTF16_BE + "招生办法".encode("utf-16-be")
    assert decode(big_endian) == ("招生办法", "utf-16")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["招生办法\n一、报名\n", "学校应当保障学生每天校园体育活动时间"])
def test_utf_16_needs_no_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, encoding)


def test_rare_characters_far_into_the_file_are_kept() -> None:
    text = "学校管理办法。\n" * 200 + f"校长：{RARE}\n"
    data = text.encode("gb18030")
    assert data[:1024].decode("gb2312")
    with pytest.raises(UnicodeDecodeError):
        data.decode("gbk")
    assert decode(data) == (text, "gb18030")


def test_characters_outside_the_first_plane_are_kept() -> None:
    text = "地名：𠮷村、𡘙头小学。\n" * 3
    assert decode(text.encode("gb18030")) == (text, "gb18030")


def test_big5_is_read_with_its_hong_kong_characters() -> None:
    text = "教育局關於中小學開放場地的通知：深水埗、鰂魚涌、大埔滘、啲、嘅。\n"
    with pytest.raises(UnicodeEncodeError):
        text.encode("big5")
    assert decode(text.encode("big5hkscs")) == (text, "big5hkscs")


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\x0b", "\x0c", "\u2028", "\u2029", "\x85"])
def test_every_line_end_becomes_a_newline(ending: str) -> None:
    assert decode(f"一、报名{ending}二、录取".encode()).text == "一、报名\n二、录取"


def test_stray_control_characters_are_left_out_of_a_text() -> None:
    for encoding in ("utf-8", "gb18030"):
        data = ("学校管理办法\0。\x07" + "各学校应当执行。" * 60).encode(encoding)
        decoded = decode(data)
        assert decoded.text == "学校管理办法。" + "各学校应当执行。" * 60
        assert decoded.encoding == encoding


@settings(deadline=None)
@given(st.lists(st.sampled_from(PHRASES), min_size=1, max_size=40), st.sampled_from(ENCODINGS))
def test_simplified_text_decodes_to_itself(phrases: list[str], encoding: str) -> None:
    text = "".join(phrases)
    assume(text.strip())
    data = text.encode(encoding)
    decoded = decode(data)
    assert decoded.text == text == read_back(data, decoded.encoding)


@given(
    st.lists(st.sampled_from(PHRASES), min_size=1, max_size=40),
    st.sampled_from([*ENCODINGS, "big5", "big5hkscs"]),
)
def test_traditional_text_decodes_to_itself(phrases: list[str], encoding: str) -> None:
    text = TO_TRADITIONAL.convert("".join(phrases))
    assume(text.strip())
    data = text.encode(encoding)
    decoded = decode(data)
    assert decoded.text == text == read_back(data, decoded.encoding)


def test_frequent_characters_tell_where_everyday_ones_do_not() -> None:
    text = "港區基礎教育提質"
    data = text.encode("big5hkscs")
    assert plausibility(data.decode("gb18030")) == plausibility(text) == 1.0
    assert decode(data) == (text, "big5hkscs")


@pytest.mark.parametrize("size", [10, 20])
def test_short_texts_are_told_apart(size: int) -> None:
    # Every stretch of the samples that has ten ideographs to judge by, in both scripts.
    simplified = "".join(decode(path.read_bytes()).text for path in SAMPLES if path.suffix)
    simplified = opencc.OpenCC("t2s").convert(simplified)
    traditional = TO_TRADITIONAL.convert(simplified)
    wrong = []
    for text, encodings in (
        (simplified, ("gb18030", "utf-16-le", "utf-16-be")),
        (traditional, ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")),
    ):
        for start in range(0, len(text) - size, 97):
            piece = text[start : start + size]
            if len(re.findall(r"[\u4e00-\u9fff]", piece)) < size * 0.7:
                continue
            for encoding in encodings:
                data = piece.encode(encoding, "ignore")
                if decode(data).text != data.decode(encoding):
                    wrong.append((encoding, piece))
    assert wrong == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_decodes_the_same_in_every_encoding(path: Path) -> None:
    text = decode(path.read_bytes()).text
    traditional = TO_TRADITIONAL.convert(text)
    for encoding in ENCODINGS:
        assert decode(text.encode(encoding)).text == text
    for encoding in (*ENCODINGS, "big5hkscs"):
        written = traditional.encode(encoding, "ignore")
        assert decode(written).text == read_back(written, encoding)


@settings(deadline=None)
@given(st.binary(max_size=400))
@example(b"\xff\xfe")
@example(b"\xff\xfe\x00\xd8\x00\x00")
@example(b"\xef\xbb\xbf\xff")
def test_any_bytes_are_read_whole_or_refused_in_one_line(data: bytes) -> None:
    try:
        decoded = decode(data)
    except ReadError as error:
        assert "\n" not in str(error) and len(str(error)) > 20
        return
    lines = re.split(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]", read_back(data, decoded.encoding))
    shown = [re.sub(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]", "", line) for line in lines]
    assert decoded.text.split("\n") == shown


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b" \r\n\t ",
        codecs.BOM_UTF8,
        codecs.BOM_UTF16_LE,
        "　　\n".encode(),
        "\u200b".encode(),
    ],
)
def test_a_file_without_text_is_empty(data: bytes) -> None:
    with pytest.raises(ReadError, match="empty"):
        decode(data)


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00", r"\.docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 20, r"\.doc"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"SQLite format 3\0\x10\0", "database"),
    ],
)
def test_a_file_of_another_kind_is_named(data: bytes, named: str) -> None:
    with pytest.raises(ReadError, match=named):
        decode(data)


@pytest.mark.parametrize("text", ["MZ世代学生的发展需要。\n", "%PDF是一种格式。\n", "GIF8图片\n"])
def test_a_text_that_only_begins_like_another_kind_is_read(text: str) -> None:
    assert decode(text.encode()).text == text


TEXT = "学校应当保障学生每天校园体育活动时间。\n" * 20


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 8,
        TEXT.encode().replace("应".encode(), b"\xe5\xba"),
        TEXT.encode("utf-16-le")[1:] + b"\0",
        bytes(1000) + TEXT.encode() + b"\xff",
    ],
)
def test_bytes_that_no_encoding_explains_are_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="UTF-8, UTF-16, GB18030 or Big5"):
        decode(data)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs"])
def test_a_few_broken_places_are_shown_and_the_rest_is_read(encoding: str) -> None:
    text = TEXT if encoding != "big5hkscs" else TO_TRADITIONAL.convert(TEXT)
    whole = text.encode(encoding)
    middle = len(text[:4].encode(encoding))
    broken = whole[:middle] + b"\xff" + whole[middle:]
    assert decode(broken) == (read_back(broken, encoding), encoding)
    assert decode(broken).text.replace("\ufffd", "") in (text, text[:4] + text[5:])
    assert count_damage(decode(broken).text) == 1


def test_a_text_cut_within_a_character_is_read_up_to_it() -> None:
    assert decode(TEXT.encode()[:-2]) == (TEXT[:-2] + "\ufffd", "utf-8")


@settings(deadline=None)
@given(st.text(alphabet="学校管理办法的一是在不了有和人這裡教育局關於", min_size=1))
def test_plausibility_is_a_share(text: str) -> None:
    assert plausibility(text) == 1.0
    assert plausibility(text + "㛃" * len(text)) == pytest.approx(0.5)


def test_plausibility_looks_beyond_ascii() -> None:
    assert plausibility("abc") == 1.0
    assert plausibility("学abc㛃") == pytest.approx(1 / 2)


def test_damage_is_counted_by_place() -> None:
    assert count_damage("办学条件？有问题吗?") == 0
    assert count_damage("用U盘报送，改造D级危房，能不能申请呢?可以") == 0
    assert count_damage("开展STEM教育和A、B两类培训") == 0
    assert count_damage("\ufffd办学\ue000条件") == 2
    assert count_damage("办学????条件") == 1
    assert count_damage("一是?;二是") == 1
    assert count_damage("教y育部门，学生x人") == 2
    assert count_damage("办学Q条件") == 1
    assert count_damage("爱国主义?集体主义") == 1
