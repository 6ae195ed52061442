"""Saved web pages in the forms that government sites have, written for the tests.

Each knows the lines of its document, those of them that are the header block, and the lines that
the site put around it. Places, organs and numbers are invented.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

TITLE = "青禾县人民政府办公室关于印发《青禾县乡村学校提升行动方案》的通知"
NUMBER = "青政办发〔2024〕17号"
PLAN = "青禾县乡村学校提升行动方案"
NOTICE = [
    "各乡镇人民政府，县直有关部门：",
    "《青禾县乡村学校提升行动方案》已经县人民政府同意，现印发给你们，请认真组织实施。",
]
SIGNATURE = ["青禾县人民政府办公室", "2024年5月8日"]
BODY = [
    PLAN,
    "为改善乡村学校的办学条件，结合我县实际，制定本方案。",
    "一、工作目标",
    "到2026年，全县改造乡村学校36所，寄宿学校热水供应率达到100%。",
    "二、主要任务",
    "（一）改善校舍。每年改造校舍不少于2万平方米，优先安排灾后学校。",
    "1. 排查安全隐患。县教育局会同县住建局每学期排查一次。",
    "2. 更新课桌椅。三年内更新课桌椅1.2万套。",
    "（二）配齐教师",
    "乡村学校缺编教师由县统一招聘，服务期不少于五年。",
    "三、保障措施",
    "县财政每年安排专项资金800万元，纳入年度预算。",
]
TABLE = [
    ["任务", "牵头单位", "完成时限"],
    ["改造校舍", "县教育局", "2026年12月"],
    ["招聘教师", "县人力资源社会保障局", "每年8月"],
]
ATTACHED = ["附件：1.乡村学校改造名单", "2.任务分工表"]
DOCUMENT = [TITLE, NUMBER, *NOTICE, *ATTACHED, *SIGNATURE, *BODY]
MENU = ["首页", "县情概况", "政务公开", "办事服务", "互动交流", "教育信息", "数据开放"]
CRUMBS = "当前位置：首页 > 政务公开 > 政策文件 > 正文"
RELATED = ["图解：乡村学校怎么改", "教育局负责人答记者问", "青禾县召开校舍安全会议"]
FOOT = [
    "主办单位：青禾县人民政府办公室　承办单位：青禾县大数据中心",
    "版权所有：青禾县人民政府 青ICP备00000001号",
    "青公网安备 00000000000001号 网站标识码：0000000001",
]


@dataclass(frozen=True)
class SavedPage:
    """A page, its document line by line, the header block of it, and what does not belong."""

    name: str
    data: bytes
    document: Sequence[str]
    header: Sequence[str] = (TITLE, NUMBER)
    furniture: Sequence[str] = field(default=(CRUMBS, *RELATED, *FOOT))


def paragraphs(lines: Sequence[str], tag: str = "p", attributes: str = "") -> str:
    opened = f"<{tag} {attributes}>" if attributes else f"<{tag}>"
    return "\n".join(f"{opened}　　{escape(line, quote=False)}</{tag}>" for line in lines)


def table(rows: Sequence[Sequence[str]], attributes: str = "border=1") -> str:
    written = ("".join(f"<td><p>{cell}</p></td>" for cell in row) for row in rows)
    return f"<table {attributes}>" + "".join(f"<tr>{row}</tr>\n" for row in written) + "</table>"


def links(texts: Sequence[str], tag: str = "li") -> str:
    return "\n".join(f'<{tag}><a href="/c{n}.html">{t}</a></{tag}>' for n, t in enumerate(texts))


def crumbs(separator: str = "&gt;") -> str:
    parts = ["首页", "政务公开", "政策文件"]
    return "当前位置：" + "".join(f'<a href="/">{p}</a> {separator} ' for p in parts) + "正文"


def rows(lines: Sequence[Sequence[str]]) -> list[str]:
    return [" | ".join(cells) for cells in lines]


def head(title: str = TITLE, charset: str = "utf-8", more: str = "") -> str:
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="{charset}">'
        f"<title>{title}_青禾县人民政府</title>"
        "<style>.nav{color:red}</style><script>var a='一、脚本里的文字。';</script>"
        f"{more}</head>"
    )


def modern() -> SavedPage:
    """A page of nested <div>, as the central government's site has them."""
    info = [
        ("索引号", "QH00-2024-0017"),
        ("发文机关", "青禾县人民政府办公室"),
        ("发文字号", NUMBER),
    ]
    cells = [[f"<b>{a}：</b>", b] for a, b in info]
    page = f"""{head(more='<meta name="ArticleTitle" content="' + TITLE + '">')}<body>
<div class="header"><div class="logo">青禾县人民政府</div>
<div class="nav"><ul>{links(MENU)}</ul></div>
<input type=text value="请输入关键字"><button>搜索</button></div>
<div class="BreadcrumbNav">{crumbs()}</div>
<div class="main"><div class="article">
<div class="policyLibraryOverview_header">{table(cells)}</div>
<h1>{TITLE}</h1>
<div class="pages-date">2024-05-10 09:30<span class="font"> 来源：青禾县人民政府办公室</span>
<span>字体：<a href="javascript:;">大</a> <a href="javascript:;">中</a>
<a href="javascript:;">小</a></span>
<span class="share">分享到：<a href="#" title="微信"></a></span>
<a href="javascript:print()">打印</a></div>
<div class="pages_content" id="UCAP-CONTENT">
{paragraphs([NUMBER, *NOTICE, *ATTACHED, *SIGNATURE, *BODY], "p", 'style="text-indent:2em"')}
{table(TABLE)}</div></div>
<div class="related"><h3>相关链接</h3><ul>{links(RELATED)}</ul></div></div>
<div class="footer">{paragraphs(FOOT)}</div></body></html>"""
    document = [f"{a}：{b}" for a, b in info] + DOCUMENT + rows(TABLE)
    header = (*document[:3], TITLE, NUMBER)
    return SavedPage(
        "modern div", page.encode(), document, header, (CRUMBS, *RELATED, *FOOT, *MENU)
    )


