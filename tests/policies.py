"""Generated policy texts whose structure is known: what the tests of the parser compare with."""

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import strategies as st

from corpus.numerals import chinese_numeral

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
# How a number of each style may be written, and how it is cited.
WRITTEN: dict[str, tuple[str, ...]] = {
    "一、": ("{c}、", "{c} 、", "{c}．"),
    "（一）": ("（{c}）", "({c})", "（ {c} ）", "（{c}）、"),
    "1.": ("{n}.", "{n}．", "{n}、", "{w}．", "{n} ."),
    "（1）": ("（{n}）", "({n})", "（{w}）", "{n}）"),
    "①": ("{o}",),
}
CITED = {"一、": "{c}、", "（一）": "（{c}）", "1.": "{n}.", "（1）": "（{n}）", "①": "{o}"}
STYLES = tuple(CITED)
GRAMMARS = (*(STYLES[:n] for n in range(1, 6)), ("一、", "1.", "（1）"), ("1.", "（1）"))
# How decimals may be written behind the heading above them: 3.2, ３．２, 3.2、
DECIMALS = ("{} ", "{}　", "{}、", "{}")

TOPICS = ("普惠性学前教育资源", "课后服务", "乡村学校建设", "教师培训", "校园安全", "经费保障")
VERBS = ("推进", "健全", "扩大", "优化", "落实")
HEADINGS = st.builds("{}{}".format, st.sampled_from(VERBS), st.sampled_from(TOPICS))
# Paragraphs that go on with an item; most begin as if a number opened them.
PARAGRAPHS = st.sampled_from(
    [
        "各学校应当制定年度计划，并向社会公布。",
        "到2027年，每个街道至少建成1所公办幼儿园，覆盖率达到90%以上。",
        "2026年，改造校舍3万平方米。",
        "2.5公里以内的学生不安排寄宿。",
        "3.6万名学生受益，8.2%的班级完成小班化改造。",
        "12岁以下儿童不得骑行自行车上学。",
        "3—6岁儿童按学区登记。",
        "(2026年底前完成)",
        "（含民办学校）",
        "第三条规定的情形，由学校报主管部门处理。",
        "第二条第一款所称学校，包括其分校。",
        "第十五条的补助，按学期发放。",
        "第一条至第三条所列经费单独核算。",
        "第二条、第三条另有规定的除外。",
        "第二章规定的程序适用于民办学校。",
        "（二）项规定的材料应当齐全。",
        "（一）、（二）项的费用由财政承担。",
        "（一）至（三）项所列学校优先安排。",
        "一是加强统筹；二是压实责任。",
        "三、四年级每周安排一次劳动课。",
        "一、二、三等奖的名额由各校自定。",
        "二、三季度各督导一次。",
        "1、2号楼的加固在暑假完成。",
        "一次性补助不超过20万元。",
        "牵头单位：区教育局；责任单位：区财政局",
        "（责任单位：区教育局、各街道）",
        "《青石区学校管理办法》（青政发〔2023〕15号）继续执行。",
        "附件1所列学校应当在9月底前完成改造。",
    ]
)
BODY = st.lists(PARAGRAPHS, max_size=3)

# Numbered clauses as (kind, address, first line).
Numbered = list[tuple[str, str, str]]


@dataclass
class Node:
    """A numbered heading or item: `lines` follow its own line, then its `children`."""

    heading: str
    lines: list[str] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)


@dataclass
class Policy:
    """Lines of a text, and the numbered clauses that they hold."""

    lines: list[str] = field(default_factory=list)
    expected: Numbered = field(default_factory=list)


def written(form: str, number: int) -> str:
    return form.format(
        c=chinese_numeral(number),
        n=number,
        w="".join(chr(0xFF10 + int(digit)) for digit in str(number)),
        o=CIRCLED[(number - 1) % len(CIRCLED)],
    )


def nodes(depth: int) -> st.SearchStrategy[Node]:
    """Trees of headings over items, at most `depth` levels below this one."""
    if depth == 0:
        return st.builds(Node, HEADINGS, BODY)
    children = st.lists(nodes(depth - 1), max_size=3)
    return st.builds(Node, HEADINGS, BODY, children)


