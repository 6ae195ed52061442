"""The page's actions over a library, the endpoints it opens, and how it is served."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest

import app
from corpus import LARGEST_FILE, find_files
from corpus.samples import SAMPLES
from index import Library, Report
from index.encoders import TextKind, Vectors
from ui import Desk
from ui.adding_view import adding
from ui.samples import examples, sample_ids
from ui.strings import SAMPLE_QUESTIONS
from ui.theme import SCRIPTS
from ui.uploads import add_uploads

ROOT = Path(__file__).parents[1]
PLAN = """青禾县学校发展方案
各乡镇人民政府：
现将方案印发给你们，请认真执行。
一、学前教育
（一）扩大普惠资源。到2027年，全县普惠性幼儿园覆盖率达到91%，新增公办学位600个。
（二）稳定教师队伍。幼儿园教师每学期参加培训不少于2次。
二、义务教育
（一）方便随迁子女入学。随迁子女凭居住证明向就近的公办学校报名。
"""
RULES = """青禾县学校食堂办法
第一条　为了规范学校食堂，制定本办法。
第二条　学校食堂实行校长陪餐制度，校长每周陪餐不少于3次。
"""
QUESTION = "校长每周陪餐不少于几次？"


class PairEncoder:
    """Counts pairs of characters; every two texts have a cosine of at least 0.75, as e5 has."""

    name = "pairs"
    dimension = 257

    def encode(self, texts: list[str], kind: TextKind) -> Vectors:
        counts = np.zeros((len(texts), self.dimension - 1), np.float32)
        for row, text in enumerate(texts):
            for pair in pairwise(text):
                counts[row, crc32("".join(pair).encode()) % counts.shape[1]] += 1
        counts /= np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9)
        shared = np.full((len(texts), 1), 0.75**0.5, np.float32)
        vectors = np.hstack([shared, counts * np.float32(0.25**0.5)])
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library", lambda name: PairEncoder())


@pytest.fixture
def desk(library: Library, tmp_path: Path) -> Desk:
    desk = Desk(library)
    add(desk, uploaded(tmp_path, {"plan.txt": PLAN, "rules.txt": RULES}))
    return desk


def uploaded(folder: Path, files: dict[str, str | bytes], place: str = "a") -> list[Path]:
    """Files as a browser's uploads lie: each in a folder of its own."""
    paths = []
    for number, (name, content) in enumerate(files.items()):
        path = folder / f"upload-{place}-{number}" / name
        path.parent.mkdir()
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        paths.append(path)
    return paths


def add(desk: Desk, files: Sequence[Path]) -> str:
    """What the page says of uploaded files in the end."""
    refused = desk.keeping.add(files, "zh")
    looks = list(desk.keeping.adding.watch())
    return adding(looks[-1], "zh") if looks else refused


def add_samples(desk: Desk) -> str:
    desk.keeping.adding.add_samples()
    (*_, end) = desk.keeping.adding.watch()
    return adding(end, "zh")


def sources(library: Library) -> list[str]:
    return [document.source for document in library.documents()]


# --- asking and reading -----------------------------------------------------------------------


def test_an_answer_quotes_the_document_and_marks_it(desk: Desk) -> None:
    html = desk.asking.ask(QUESTION, "zh").html
    assert re.search(r"<mark[^>]*>[^<]*校长每周陪餐不少于3次。</mark>", html)
    assert 'data-cite="1"' in html
    assert "青禾县学校食堂办法" in html


def test_what_the_documents_do_not_say_is_not_answered(library: Library, tmp_path: Path) -> None:
    library.add(uploaded(tmp_path, {"plan.txt": PLAN}), vectors=False)
    html = Desk(library).asking.ask("zebra quantum", "zh").html
    assert "没有找到与这个问题有关的条款" in html
    assert "data-cite" not in html


def test_a_clause_that_is_not_there_is_said_in_the_language_of_the_page(desk: Desk) -> None:
    question = "第九十九条写了什么"
    assert "资料库中没有编号为第九十九条的条款" in desk.asking.ask(question, "zh").html
    assert "No clause here is numbered 第九十九条" in desk.asking.ask(question, "en").html


def test_the_name_that_a_remark_quotes_is_escaped(desk: Desk) -> None:
    html = desk.asking.ask("《校园管理<img src=x>办法》第三条写了什么", "zh").html
    assert 'role="status"' in html
    assert "<img" not in html


def test_a_bad_table_of_synonyms_is_explained(desk: Desk) -> None:
    desk.searcher.synonyms.path.write_text("坏\n", encoding="utf-8")
    assert "第 1 行：&#x27;坏&#x27;不是一对词" in desk.asking.ask(QUESTION, "zh").html
    assert "line 1: found &#x27;坏&#x27;" in desk.asking.ask(QUESTION, "en").html


