"""What an encoder is trained on, how it is trained, and what is said of material that is no use."""

import importlib.util
import json
import math
import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.sets import QuestionSet, Record
from eval.sets.beir import beir_set
from index.encoders import Vectors
from index.encoders.names import MAX_TOKENS, PROMPTS
from tests.fakes import CANTEEN, KeywordEncoder, write_files
from training import asked, average, clauses, encoder, negatives, questions
from training.examples import Example, read_examples, write_examples
from training.places import bigrams, places
from training.rows import TrainingError, read_rows
from training.settings import Settings

MODELS = importlib.util.find_spec("sentence_transformers") is not None
models = pytest.mark.skipif(not MODELS, reason="the extra `models` is not installed")

texts = st.lists(st.text(), max_size=3)
any_example = st.builds(
    Example, st.text(min_size=1), st.lists(st.text(), min_size=1, max_size=3), texts, st.text()
)


# --- examples and rows ----------------------------------------------------------------------


@settings(max_examples=50)
@given(st.lists(any_example, max_size=4))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, made: list[Example]
) -> None:
    path = tmp_path_factory.mktemp("examples") / "made.jsonl"
    assert write_examples(path, made) == len(made)
    assert list(read_examples(path)) == made


def test_a_text_may_hold_a_line_separator(tmp_path: Path) -> None:
    made = [Example("甲\u2028乙", ["丙\x85丁"])]
    write_examples(tmp_path / "made.jsonl", made)
    assert list(read_examples(tmp_path / "made.jsonl")) == made


WRONG = {
    "not json": r"made\.jsonl:3: not JSON",
    "[" * 100_000: r"made\.jsonl:3: not JSON",
    '"a text"': r"made\.jsonl:3: expected an object, found \"a text\"",
    '{"positives": ["甲"]}': r"made\.jsonl:3: expected text under 'query', found none",
    '{"query": 5, "positives": ["甲"]}': r":3: expected text under 'query', found 5",
    '{"query": "甲", "positives": "乙"}': r":3: expected a list of texts under 'positives'",
    '{"query": "甲", "positives": []}': r":3: expected at least one text under 'positives'",
    '{"query": "甲", "positives": ["乙"], "negatives": [1]}': r":3: expected a list of texts",
    '{"query": "甲", "positives": ["乙"], "source": 1}': r":3: expected text under 'source'",
    '{"query": "甲", "positives": ["乙"], "gold": []}': r":3: not an example, .* 'gold'",
}


@pytest.mark.parametrize("line", WRONG, ids=range(len(WRONG)))
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "made.jsonl"
    path.write_text('{"query": "甲", "positives": ["乙"]}\n\n' + line + "\n", "utf-8")
    with pytest.raises(TrainingError, match=WRONG[line]):
        list(read_examples(path))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "made.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(TrainingError, match=r"made\.jsonl is not UTF-8 text"):
        list(read_rows(tmp_path / "made.jsonl"))


# --- hard negatives -------------------------------------------------------------------------