def old_tables() -> SavedPage:
    """Everything in nested tables and <font>, GB 2312, tags in capitals, many of them unclosed."""
    body = "<BR>\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{line}" for line in [*NOTICE, *SIGNATURE, *BODY])
    page = f"""<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=gb2312">
<TITLE>{TITLE}</TITLE></HEAD><BODY bgColor=#ffffff><TABLE width=778 align=center><TR><TD>
<TABLE><TR>{links(MENU, "TD")}</TR></TABLE></TD></TR>
<TR><TD><FONT color=#ff0000>您现在的位置：
<A href="/">首页</A> &gt;&gt; <A href="/z">政策文件</A></FONT>
<TR><TD><TABLE width="100%"><TR><TD width=180 vAlign=top><TABLE>
<TR><TD>热点推荐</TD></TR>{"".join(f"<TR>{links([t], 'TD')}</TR>" for t in RELATED)}</TABLE>
<TD vAlign=top><CENTER><FONT size=5><B>{TITLE}</B></FONT></CENTER>
<P align=center>{NUMBER}<P align=center>发布日期：2024-05-10
阅读次数：[ 128 ] 【<A href="#p">打印</A>】
<P><FONT size=3>{body}</FONT>
<TABLE><TR><TD align=right><A href="javascript:window.close()">关闭窗口</A></TABLE></TABLE>
<TR><TD align=center>{"<BR>".join(FOOT)}</TABLE></BODY></HTML>"""
    document = [TITLE, NUMBER, *NOTICE, *SIGNATURE, *BODY]
    furniture = (*RELATED, *FOOT, *MENU, "关闭窗口")
    return SavedPage("old tables, GB 2312", page.encode("gb2312"), document, furniture=furniture)


def trs() -> SavedPage:
    """The commonest content system: TRS_Editor, <zoom>, a table of data above the title."""
    data = [
        ["索 引 号：", "00/2024-00031", "信息分类：", "教育；通知"],
        ["发布机构：", "青禾县教育局", "发文日期：", "2024年05月08日"],
        ["名　　称：", TITLE],
        ["文　　号：", NUMBER, "主 题 词：", "乡村 学校"],
    ]
    page = f"""{head(charset="GBK")}<body>
<div id="top"><div class="menu">{links(MENU, "span")}</div></div>
<div class="dqwz">{crumbs("&rsaquo;")}</div>
<div class="xxgk_head">{table(data)}</div>
<div class="title" id="zoomtitl">{TITLE}</div><div id="zoom"><zoom>
<div class=TRS_Editor><style type="text/css">.TRS_Editor P{{margin:0}}</style>
<div class=Custom_UnionStyle>
{paragraphs([*NOTICE, *ATTACHED, *SIGNATURE, *BODY], "div", "align=justify")}
{table(TABLE)}</div></div></zoom></div>
<p><a href="./P020240510.docx">附件1：乡村学校改造名单.docx</a></p>
<p><a href="./P020240511.xlsx">附件2：任务分工表.xlsx</a></p>
<div class="xgwj"><p>相关文件</p>{links(RELATED, "p")}</div>
<div class="tool">【<a href="javascript:void(0)">打印本页</a>】
【<a href="javascript:">关闭窗口</a>】</div>
<div id="footer">{"<br>".join(FOOT)}</div></body></html>"""
    header = ["索引号：00/2024-00031", "发布机构：青禾县教育局", f"文号：{NUMBER}", TITLE]
    files = ["附件1：乡村学校改造名单.docx", "附件2：任务分工表.xlsx"]
    document = [*header, *NOTICE, *ATTACHED, *SIGNATURE, *BODY, *rows(TABLE), *files]
    furniture = (*RELATED, *FOOT, *MENU, "打印本页")
    return SavedPage("TRS, GBK", page.encode("gbk"), document, header, furniture)