@pytest.mark.parametrize(("question", "plain"), [("  ", "请先写下"), ("问" * 10_000, "10000")])
def test_a_question_that_cannot_be_asked_gets_one_plain_line(
    desk: Desk, question: str, plain: str
) -> None:
    html = desk.asking.ask(question, "zh").html
    assert "yj-error" in html
    assert plain in html


def test_an_empty_library_offers_the_samples_once(library: Library) -> None:
    desk = Desk(library)
    asked = desk.asking.ask(QUESTION, "zh").html
    assert "资料库还是空的" in asked and "data-act" not in asked
    assert 'data-act="load_samples"' in desk.overview("zh").start
    assert 'data-act="load_samples"' in desk.overview("zh").listing


def test_missing_vectors_are_said(library: Library, tmp_path: Path) -> None:
    files = uploaded(tmp_path, {"plan.txt": PLAN})
    library.add(files, vectors=False)
    desk = Desk(library)
    assert "只按字词匹配" in desk.asking.ask("幼儿园覆盖率达到多少？", "zh").html
    library.embed()
    library.add(uploaded(tmp_path, {"rules.txt": RULES}, "b"), vectors=False)
    assert "正在建立语义索引" in desk.asking.ask("幼儿园覆盖率达到多少？", "zh").html
    desk.prepare()
    assert "语义索引" not in desk.asking.ask("幼儿园覆盖率达到多少？", "zh").html


def test_a_card_opens_the_document_at_its_quotation(desk: Desk) -> None:
    html = desk.asking.ask(QUESTION, "zh").html
    button = re.search(r'data-document="(\w+)" data-spans="(\d+-\d+)"', html)
    assert button
    reader = desk.reading.open(button[1], button[2], "zh")
    start, end = map(int, button[2].split("-"))
    quote = desk.library.document(button[1]).text[start:end]
    assert f'<mark id="found-1">{quote}</mark>' in reader
    assert quote in html


def test_each_opening_differs_so_that_the_browser_sees_it(desk: Desk) -> None:
    (known, *_) = desk.library.documents()
    assert desk.reading.open(known.id, "", "zh") != desk.reading.open(known.id, "", "zh")


@pytest.mark.parametrize("name", ["", "dffffffffffff", "../../etc/passwd", "/etc/passwd", "%"])
def test_the_reader_opens_documents_by_id_only(desk: Desk, name: str) -> None:
    html = desk.reading.open(name, "", "zh")
    assert "已经不在资料库里" in html
    assert "yj-text" not in html


# --- the library ------------------------------------------------------------------------------


def test_uploads_are_kept_under_their_own_names_and_deleted(
    library: Library, tmp_path: Path
) -> None:
    files = uploaded(tmp_path, {"方案（试行）.txt": PLAN, "rules.md": RULES})
    html = add(Desk(library), files)
    assert sources(library) == ["方案（试行）.txt", "rules.md"]
    assert "2 份新增" in html
    assert not any(path.exists() for path in files)
    assert library.snapshot().pending == 0


def test_one_bad_file_stops_no_other(library: Library, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "empty.txt": b"",
        "plan.txt": PLAN,
        "program.exe": b"MZ\x00",
        "large.txt": b"\x61" * (LARGEST_FILE + 1),
    }
    paths = uploaded(tmp_path, files)
    html = add(Desk(library), paths)
    assert sources(library) == ["plan.txt"]
    assert html.count("yj-failed") == 3
    for reason in ("文件是空的", "暂不支持 .exe", "最大 21 MB"):
        assert reason in html
    assert not any(path.exists() for path in paths)


def test_the_same_file_again_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    html = add(desk, uploaded(tmp_path, {"again.txt": PLAN}, "b"))
    assert "1 份已在库中" in html
    assert sources(desk.library) == ["plan.txt", "rules.txt"]


def test_a_new_version_replaces_and_a_namesake_does_not(desk: Desk, tmp_path: Path) -> None:
    newer = PLAN.replace("600个", "700个")
    html = add(desk, uploaded(tmp_path, {"plan.txt": newer}, "b"))
    assert "1 份更新" in html
    assert len(desk.library.documents()) == 2
    namesake = RULES.replace("青禾县", "白石县")
    add(desk, uploaded(tmp_path, {"rules.txt": namesake}, "c"))
    add(desk, uploaded(tmp_path, {"rules.txt": namesake + "第三条　自印发之日起施行。\n"}, "d"))
    assert sorted(sources(desk.library)) == ["plan.txt", "rules (2).txt", "rules.txt"]


