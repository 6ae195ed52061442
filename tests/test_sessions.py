"""Sessions and tokens: how they begin, what ends them, and how often anybody may try."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.guarded import CHEAP, GOOD
from ui.access import Accounts, Sessions
from ui.access import holders as holders_module
from ui.access.attempts import (
    FIRST_WAIT,
    FORGOTTEN,
    FREE_FOR_A_NAME,
    FREE_FOR_AN_ADDRESS,
    LONGEST_WAIT,
    Attempts,
    wait_after,
)
from ui.access.holders import Holders
from ui.access.sessions import IDLE, LONGEST, MOST


class Clock:
    """A time that tests set."""

    def __init__(self, now: float = 1_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    accounts = Accounts(tmp_path, CHEAP)
    accounts.add("wang", GOOD, "reader", ["a"])
    accounts.add("li", GOOD, "admin")
    return accounts


@pytest.fixture
def sessions(accounts: Accounts, clock: Clock) -> Sessions:
    return Sessions(accounts.file, clock)


# --- sessions -------------------------------------------------------------------------------------


def test_a_session_is_known_by_256_random_bits_of_which_the_hash_is_kept(
    sessions: Sessions, accounts: Accounts
) -> None:
    token, lasts = sessions.begin("Wang")
    assert len(token) == 43 and token != sessions.begin("wang").token
    assert lasts == LONGEST
    viewer = sessions.viewer(token)
    assert viewer is not None
    assert (viewer.name, viewer.role, viewer.collections) == ("wang", "reader", frozenset("a"))
    assert token.encode() not in accounts.file.path.read_bytes()
    for wrong in ("", token[:-1], token + "x", "x" * 43, "x" * 1000, "\udce4"):
        assert sessions.viewer(wrong) is None


def test_a_session_ends_when_it_is_left_and_when_it_is_old(
    sessions: Sessions, clock: Clock
) -> None:
    idle, busy = sessions.begin("wang").token, sessions.begin("wang").token
    for _ in range(int(LONGEST / (IDLE / 2)) - 1):
        clock.now += IDLE / 2
        assert sessions.viewer(busy) is not None
    assert sessions.viewer(idle) is None
    clock.now += IDLE / 2
    assert sessions.viewer(busy) is None
    # It does not come back with the clock.
    clock.now -= IDLE
    assert sessions.viewer(busy) is None


def test_what_ends_a_session(sessions: Sessions, accounts: Accounts) -> None:
    left, other = sessions.begin("wang").token, sessions.begin("wang").token
    admin = sessions.begin("li").token
    sessions.end(left)
    assert sessions.viewer(left) is None and sessions.viewer(other) is not None
    accounts.set_password("wang", GOOD + "!")
    assert sessions.viewer(other) is None
    again = sessions.begin("wang").token
    accounts.remove("wang")
    assert sessions.viewer(again) is None and sessions.viewer(admin) is not None


def test_a_role_holds_from_the_next_request(sessions: Sessions, accounts: Accounts) -> None:
    token = sessions.begin("li").token
    accounts.set_role("li", "reader", ["b"])
    viewer = sessions.viewer(token)
    assert viewer and (viewer.role, viewer.collections) == ("reader", frozenset("b"))
    assert not viewer.may_edit and not viewer.may_administer


def test_an_account_has_so_many_sessions_and_old_ones_are_tidied_away(
    sessions: Sessions, accounts: Accounts, clock: Clock
) -> None:
    tokens = []
    for _ in range(MOST + 3):
        clock.now += 1
        tokens.append(sessions.begin("wang").token)
    assert [sessions.viewer(token) is not None for token in tokens] == [False] * 3 + [True] * MOST
    clock.now += LONGEST
    sessions.begin("li")
    with closing(sqlite3.connect(accounts.file.path)) as connection:
        assert connection.execute("SELECT count(*) FROM sessions").fetchone() == (1,)


# --- tokens ---------------------------------------------------------------------------------------


def test_a_token_is_one_for_an_account_and_ends_with_it(
    sessions: Sessions, accounts: Accounts
) -> None:
    first, second = sessions.new_token("li"), sessions.new_token("li")
    assert sessions.holder(first) is None
    viewer = sessions.holder(second)
    assert viewer and viewer.may_administer
    assert sessions.viewer(second) is None, "a token is no session"
    assert sessions.holder(sessions.begin("li").token) is None, "nor a session a token"
    assert second.encode() not in accounts.file.path.read_bytes()
    accounts.set_password("li", GOOD + "?")
    assert sessions.holder(second) is None


# --- attempts -------------------------------------------------------------------------------------


def test_the_wait_doubles_up_to_a_limit() -> None:
    assert [wait_after(n) for n in (-3, 0, 1, 2, 3)] == [0, 0, 2, 4, 8]
    assert wait_after(30) == wait_after(10**6) == LONGEST_WAIT


def test_a_name_is_tried_a_few_times_an_hour_from_wherever(clock: Clock) -> None:
    attempts, tried = Attempts(clock), 0
    for second in range(3600):
        clock.now += 1
        tried += attempts.begin("li", f"10.0.{second % 250}.1") == 0
    # 5 without a wait, then 2 + 4 + … seconds apart.
    waits = [FIRST_WAIT * 2**n for n in range(20)]
    possible = FREE_FOR_A_NAME + sum(
        1 for n in range(20) if sum(min(w, LONGEST_WAIT) for w in waits[:n]) < 3600
    )
    assert tried <= possible < 20


def test_an_address_tries_more_names_and_then_waits_too(clock: Clock) -> None:
    attempts = Attempts(clock)
    waits = [attempts.begin(f"user{n}", "10.0.0.1") for n in range(FREE_FOR_AN_ADDRESS + 3)]
    assert waits[: FREE_FOR_AN_ADDRESS + 1] == [0.0] * (FREE_FOR_AN_ADDRESS + 1)
    assert waits[-1] == FIRST_WAIT
    assert attempts.begin("user1", "10.0.0.2") == 0.0


def test_many_at_once_gain_nothing(clock: Clock) -> None:
    attempts = Attempts(clock)
    at_once = [attempts.begin("li", f"10.0.0.{n}") for n in range(50)]
    assert at_once.count(0.0) == FREE_FOR_A_NAME + 1


def test_a_success_forgets_the_failures_of_the_name(clock: Clock) -> None:
    attempts = Attempts(clock)
    for _ in range(3):
        for _ in range(FREE_FOR_A_NAME):
            assert attempts.begin("li", "10.0.0.1") == 0.0
        attempts.succeeded("li", "10.0.0.1")


def test_failures_are_forgotten_in_time(clock: Clock) -> None:
    attempts = Attempts(clock)
    for _ in range(FREE_FOR_A_NAME + 1):
        assert attempts.begin("li", "10.0.0.1") == 0.0
    assert attempts.begin("li", "10.0.0.9") > 0
    clock.now += FIRST_WAIT + FORGOTTEN + 1
    for _ in range(FREE_FOR_A_NAME + 1):
        assert attempts.begin("li", "10.0.0.1") == 0.0


# --- pages ----------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["p", "q", "r"])), max_size=30))
def test_a_page_belongs_to_who_used_it_first(uses: list[tuple[str, str]]) -> None:
    holders, first = Holders(list[str]().append), dict[str, str]()
    for name, page in uses:
        assert holders.may_use(page, name) == (first.setdefault(page, name) == name)
    assert not holders.may_use(None, "a") and not holders.may_use("x" * 1000, "a")


def test_who_opens_pages_without_end_ends_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holders_module, "MOST", 3)
    ended: list[str] = []
    holders = Holders(ended.append)
    assert holders.may_use("of li", "li")
    for number in (1, 2, 3, 1, 4):
        assert holders.may_use(f"of wang {number}", "wang")
    assert ended == ["of wang 2"]
    assert holders.may_use("of li", "li") and not holders.may_use("of wang 4", "li")
    assert holders.may_use("of wang 2", "li")  # nothing of it is left
