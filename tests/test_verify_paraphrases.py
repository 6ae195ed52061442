"""Sentences as a language model writes them, about a plan of the sample library."""

from pathlib import Path

import pytest

from corpus import Span, read_file
from corpus.samples import SAMPLES
from retrieval.verify import Verdict, verify
from tests.verified import Quoted

PLAN = read_file(next(Path(SAMPLES).glob("04-*")))

# The address that is cited, the sentence, and the verdict that it deserves.
TABLE: list[tuple[str, str, Verdict]] = [
    ("一、（一）", "柘岭县提出，到2027年九年义务教育巩固率要达到97.8%[1]。", "verified"),
    (
        "一、（一）",
        "到2027年，公办园在园幼儿占比要达到72%，普惠性幼儿园覆盖率要达到90%[1]。",
        "verified",
    ),
    (
        "一、（一）",
        "到2027年，公办园在园幼儿占比要达到90%，普惠性幼儿园覆盖率要达到72%[1]。",
        "altered",
    ),
    ("一、（一）", "随迁子女在公办学校就读的比例要达到百分之百[1]。", "verified"),
    ("一、（二）", "国家督导评估认定要在2027年9月底前完成[1]。", "verified"),
    ("一、（二）", "2026年完成校舍和设备缺口清零[1]。", "altered"),
    ("二、（一）1.", "三年内新建、改扩建9所公办幼儿园，新增900个公办学位[1]。", "verified"),
    ("二、（一）1.", "公办园保教费每生每月最高320元[1]。", "verified"),
    ("二、（一）1.", "公办园生均公用经费每月650元[1]。", "altered"),
    (
        "二、（一）2.",
        "县第二实验小学东校区和县第四初级中学将于2026年8月底前建成投入使用[1]。",
        "verified",
    ),
    ("二、（一）2.", "县第四初级中学2027年8月底前建成[1]。", "altered"),
    (
        "二、（一）3.",
        "从2025年秋季学期开始，小学班额不得超过45人，初中不得超过50人[1]。",
        "verified",
    ),
    ("二、（一）3.", "县城学校可以接收择校生[1]。", "altered"),
    ("二、（一）3.", "小学每班不超过50人，初中每班不超过45人[1]。", "altered"),
    ("二、（一）4.", "寄宿生人均宿舍面积至少3平方米，每45名寄宿生配1名生活老师[1]。", "verified"),
    ("二、（一）4.", "每50名寄宿生配备1名生活教师[1]。", "altered"),
    (
        "二、（一）5.",
        "家庭经济困难的寄宿生，小学每生每年补助1500元，初中每生每年补助1800元[1]。",
        "verified",
    ),
    ("二、（一）5.", "初中困难寄宿生每年补助1500元[1]。", "altered"),
    ("二、（一）5.", "补助在每学期开学后45天内发放到学生资助卡[1]。", "verified"),
    (
        "二、（二）1.",
        "只要父母一方有居住证，随迁子女就可以申请就读公办学校，与办证时间长短无关[1]。",
        "verified",
    ),
    ("二、（二）1.", "县教育局会在10个工作日内安排好学位[1]。", "verified"),
    ("二、（二）1.", "县教育局在10天内安排学位[1]。", "altered"),
    ("二、（二）2.", "报名时间为6月15日至22日，通过“岚教通”平台报名[1]。", "verified"),
    ("二、（二）2.", "报名时间为6月15日至25日[1]。", "unsupported"),
    ("二、（二）2.", "不会用手机的家长可以到村（社区）请工作人员代办[1]。", "verified"),
    ("二、（三）1.", "学生每天的综合体育活动时间要保证2小时以上[1]。", "verified"),
    ("二、（三）1.", "义务教育学校每天开1节体育课[1]。", "verified"),
    ("二、（三）1.", "义务教育学校每周开设1节体育课[1]。", "altered"),
    ("二、（三）2.", "近视率每年下降0.7%[1]。", "altered"),
    ("二、（三）4.", "小学一、二年级没有书面家庭作业[1]。", "verified"),
    ("二、（三）4.", "小学一、二年级可以布置书面家庭作业[1]。", "altered"),
    ("二、（三）4.", "小学其他年级每天作业不超过50分钟，初中不超过80分钟[1]。", "verified"),
    ("二、（三）4.", "初中作业每天不超过50分钟[1]。", "altered"),
    ("二、（三）5.", "课后服务每学期收费400元，低保家庭、孤儿、残疾学生免费[1]。", "verified"),
    ("二、（三）6.", "营养膳食补助标准为每生每天7元，其中县财政增加1元[1]。", "verified"),
    ("二、（四）2.", "三类学校的乡村教师每月补助1300元[1]。", "verified"),
    ("二、（四）2.", "一类学校每人每月1300元[1]。", "altered"),
    ("二、（四）3.", "班主任津贴为每月750元，寄宿制学校班主任为850元[1]。", "verified"),
    ("二、（四）4.", "每年交流的教师不少于符合条件教师的13%[1]。", "verified"),
    ("二、（四）4.", "骨干教师不低于交流人数的13%[1]。", "altered"),
    ("二、（四）5.", "三年公开招聘180名教师，包括60名体育、音乐、美术教师[1]。", "verified"),
    ("二、（四）5.", "每年招聘教师180名[1]。", "altered"),
    ("二、（四）6.", "周转宿舍月租金最多100元[1]。", "verified"),
    ("二、（五）1.", "专职保安员年龄不得超过55周岁，每年培训24学时以上[1]。", "verified"),
    ("二、（五）2.", "没有校车的教学点每生每学期发放350元交通补助[1]。", "verified"),
    ("二、（五）4.", "食堂收支每月公布一次，结余不能用来发教职工补贴[1]。", "verified"),
    ("二、（五）4.", "伙食费结余可以用于发放教职工补贴[1]。", "altered"),
    ("三、（二）", "三年安排县级资金1.68亿元，65%以上用于乡村学校[1]。", "verified"),
    ("三、（二）", "三年安排县级资金16800万元[1]。", "verified"),
    ("三、（二）", "三年安排县级资金1.68万元[1]。", "altered"),
    ("三、（一）", "联系电话是0600-5551718[1]。", "verified"),
    ("三、（一）", "联系电话是0600-5551719[1]。", "altered"),
    ("三、（三）", "连续两个季度排名末位的，县长会约谈主要负责人[1]。", "verified"),
    ("三、（三）", "连续三个季度排名末位的，由县长约谈主要负责人[1]。", "altered"),
    ("三、（三）", "方案的有效期到2035年12月31日[1]。", "verified"),
    ("三、（三）", "方案的有效期到2030年12月31日[1]。", "altered"),
]


@pytest.mark.parametrize(("address", "sentence", "expected"), TABLE)
def test_what_a_model_says_of_a_plan(address: str, sentence: str, expected: Verdict) -> None:
    clause = next(clause for clause in PLAN.clauses if clause.address == address)
    end = len(PLAN.text[: clause.end].rstrip())
    quoted = Quoted(1, PLAN, clause, Span(clause.start, end))
    (checked,) = verify(sentence, [quoted])
    assert checked.verdict == expected, [reason.text for reason in checked.reasons]
