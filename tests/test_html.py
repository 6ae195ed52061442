"""A saved web page becomes the document on it: all of the document, and little else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import ReadError, find_files, read_document
from corpus.readers import html
from corpus.readers.web.furniture import (
    is_below,
    is_breadcrumb,
    is_footer,
    is_tool,
    may_be_footer,
    without_buttons,
)
from tests.pages import NUMBER, PAGES, PLAN, SIGNATURE, TITLE, SavedPage, modern, trs
from tests.policies import Notice, notices


def text_of(page: str) -> str:
    return html.read(page.encode()).text


def lines_of(body: str) -> list[str]:
    return text_of(f"<html><body>{body}</body></html>").split("\n")[:-1]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def missing(lines: list[str], text: str) -> list[str]:
    """The lines that do not stand in the text, each after the one before it."""
    position, lost = 0, []
    text = bare(text)
    for line in map(bare, lines):
        at = text.find(line, position)
        if at < 0:
            lost.append(line)
        else:
            position = at + len(line)
    return lost


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_line_of_the_document_is_kept_in_order(page: SavedPage) -> None:
    assert missing(list(page.document), html.read(page.data).text) == []


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_what_the_site_put_around_it_is_left_out(page: SavedPage) -> None:
    text = bare(html.read(page.data).text)
    assert [line for line in page.furniture if bare(line) in text] == []
    assert "脚本里" not in text
    assert "color:red" not in text


def test_a_note_counts_the_lines_that_were_left_out() -> None:
    menu = "".join(f'<li><a href="/{n}">栏目{n}</a>' for n in range(5))
    page = f"<ul>{menu}</ul><h1>青禾县关于校车管理的若干规定</h1><p>第一条　校车应当限速行驶。"
    reading = html.read(page.encode())
    assert reading.text == "青禾县关于校车管理的若干规定\n第一条　校车应当限速行驶。\n"
    assert [(note.kind, note.values) for note in reading.notes] == [("furniture", ("5",))]
    assert "5" in reading.notes[0].text


def test_a_page_that_holds_the_document_alone_has_no_note() -> None:
    assert html.read("<p>第一条　校车应当限速行驶。</p>".encode()).notes == ()


@pytest.mark.parametrize("name", ["modern div", "TRS, GBK", "old tables, GB 2312", "Word"])
def test_a_page_becomes_a_document_with_clauses_and_metadata(name: str) -> None:
    document = read_document("saved.html", PAGES[name].data)
    assert document.format == "html"
    assert "".join(document.quote(clause.span) for clause in document) == document.text
    addresses = [clause.address for clause in document]
    for address in ("一、", "二、（一）1.", "二、（一）2.", "二、（二）", "三、"):
        assert address in addresses
    metadata = document.metadata
    assert metadata.title and metadata.title.value.endswith(TITLE)
    assert metadata.number and metadata.number.value == NUMBER
    assert metadata.date and metadata.date.value == "2024-05-08"
    assert metadata.issuer == SIGNATURE[0]


def test_the_articles_of_a_traditional_page_are_found() -> None:
    document = read_document("a.htm", PAGES["Traditional, Big5"].data)
    articles = [clause.address for clause in document if clause.kind == "article"]
    assert articles == ["第一条", "第二条", "第三条"]
    assert document.encoding in ("big5hkscs", "cp950")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "big5", "iso-8859-1", "nonsense"])
def test_the_bytes_and_not_the_declaration_decide_the_encoding(
    encoding: str, declared: str
) -> None:
    page = modern().data.decode().replace('charset="utf-8"', f'charset="{declared}"')
    assert html.read(page.encode(encoding)).text == html.read(modern().data).text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_page_with_a_character_cut_in_two_is_read_and_the_damage_noted(encoding: str) -> None:
    page = modern().data.decode().encode(encoding)
    cut = "方".encode(encoding)[:-1]
    page = page.replace(b"<style>", b'<meta name="description" content="' + cut + b'"><style>')
    document = read_document("a.html", page.replace(b"</h1>", cut + b"</h1>"))
    assert document.encoding == encoding
    assert [note.values for note in document.notes if note.kind == "damaged"] == [("1",)]
    assert missing(list(modern().document[4:]), document.text) == []


@pytest.mark.parametrize("data", [b"\x00\x01\xff\xfe" * 300, bytes(range(256)) * 4, b"%PDF-1.4"])
def test_bytes_that_are_no_page_are_refused(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        html.read(data)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.shtml", "a.xhtml", "a.txt", "a"])
def test_a_page_is_known_by_its_content_whatever_its_name(name: str) -> None:
    assert read_document(name, modern().data).format == "html"


def test_a_fragment_is_known_by_its_name() -> None:
    assert read_document("a.html", "<p>一、要求</p>".encode()).text == "一、要求\n"


def test_pages_are_found_in_a_folder(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    for name in ("a.html", "b.mht", "c.js"):
        (folder / name).write_bytes(b"x")
    assert [path.name for path in find_files([folder])] == ["a.html", "b.mht"]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>一、要<span>求</span><b>高</b><i>质</i>量<p>二、目标", ["一、要求高质量", "二、目标"]),
        ("一、甲<br>二、乙<BR/>三、丙", ["一、甲", "二、乙", "三、丙"]),
        ("<div>一、甲<div>乙</div>丙</div>丁", ["一、甲", "乙", "丙", "丁"]),
        ("<p>一、建设\n    学校\t20 所</p>", ["一、建设学校 20 所"]),
        ("<p>　　&nbsp; 一、甲 &nbsp;</p><p>&nbsp;</p>", ["一、甲"]),
        ("<p>一、A&amp;B&lt;5&#x3001;&#19968;&ldquo;</p>", ["一、A&B<5、一“"]),
        ("<pre>一、甲\n　二、乙\n\n三、丙</pre>", ["一、甲", "二、乙", "三、丙"]),
        ("<p>一、面积50m<sup>2</sup>。</p>", ["一、面积50m2。"]),
        ("<p>一、甲<span style='display:block'>乙</span></p>", ["一、甲", "乙"]),
        ("<dl><dt>第一条</dt><dd>甲。</dd></dl>", ["第一条", "甲。"]),
        ("<p>第一条　见<a href='/law'>教育法</a>第二条。</p>", ["第一条　见教育法第二条。"]),
        ("<p>一、甲<![endif]--><!-- 二、乙 --><?x y?></p>", ["一、甲"]),
        (
            "<p>一、<a href=1>甲</a><a href=2>乙</a><label>丙</label><b>丁</b><b>戊</b>",
            ["一、甲 乙丙 丁戊"],
        ),
        ("<p>一、每年建设____个，改造 个</p>", ["一、每年建设____个，改造 个"]),
    ],
)
def test_a_line_is_what_a_browser_shows_as_one(body: str, lines: list[str]) -> None:
    assert lines_of(body) == lines


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>document.write('<p>二、乙</p>')</script>",
        "<style>p{}</style>",
        "<noscript>二、乙</noscript>",
        "<template><p>二、乙</p></template>",
        "<p hidden>二、乙</p>",
        "<div style='color:red;DISPLAY : none'><p>二、乙</p></div>",
        "<span style='display:none'>二、乙</span>",
        "<select><option>二、乙</select>",
        "<iframe>二、乙</iframe>",
        "<svg><text>二、乙</text></svg>",
        "<img alt='二、乙' src='data:image/png;base64,AAAA'>",
        "<input value='二、乙'>",
    ],
)
def test_what_is_not_shown_is_left_out(hidden: str) -> None:
    assert lines_of(f"<p>一、甲要求学校做好工作。</p>{hidden}") == ["一、甲要求学校做好工作。"]


def test_a_document_that_only_a_script_would_show_is_kept() -> None:
    body = "<p>正在打开</p><div style='display:none'><p>第一条　学校应当公示收费。</p></div>"
    assert "第一条　学校应当公示收费。" in lines_of(body)


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<ol><li>甲<li>乙</ol>", ["1. 甲", "2. 乙"]),
        ("<ol start=3><li>甲<li value=7>乙<li>丙</ol>", ["3. 甲", "7. 乙", "8. 丙"]),
        ("<ol><li>1. 甲<li>2. 乙</ol>", ["1. 甲", "2. 乙"]),
        ("<ol><li><p>甲</p><p>乙</p><li>丙</ol>", ["1. 甲", "乙", "2. 丙"]),
        ("<ol style='list-style-type:cjk-ideographic'><li>甲<li>乙</ol>", ["一、甲", "二、乙"]),
        ("<ol style='list-style:none'><li>甲<li>乙</ol>", ["甲", "乙"]),
        ("<ol reversed start=2><li>甲<li>乙</ol>", ["2. 甲", "1. 乙"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ("<ol><li>甲<ul><li>子</ul><li>乙</ol>", ["1. 甲", "子", "2. 乙"]),
        ("<ol start=x><li value=-3>甲</ol>", ["1. 甲"]),
    ],
)
def test_the_numbers_that_a_browser_writes_are_written(markup: str, lines: list[str]) -> None:
    assert lines_of(f"<p>一、任务如下：</p>{markup}<p>二、要求</p>")[1:-1] == lines


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<tr><th>任务<th>单位<tr><td>建校<td>教育局", ["任务 | 单位", "建校 | 教育局"]),
        ("<tr><td>甲<br>乙<td><p>丙<p>丁", ["甲 乙 | 丙 丁"]),
        ("<tr><td rowspan=2>学前<td>园<tr><td>师", ["学前 | 园", "学前 | 师"]),
        ("<tr><td>甲<td><td>乙<td>", ["甲 |  | 乙"]),
        ("<tr><td colspan=2>合计<td>3", ["合计 |  | 3"]),
        ("<tr><td><tr><td>&nbsp;<td>", []),
        ("<tr><td>只有一格", ["只有一格"]),
        ("<caption>任务表</caption><tr><td>甲<td>乙", ["任务表", "甲 | 乙"]),
        (f"<tr><td>文 号：<td>{NUMBER}", [f"文号：{NUMBER}"]),
        ("<tr><td>索引号：QH1<td>名称：通知", ["索引号：QH1", "名称：通知"]),
        ("<tr><td>发文机关<td><td>文号<td>青〔2024〕1号", ["发文机关：", "文号：青〔2024〕1号"]),
        ("<tr><td>甲<tr><td><table><tr><td>乙<td>丙</table><td>丁", ["甲", "乙 | 丙", "丁"]),
        ("<td>甲<td>乙", ["甲 | 乙"]),
        ("<tr><td>甲<div><tr><td>乙</div>", ["甲 | 乙"]),
    ],
)
def test_a_table_is_written_row_by_row(markup: str, lines: list[str]) -> None:
    body = f"<p>一、任务如下表。</p><table>{markup}</table><p>二、要求全县认真执行。</p>"
    assert lines_of(body)[1:-1] == lines


def test_buttons_are_cut_out_of_the_line_of_dates() -> None:
    line = "发布时间：2024-05-10　来源：青禾县教育局　字体：[大 中 小] 【打印】 浏览次数：128次"
    body = f"<h1>青禾县校车管理办法</h1><p>{line}</p><p>第一条　校车应当限速行驶。"
    assert lines_of(body)[1] == "发布时间：2024-05-10　来源：青禾县教育局"


@pytest.mark.parametrize(
    "line",
    [
        "打印方式：双面",
        "字体：小标宋",
        "转发至各学校",
        "阅读量：每人每年不少于20本",
        "主办单位：青禾县教育局",
        "联系电话：000-0000000",
        "相关部门：县财政局",
        "推荐材料：",
        "所在位置距学校不足200米的场所不得经营",
        "位置：青禾路1号",
        "扫描二维码填写问卷",
        "访问量达到一万人次的平台应当备案",
        "欢迎社会各界监督",
        "相关政策与本通知不一致的以本通知为准",
        "相关文件由县教育局另行制定",
        "联系我们的企业应当登记",
        "版权归教育局所有的教材免费使用",
        "（三）版权所有人应当提供授权书",
    ],
)
def test_words_of_a_document_are_not_taken_for_buttons(line: str) -> None:
    body = f"<p>一、活动安排如下：</p><p>{line}</p><p>二、要求各学校认真组织。</p><p>{line}</p>"
    assert lines_of(body).count(line) == 2


@pytest.mark.parametrize(
    "line",
    [
        "当前位置：首页 > 政策文件",
        "您现在的位置：首页>>公告",
        "您所在的位置",
        "【当前位置】首页 / 公开",
        "网站首页 » 政务公开 » 正文",
        "位置：首页 > 公开",
        "打印 | 关闭",
        "字号：大 中 小",
        "【大 中 小】【打印本页】【关闭窗口】",
        "分享到：微信 微博 QQ空间",
        "责任编辑：王某",
        "今天是2024年5月11日 星期六",
        "浏览次数：128",
        "扫一扫在手机打开当前页",
        "您访问的链接即将离开本站，是否继续？",
    ],
)
def test_buttons_and_breadcrumbs_are_left_out_wherever_they_stand(line: str) -> None:
    body = (
        f"<p>{line}</p><p>一、活动安排如下：</p><p>{line}</p><p>二、要求认真组织。</p><p>{line}</p>"
    )
    assert lines_of(body) == ["一、活动安排如下：", "二、要求认真组织。"]


@pytest.mark.parametrize(
    "line",
    [
        "版权所有：白沙市人民政府",
        "白沙市教育局版权所有",
        "白ICP备00000000号-1",
        "Copyright © 2024 白沙市",
        "网站标识码：0000000000",
        "主办：白沙市教育局　技术支持：某公司",
        "上一篇：关于放假的通知",
        "下一篇：没有了",
        "相关链接：",
    ],
)
def test_the_foot_of_a_site_is_left_out(line: str) -> None:
    body = f"<p>一、活动安排如下：</p><p>二、要求认真组织。</p><p>白沙市</p><p>{line}</p>"
    assert lines_of(f"{body}<p>版权所有 白沙市</p>")[2:] == ["白沙市"]


def test_a_class_named_like_navigation_loses_no_document() -> None:
    body = "<div class='sub-nav'><p>第一条　校车应当限速行驶。</p><p>第二条　禁止超员。</p></div>"
    assert lines_of(body) == ["第一条　校车应当限速行驶。", "第二条　禁止超员。"]


def test_header_and_signature_are_kept_in_a_class_named_like_navigation() -> None:
    lines = [
        "青禾县校车管理规定",
        "试行",
        *(text for text in ("第一条　校车应当限速行驶。", "青禾县", "附录")),
    ]
    body = "".join(f"<p>{line}</p>" for line in lines)
    assert lines_of(f"<ul><li><a href=/>甲</a></ul><div id=mainmenu>{body}</div>") == lines


def test_the_date_in_a_bar_of_tools_is_kept() -> None:
    bar = "<div class=toolbar><span>发布日期：2024-05-10</span> <span>字体：[大 中 小]</span></div>"
    body = f"<h1>青禾县校车管理规定</h1>{bar}<p>第一条　校车应当限速行驶。</p>"
    assert "发布日期：2024-05-10" in lines_of(body)


def test_a_table_of_contents_of_links_does_not_cut_off_the_title() -> None:
    entries = ["第一章　总则", "第二章　经费"]
    contents = "".join(f"<p><a href='/full.html#a'>{entry}</a></p>" for entry in entries)
    head = "<p><a href=/>站点</a></p><p>青禾县</p><p>校车规定</p><p>目录</p>"
    body = f"{head}{contents}<p>第一章　总则</p><p>第一条　校车应当限速行驶。</p>"
    assert lines_of(body)[:5] == ["青禾县", "校车规定", "目录", *entries]


def test_links_that_annexes_are_listed_by_are_kept() -> None:
    menu = "".join(f"<p><a href='/{n}.html'>栏目{n}</a></p>" for n in range(5))
    files = "<p>附件：</p><p><a href='/d?id=1'>改造名单</a></p><p><a href='/d?id=2'>分工表</a></p>"
    lines = lines_of(f"<p>第一条　校车应当限速行驶。</p>{files}<p>青禾县教育局</p>{menu}")
    assert lines[1:] == ["附件：", "改造名单", "分工表", "青禾县教育局"]


def test_files_in_a_class_named_like_links_are_kept() -> None:
    files = "<div class='file-links'><p>附件下载</p><a href='/P1.docx'>改造名单</a></div>"
    assert lines_of(f"<p>第一条　校车应当限速行驶。</p>{files}")[1:] == ["附件下载", "改造名单"]


def test_a_page_whose_document_cannot_be_told_is_kept_whole() -> None:
    names = "".join(f"<p>白沙市第{n}小学</p>" for n in "一二三四")
    reading = html.read(f"<p>名单</p>{names}<p>版权所有：白沙市</p>".encode())
    assert reading.text.split("\n")[:-1] == ["名单", *(f"白沙市第{n}小学" for n in "一二三四")]
    assert [note.kind for note in reading.notes] == ["whole_page", "furniture"]


def test_a_document_inside_an_unclosed_link_is_kept() -> None:
    body = "<a href='/x'><p>第一条　校车应当限速行驶。</p><p>第二条　禁止超员。</p>"
    assert (
        missing(["第一条　校车应当限速行驶。", "第二条　禁止超员。"], "".join(lines_of(body))) == []
    )


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<html><body></body></html>", "holds no text"),
        ("<script>load()</script>", "holds no text"),
        ("<frameset><frame src='left.htm'><frame src='main.htm'></frameset>", "main.htm"),
        ("", "empty"),
        (
            "<ul>" + "<li><a href=x>青禾县教育局关于招生的通知</a>" * 9 + "</ul>",
            "nothing but links",
        ),
    ],
)
def test_a_page_without_text_says_what_to_do(page: str, said: str) -> None:
    with pytest.raises(ReadError, match=said) as caught:
        html.read(page.encode())
    assert "\n" not in str(caught.value)


ARTICLE = "<p>第一条　校车应当限速行驶。</p>"


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 50_000 + ARTICLE,
        "<table><tr><td>" * 5_000 + ARTICLE,
        "<ol><li>" * 5_000 + ARTICLE,
        ARTICLE + "<" * 1_000_000,
        ARTICLE + "<b " * 10_000,
        f"<p title='{'a' * 100_000}'>x</p>{ARTICLE}",
        f"<p style='{'display:' * 20_000}' class='{'nav-' * 20_000}'>x</p>{ARTICLE}",
        f"<img src='data:image/png;base64,{'A' * 200_000}'>{ARTICLE}",
        20 * ARTICLE + "<p>\x00</p>",
        ARTICLE + "<p>&#0;&#xD800;&#x110000;&#11;&#x2028;甲</p>",
        ARTICLE + "<p>" + "首页 > " * 30_000,
        ARTICLE + "<p>首页 &gt; 甲</p>" * 5_000,
        ARTICLE + "<p>版权所有</p>" * 5_000,
        ARTICLE + "<p><a href=x>甲</a></p>" * 5_000,
        ARTICLE + "<table>" + "<tr><td rowspan=9999 colspan=9999>甲" * 3_000,
        ARTICLE + "</td></tr></table></p>" * 1_000,
    ],
    ids=lambda page: page[:20],
)
def test_a_hostile_page_is_read(page: str) -> None:
    text = html.read(page.encode()).text
    assert "第一条　校车应当限速行驶。" in text
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u2028\u2029\x85]", text)
    assert len(text) < 5 * len(page)


def test_entities_that_a_page_declares_are_not_expanded() -> None:
    declared = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    page = f'<!DOCTYPE html [<!ENTITY a0 "哈">{declared}]><html><body>{ARTICLE}<p>&a9;</p>'
    assert text_of(page).count("哈") <= 1


@pytest.mark.parametrize(
    "unit",
    ["第", "（", "1", " ", "　", "甲", "，", "[", "【", "字体：", "打印 ", "分享到", "首页>", "-"],
)
def test_lines_are_judged_in_linear_time(unit: str) -> None:
    line = unit * (100_000 // len(unit))
    assert not (is_tool(line) or is_breadcrumb(line) or is_footer(line) or is_below(line))
    assert not may_be_footer(line)
    assert without_buttons(line, line) == line
    assert bare(unit) in bare(text_of(f"<p>一、甲</p><p>{line}乙。</p>"))


def test_a_document_that_begins_with_its_host_has_no_foot_there() -> None:
    first = "主办单位：甲局，校长每周陪餐不少于3次，食堂公示一周菜谱。"
    assert first in text_of(f"<p>首页</p><p>{first}</p><p>版权所有</p>")


def around(lines: list[str], tag: str, menu: int, foot: bool) -> str:
    links = "".join(f"<li><a href='/{n}'>栏目{n}</a></li>" for n in range(menu))
    body = "\n".join(f"<{tag}>{line}</{tag}>" for line in lines)
    below = "<p>主办：某某</p><p>版权所有：白沙市 白ICP备1号</p>" if foot else ""
    return f"<html><body><ul>{links}</ul><div>{body}</div>{below}</body></html>"


@given(notices(), st.sampled_from(["p", "div", "section", "li"]), st.integers(0, 12), st.booleans())
def test_every_line_of_any_notice_survives(notice: Notice, tag: str, menu: int, foot: bool) -> None:
    lines = [line for line in notice.text.split("\n") if line.strip()]
    furniture = ("当前位置", "打印本页", "责任编辑", "网站地图")
    lines = [line for line in lines if not line.startswith(furniture)]
    text = text_of(around(lines, tag, menu, foot))
    assert missing(lines, text) == []
    assert "ICP" not in text


@given(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<td>",
                "<tr>",
                "<table>",
                "</table>",
                "<ol>",
                "<li>",
                "</td>",
                "<a href=x>",
                "</a>",
                "<div hidden>",
                "</div>",
                "一、甲",
            ]
        ),
        max_size=30,
    ),
)
def test_any_markup_is_read_or_refused_in_one_line(text: str, tags: list[str]) -> None:
    try:
        read = html.read(("".join(tags) + text).encode("utf-8", "replace")).text
    except ReadError as error:
        assert "\n" not in str(error)
    else:
        assert read.endswith("\n")
        assert "\n\n" not in read


def test_the_plan_of_a_page_in_a_frameset_is_a_page_like_any() -> None:
    assert PLAN in html.read(trs().data).text
