"""Questions that want several documents (各地, 哪些文件), and results spread over documents."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")

_PLACES = (
    r"(?:文件|地方|地区|省市|省份|省|市|县市|县区|县|区|学校|办法|法规|法律(?!责任|后果|关系)|"
    r"条例|通知)"
)
_EACH = r"各(?:地区?|省份?|市州?|县(?:\([市区,]{1,4}\))?|区县?|县市区?|校)"
_DIFFERENCE = r"(?:有(?:哪些|什么|何|没有)(?:不同|区别|差别|差异|异同)|(?:不同|区别|差异)在哪)"
_SEVERAL = re.compile(
    rf"哪(?:些|几个|几份|几部|几种)(?:政策)?{_PLACES}(?!方面|域)"
    # 要求各地做好 and 对各地的要求 are about one document.
    rf"|(?<![对求织导向给和同与及由在])(?<!组织|指导|督促){_EACH}"
    r"(?=的|对|都|均|是|分别|如何|怎么|怎样|有|关于|规定|标准|目标|做法|之间|各自|政策)"
    rf"|{_EACH}.{{0,24}}分别"
    # 赠与和遗赠有什么区别 compares two matters, not two documents.
    rf"|(?:[各两]地|[县市省区]|文件|办法|规定|标准|政策|做法)的?.{{0,8}}{_DIFFERENCE}"
)
_SEPARATELY = re.compile(rf"分别|各自|各是|各有|{_DIFFERENCE}")


def wants_several(folded: str, origins: int) -> bool:
    """Whether a folded question wants to hear from several documents.

    `origins` is how many documents, places and organs it names: 分别 says so only where there are
    two of them (甲县和乙县分别……); 两条线分别是什么 is about one document.
    """
    return bool(_SEVERAL.search(folded) or (origins >= 2 and _SEPARATELY.search(folded)))


def spread(found: Iterable[T], document: Callable[[T], str]) -> list[T]:
    """Return what was found round by round: the best of each document, then the second best.

    Within a round, and within a document, the order stays.
    """
    rounds: Counter[str] = Counter()
    placed = []
    for item in found:
        rounds[document(item)] += 1
        placed.append((rounds[document(item)], item))
    return [item for _, item in sorted(placed, key=lambda pair: pair[0])]
