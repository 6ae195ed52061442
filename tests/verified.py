"""Documents of places that are not, and citations of them, for the tests of what verifies."""

from dataclasses import dataclass

from corpus import Clause, Document, Span, parse

PLAN = """青禾县学前教育提升行动计划（2024—2027年）
青政发〔2024〕18号

各乡镇人民政府：
　　现将行动计划印发给你们。
一、主要目标
（一）扩大普惠资源。到2025年底，全县普惠性幼儿园覆盖率达到85%以上；到2027年，达到92%以上，新增公办学位1200个。
（二）稳定教师队伍。幼儿园教师每学期参加培训不少于2次，每年遴选30名骨干教师，给予每人每年3000元补助。
（三）落实经费。公办园生均公用经费标准为每生每年650元，民办园为每生每年500元。
（四）控制班额。小班不超过25人，中班不超过30人，大班不超过35人。
二、重点任务
（一）加强部门协同。本行动由县教育局牵头，县财政局、县住房城乡建设局配合。2025年6月30日前完成摸底。
（二）提高入园率。学前三年毛入园率每年提高2个百分点，适龄残疾儿童入园率比上年提高5%。

（三）保证睡眠。小学生每天睡眠时间达到10小时，初中生达到9小时，高中生达到8小时。

青禾县人民政府
2024年3月15日
"""
RULES = """白沙市学校食堂管理办法
白教规〔2023〕6号
第一条　为了规范学校食堂，根据《中华人民共和国食品安全法》，制定本办法。
第二条　学校应当建立陪餐制度，校长每周陪餐不少于3次，陪餐记录保存期限不少于6个月。
教师可以自愿参加陪餐。
第三条　学校不得向学生收取食堂管理费，不得强制学生在校就餐。
第四条　鼓励学校引入社会力量参与食堂监督。
第五条　食堂从业人员有下列情形之一的，不得上岗：
（一）未取得健康证明的；
（二）患有传染病的。
第六条　食堂应当每日公示菜谱。食品留样应当保存48小时以上，每个品种留样不少于125克。
第七条　违反本办法第三条规定的，由市教育局责令改正，处一千元以上五千元以下罚款。
第八条　小学每天安排一小时、初中每天安排两小时课后服务。城镇学校由街道协助，农村学校由乡镇协助。
第九条　家庭经济困难学生免收伙食费。师生比不低于1:50，寄宿生达到一半以上的学校配备营养师。
第十条　本办法自2023年9月1日起施行，有效期五年。
白沙市教育局
2023年7月20日
"""
TRADITIONAL = """關於做好課後服務的通知
各學校：
　　課後服務每週５天，每天不少於２小時，經費每生每學期不超過３００元。
柳湖縣教育局
２０２２年９月１日
"""


@dataclass(frozen=True)
class Quoted:
    """A citation as the verifier asks for it."""

    n: int
    document: Document
    clause: Clause
    span: Span

    @property
    def address(self) -> str:
        return self.clause.address

    @property
    def quote(self) -> str:
        return self.document.quote(self.span)


DOCUMENTS = {
    "plan": parse("d1", "plan.txt", PLAN),
    "rules": parse("d2", "rules.txt", RULES),
    "trad": parse("d3", "trad.txt", TRADITIONAL),
}


def cited(n: int, name: str, begin: str, end: str = "") -> Quoted:
    """Cite from `begin` to the end of `end` of a document, or of the clause without one."""
    document = DOCUMENTS[name]
    start = document.text.index(begin)
    clause = next(c for c in document.clauses if c.start <= start < c.end)
    stop = (
        document.text.index(end, start) + len(end)
        if end
        else len(document.text[: clause.end].rstrip())
    )
    return Quoted(n, document, clause, Span(start, stop))


CITED = {
    "goals": cited(1, "plan", "（一）扩大普惠资源"),
    "teachers": cited(1, "plan", "（二）稳定教师队伍"),
    "funds": cited(1, "plan", "（三）落实经费"),
    "size": cited(1, "plan", "（四）控制班额"),
    "lead": cited(1, "plan", "（一）加强部门协同"),
    "rates": cited(1, "plan", "（二）提高入园率"),
    "sleep": cited(1, "plan", "（三）保证睡眠"),
    "why": cited(1, "rules", "第一条"),
    "meals": cited(1, "rules", "第二条"),
    "fees": cited(1, "rules", "第三条"),
    "watch": cited(1, "rules", "第四条"),
    "staff": cited(1, "rules", "第五条"),
    "samples": cited(1, "rules", "第六条"),
    "fines": cited(1, "rules", "第七条"),
    "care": cited(1, "rules", "第八条"),
    "poor": cited(1, "rules", "第九条"),
    "force": cited(1, "rules", "第十条"),
    "trad": cited(1, "trad", "課後服務每週"),
}
"""Citations by a short name, each numbered 1."""