@st.composite
def bodies(draw: st.DrawFn, annex: str = "") -> Policy:
    """Numbered text in the grammar of 一、（一）1.（1）①, inside `annex` if that is given."""
    levels = draw(st.sampled_from(GRAMMARS))
    widest = 14 if len(levels) == 1 else 4
    tree = draw(st.lists(nodes(len(levels) - 1), min_size=1, max_size=widest))
    writer = _Writer(
        levels=levels,
        forms=[draw(st.sampled_from(WRITTEN[style])) for style in levels],
        running=draw(st.booleans()),
        indent=draw(st.sampled_from(["", "　　", "    ", "\t"])),
    )
    for number, node in enumerate(tree, start=1):
        writer.add(node, 0, number, f"{annex} " if annex else "")
    return writer.policy


@st.composite
def decimals(draw: st.DrawFn) -> Policy:
    """Numbered text in the grammar of 1, 1.1, 1.1.1: below bare numbers, 1., 一、 or 第一章."""
    first = draw(st.sampled_from(("{n} ", "{n}　", "{n}. ", "{c}、", "第{c}章　")))
    form = draw(st.sampled_from(DECIMALS))
    policy = Policy()
    for chapter in range(1, draw(st.integers(1, 3)) + 1):
        label = written(first, chapter)
        policy.lines.append(own := f"{label}{draw(HEADINGS)}")
        policy.expected.append(("heading", label.strip(" 　"), own))
        for section in range(1, draw(st.integers(1, 3)) + 1):
            deeper = draw(st.integers(0, 2))
            paths = [(chapter, section), *((chapter, section, n) for n in range(1, deeper + 1))]
            for position, path in enumerate(paths):
                kind = "heading" if position == 0 and deeper else "item"
                address = ".".join(str(n) for n in path)
                own = form.format(address) + draw(HEADINGS)
                policy.lines += [own, *([] if kind == "heading" else draw(BODY))]
                policy.expected.append((kind, address, own))
    return policy


@dataclass
class Broken:
    """A plan with one flaw: its lines, its addresses, and the note that tells of the flaw."""

    lines: list[str]
    expected: list[str]
    kind: str
    about: str


@st.composite
def broken(draw: st.DrawFn) -> Broken:
    """Headings of one style over text, one of them broken as real documents break them."""
    style = draw(st.sampled_from(("一、", "（一）", "1.")))
    headings = draw(st.lists(HEADINGS, min_size=3, max_size=6, unique=True))
    at = draw(st.integers(1, len(headings) - 2))
    labels = [written(CITED[style], n) for n in range(1, len(headings) + 1)]
    flawed = draw(st.sampled_from(sorted(FLAWS)))
    lines: list[str] = []
    for position, (label, heading) in enumerate(zip(labels, headings, strict=True)):
        own = FLAWS[flawed](label, heading) if position == at else f"{label}{heading}"
        if flawed == "inline" and position == at:
            lines[-1] += own
        else:
            lines += own.split("\n")
        lines.append("各街道应当认真执行。")
    if flawed == "gap":
        start = next(n for n, line in enumerate(lines) if line == headings[at])
        del lines[start : start + 2], labels[at]
        return Broken(lines, labels, "gap", labels[at] + headings[at + 1])
    about = headings[at] if flawed == "mended" else FLAWS[flawed](labels[at], headings[at])
    return Broken(lines, labels, flawed, about)


FLAWS: dict[str, Callable[[str, str], str]] = {
    "mended": lambda _, heading: heading,
    "gap": lambda _, heading: heading,
    "alone": "{}\n{}".format,
    "split": lambda label, heading: f"{label[:-1]}\n{label[-1]}{heading}",
    "inline": "{}{}".format,
}
"""By the kind of note: how a number and its heading are written."""


@dataclass
class _Writer:
    """Writes a tree, each level in its form; `running` numbers 1. on across the headings."""

    levels: tuple[str, ...]
    forms: list[str]
    running: bool
    indent: str
    count: int = 0
    policy: Policy = field(default_factory=Policy)

    def add(self, node: Node, level: int, number: int, above: str) -> None:
        style = self.levels[level]
        if self.running and style == "1.":
            self.count += 1
            number = self.count
        address = above + written(CITED[style], number)
        own = f"{written(self.forms[level], number)}{node.heading}"
        # An item says something behind its heading; a heading stands alone on its line.
        own += "" if node.children else "。各街道应当认真执行。"
        self.policy.lines += [self.indent + line for line in (own, *node.lines)]
        self.policy.expected.append(("heading" if node.children else "item", address, own))
        for position, child in enumerate(node.children, start=1):
            self.add(child, level + 1, position, address)


