"""The sample library: what its documents hold, and that they agree with one another."""

import re
from pathlib import Path
from typing import NamedTuple

import opencc
import pytest

from corpus import Document, find_files, read_file

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"
REAL = Path(__file__).parents[2] / "shared" / "corpus"
LONGEST_COMMON_RUN = 30
PROVINCE = "岚川省人民政府"


class Sample(NamedTuple):
    """What a reader of the file would say of it; `clauses` counts 条 or lowest numbered items."""

    file: str
    encoding: str
    clauses: int
    title: str
    issuer: str
    number: str | None
    date: str


OPINION = Sample(
    "01-岚川省人民政府关于推进基础教育优质均衡发展的意见.txt",
    "utf-8",
    53,
    "岚川省人民政府关于推进基础教育优质均衡发展的意见",
    PROVINCE,
    "岚政发〔2024〕18号",
    "2024-05-20",
)
CITY_IN_ITEMS = Sample(
    "02-砚陵市推进基础教育优质均衡发展实施方案.txt",
    "utf-8",
    51,
    "砚陵市人民政府办公室关于印发砚陵市推进基础教育优质均衡发展实施方案（2024—2027年）的通知",
    "砚陵市人民政府办公室",
    "砚政办发〔2024〕57号",
    "2024-09-10",
)
CITY_IN_TRADITIONAL = Sample(
    "03-鷺汀市基礎教育提質惠民行動計劃.txt",
    "utf-8",
    39,
    "鷺汀市人民政府辦公室關於印發鷺汀市基礎教育提質惠民行動計劃（2024—2027年）的通知",
    "鷺汀市人民政府辦公室",
    "鷺政辦發〔2024〕63號",
    "2024-10-15",
)
COUNTY_IN_GB18030 = Sample(
    "04-柘岭县推进基础教育优质均衡发展工作方案.txt",
    "gb18030",
    33,
    "柘岭县人民政府办公室关于印发《柘岭县推进基础教育优质均衡发展工作方案（2025—2027年）》的通知",
    "柘岭县人民政府办公室",
    "柘政办发〔2024〕71号",
    "2024-12-26",
)
DRAFT = Sample(
    "05-晴港区基础教育提质惠民实施方案（征求意见稿）.txt",
    "utf-8",
    29,
    "晴港区教育局关于《晴港区基础教育提质惠民实施方案（2025—2027年）（征求意见稿）》公开征求意见的公告",
    "晴港区教育局",
    None,
    "2025-02-18",
)
COUNTY_IN_MARKDOWN = Sample(
    "06-青岫县办好家门口学校三年行动方案.md",
    "utf-8",
    37,
    "青岫县人民政府办公室关于印发青岫县办好家门口学校三年行动方案（2025—2027年）的通知",
    "青岫县人民政府办公室",
    "岫政办发〔2025〕12号",
    "2025-03-14",
)
SCHOOL = Sample(
    "07-松坞中心学校2025年秋季学期开学通知.txt",
    "utf-8-sig",
    24,
    "青岫县松坞中心学校关于做好2025年秋季学期开学工作的通知",
    "青岫县松坞中心学校",
    "松坞校字〔2025〕16号",
    "2025-08-11",
)
REGULATION_2013 = Sample(
    "08-岚川省中小学校管理规定（2013年）.txt",
    "utf-8",
    40,
    "岚川省中小学校管理规定",
    PROVINCE,
    "岚川省人民政府令第86号",
    "2013-06-18",
)
REGULATION_2024 = Sample(
    "08-岚川省中小学校管理规定（2024年）.txt",
    "utf-8",
    58,
    "岚川省中小学校管理规定",
    PROVINCE,
    "岚川省人民政府令第142号",
    "2024-01-22",
)
SIGNED = (
    OPINION,
    CITY_IN_ITEMS,
    CITY_IN_TRADITIONAL,
    COUNTY_IN_GB18030,
    DRAFT,
    COUNTY_IN_MARKDOWN,
    SCHOOL,
)
ALL = (*SIGNED, REGULATION_2013, REGULATION_2024)
CARRIED_OUT_BY = (
    (OPINION, CITY_IN_ITEMS),
    (OPINION, CITY_IN_TRADITIONAL),
    (CITY_IN_ITEMS, COUNTY_IN_GB18030),
    (CITY_IN_ITEMS, COUNTY_IN_MARKDOWN),
    (CITY_IN_TRADITIONAL, DRAFT),
    (COUNTY_IN_MARKDOWN, SCHOOL),
)
each = pytest.mark.parametrize("sample", ALL, ids=lambda sample: sample.file)


