"""`youju user`: who may open the page of a library that is served, in which role."""

import argparse
import sys
from collections.abc import Iterator
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from commands.command import Command
from commands.opening import open_library
from commands.output import CommandError, Json, print_result, say

if TYPE_CHECKING:
    from ui.access import Accounts

# As in ui.access.ROLES, which would load more than a help text needs; a test compares.
ROLES = ("reader", "editor", "admin")


def list_users(args: argparse.Namespace) -> int:
    """List the accounts; add, remove and change them."""
    accounts = [
        {
            "name": account.name,
            "role": account.role,
            "collections": None if account.collections is None else sorted(account.collections),
            "made_at": account.made_at,
            "token": account.has_token,
        }
        for account in _accounts(args).all()
    ]
    print_result(args, {"users": accounts}, _lines)
    return 0


def add_user(args: argparse.Namespace) -> int:
    """Make an account; its password is asked for, or read from standard input."""
    from ui.access.accounts import account_name

    accounts, name = _accounts(args), account_name(args.name)
    if any(account.name == name for account in accounts.all()):
        raise CommandError(f"there is an account {name} already: take another name")
    accounts.add(name, _new_password(name), args.role, _collections(args))
    say(f"{name} may sign in as {args.role}")
    _mention_unknown(args)
    return 0


def remove_user(args: argparse.Namespace) -> int:
    """Remove an account; its sessions and its token end."""
    _accounts(args).remove(args.name)
    say(f"{args.name} was removed")
    return 0


def set_password(args: argparse.Namespace) -> int:
    """Give an account another password; its sessions and its token end."""
    accounts = _accounts(args)
    accounts.set_password(args.name, _new_password(args.name))
    say(f"{args.name} has another password; sessions and token have ended")
    return 0


def set_role(args: argparse.Namespace) -> int:
    """Give an account another role, and the collections that it sees."""
    _accounts(args).set_role(args.name, args.role, _collections(args))
    say(f"{args.name} is {args.role} from now on")
    _mention_unknown(args)
    return 0


def new_token(args: argparse.Namespace) -> int:
    """Print a token for programs that ask as an account; the one before it ends."""
    from ui.access import Sessions

    sessions = Sessions(_accounts(args).file)
    if args.end:
        sessions.end_token(args.name)
        say(f"the token of {args.name} has ended")
        return 0
    token = sessions.new_token(args.name)
    say("kept nowhere: put it where the program finds it, and nobody else")
    print_result(args, {"name": args.name, "token": token}, lambda shape: iter([shape["token"]]))
    return 0


def _lines(shape: Json) -> Iterator[str]:
    for user in shape["users"]:
        limits = user["collections"]
        seen = "all collections" if limits is None else ", ".join(limits) or "no collection"
        yield f"{user['name']}  {user['role']}, {seen}{', a token' if user['token'] else ''}"
    if not shape["users"]:
        yield "there are no accounts: make one with `youju user add NAME --role admin`"


def _accounts(args: argparse.Namespace) -> "Accounts":
    from ui.access import Accounts

    return Accounts(open_library(args, create=True).folder)


def _collections(args: argparse.Namespace) -> list[str] | None:
    """The collections that were named; a name may hold no comma."""
    return None if args.collections is None else [n for n in args.collections.split(",") if n]


def _mention_unknown(args: argparse.Namespace) -> None:
    """Say which of the collections hold nothing: a name may be misspelt."""
    from index.collections import collection_name, collection_of

    held = {collection_of(document) for document in open_library(args).documents()}
    for name in _collections(args) or ():
        if collection_name(name) not in held:
            say(f"no document is in the collection {name} yet: `youju add --collection {name}`")


def _new_password(name: str) -> str:
    """The password from a terminal, twice and unseen, else the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass(f"password of {name}: ")
    if getpass("once more: ") != password:
        raise CommandError("the two passwords differ: nothing was changed, try again")
    return password


def _arguments(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(metavar="ACTION")
    # What stands before the action (--library, --json) must not be set back by it.
    both = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    both.add_argument("--library", type=Path, metavar="DIR")
    both.add_argument("--json", action="store_true", help="print JSON")
    for name, run in _ACTIONS.items():
        action = actions.add_parser(name, help=run.__doc__, parents=[both])
        action.set_defaults(run_command=run)
        if run is list_users:
            continue
        action.add_argument("name", metavar="NAME")
        if run in (add_user, set_role):
            _role_arguments(action)
        if run is new_token:
            action.add_argument("--end", action="store_true", help="end it, and make no other")


def _role_arguments(action: argparse.ArgumentParser) -> None:
    action.add_argument("--role", choices=ROLES, required=True)
    action.add_argument(
        "--collections", metavar="A,B", help="all that a reader sees; default: everything"
    )


_ACTIONS = {
    "list": list_users,
    "add": add_user,
    "remove": remove_user,
    "password": set_password,
    "role": set_role,
    "token": new_token,
}

COMMANDS = (Command("user", list_users, _arguments),)
