"""What people think of answers is kept beside the library, and nowhere else."""

import sqlite3
import threading
from pathlib import Path

import pytest

from tests.conftest import Run
from ui import feedback
from ui.errors import explain
from ui.feedback import LONGEST_ANSWER, LONGEST_REMARK, Feedback, FeedbackError, Opinion

HOSTILE = "'); DROP TABLE opinions; --<img src=x onerror=alert(1)>=1+1"


def opinion(turn: str = "t1", remark: str = "", **changes: object) -> Opinion:
    given = Opinion(
        turn,
        "2026-01-02T03:04:05+00:00",
        "up",
        remark,
        "收费多少？",
        "小学收费多少?",
        "",
        "answered",
        0.8,
        "每学期360元。[1]",
    )
    return given._replace(**changes)


def test_nothing_is_written_before_the_first_opinion(tmp_path: Path) -> None:
    assert Feedback(tmp_path).all() == []
    assert list(tmp_path.iterdir()) == []


def test_an_opinion_comes_back_as_it_was_given(tmp_path: Path) -> None:
    given = opinion(remark=HOSTILE, question=HOSTILE)
    Feedback(tmp_path).keep(given)
    assert Feedback(tmp_path).all() == [given]


def test_a_second_thought_takes_the_place_of_the_first(tmp_path: Path) -> None:
    kept = Feedback(tmp_path)
    kept.keep(opinion())
    kept.keep(opinion(remark="数字不对", verdict="down"))
    (only,) = kept.all()
    assert (only.verdict, only.remark) == ("down", "数字不对")


def test_the_newest_comes_first(tmp_path: Path) -> None:
    kept = Feedback(tmp_path)
    for day in ("2026-01-02", "2026-03-01", "2026-02-01"):
        kept.keep(opinion(day, at=day))
    assert [one.at for one in kept.all()] == ["2026-03-01", "2026-02-01", "2026-01-02"]


def test_an_overlong_remark_is_refused_and_an_overlong_answer_cut(tmp_path: Path) -> None:
    kept = Feedback(tmp_path)
    with pytest.raises(FeedbackError, match=r"501 characters, at most 500") as refused:
        kept.keep(opinion(remark="长" * (LONGEST_REMARK + 1)))
    assert explain(refused.value, "zh") == "说明有 501 个字，最多 500 个字，请写短一些。"
    kept.keep(opinion(answer="句" * (LONGEST_ANSWER + 1), question="问" * 3000))
    (only,) = kept.all()
    assert len(only.answer) == LONGEST_ANSWER
    assert len(only.question) == feedback.LONGEST_QUESTION


def test_there_is_an_end_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feedback, "MOST", 2)
    kept = Feedback(tmp_path)
    kept.keep(opinion("a"))
    kept.keep(opinion("b"))
    with pytest.raises(FeedbackError, match="kept already") as refused:
        kept.keep(opinion("c"))
    assert "评价已满" in explain(refused.value, "zh")
    kept.keep(opinion("b", verdict="down"))
    assert {one.turn: one.verdict for one in kept.all()} == {"a": "up", "b": "down"}


def test_the_table_itself_refuses_what_is_no_verdict(tmp_path: Path) -> None:
    kept = Feedback(tmp_path)
    with pytest.raises(FeedbackError, match="expected up or down"):
        kept.keep(opinion(verdict="sideways"))
    kept.keep(opinion())
    with sqlite3.connect(kept.path) as database, pytest.raises(sqlite3.IntegrityError):
        database.execute("UPDATE opinions SET verdict = 'sideways'")


def test_a_damaged_file_is_one_clear_line(tmp_path: Path) -> None:
    kept = Feedback(tmp_path)
    kept.path.write_bytes(b"no database" * 100)
    for act in (kept.all, lambda: kept.keep(opinion())):
        with pytest.raises(FeedbackError, match=r"feedback\.db.*check the disk") as refused:
            act()
        assert "评价没有保存" in explain(refused.value, "zh")


def test_many_at_once_are_all_kept(tmp_path: Path) -> None:
    kept = Feedback(tmp_path)
    writers = [
        threading.Thread(target=kept.keep, args=(opinion(f"t{number}"),)) for number in range(12)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(kept.all()) == 12


def test_the_command_lists_and_writes_what_was_said(youju: Run, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    sources = tmp_path / "a.txt"
    sources.write_text("青禾县学校办法\n第一条　正文。\n", encoding="utf-8")
    youju("add", sources)
    assert youju("feedback", "--json").json == {"feedback": []}
    none = youju("feedback")
    assert (none.status, none.out) == (0, "")
    assert none.err.count("\n") == 1 and "no opinions yet" in none.err
    Feedback(folder).keep(opinion(remark="=1+1\n第二行"))
    assert "有用  小学收费多少?\n    =1+1 第二行\n" in youju("feedback").out
    (said,) = youju("feedback", "--json").json["feedback"]
    assert said == opinion(remark="=1+1\n第二行")._asdict()
    table = tmp_path / "said.csv"
    assert youju("feedback", "--out", table).status == 0
    written = table.read_text("utf-8-sig")
    assert "'=1+1" in written
    assert "收费多少？,小学收费多少?" in written
