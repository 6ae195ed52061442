"""The lines that people read of an answer in a model's words."""

from collections.abc import Iterator

from retrieval.lines import answer_lines
from retrieval.shapes import Json


def generated_answer_lines(shape: Json) -> Iterator[str]:
    """The answer of `ask`, then who wrote it and why sentences were marked or dropped."""
    yield from answer_lines(shape)
    generated = shape["generated"]
    if generated is None or generated["failure"]:
        return
    kept, dropped = generated["sentences"], generated["dropped"]
    doubtful = [said for said in kept if said["verdict"] != "verified"]
    counts = [f"{len(kept) - len(doubtful)} 句与所引原文相符"]
    counts += [f"{len(doubtful)} 句已标出"] if doubtful else []
    counts += [f"{len(dropped)} 句未采用"] if dropped else []
    yield f"! 以上由模型 {generated['model']} 生成，逐句核对：{'，'.join(counts)}"
    for said in (*doubtful, *dropped):
        yield f"  - {said['text']}（{'；'.join(said['reasons']) or '未能核对'}）"
