"""Whether accounts are asked for where the page is served."""

from ipaddress import ip_address

from ui.access.accounts import Accounts
from ui.access.viewer import AccessError


def is_guarded(host: str, accounts: Accounts) -> bool:
    """Whether who opens the page at `host` is asked for an account.

    On this machine alone it is so where there are accounts. Raises AccessError where other
    machines reach the page and there are none.
    """
    if accounts.exist():
        return True
    if not is_loopback(host):
        raise AccessError(
            f"{host} is open to other machines and the library has no accounts: make one with "
            "`youju user add NAME --role admin`, or serve on 127.0.0.1"
        )
    return False


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what is served at `host`; of a name it is not known."""
    if host.casefold() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