def unit(draw: np.random.Generator, number: int) -> Vectors:
    rows = draw.standard_normal((number, 8)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def text_of(number: int) -> str:
    """Eight characters that no other text of the pool shares."""
    return "".join(chr(0x4E00 + 8 * number + place) for place in range(8))


def naive(query: Vectors, passages: Vectors, pool: list[str], gold: set[int]) -> list[str]:
    """Ranks 5 to 60, without the gold and what shares 0.6 of the shorter one's bigrams with it."""
    cosines = passages @ query
    ranked = sorted(range(len(pool)), key=lambda place: (-cosines[place], place))
    return [
        pool[place]
        for place in ranked[4:60]
        if place not in gold and not any(shared(pool[place], pool[right]) >= 0.6 for right in gold)
    ]


def shared(one: str, other: str) -> float:
    mine, theirs = bigrams(one), bigrams(other)
    return len(mine & theirs) / min(len(mine), len(theirs))


@pytest.mark.parametrize("pool", [1, 4, 5, 6, 59, 60, 61, 200])
def test_negatives_are_those_of_the_definition(pool: int) -> None:
    draw = np.random.default_rng(pool)
    number = 70 if pool == 4 else 6  # 64 queries are compared at once
    passages, queries = unit(draw, pool), unit(draw, number)
    held = [text_of(place) for place in range(pool)]
    gold = [set(map(int, draw.integers(0, pool, size=1 + row % 2))) for row in range(number)]
    if pool > 4:  # a near copy of the first answer, which would be at rank 5
        first = min(gold[0])
        copy = int(np.argsort(-(passages @ queries[0]), kind="stable")[4])
        held[copy] = held[first][:7] + held[copy][7:]
    mined = negatives.mine(queries, passages, held, gold)
    expected = [
        naive(query, passages, held, right) for query, right in zip(queries, gold, strict=True)
    ]
    assert mined == expected
    assert pool > 4 or not any(mined)


def test_the_gold_and_its_near_copies_are_no_negatives() -> None:
    passages = np.ones((10, 1), np.float32)
    pool = [text_of(number) for number in range(10)]
    pool[7] = pool[9][:7] + "异"
    (mined,) = negatives.mine(np.ones((1, 1), np.float32), passages, pool, [{8, 9}])
    assert mined == pool[4:7]


def test_an_answer_without_text_is_like_nothing() -> None:
    assert not negatives.says_the_same("学校食堂", [bigrams("")])
    assert not negatives.says_the_same("", [bigrams("学校食堂")])
    assert negatives.says_the_same("学校食堂", [bigrams("关于学校食堂的规定")])


# --- questions over a BEIR folder -----------------------------------------------------------


def judged(queries: dict[str, str], qrels: dict[str, dict[str, int]] | None = None) -> QuestionSet:
    lines = {name: (line, text) for line, (name, text) in enumerate(queries.items(), start=1)}
    return beir_set(Path("set"), "dev", lines, qrels or {name: {} for name in queries})


@given(st.integers(1, 8), st.integers(1, 30))
def test_folds_part_the_questions(folds: int, number: int) -> None:
    queries = {f"q{identity}": "问" for identity in range(number)}
    dataset = judged(queries)
    parts = [questions.left_out(dataset, fold, folds) for fold in range(1, folds + 1)]
    assert Counter(identity for part in parts for identity in part) == Counter(list(queries))
    assert max(map(len, parts)) - min(map(len, parts)) <= 1
    shuffled = judged(dict(reversed(queries.items())))
    assert parts[0] == questions.left_out(shuffled, 1, folds)


def test_a_fold_stays_what_it_was() -> None:
    """What an encoder was measured on must not change under it."""
    dataset = judged(dict.fromkeys("abcdefgh", "问"))
    drawn = sorted("abcdefgh")
    random.Random(20).shuffle(drawn)
    assert questions.left_out(dataset, 1, 2) == {drawn[0], drawn[2], drawn[4], drawn[6]}


@pytest.mark.parametrize(("fold", "folds"), [(0, 2), (3, 2), (1, 0)])
def test_there_is_no_such_fold(fold: int, folds: int) -> None:
    with pytest.raises(TrainingError, match=f"the fold is {fold}/{folds}"):
        questions.left_out(judged({"q": "问"}), fold, folds)


RECORDS = [Record("r0", "食堂办法", "食堂公示菜谱。"), Record("r1", "", "寄宿生有补助。")] + [
    Record(f"r{number}", "", f"{text_of(number)}图书") for number in range(2, 12)
]


def test_questions_become_examples() -> None:
    fake = KeywordEncoder()
    pool = [questions.passage_text(record) for record in RECORDS]
    vectors = fake.encode(pool, "passage")
    (made,) = questions.examples([("食堂吃什么", ["r1", "r0"], "own")], RECORDS, vectors, fake)
    assert made.query == "食堂吃什么"
    assert made.positives == ["食堂办法\n食堂公示菜谱。", "寄宿生有补助。"]
    # By cosine r0 is first and all others are equal: ranks 5 and on begin with r4.
    assert made.negatives == [f"{text_of(number)}图书" for number in range(4, 12)]
    assert made.source == "own"


def test_an_answer_that_is_no_record_is_named() -> None:
    fake = KeywordEncoder()
    vectors = fake.encode(["食堂"], "passage")
    with pytest.raises(TrainingError, match="own: no record is called r9"):
        questions.examples([("食堂", ["r9"], "own")], RECORDS[:1], vectors, fake)


def test_a_record_judged_as_no_answer_is_none() -> None:
    qrels = {"q1": {"r0": 0, "r1": 2}, "q2": {"r0": 0}, "q3": {"r2": 1}}
    dataset = judged(dict.fromkeys(qrels, "问"), qrels)
    assert questions.asked_of(dataset, None) == [("问", ["r1"], "set"), ("问", ["r2"], "set")]
    halves = [questions.asked_of(dataset, fold) for fold in ("1/2", "2/2")]
    assert sorted(map(len, halves)) in ([0, 2], [1, 1])


def test_vectors_are_made_once(tmp_path: Path) -> None:
    path = tmp_path / "vectors"  # np.save by itself would write vectors.npy
    fake, pool = KeywordEncoder(), ["图书与食堂都在此", "校车", "食堂"]
    made = questions.vectors_of(pool, fake, path)
    assert np.array_equal(made, fake.encode(pool, "passage"))
    calls = fake.calls
    assert np.array_equal(questions.vectors_of(pool, fake, path), made)
    assert fake.calls == calls
    with pytest.raises(TrainingError, match=r"shape \(3, 6\), not float32 of \(2, 6\)"):
        questions.vectors_of(pool[:2], fake, path)
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(TrainingError, match="vectors holds no array"):
        questions.vectors_of(pool, fake, path)


# --- examples from documents ----------------------------------------------------------------

RULES = """青禾县学校食堂管理办法
青禾县教育局
2023年5月1日

第一章　供餐与陪餐要求
第一条　学校食堂实行校长陪餐制度，校长每周陪餐不少于3次。陪餐记录应当保存一个学期备查。
第二条　食堂应当公示一周菜谱和食材来源，家长可以随时查阅。食堂采购的大宗食材由县教育局统一招标。
第三条　学校不得向学生收取食堂管理费，食堂结余用于改善下一学期的伙食，不得挪作他用。
第二章　安全责任要求
第四条　食堂从业人员每年体检一次，持健康证明上岗。发现食品安全问题应当在2小时内报告县教育局。
第五条　食品留样保存48小时以上，留样柜由专人保管。留样记录与陪餐记录一并存放备查。
"""
SCHEME = """白沙市校园餐提升方案
白沙市教育局
2024年3月1日

一、健全管理制度
（一）落实陪餐。学校食堂实行校长陪餐制度，校长每周陪餐不少于5次。陪餐记录应当保存两年备查，并向家长公开。
（二）扩大供餐。到2026年，校园餐覆盖率达到95%以上。偏远学校由中心厨房配送，每日配送不少于1次。
牵头单位：市教育局
二、保障师资力量
（一）配备营养师。每5所学校配备1名营养师，负责审核食谱。营养师由市卫生健康委统一培训考核。
牵头单位：市卫生健康委
（二）开展培训。每学期组织食堂人员培训不少于2次，培训内容包括营养搭配和食品安全操作。
"""


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    return write_files(tmp_path / "texts", {"rules.txt": RULES, "scheme.txt": SCHEME})


def test_clauses_become_examples(documents: Path) -> None:
    found = places([documents])
    made = list(clauses.examples(found, 400))
    kinds = Counter(example.source for example in made)
    assert kinds.keys() == {"heading", "sentence", "figure", "unit", "duty"}
    assert kinds["heading"] == sum(map(len, found))
    passages = [[place.passage() for place in siblings] for siblings in found]
    for example in made:
        (positive,) = example.positives
        (own,) = [held for held in passages if held[0].split("\n")[0] == positive.split("\n")[0]]
        if example.source in ("heading", "sentence"):
            assert example.query not in positive
        if example.source != "duty":
            assert set(example.negatives) < set(own)
            assert len(example.negatives) == len(own) - 1
            # The clause itself is not among them: of its text, at least the end is left.
            assert not any(other.endswith(positive[-8:]) for other in example.negatives)


def test_examples_of_clauses_are_the_same_twice(documents: Path) -> None:
    made = list(clauses.examples(places([documents]), 3))
    assert list(clauses.examples(places([documents]), 3)) == made
    kinds = Counter(example.source for example in made)
    assert max(kinds.values()) == 3


def test_the_same_duty_is_found_in_the_other_document(documents: Path) -> None:
    found = places([documents])
    duties = [example for example in clauses.examples(found, 400) if example.source == "duty"]
    pairs = {(example.query[:4], example.positives[0].split("\n")[0]) for example in duties}
    assert pairs >= {("第一条　", "白沙市校园餐提升方案"), ("（一）落", "青禾县学校食堂管理办法")}
    assert not any(example.negatives for example in duties)


def test_a_unit_and_a_figure_are_asked_for(documents: Path) -> None:
    made = list(clauses.examples(places([documents]), 400))
    units = {example.query for example in made if example.source == "unit"}
    assert units == {"健全管理制度由谁牵头", "保障师资力量由谁牵头"}
    figures = [example for example in made if example.source == "figure"]
    assert any("覆盖率" in one.query and "95%" in one.positives[0] for one in figures)


def test_a_sentence_that_stands_twice_is_cut_out_twice(tmp_path: Path) -> None:
    said = "食堂应当公示一周菜谱和食材来源"
    text = f"白沙市食堂规定\n第一条　{said}。{said}。家长可以随时查阅，学校应当当日答复。\n"
    write_files(tmp_path, {"twice.txt": text})
    ((place,),) = places([tmp_path])
    assert said not in place.passage(said)


QUESTION = "校长一周要陪几次餐"


def test_asked_questions_become_examples(documents: Path) -> None:
    held = {Path(own[0].document.source).name: own for own in places([documents])}
    rows: list[dict[str, Any]] = [
        {"question": QUESTION, "gold": [{"file": "rules.txt", "address": "第一条"}]},
        {"question": "营养师谁来培训", "gold": [{"file": "scheme", "quote": "统一培训考核"}]},
        {"question": "没有的文件", "gold": [{"file": "absent.txt", "address": "第一条"}]},
        {"question": "没有的条", "gold": [{"file": "rules.txt", "address": "第九条"}]},
    ]
    made = list(asked.examples(rows, held, "own"))
    assert [(example.query, example.source) for example in made] == [
        (QUESTION, "own"),
        ("营养师谁来培训", "own"),
    ]
    rules, scheme = ([p.passage() for p in held[name]] for name in ("rules.txt", "scheme.txt"))
    assert made[0].positives == rules[:1]
    assert made[1].positives == [passage for passage in scheme if "统一培训考核" in passage]
    for example, own in zip(made, (rules, scheme), strict=True):
        assert example.negatives
        assert set(example.negatives) <= set(own) - set(example.positives)
    # The other clause that holds a word of the question, 一周, is first.
    assert "一周菜谱" in made[0].negatives[0]
    assert list(asked.examples(rows, held, "own")) == made


def test_a_beginning_that_two_files_share_is_refused() -> None:
    held = {"plan-1.txt": [], "plan-2.txt": []}  # type: dict[str, list[Any]]
    rows = [{"question": "问", "gold": [{"file": "plan", "address": "第一条"}]}]
    with pytest.raises(TrainingError, match=r"2 files are called plan…: name one of plan-1\.txt"):
        list(asked.examples(rows, held, "own"))


# --- batches --------------------------------------------------------------------------------


def pool_of(sizes: Sequence[int]) -> list[Example]:
    """Examples with so many positives each, no text twice."""
    return [
        Example(
            f"问{row}", [f"答{row}.{n}" for n in range(size)], [f"非{row}.{n}" for n in range(3)]
        )
        for row, size in enumerate(sizes)
    ]


@settings(max_examples=60)
@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=8),
    st.integers(1, 5),
    st.integers(0, 4),
    st.integers(0, 3),
)
def test_each_pair_comes_once_an_epoch(sizes: list[int], batch: int, hard: int, seed: int) -> None:
    examples, pairs = pool_of(sizes), sum(sizes)
    chosen = Settings(batch=min(batch, pairs), negatives=hard, seed=seed)
    of_query = {example.query: example for example in examples}
    stream = encoder.batches(examples, chosen)
    for _ in range(2):
        seen: Counter[tuple[str, str]] = Counter()
        for made in islice(stream, pairs // chosen.batch):
            assert len(made.queries) == chosen.batch
            seen.update(zip(made.queries, made.passages, strict=False))
            own = [text for query in made.queries for text in of_query[query].negatives]
            drawn = Counter(made.passages[chosen.batch :])
            assert drawn <= Counter(own)
            assert drawn.total() == chosen.batch * min(hard, 3)
            for place, (query, answers) in enumerate(zip(made.queries, made.answers, strict=True)):
                right = of_query[query].positives
                assert answers == {n for n, text in enumerate(made.passages) if text in right}
                assert place in answers
        assert set(seen.values()) == {1}
        assert seen.total() == pairs - pairs % chosen.batch
    again = encoder.batches(examples, chosen)
    assert list(islice(again, 3)) == list(islice(encoder.batches(examples, chosen), 3))


def test_too_few_pairs_are_refused_instead_of_waiting_for_ever() -> None:
    with pytest.raises(TrainingError, match="3 pairs of a query and a passage do not fill"):
        next(encoder.batches(pool_of([3]), Settings(batch=4)))


@pytest.mark.parametrize(
    "wrong",
    [{"batch": 0}, {"epochs": 0.0}, {"temperature": 0.0}, {"warm_up": 1.0}, {"rate": math.nan}],
)
def test_settings_out_of_range_are_refused(wrong: dict[str, Any]) -> None:
    (name,) = wrong
    with pytest.raises(TrainingError, match=rf"{name} is .*, expected a number from"):
        Settings(**wrong)


# --- training -------------------------------------------------------------------------------

CHARACTERS = "食堂宿舍校车图书答问非第条一二三四五六七八九十零"
TINY = Settings(batch=4, negatives=1, temperature=0.1, tokens=32, slices=3, rate=0.01)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of two layers with random weights, as a sentence-transformers folder."""
    return tiny_model(tmp_path_factory.mktemp("tiny"), seed=1)


def tiny_model(folder: Path, seed: int, hidden: int = 16) -> Path:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Normalize, Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    torch.manual_seed(seed)
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "query", "passage", ":", *CHARACTERS]
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(pieces), "utf-8")
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=hidden,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=MAX_TOKENS,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        initializer_range=0.5,
    )
    BertModel(config).save_pretrained(folder / "bert")
    BertTokenizerFast(str(vocabulary)).save_pretrained(folder / "bert")
    modules = [Transformer(str(folder / "bert")), Pooling(hidden, "mean"), Normalize()]
    SentenceTransformer(modules=modules, device="cpu").save(
        str(folder / "model"), create_model_card=False
    )
    return folder / "model"


def tensors(folder: Path) -> dict[str, Any]:
    from safetensors.numpy import load_file

    found: dict[str, Any] = load_file(folder / average.WEIGHTS)
    return found


def written_out(folder: Path, batch: encoder.Batch, temperature: float) -> float:
    """The mean of -log of each own passage's share of exp(cosine / temperature)."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu")
    queries = model.encode([PROMPTS["query"] + text for text in batch.queries], prompt="")
    passages = model.encode([PROMPTS["passage"] + text for text in batch.passages], prompt="")
    powers = np.exp((queries @ passages.T).astype(np.float64) / temperature)
    losses = []
    for place, answers in enumerate(batch.answers):
        counted = [n for n in range(len(batch.passages)) if n == place or n not in answers]
        losses.append(-math.log(powers[place, place] / powers[place, counted].sum()))
    return sum(losses) / len(losses)


BATCH = encoder.Batch(
    ["食堂", "宿舍一", "校车二三四"],
    ["食堂答", "宿舍答一二三四五六", "车", "非一", "图书非二三", "非四"],
    [{0}, {1}, {2}],
)


@models
def test_the_loss_is_that_of_sentence_transformers(tiny: Path) -> None:
    import torch
    from sentence_transformers.losses import MultipleNegativesRankingLoss

    tuner = encoder.Tuner(tiny, TINY)
    reference = MultipleNegativesRankingLoss(tuner.model, scale=1 / TINY.temperature)
    columns = [
        [PROMPTS["query"] + text for text in BATCH.queries],
        [PROMPTS["passage"] + text for text in BATCH.passages[:3]],
        [PROMPTS["passage"] + text for text in BATCH.passages[3:]],
    ]
    features = [tuner.model.tokenize(column) for column in columns]
    expected = reference(features, torch.arange(3)).item()
    assert tuner.loss(BATCH).item() == pytest.approx(expected, rel=1e-5)
    assert expected == pytest.approx(written_out(tiny, BATCH, TINY.temperature), rel=1e-4)


@models
def test_another_answer_in_the_batch_does_not_count(tiny: Path) -> None:
    both = encoder.Batch(BATCH.queries, BATCH.passages, [{0, 3, 4}, {1}, {0, 2}])
    tuner = encoder.Tuner(tiny, TINY)
    loss = tuner.loss(both).item()
    assert loss == pytest.approx(written_out(tiny, both, TINY.temperature), rel=1e-4)
    assert loss < tuner.loss(BATCH).item()


@models
def test_slices_do_not_change_the_vectors(tiny: Path) -> None:
    tuner = encoder.Tuner(tiny, TINY)
    whole, cut = (tuner.encode(BATCH.passages, slices).detach().numpy() for slices in (1, 4))
    assert np.abs(whole - cut).max() < 1e-5


def trainable() -> list[Example]:
    """What is asked for is the one thing that query and passage share."""
    things = ("食堂", "宿舍", "校车", "图书")
    return [
        Example(
            f"问{thing}{number}", [f"答{thing}第{number}条"], [f"非{other}" for other in things]
        )
        for thing in things
        for number in "一二三四"
    ]


@models
def test_training_lowers_the_loss_and_leaves_what_is_frozen(tiny: Path, tmp_path: Path) -> None:
    chosen = Settings(
        batch=4,
        negatives=1,
        epochs=8,
        rate=0.01,
        temperature=0.1,
        tokens=32,
        frozen_layers=1,
        slices=2,
        kept_every=20,
    )
    encoder.train(trainable(), tiny, tmp_path / "out", chosen)
    record = json.loads((tmp_path / "out" / "training.json").read_text("utf-8"))
    assert (record["pairs"], record["steps"], len(record["losses"])) == (16, 32, 32)
    assert Settings(**record["settings"]) == chosen
    losses = record["losses"]
    assert sum(losses[-4:]) < 0.7 * sum(losses[:4])
    before, after = tensors(tiny), tensors(tmp_path / "out")
    frozen = {name for name in before if "embeddings." in name or "layer.0." in name}
    assert len(frozen) > 10
    for name in frozen:
        assert before[name].tobytes() == after[name].tobytes(), name
    moved = {name for name in before if not np.array_equal(before[name], after[name])}
    assert any("layer.1." in name for name in moved)
    assert not moved & frozen
    # What is kept on the way is a model too.
    assert tensors(tmp_path / "out" / "step-20").keys() == after.keys()


@models
def test_the_same_training_gives_the_same_weights(tiny: Path, tmp_path: Path) -> None:
    for name in ("one", "other"):
        encoder.train(trainable(), tiny, tmp_path / name, TINY)
    one, other = tensors(tmp_path / "one"), tensors(tmp_path / "other")
    assert all(np.array_equal(one[name], other[name]) for name in one)


def test_the_rate_rises_to_one_and_falls_to_nothing() -> None:
    rates = [encoder._rate(done, 0.1) for done in (0.0, 0.05, 0.1, 0.55, 1.0)]
    assert rates == pytest.approx([0, 0.05 / 0.1, 1, (1 - 0.55) / (1 - 0.1), 0])
    assert encoder._rate(0.0, 0.0) == 1


# --- averages -------------------------------------------------------------------------------


@models
def test_the_average_is_the_mean_of_the_weights(tiny: Path, tmp_path: Path) -> None:
    other = tiny_model(tmp_path, seed=2)
    average.average([tiny, other], [3, 1], tmp_path / "mean")
    one, two, mean = tensors(tiny), tensors(other), tensors(tmp_path / "mean")
    assert mean.keys() == one.keys()
    for name, tensor in mean.items():
        assert tensor.dtype == one[name].dtype
        assert tensor == pytest.approx((3 * one[name] + two[name]) / 4, abs=1e-6)
    assert encoder.Tuner(tmp_path / "mean", TINY).loss(BATCH).item() > 0


@models
def test_the_average_of_one_folder_is_itself(tiny: Path, tmp_path: Path) -> None:
    assert average.main([str(tiny), str(tiny), "--out", str(tmp_path / "mean")]) == 0
    one, mean = tensors(tiny), tensors(tmp_path / "mean")
    assert all(np.array_equal(one[name], mean[name]) for name in one)


# --- the commands ---------------------------------------------------------------------------


def put(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return str(path)


def beir(folder: Path, gold: str = "r0") -> str:
    put(folder / "corpus.jsonl", '{"_id": "r0", "title": "", "text": "食堂"}\n')
    put(folder / "queries.jsonl", '{"_id": "q0", "text": "吃什么"}\n')
    put(folder / "qrels" / "dev.tsv", f"q0\t{gold}\t1\n")
    return str(folder)


Arguments = Callable[[Path], list[str]]
ROW = '{"question": "问", "gold": [{"file": "a.txt"}]}\n'
COMMANDS: dict[str, tuple[Callable[[list[str]], int], Arguments]] = {
    r"asked: .*absent\.jsonl cannot be read \(No such file": (
        asked.main,
        lambda here: [str(here / "absent.jsonl"), str(here)],
    ),
    r"asked: .*q\.jsonl:1: expected text under 'address', found none": (
        asked.main,
        lambda here: [put(here / "q.jsonl", ROW), str(here)],
    ),
    r"asked: .*q\.jsonl:1: expected a list of objects under 'gold', found \[\"r1\"\]": (
        asked.main,
        lambda here: [put(here / "q.jsonl", '{"question": "问", "gold": ["r1"]}'), str(here)],
    ),
    r"asked: .*nowhere: no such file or folder": (
        asked.main,
        lambda here: [put(here / "q.jsonl", ""), str(here / "nowhere")],
    ),
    r"clauses: .*a\.txt: ": (clauses.main, lambda here: [put(here / "a.txt", "")]),
    "clauses: --per-kind is 0, expected at least 1": (
        clauses.main,
        lambda here: [put(here / "a.txt", CANTEEN), "--per-kind", "0"],
    ),
    r"questions: .* has no corpus\.jsonl": (
        questions.main,
        lambda here: [str(here), "--vectors", str(here / "v")],
    ),
    "questions: the fold is 'half', expected one as 1/2": (
        questions.main,
        lambda here: [beir(here), "--vectors", str(here / "v"), "--fold", "half"],
    ),
    r"questions: .*own\.jsonl:1: expected a list of texts under 'gold'": (
        questions.main,
        lambda here: [
            beir(here),
            *("--vectors", str(here / "v")),
            *("--more", put(here / "own.jsonl", ROW)),
        ],
    ),
    r"encoder: .*made\.jsonl:1: not JSON": (
        encoder.main,
        lambda here: [put(here / "made.jsonl", "{"), "--base", str(here)],
    ),
    "encoder: batch is 0, expected a number from 1": (
        encoder.main,
        lambda here: [put(here / "made.jsonl", ""), "--base", str(here), "--batch", "0"],
    ),
    r"average: 1 weights for 2 folders": (
        average.main,
        lambda here: [str(here), str(here), "--weights", "1"],
    ),
    r"average: the weights are \[0\.0\]": (
        average.main,
        lambda here: [str(here), "--weights", "0"],
    ),
}
OF_MODELS: dict[str, tuple[Callable[[list[str]], int], Arguments]] = {
    r"encoder: .*here is no sentence-transformers folder: it has no modules\.json": (
        encoder.main,
        lambda here: [put(here / "made.jsonl", ""), "--base", str(here)],
    ),
    r"encoder: .*here is no sentence-transformers folder: ": (
        encoder.main,
        lambda here: [
            put(here / "made.jsonl", ""),
            *("--base", str(Path(put(here / "modules.json", "[")).parent)),
        ],
    ),
    r"average: .*here is no sentence-transformers folder: .*No such file": (
        average.main,
        lambda here: [str(here)],
    ),
}


def complaint(
    said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], table: dict[str, Any]
) -> None:
    main, arguments = table[said]
    here = tmp_path / "here"
    here.mkdir()
    assert main([*arguments(here), "--out", str(tmp_path / "out")]) == 1
    assert not (tmp_path / "out").exists()
    err = capsys.readouterr().err
    assert re.match(said, err), err
    assert err.count("\n") == 1


@pytest.mark.parametrize("said", COMMANDS)
def test_wrong_input_is_one_line(
    said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    complaint(said, tmp_path, capsys, COMMANDS)


@models
@pytest.mark.parametrize("said", OF_MODELS)
def test_a_wrong_model_is_one_line(
    said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    complaint(said, tmp_path, capsys, OF_MODELS)


@models
def test_models_of_another_shape_have_no_mean(
    tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tiny_model(tmp_path, seed=1, hidden=8)
    assert average.main([str(tiny), str(other), "--out", str(tmp_path / "out")]) == 1
    assert "is of another model than the first folder: embeddings." in capsys.readouterr().err
    assert average.main([str(tiny), str(tiny), "--out", str(tiny)]) == 1
    assert "is one of the folders to average" in capsys.readouterr().err


@models
def test_more_frozen_layers_than_there_are(
    tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_examples(tmp_path / "made.jsonl", trainable())
    given_ = [str(tmp_path / "made.jsonl"), "--base", str(tiny), "--out", str(tmp_path / "out")]
    assert encoder.main([*given_, "--frozen-layers", "3"]) == 1
    assert "3 layers are to stay frozen" in capsys.readouterr().err
    assert encoder.main([*given_, "--batch", "17"]) == 1
    assert "16 pairs of a query and a passage do not fill a batch of 17" in capsys.readouterr().err


def test_documents_and_questions_are_written(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.jsonl"
    row = {"question": QUESTION, "gold": [{"file": "rules", "address": "第一条"}]}
    asked_file = put(tmp_path / "own.jsonl", json.dumps(row) + "\n")
    assert asked.main([asked_file, str(documents), "--out", str(out)]) == 0
    assert capsys.readouterr().out == "1 examples of 1 questions\n"
    assert [example.query for example in read_examples(out)] == [QUESTION]
    assert clauses.main([str(documents), "--per-kind", "2", "--out", str(out)]) == 0
    assert list(read_examples(out)) == list(clauses.examples(places([documents]), 2))


def test_the_questions_of_the_project_are_read() -> None:
    """5,758 of them, each with an answer in the form that its command takes."""
    folder = Path(questions.__file__).parent / "questions"
    numbers = {"laws": 1140, "laws-2": 800, "plans": 994}
    for name, number in numbers.items():
        assert len(asked.read_questions(folder / f"{name}.jsonl")) == number
    numbers = {"stard": 916, "stard-2": 1908}
    for name, number in numbers.items():
        assert len(questions.read_questions(folder / f"{name}.jsonl")) == number


def test_what_is_quoted_of_the_projects_own_documents_stands_there_once() -> None:
    folder = Path(questions.__file__).parent
    texts = {path.name: path.read_text("utf-8") for path in (folder / "documents").iterdir()}
    for row in asked.read_questions(folder / "questions" / "plans.jsonl"):
        for gold in row["gold"]:
            assert texts[gold["file"]].count(gold["quote"]) == 1, row["question"]