def wechat() -> SavedPage:
    """An article of a public account: sections in sections, its text hidden until a script runs."""
    said = [*NOTICE, *SIGNATURE, *BODY]
    body = "".join(
        f'<section style="margin:0"><section><p style="text-indent:2em"><span>{line[:4]}</span>'
        f"<strong><span>{line[4:9]}</span></strong><span>{line[9:]}</span></p></section></section>"
        for line in said
    )
    buttons = ["预览时标签不可点", "微信扫一扫关注该公众号", "继续滑动看下一个", "知道了"]
    page = f"""{head(more=f'<meta property="og:title" content="{TITLE}" />')}
<body id="activity-detail">
<div class="rich_media_inner"><h1 class="rich_media_title" id="activity-name">
    {TITLE}
</h1><div id="meta_content"><span>原创</span> <a href="javascript:void(0);">青禾教育</a>
<em id="publish_time">2024-05-10 18:00</em></div>
<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0;">
{body}</div></div>
<div class="weui-dialog">{"".join(f"<p>{b}</p>" for b in buttons)}</div>
<div style="display:none"><p>轻触阅读原文</p></div></body></html>"""
    return SavedPage("WeChat", page.encode(), [TITLE, *said], (TITLE,), buttons)


def word() -> SavedPage:
    """Saved by Word: mso styles, conditional comments, numbers between <![if]> and <![endif]>."""
    spaced = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;\n</span>"
    said = ""
    for line in [*NOTICE, *SIGNATURE, *BODY]:
        number, mark, rest = line.rpartition("、") if line[1] == "、" else ("", "", line)
        listed = (
            f"<![if !supportLists]><span\nstyle='mso-list:Ignore'>{number}{mark}{spaced}</span>"
        )
        said += f"""<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'>
{f"{listed}<![endif]>" if mark else ""}<span
style='font-family:仿宋'>{rest[:9]}</span><span lang=EN-US>{rest[9:]}<o:p></o:p></span></p>\n"""
    page = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312"><title>{TITLE}</title>
<!--[if gte mso 9]><xml><o:Author>张三</o:Author></xml><![endif]--></head><body lang=ZH-CN>
<div class=WordSection1><p class=MsoTitle align=center><b><span>{TITLE}</span></b></p>
<p class=MsoNormal align=center>{NUMBER}</p>{said}
{table(TABLE, "class=MsoTableGrid")}
<p class=MsoNormal>
<span style='mso-hide:all;display:none'>隐藏的批注</span></p></div></body></html>"""
    document = [TITLE, NUMBER, *NOTICE, *SIGNATURE, *BODY, *rows(TABLE)]
    return SavedPage("Word", page.encode("gb18030"), document, furniture=["张三", "隐藏的批注"])


def frame() -> SavedPage:
    """What a frame holds: no head, no body tag, numbers that a browser writes."""
    items = ["排查隐患，每学期一次。", "更新课桌椅1.2万套。", "改造食堂24个。"]
    page = f"""<p align=center>{TITLE}</p><p align=center>{NUMBER}</p>{paragraphs(NOTICE)}
<ol style="list-style-type:simp-chinese-informal">{"".join(f"<li>{t}" for t in items)}</ol>
<p align=right>{"<br>".join(SIGNATURE)}</p>"""
    numbered = [f"{n}、{t}" for n, t in zip("一二三", items, strict=True)]
    document = [TITLE, NUMBER, *NOTICE, *numbered, *SIGNATURE]
    return SavedPage("frame, <ol>", page.encode(), document, furniture=())


def cells() -> SavedPage:
    """A policy whose text stands in the cells of a table with rules."""
    held = "".join(f"<tr><td>{paragraphs([line])}</td></tr>" for line in [*NOTICE, *SIGNATURE])
    page = f"""{head()}<body><nav>{links(MENU)}</nav><p>{crumbs("/")}</p>