def test_too_many_files_are_refused_as_a_whole(library: Library, tmp_path: Path) -> None:
    html = add(Desk(library), [tmp_path / "no.txt"] * 201)
    assert "一次最多添加 200 个文件" in html
    assert not library.documents()


def test_progress_runs_through_all_stages(library: Library, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    files = uploaded(tmp_path, {"plan.txt": PLAN, "rules.txt": RULES})
    add_uploads(library, files, Report(), lambda *stage: told.append(stage))
    assert [stage for stage, _, _ in told] == [
        "read",
        "read",
        "read",
        "words",
        "similar",
        "similar",
        "similar",
        "vectors",
        "vectors",
    ]
    assert told[-1][1] == told[-1][2]


def test_removing_takes_a_document_out_of_list_and_search(desk: Desk) -> None:
    (rules,) = [d for d in desk.library.documents() if d.source == "rules.txt"]
    assert "已移除：青禾县学校食堂办法" in desk.keeping.remove(rules.id, "zh")
    assert sources(desk.library) == ["plan.txt"]
    assert "青禾县学校食堂办法" not in desk.overview("zh").listing
    assert "校长每周陪餐不少于3次" not in desk.asking.ask(QUESTION, "zh").html
    assert "已经不在资料库里" in desk.keeping.remove(rules.id, "zh")


def test_samples_are_said_to_be_samples(desk: Desk) -> None:
    assert "虚构" not in desk.overview("zh").footer
    html = add_samples(desk)
    assert f"{len(find_files([SAMPLES]))} 份新增" in html
    page = desk.overview("zh")
    assert "虚构" in page.footer
    assert all(question in page.start for question in SAMPLE_QUESTIONS)
    assert sample_ids() <= {document.id for document in desk.library.documents()}


def test_other_documents_give_examples_of_their_own(desk: Desk) -> None:
    questions = examples(desk.library, desk.library.documents(), "zh")
    assert questions
    text = PLAN + RULES
    for question in questions:
        heading = re.fullmatch(r"关于“(.+)”有什么规定？", question)
        assert heading
        assert heading[1] in text


def test_a_damaged_library_is_said_where_the_user_looks(library: Library) -> None:
    desk = Desk(library)
    (library.folder / "library.db").write_bytes(b"not a database" * 400)
    page = desk.overview("zh")
    assert "资料库文件已损坏" in page.start
    assert "资料库文件已损坏" in page.listing
    assert "资料库文件已损坏" in desk.asking.ask(QUESTION, "zh").html


# --- the page ---------------------------------------------------------------------------------


def test_five_endpoints_are_public_and_no_other(library: Library) -> None:
    page = app.build(library)
    told = page.get_api_info(all_endpoints=True)
    assert list(told["named_endpoints"]) == ["/search", "/ask", "/trace", "/compare", "/show"]
    assert told["unnamed_endpoints"] == {}
    visible = [function.api_visibility for function in page.fns.values()]
    assert (visible.count("public"), set(visible)) == (5, {"public", "private"})


def run(*arguments: str) -> str:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout


def test_gradio_is_imported_only_where_a_page_is_built() -> None:
    loaded = run("-c", "import app, sys; print(*sys.modules)").split()
    assert not {"gradio", "torch", "pandas"} & set(loaded)


def test_a_taken_port_is_one_clear_line(library: Library) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(app.ServeError, match=rf"127\.0\.0\.1:{port} .*--port"):
            app.launch(library, port=port)


SERVE = """
import sys
from pathlib import Path
sys.path.insert(0, "tests")
import app
from index import Library
from test_app import PairEncoder
app.launch(Library(Path(sys.argv[1]), lambda name: PairEncoder()), port=int(sys.argv[2]))
"""


def test_it_says_where_it_is_and_leaves_nothing_behind(tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", SERVE, str(tmp_path / "library"), str(port)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    environment = {**os.environ, "TMPDIR": str(temporary), "HTTP_PROXY": "http://127.0.0.1:9"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, **pipes) as process:
        assert process.stderr
        assert process.stderr.readline() == f"有据 Youju: http://127.0.0.1:{port}/\n"
        assert list(temporary.iterdir())
        process.terminate()
        output, errors = process.communicate(timeout=60)
    assert (process.returncode, output, errors) == (0, "", "")
    assert not list(temporary.iterdir())


def test_style_and_script_ask_nothing_of_another_host() -> None:
    files: Sequence[Path] = [*(ROOT / "ui").glob("*.css"), *(ROOT / "ui").glob("*.js")]
    assert {file.name for file in files} == {"style.css", *SCRIPTS}
    for file in files:
        assert not re.search(r"https?:|//[a-z]|@import|url\(", file.read_text("utf-8"))
