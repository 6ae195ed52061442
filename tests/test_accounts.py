"""Accounts: what is kept of a password, who is refused one, and the command that makes them."""

import hashlib
import stat
from pathlib import Path

import pytest

from commands.user import ROLES as ROLES_OF_THE_COMMAND
from tests.conftest import Run
from tests.guarded import CHEAP, GOOD
from ui.access import ROLES, AccessError, Accounts, Sessions
from ui.access.accounts import account_name
from ui.access.passwords import COST, SHORTEST, Cost, check_new, opens, seal


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    return Accounts(tmp_path, CHEAP)


# --- passwords --------------------------------------------------------------------------------


def test_what_is_kept_is_scrypt_with_a_salt_of_its_own() -> None:
    sealed, again = seal(GOOD, CHEAP), seal(GOOD, CHEAP)
    assert sealed.salt != again.salt and sealed.key != again.key
    assert len(sealed.salt) == 16
    expected = hashlib.scrypt(GOOD.encode(), salt=sealed.salt, n=2, r=8, p=1, dklen=32)
    assert sealed.key == expected
    assert opens(GOOD, sealed) and not opens(GOOD + "x", sealed) and not opens("", sealed)


def test_the_real_cost_is_one_that_owasp_names_and_works() -> None:
    named = {(2**17, 8, 1), (2**16, 8, 2), (2**15, 8, 3), (2**14, 8, 5), (2**13, 8, 10)}
    assert tuple(COST) in named
    assert opens(GOOD, seal(GOOD))


def test_full_width_and_composed_letters_are_the_same_password() -> None:
    assert opens("Ａbcdefghijé", seal("Abcdefghije\u0301", CHEAP))


@pytest.mark.parametrize(
    "password",
    [
        *("", "short", "a" * 201, "1234567890", "12345678901234567890", "13800138000"),
        *("qwertyuiop", "asdfghjklzxc", "QWERTYuiop", "1qaz2wsx3edc", "aaaaaaaaaaaa", "ababababab"),
        *(
            "password123",
            "Password123!",
            "wangfang2024",
            "wangfang!!!!",
            "admin123456",
            "５２０１３１４５２０",
        ),
        *("youju2026youju", "iloveyou1314", "woaini5201314"),
    ],
)
def test_a_password_that_is_tried_first_is_refused(password: str) -> None:
    with pytest.raises(AccessError, match="the password"):
        check_new(password, "wangfang")


@pytest.mark.parametrize(
    "password", [GOOD, "correct horse battery", "7-Kranich-Tal-Zinn", "wangfang 的三只白鹭归巢了"]
)
def test_other_passwords_are_taken(password: str) -> None:
    assert len(password) >= SHORTEST
    check_new(password, "wangfang")


# --- accounts -----------------------------------------------------------------------------------


def test_an_account_is_made_changed_and_removed(accounts: Accounts) -> None:
    assert not accounts.exist() and accounts.all() == [] and not accounts.file.exists
    accounts.add("Wang", GOOD, "reader", ["b", "a"])
    (only,) = accounts.all()
    assert (only.name, only.role, only.collections) == ("wang", "reader", frozenset("ab"))
    assert accounts.exist()
    assert accounts.opens("wang", GOOD) and accounts.opens("\uff37ANG\u3000", GOOD)
    assert not accounts.opens("wang", GOOD + " ") and not accounts.opens("li", GOOD)
    accounts.set_role("wang", "admin")
    assert [(a.role, a.collections) for a in accounts.all()] == [("admin", None)]
    accounts.set_password("wang", GOOD * 2)
    assert accounts.opens("wang", GOOD * 2) and not accounts.opens("wang", GOOD)
    accounts.remove("wang")
    assert not accounts.exist() and not accounts.opens("wang", GOOD * 2)


def test_only_the_owner_of_the_machine_reads_the_file(accounts: Accounts) -> None:
    accounts.add("wang", GOOD, "admin")
    assert stat.S_IMODE(accounts.file.path.stat().st_mode) == 0o600
    kept = accounts.file.path.read_bytes()
    assert GOOD.encode() not in kept and b"wang" in kept


@pytest.mark.parametrize(
    "name", ["", " ", "a b", "../x", "x" * 41, "a'--", 'a"', "a;b", "<b>", "a\x00"]
)
def test_what_is_no_name_is_refused_and_never_opens(accounts: Accounts, name: str) -> None:
    with pytest.raises(AccessError, match="as a name"):
        account_name(name)
    assert not accounts.opens(name, GOOD)