<table border=1><tr><th>{TITLE}</th></tr><tr><td>{NUMBER}</td></tr>{held}
<tr><td>{paragraphs(BODY)}{table(TABLE)}</td></tr></table>
<aside>{links(RELATED)}</aside><footer>{paragraphs(FOOT)}</footer></body></html>"""
    document = [TITLE, NUMBER, *NOTICE, *SIGNATURE, *BODY, *rows(TABLE)]
    return SavedPage("in cells", page.encode(), document, furniture=(*RELATED, *FOOT, *MENU))


def big5() -> SavedPage:
    """Traditional characters in Big5."""
    title = "白沙市教育局關於印發《白沙市幼稚園收費管理辦法》的通知"
    lines = [
        "各鄉鎮公所、各幼稚園：",
        "第一條　為規範幼稚園收費，保障兒童權益，制定本辦法。",
        "第二條　本市幼稚園的收費適用本辦法。",
        "幼稚園不得以任何名義收取贊助費。",
        "第三條　收費標準每三年調整一次，調整前應當公開徵求家長意見。",
    ]
    signed = ["白沙市教育局", "2023年6月1日"]
    foot = ["版權所有：白沙市教育局", "上一篇：白沙市校車管理辦法"]
    page = f"""{head(title, "big5")}<body><div>{links(["首頁", "教育新聞", "法規"], "span")}</div>
<div>目前位置：<a href="/">首頁</a> &gt; 法規</div><h2>{title}</h2>{paragraphs([*lines, *signed])}
<p>上一篇：<a href="/1">白沙市校車管理辦法</a></p><p>版權所有：白沙市教育局</p></body></html>"""
    document = [title, *lines, *signed]
    return SavedPage(
        "Traditional, Big5", page.encode("big5", "xmlcharrefreplace"), document, (title,), foot
    )


def misdeclared() -> SavedPage:
    """UTF-8 bytes under a declaration of gb2312, and a share panel in the middle."""
    page = modern().data.decode().replace('charset="utf-8"', 'charset="gb2312"')
    page = page.replace("<body>", "<body><noscript>请启用脚本。</noscript>")
    known = modern()
    return SavedPage("declared wrong", page.encode(), known.document, known.header, known.furniture)


def short_notice() -> SavedPage:
    """A long menu and a notice of two sentences."""
    said = ["各中小学、幼儿园：", "定于6月7日至9日暂停全县学校周边道路施工，请相互转告。"]
    signed = ["青禾县教育局", "2024年5月30日"]
    title = "青禾县教育局关于高考期间暂停施工的通告"
    menu = [f"{name}{kind}" for name in MENU for kind in ("动态", "公告", "统计数据", "下载专区")]
    page = f"""{head(title)}<body><div class=wrap><ul>{links(menu)}</ul></div>
<ul class="crumb"><li><a href="/">首页</a></li><li><a href="/t">通知公告</a></li><li>正文</li></ul>
<div class=con><h2>{title}</h2><p>发布时间：2024-05-30 　浏览次数：<span id=hits></span>次</p>
{paragraphs([*said, *signed])}</div><div>上一篇：<a href=1>关于招生的公告</a></div>
<div>下一篇：没有了</div><ul>{links(menu)}</ul><p>{"</p><p>".join(FOOT)}</p></body></html>"""
    furniture = (*menu, "关于招生的公告", "下一篇：没有了", *FOOT)
    return SavedPage("short notice", page.encode(), [title, *said, *signed], (title,), furniture)


def attachments() -> SavedPage:
    """A notice that is chiefly its list of files, and a list of pages below it."""
    title = "青禾县教育局关于公布2024年学区划分的通知"
    said = ["各学区、各中小学：", "现将2024年学区划分公布如下，自9月1日起执行。"]
    files = ["附件：", "1.城区小学学区划分.pdf", "2.乡镇小学学区划分.pdf", "3.初中学区划分.wps"]
    named = "".join(f'<p><a href="/f/{n}.{t[-3:]}">{t}</a></p>' for n, t in enumerate(files[1:]))
    page = f"""{head(title)}<body>{links(MENU, "b")}<p>{crumbs()}</p>
<h1>{title}</h1>
<p>青教〔2024〕9号</p>
{paragraphs(said)}<p align=right>青禾县教育局</p><p align=right>2024年6月3日</p>
<p>附件：</p>{named}<h4>推荐阅读</h4>{links(RELATED)}{paragraphs(FOOT)}</body></html>"""
    signed = ["青禾县教育局", "2024年6月3日"]
    document = [title, "青教〔2024〕9号", *said, *signed, *files]
    return SavedPage("attachments", page.encode(), document, (title, "青教〔2024〕9号"))


PAGES = {
    page.name: page
    for page in (
        modern(),
        old_tables(),
        trs(),
        wechat(),
        word(),
        frame(),
        cells(),
        big5(),
        misdeclared(),
        short_notice(),
        attachments(),
    )
}
