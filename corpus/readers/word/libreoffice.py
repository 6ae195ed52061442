"""LibreOffice as a converter: a process of its own, with no network, no macros and a time limit."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from corpus.errors import ReadError

Converter = Callable[[bytes, str], bytes]
"""Turns a file, given by its bytes and its extension, into .docx; raises ReadError."""

SECONDS = 60.0
"""How long one file may take."""
MEMORY = 6 * 1024**3
"""Bytes of address space that LibreOffice may use, where the system can limit it."""

_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
_OPTIONS = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard")
# What a document asks for when it is opened: linked pictures and files are not fetched, links are
# not updated, macros are not run, and whatever asks the network all the same finds a closed door.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def find_libreoffice() -> Converter | None:
    """Return a converter to .docx where LibreOffice is installed, else None."""
    found = (shutil.which(name) for name in (*_NAMES, *_PLACES))
    program = next(filter(None, found), None)
    return None if program is None else lambda data, suffix: convert([program], data, suffix)


def convert(program: list[str], data: bytes, suffix: str, seconds: float = SECONDS) -> bytes:
    """Return the .docx that LibreOffice makes of a file, given by its bytes and its extension.

    `program` is the command that LibreOffice's own options follow. It works in a folder of its
    own, which is gone afterwards. Raises ReadError where it takes too long or makes nothing.
    """
    with tempfile.TemporaryDirectory(prefix="youju-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        source = home / f"document{suffix}"
        source.write_bytes(data)
        _write_settings(home / "profile")
        profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
        target = ["--convert-to", "docx", "--outdir", str(home / "made"), str(source)]
        _run([*program, profile, *_OPTIONS, *target], home, seconds)
        made = home / "made" / "document.docx"
        if not made.is_file():
            raise ReadError(
                "LibreOffice cannot open the file, it may be damaged or protected by a password: "
                "open it in Word or WPS and save it as .docx"
            )
        return made.read_bytes()


def _write_settings(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        encoding="utf-8",
    )


def _run(command: list[str], folder: Path, seconds: float) -> None:
    try:
        process = subprocess.Popen(  # nosec B603 # a list of arguments, no shell
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise ReadError(
            f"LibreOffice does not start ({error.strerror}): install it anew, or save the file as "
            ".docx"
        ) from error
    _limit_memory(process.pid)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise ReadError(
            f"LibreOffice took longer than {seconds:.0f} s over the file: open it in Word or WPS "
            "and save it as .docx"
        ) from error
    finally:
        _end(process)


def _limit_memory(process_id: int) -> None:
    if sys.platform == "linux":
        import resource

        with suppress(ProcessLookupError):
            resource.prlimit(process_id, resource.RLIMIT_AS, (MEMORY, MEMORY))


def _end(process: subprocess.Popen[bytes]) -> None:
    """Stop the process and those that it started."""
    if sys.platform == "win32":
        tree = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(tree, capture_output=True, check=False)  # nosec B603 # a list of arguments, no shell
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