def read(sample: Sample) -> Document:
    return read_file(SAMPLES / sample.file)


def text_of(sample: Sample) -> str:
    return (SAMPLES / sample.file).read_bytes().decode(sample.encoding)


def simplified(text: str) -> str:
    return str(opencc.OpenCC("t2s").convert(text))


def count_lowest(text: str) -> int:
    """Count the numbered lines that no number of a lower level follows, by their looks alone."""
    looks = (
        r"第[〇零一二三四五六七八九十百]+条\s",
        r"[一二三四五六七八九十]+、",
        r"（[一二三四五六七八九十]+）",
    )
    levels = []
    for line in text.replace("#", " ").splitlines():
        body = line.strip()
        level = next((n for n, look in enumerate(looks) if re.match(look, body)), None)
        if level is None and re.match(r"[0-9０-９]+[.．](?![0-9])", body):
            level = len(looks)
        if level is not None:
            levels.append(level)
    articles = levels.count(0)
    following = [*levels[1:], 0]
    return articles or sum(below <= level for level, below in zip(levels, following, strict=True))


def test_the_folder_holds_eight_documents_one_of_them_in_two_versions() -> None:
    assert [path.name for path in find_files([SAMPLES])] == sorted(s.file for s in ALL)


def test_the_readme_names_each_file_and_says_that_they_are_samples() -> None:
    readme = (SAMPLES / "README").read_text(encoding="utf-8")
    assert all(sample.file in readme for sample in ALL)
    assert "不是真实的政策" in readme
    assert "not real policy" in readme


@each
def test_a_sample_is_in_its_encoding(sample: Sample) -> None:
    assert read(sample).encoding == sample.encoding


@each
def test_a_sample_has_its_clauses(sample: Sample) -> None:
    numbered = [clause for clause in read(sample) if clause.kind in ("article", "item")]
    body = text_of(sample).split("\n　　附件：")[0]
    assert len(numbered) == sample.clauses == count_lowest(body)


@each
def test_nothing_of_a_sample_is_odd_to_its_reader(sample: Sample) -> None:
    document = read(sample)
    assert [note for note in document.notes if note.kind != "missing"] == []
    assert "".join(document.quote(clause.span) for clause in document) == document.text


@pytest.mark.parametrize("sample", SIGNED, ids=lambda sample: sample.file)
def test_a_signed_sample_says_what_it_is(sample: Sample) -> None:
    document = read(sample)
    metadata = document.metadata
    number = metadata.number.value if metadata.number else None
    date = metadata.date.value if metadata.date else None
    assert (document.label, metadata.issuer, number, date) == sample[3:]


@pytest.mark.parametrize("sample", [REGULATION_2013, REGULATION_2024], ids=lambda s: s.file)
def test_a_regulation_states_its_order_and_its_day(sample: Sample) -> None:
    year, month, day = map(int, sample.date.split("-"))
    title, note = [line for line in text_of(sample).splitlines() if line][:2]
    assert title == sample.title
    assert f"{year}年{month}月{day}日{sample.number}公布" in note


def test_the_gb18030_sample_needs_more_than_gb2312_but_not_at_its_beginning() -> None:
    data = (SAMPLES / COUNTY_IN_GB18030.file).read_bytes()
    text = text_of(COUNTY_IN_GB18030)
    assert b"\r\n" in data
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
    with pytest.raises(UnicodeDecodeError):
        data.decode("gb2312")
    assert text[:1024].encode("gb18030").decode("gb2312")
    assert all(name in text for name in ("堃", "喆", "㛃"))