@st.composite
def regulations(draw: st.DrawFn) -> Policy:
    """Numbered text of 条, in 章 and 节 or without, its 条 numbered through."""
    chapters = draw(st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=3), max_size=4))
    writer = _Articles(
        draw(st.sampled_from(["　", " ", "  "])),
        draw(st.sampled_from(["第{c}条", "第{n}条", "第 {n} 条", "第{w}条"])),
        draw(st.sets(st.integers(1, 12), max_size=3)),
    )
    for position, sections in enumerate(chapters, start=1):
        chapter = f"第{chinese_numeral(position)}章"
        writer.add("heading", chapter, "", draw(HEADINGS), [])
        for section, articles in enumerate(sections, start=1):
            if len(sections) > 1:
                own = f"第{chinese_numeral(section)}节"
                writer.add("heading", own, chapter, draw(HEADINGS), [])
            for _ in range(articles):
                writer.article(draw(BODY))
    for _ in range(0 if chapters else draw(st.integers(1, 30))):
        writer.article(draw(BODY))
    return writer.policy


@dataclass
class _Articles:
    """Writes 条 in one form; behind those of `inserted` stand 之一 and 之二."""

    space: str
    form: str
    inserted: set[int]
    count: int = 0
    policy: Policy = field(default_factory=Policy)

    def article(self, body: list[str]) -> None:
        self.count += 1
        for sub in ("", "之一", "之二") if self.count in self.inserted else ("",):
            label = f"第{chinese_numeral(self.count)}条{sub}"
            own = written(self.form, self.count) + sub
            self.add("article", label, "", "学校应当按照规定办理。", body, own)

    def add(
        self, kind: str, label: str, above: str, text: str, body: list[str], form: str = ""
    ) -> None:
        self.policy.lines += [own := f"{form or label}{self.space}{text}", *body]
        self.policy.expected.append((kind, above + label, own))


@dataclass
class Notice:
    """A whole document: its text, its numbered clauses, and what it says of itself."""

    text: str
    expected: Numbered
    title: str
    issuer: str
    number: str
    date: str


@st.composite
def notices(draw: st.DrawFn) -> Notice:
    """A notice that carries a plan and annexes, as a file or as a web page has it."""
    place = draw(st.sampled_from(["青石区", "白鹭县", "云岭市"]))
    issuer = place + draw(st.sampled_from(["人民政府办公室", "教育局"]))
    year, month, day = (
        draw(st.integers(2015, 2026)),
        draw(st.integers(1, 12)),
        draw(st.integers(1, 28)),
    )
    plan = f"{place}学前教育提质实施方案"
    title = f"{issuer}关于印发《{plan}》的通知"
    number = f"青政办发〔{year}〕{day}号"
    signature = [f"　　　　{issuer}", f"　　　　{year}年{month}月{day}日"]
    annexes = [draw(bodies(f"附件{n}")) for n in range(1, draw(st.integers(1, 3)))]
    listed = [f"附件：{'　　　'.join(f'{n}.分工表之{n}' for n in range(1, len(annexes) + 1))}"]
    body = draw(bodies())
    text = draw(st.sampled_from([[], ["当前位置：首页 > 政策文件", "打印本页"]]))
    text = [
        *text,
        title,
        number,
        "各街道办事处、区直各部门：",
        "　　现将方案印发给你们，请认真执行。",
    ]
    text += [*(listed if annexes else []), *signature]
    text += ["", plan, "　　为做好有关工作，结合实际，制定本方案。", *body.lines]
    for position, annex in enumerate(annexes, start=1):
        text += [f"附件{position}", f"{place}任务分工表之{position}", *annex.lines]
    text += draw(st.sampled_from([[], ["", "", "责任编辑：王某", "", "", "网站地图"]]))
    blank = draw(st.sampled_from(["\n", "\n\n", "\n\n\n"]))
    expected = [*body.expected, *(entry for annex in annexes for entry in annex.expected)]
    date = f"{year:04d}-{month:02d}-{day:02d}"
    return Notice(blank.join(text) + "\n", expected, title, issuer, number, date)