def test_what_cannot_be_is_said(accounts: Accounts) -> None:
    accounts.add("wang", GOOD, "reader")
    for change, line in (
        (lambda: accounts.add("WANG", GOOD, "admin"), "there is an account wang already"),
        (lambda: accounts.add("li", GOOD, "editor", ["a"]), "collections limit what readers see"),
        (lambda: accounts.add("li", GOOD, "owner"), "found 'owner' as a role"),  # type: ignore[arg-type]
        (lambda: accounts.set_password("li", GOOD), "there is no account li"),
        (lambda: accounts.set_role("li", "admin"), "there is no account li"),
        (lambda: accounts.remove("li"), "there is no account li"),
    ):
        with pytest.raises(AccessError, match=line):
            change()
    assert [(a.name, a.role) for a in accounts.all()] == [("wang", "reader")]


def test_an_unknown_name_costs_as_much_as_a_wrong_password(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path, Cost(4, 8, 1))
    accounts.add("wang", GOOD, "reader")
    assert accounts._nobody.cost == Cost(4, 8, 1)


def test_a_file_that_is_none_of_accounts_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "accounts.db").write_bytes(b"no database" * 300)
    with pytest.raises(AccessError, match="the accounts cannot be read or kept"):
        Accounts(tmp_path, CHEAP).exist()


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command with the cost of tests."""
    monkeypatch.setattr("ui.access.accounts.seal", lambda password, cost: seal(password, CHEAP))


def test_the_command_knows_every_role() -> None:
    assert ROLES_OF_THE_COMMAND == ROLES


@pytest.mark.usefixtures("cheap")
def test_accounts_are_kept_by_the_command(youju: Run, tmp_path: Path) -> None:
    assert "there are no accounts" in youju("user").out
    made = youju(
        "user",
        "add",
        "Wang",
        "--role",
        "reader",
        "--collections",
        "内部",
        stdin=f"{GOOD}\n".encode(),
    )
    assert (made.status, made.out) == (0, "")
    assert "no document is in the collection 内部 yet" in made.err
    accounts = Accounts(tmp_path / "library", CHEAP)
    assert accounts.opens("wang", GOOD)
    (listed,) = youju("user", "list", "--json").json["users"]
    assert listed.pop("made_at").startswith("20")
    assert listed == {"name": "wang", "role": "reader", "collections": ["内部"], "token": False}

    token = youju("user", "token", "wang").out.strip()
    sessions = Sessions(accounts.file)
    viewer = sessions.holder(token)
    assert viewer and (viewer.name, viewer.collections) == ("wang", frozenset({"内部"}))
    assert youju("user", "role", "wang", "--role", "editor").status == 0
    viewer = sessions.holder(token)
    assert viewer and (viewer.role, viewer.collections) == ("editor", None)
    assert youju("user", "password", "wang", stdin=f"{GOOD} 一\n".encode()).status == 0
    assert accounts.opens("wang", GOOD + " 一") and sessions.holder(token) is None
    token = youju("user", "token", "wang").out.strip()
    assert youju("user", "token", "wang", "--end").status == 0 and sessions.holder(token) is None
    assert youju("user", "remove", "wang").status == 0 and not accounts.exist()


@pytest.mark.usefixtures("cheap")
def test_the_command_refuses_in_one_line(youju: Run) -> None:
    for arguments, stdin, line in (
        (("add", "li", "--role", "admin"), "", "the password has 0 characters, expected 10 to 200"),
        (("add", "li", "--role", "admin"), "password123\n", "one of the first that are tried"),
        (("add", "l i", "--role", "admin"), GOOD, "found 'l i' as a name"),
        (("add", "li", "--role", "admin", "--collections", "a"), GOOD, "collections limit"),
        (("remove", "li"), "", "there is no account li"),
        (("token", "li"), "", "there is no account li"),
    ):
        result = youju("user", *arguments, stdin=stdin.encode())
        assert result.status == 1, arguments
        assert line in result.complaints[0]
    assert youju("user", "add", "li").status == 2
    assert youju("user", "add", "li", "--role", "owner").status == 2
    assert youju("user", "list", "--json").json == {"users": []}
