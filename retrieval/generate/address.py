"""The address of an endpoint: what may be one, and whether it is on this machine."""

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from retrieval.generate.errors import GeneratorError

_PORTS = {"http": 80, "https": 443}
_LONGEST = 2000


def checked_address(url: str) -> str:
    """Return the address of an endpoint without the stroke at its end.

    Raises GeneratorError where it is no http or https address, or holds a password, a query or a
    fragment: a key belongs in the environment, where it is not shown.
    """
    wrong = GeneratorError(
        "the generator's address is not usable: expected http://HOST:PORT/v1 or https://HOST/v1, "
        "without user name, query or fragment"
    )
    if len(url) > _LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        raise wrong
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in _PORTS or not parts.hostname or port == 0:
        raise wrong
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise wrong
    return url.rstrip("/")


def host_of(url: str) -> str:
    """Return the host and port of a checked address, for people."""
    return urlsplit(url).netloc


def is_on_this_machine(url: str) -> bool:
    """Whether a checked address names this machine itself, so that nothing leaves it."""
    return _is_loopback(urlsplit(url))


def _is_loopback(parts: SplitResult) -> bool:
    host = (parts.hostname or "").rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
