"""Words of policy texts that requirements and clauses use for each other, or that say little."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FREE = _words(
    """
    应当 必须 务必 应该 需要 可以 不得 严禁 禁止 不准 不许 不可 鼓励 支持 提倡 倡导 要求 进行 以及
    或者 并且 其他 有关 相关 按照 根据 依据 通过 对于 关于 对此 等等 方面 工作 情况 我们 他们 自己
    一个 一名     进一步 切实 积极 大力 全面 不断 认真 充分 着力 坚持 逐步 力争 原则上 原则 基本
    至少 不少 少于 低于 超过 高于 不低 以上 以下 以内 不超 达到 左右 百分 分之
    每天 每日 每周 每月 每年 每学期 每学年 学期 学年 小时 分钟 年底 年底前
    """
)
"""Words that say how firmly, how much or until when: those are compared on their own."""

GRAMMAR = frozenset(
    "的了和与及或在由为对把被让给到向从以等各其并且也都还要须应可将均按所个名带校里省市县区本该此这那是有不"
)
"""Characters that, standing alone, are words of grammar."""

SAME_VERBS = tuple(
    map(
        _words,
        (
            "设 设立 建立 建设 设置 新建 建成 组建 成立 配建 建 开设",
            "配 配备 配置 配齐 确定 安排 选派 设",
            "开展 组织 举办 召开 举行 开 办 实施 开设",
            "实施 实行 推行 落实 执行 贯彻 推进 推动 深化",
            "完善 健全 优化 改进 规范",
            "提高 提升 增强 加强 强化 改善",
            "扩大 增加 新增 扩充 扩增 核增",
            "保障 保证 确保 落实 维护",
            "检查 督导 督查 监督 监管 巡查 排查",
        ),
    )
)
SAME_NOUNS = tuple(
    map(
        _words,
        (
            "学生 儿童 少年 儿童少年 孩子 中小学生 幼儿 未成年人",
            "教师 老师 教职工 教职员工 师资",
            "学校 中小学 中小学校 校",
            "初中 初级中学 七至九年级",
            "幼儿园 园所 园",
            "家长 父母 监护人",
            "补助 补贴 津贴",
            "机制 制度 体系 办法",
            "培训 研修 轮训",
            "公布 公开 公示 公告",
            "残疾 残障",
            "经费 资金 投入",
            "免除 免收 免",
            "建成率 建校率",
            "监管 监督管理 管理",
            "上报 报告 报送 报",
        ),
    )
)
"""Words that say the same in a requirement, or nearly; each row stands for each of its words."""

VERBS = frozenset().union(*SAME_VERBS)
"""Verbs that stand in every clause."""

SAYS_WHAT_TO_DO = VERBS | _words(
    """
    制定 出台 编制 印发 签订 聘请 聘用 聘任 培养 培育 选拔 评选 考核 评价 评估 公示 公开 公布 报告
    报送 减少 降低 压减 控制 化解 消除 解决 改造 改建 扩建 修缮 购置 购买 采购 发放 享受 参加
    加大 加快 承担 负责 牵头 配合
    接收 接受 招收 录取 招生 统筹 协调 整合 利用 使用 纳入 列入 作为 做好 抓好
    搞好 明确 严格 严禁 定期 及时 每年 每学期 每月 每周 每天 每日 达到 不得 按时 开齐 开足 拓展
    丰富 创新 巩固 坚持 维护 宣传 指导 引导 帮助 关爱 资助 补助 救助 防止 防范 预防 杜绝 遏制
    查处 整治 清理 取消 停止 打造 构建 形成 争取 确立 遵守 学习 免收 免除 收取 陪餐 达标 合格
    齐全 到位 覆盖 上岗 轮岗 备案 审核 审批 建档 签字 留样 消毒 巡逻 值班 排查
    """
)
"""Words that say what to do: where one stands, something is demanded."""


def _groups() -> dict[str, frozenset[str]]:
    groups: dict[str, frozenset[str]] = {}
    for words in (*SAME_VERBS, *SAME_NOUNS):
        for word in words:
            groups[word] = groups.get(word, frozenset()) | words
    return groups


SAME = _groups()
"""For a word those that may stand in its place."""