def test_the_traditional_sample_is_traditional_throughout() -> None:
    text = text_of(CITY_IN_TRADITIONAL)
    ideographs = "".join(re.findall(r"[\u4e00-\u9fff]+", text))
    assert ideographs.encode("big5").decode("big5") == ideographs
    assert simplified(text) != text


def test_the_draft_says_so_and_names_who_leads_below_each_numbered_item() -> None:
    document = read(DRAFT)
    items = [clause for clause in document if re.match(r"\d+．", document.quote(clause.span))]
    assert document.metadata.status is not None
    assert document.metadata.status.value == "征求意见稿"
    assert len(items) == text_of(DRAFT).count("\n牵头单位：")
    assert all(clause.units.lead for clause in items)


def test_one_figure_is_left_empty() -> None:
    noted = [note for sample in ALL for note in read(sample).notes]
    assert [note.values[0] for note in noted] == ["1"]
    assert "每年建设   个乡村学校标准运动场" in text_of(COUNTY_IN_MARKDOWN)


def test_the_new_regulation_repeals_the_old_one() -> None:
    last = text_of(REGULATION_2024).strip().splitlines()[-1]
    assert last.startswith("第五十八条")
    assert f"《{REGULATION_2013.title}》（{REGULATION_2013.number}）同时废止" in last


@pytest.mark.parametrize(("upper", "lower"), CARRIED_OUT_BY)
def test_a_document_carries_out_an_earlier_one(upper: Sample, lower: Sample) -> None:
    assert upper.date < lower.date
    assert simplified(upper.number or "") in simplified(text_of(lower))


def test_every_number_that_is_cited_is_that_of_a_sample() -> None:
    texts = [simplified(text_of(sample)) for sample in ALL]
    cited = {n for text in texts for n in re.findall(r"[\u4e00-\u9fff]+〔20\d\d〕\d+号", text)}
    known = {simplified(sample.number or "") for sample in ALL}
    assert cited <= known


def test_every_article_that_is_cited_is_in_the_regulation_in_force() -> None:
    regulation = text_of(REGULATION_2024)
    cited = {
        article
        for sample in SIGNED
        for article in re.findall(
            r"《岚川省中小学校管理规定》(第[一二三四五六七八九十]+条)", simplified(text_of(sample))
        )
    }
    assert len(cited) > 5
    assert all(f"\n{article}　" in regulation for article in cited)


def test_a_reference_stands_where_a_heading_could() -> None:
    for sample, line in (
        (REGULATION_2013, "\n第十八条规定"),
        (REGULATION_2024, "\n第二十条第一款"),
    ):
        assert line in text_of(sample)
    assert "学校\n2.5公里以上" in text_of(CITY_IN_ITEMS)


def test_no_telephone_or_address_could_be_somebodys() -> None:
    for sample in ALL:
        text = text_of(sample)
        assert all(phone.startswith("0600-555") for phone in re.findall(r"\d{3,4}-\d{7,8}", text))
        assert all(host.endswith(".example") for host in re.findall(r"@([\w.]+)", text))


def fold(text: str) -> str:
    return re.sub(r"\W", "", simplified(text))


@pytest.mark.real
@pytest.mark.skipif(not REAL.is_dir(), reason=f"the real documents are not at {REAL}")
def test_no_text_of_a_real_document_is_in_the_samples() -> None:
    size = LONGEST_COMMON_RUN
    ours = "\n".join(fold(text_of(sample)) for sample in ALL)
    runs = {ours[at : at + size] for at in range(len(ours) - size + 1)}
    for path in find_files([REAL]):
        theirs = fold(read_file(path).text)
        assert not runs.intersection(
            theirs[at : at + size] for at in range(len(theirs) - size + 1)
        ), path.name
