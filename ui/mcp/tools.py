"""The five tools. What each is for is said to the model in Chinese and in English."""

import inspect
from collections.abc import Awaitable, Callable
from itertools import islice
from typing import Annotated, Any

import anyio
import anyio.to_thread
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from corpus import YoujuError
from corpus.document import Document
from retrieval import Filters, Mode, Searcher, answer
from retrieval.compare import find_document
from retrieval.drafts import check_draft
from retrieval.drafts.holdings import Holdings, places_at
from ui.api import given
from ui.api.outward import explained
from ui.asked import asked
from ui.mcp import results, shown

AT_ONCE = 2
"""Calls that run at once, as many as the rest of the public interface has."""
MOST_DOCUMENTS = 10
"""Documents of one name that are told of."""
MOST_CLAUSES = 40
LONGEST_ADDRESS = 100

Named = Annotated[
    str,
    Field(description="文件的标题、文号或 id / title, number (文号) or id of a document"),
]


class Tools:
    """Looks things up in one library for a language model. Nothing in it writes."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def search(
        self,
        query: Annotated[str, Field(description="要找的内容 / what to look for, in Chinese")],
        top: Annotated[int, Field(description="最多返回几条，1 到 100", ge=1, le=100)] = 10,
        mode: Annotated[
            Mode, Field(description="hybrid：字词和语义；bm25：只看字词；dense：只看语义")
        ] = "hybrid",
        superseded: Annotated[
            bool, Field(description="也找已废止、已被替代的 / also what no longer holds")
        ] = False,
    ) -> results.Found:
        """在政策文件中查找与一段话最相关的条款，返回原文和规范引用格式。

        Find the clauses of the policy documents that fit a query best, with their text as written
        and their formal citation. Documents that no longer hold are left out unless asked for.
        """
        wanted, how = given.top(top), given.mode(mode)
        within = Filters(superseded=superseded)
        return shown.found(self._searcher.search(query, wanted, how, within))

    def ask(
        self,
        question: Annotated[str, Field(description="一个问题 / one question, in Chinese")],
    ) -> results.Answered:
        """用政策文件的原句回答问题，每句附出处；文件没有说的，如实回答 not_found。

        Answer a question with sentences of the documents, each with its citation. Where the
        documents do not say, the status is not_found: do not answer from elsewhere then.
        """
        return shown.answered(asked(question, lambda: answer(self._searcher, question)))

    def get_clause(
        self,
        document: Named,
        address: Annotated[
            str,
            Field(description="条款编号：第十二条、第十二条第二款、三、（二）5. / its number"),
        ],
    ) -> results.Clauses:
        """取出某份文件某一条款的原文和规范引用格式。

        Return the text of a clause of a document as written, with its formal citation. Of several
        versions of a document, each gives its clause, what holds first.
        """
        given.text("address", address, LONGEST_ADDRESS)
        holdings = Holdings(self._searcher)
        named = self._called(holdings, document)
        found = [
            shown.clause(clause, one, holdings.standing(one), span)
            for one in named
            for clause, span in places_at(one, address.strip())
        ]
        if not found:
            raise given.ApiError(f"《{named[0].label}》没有{address}。{_numbering(named[0])}")
        return results.Clauses(found[:MOST_CLAUSES], max(0, len(found) - MOST_CLAUSES))

    def validate_citation(
        self,
        text: Annotated[
            str, Field(description="要核对的文字，可以是整篇文稿 / a sentence or a whole draft")
        ],
    ) -> results.Validated:
        """核对一段文字里引用的每个文件、条款和引文：一致、有出入、未找到，还是已失效。没有引原文的只核对数字。

        Check every document, clause (《…》第X条) and quotation that a text cites against the
        library: verified, altered, missing, or replaced by a newer document. Where `compared` is
        false, what is named is there, but what the text says of it was not compared.
        """
        return shown.validated(text, check_draft(self._searcher, text))

    def check_currency(self, document: Named) -> results.Currencies:
        """查一份文件是否现行有效；如已废止或被替代，说明由哪份文件替代。

        Tell whether a document is in force today and, where it no longer is, what replaced it.
        in_force is null where the library does not tell: say so, and do not guess.
        """
        holdings = Holdings(self._searcher)
        named = self._called(holdings, document)
        return results.Currencies(
            holdings.view.day.isoformat(),
            [shown.currency(holdings.standing(one)) for one in named],
        )

    def _called(self, holdings: Holdings, name: str) -> list[Document]:
        """The documents of an id, a title or a 文号, else the one that `find_document` finds.

        Raises CompareError where there is none, or where a part of a title fits several.
        """
        name = given.text("document", name, given.LONGEST_NAME).strip()
        if not name:
            raise given.ApiError("document is empty, expected a title, a 文号 or an id")
        known = holdings.view.document(name)
        if known is not None:
            return [known]
        named = holdings.titled(name) or holdings.numbered(name)
        named = named or [find_document(self._searcher.library, name)]
        return list(islice(named, MOST_DOCUMENTS))


def _numbering(document: Document) -> str:
    """From where to where a document is numbered."""
    numbered = [c.address for c in document.clauses if c.kind in ("article", "item") and c.address]
    return f"它的条款从{numbered[0]}到{numbered[-1]}。" if numbered else "它没有编号的条款。"


def in_a_thread(
    name: str, searcher_of: Callable[[Any], Searcher], limiter: anyio.CapacityLimiter
) -> Callable[..., Awaitable[Any]]:
    """Return a tool that waits its turn without holding a thread, and tells errors in a line.

    It takes the context of the call before its own parameters, which the client never sees.
    """
    tool = getattr(Tools, name)

    async def called(context: Context[Any, Any], **given: Any) -> Any:
        def run() -> Any:
            return tool(Tools(searcher_of(context.request_context.request)), **given)

        try:
            return await anyio.to_thread.run_sync(run, limiter=limiter)
        except YoujuError as error:
            raise ToolError(explained(error)) from error

    _, *taken = inspect.signature(tool).parameters.values()
    before = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=Context)
    own = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in taken]
    returned = inspect.signature(tool).return_annotation
    called.__signature__ = inspect.Signature([before, *own], return_annotation=returned)  # type: ignore[attr-defined]
    called.__annotations__ = {one.name: one.annotation for one in (before, *own)}
    called.__annotations__["return"] = returned
    called.__name__, called.__doc__ = name, tool.__doc__
    return called
