"""A question checked, and what of it is looked for: its tokens, and its matter."""

import re
from collections import Counter

from corpus.errors import YoujuError
from corpus.fold import fold_text
from index.segment import cut
from index.tokens import tokenize
from retrieval.synonyms import Synonyms, built_in

ADDED_WEIGHT = 0.3
"""How much a word of policy counts that was added for an everyday one; see docs/benchmarks.md."""
LONGEST = 1000
"""Characters; a longer text is a document, not a question."""

_QUESTION_WORDS = re.compile(
    r"什么时候|为什么|怎么样|怎么办|有没有|是不是|能不能|可不可以|请问|多少|哪些|哪个|哪里|哪儿|什么|怎么|"
    r"怎样|如何|是否|几[个名所天年岁次节条项元人门种类]|第几|多[久大长高远]|需要|可以|应该|应当|关于|对于|"
    r"以及|还有|目前|各地|分别|各自|现在|具体|我们|你们|他们"
)
_FUNCTION_WORDS = frozenset("吗呢吧啊么呀的了是有在和与及或对把被让给到要能会就都也还又再由谁哪")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")


class QueryError(YoujuError):
    """A question that cannot be asked."""


def checked(query: str) -> str:
    """Return the query without white space around it. Raises QueryError when empty or overlong."""
    query = query.strip()
    if not query:
        raise QueryError("the question is empty: ask something about the documents")
    if len(query) > LONGEST:
        raise QueryError(
            f"the question has {len(query)} characters, at most {LONGEST} are read: "
            "ask one thing at a time, or add the text as a document"
        )
    return query


def expanded(query: str, synonyms: Synonyms | None = None) -> str:
    """Return the query with the words of policy after it for each everyday word that it uses."""
    return " ".join([query, *(synonyms or built_in()).policy_words(query)])


def query_tokens(query: str, synonyms: Synonyms | None = None) -> dict[str, float]:
    """Return the tokens of a query with how often each counts.

    Words that were asked for count 1 each time; those of policy that were added count
    `ADDED_WEIGHT`, because they say what may be meant (docs/benchmarks.md).
    """
    weights: dict[str, float] = dict(Counter(tokenize(query)))
    for word in (synonyms or built_in()).policy_words(query):
        for token in tokenize(word):
            weights[token] = weights.get(token, 0.0) + ADDED_WEIGHT
    return weights


def content(query: str, synonyms: Synonyms | None = None) -> str:
    """Return what a question is about: folded, in the words of policy, without question words."""
    return matter(query, synonyms) or fold_text(query)


def matter(query: str, synonyms: Synonyms | None = None) -> str:
    """Return what `content` does, or "" where a question has nothing but question words."""
    folded = (synonyms or built_in()).said_in_policy(fold_text(query))
    left = _CHINESE.sub(_without_function_words, _QUESTION_WORDS.sub(" ", folded))
    return " ".join(left.split())


def _without_function_words(run: re.Match[str]) -> str:
    return "".join(" " if word in _FUNCTION_WORDS else word for word in cut(run[0]))
