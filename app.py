"""The Gradio application: `python app.py`, or `youju serve`."""

import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from corpus import YoujuError
from index import Library, default_folder
from retrieval import Searcher
from ui import Desk, build_page, head, theme
from ui.access import SCOPE, Accounts, Door, SecurityHeaders, is_guarded
from ui.api import Gate, parameters
from ui.kept import Kept
from ui.mcp import PATH, mount
from ui.monitor import Monitor, Watch, monitor, without_messages
from ui.starting import started_quickly

if TYPE_CHECKING:
    import gradio as gr
    from starlette.middleware import Middleware

LARGEST_UPLOAD = "256mb"
"""All that one upload may hold; the limit of a single document is told beside its name."""
UNWATCHED = Watch()


class ServeError(YoujuError):
    """An address that cannot be served at."""


def build(library: Library) -> "gr.Blocks":
    """Return the page of a library; `launch` serves one."""
    _settle("127.0.0.1")
    return build_page(Desk(library))


def launch(
    library: Library,
    host: str = "127.0.0.1",
    port: int = 7860,
    quiet: bool = False,
    mcp: bool = False,
    watch: Watch = UNWATCHED,
) -> None:
    """Serve the page until interrupted; its address goes to standard error unless `quiet`.

    With `mcp`, an MCP server beside it, at `/mcp`; `watch` says what is seen of it while it runs.
    Raises ServeError where the address cannot be had, McpError or MonitorError where what was
    asked for beside it cannot, AccessError where others could open the page and there are no
    accounts.
    """
    accounts, kept = Accounts(library.folder), Kept()
    guarded = is_guarded(host, accounts)
    watched = monitor(library, accounts, watch, kept.is_answering)
    with tempfile.TemporaryDirectory(prefix="youju-") as uploads, without_messages(watch):
        _settle(host)
        os.environ["GRADIO_TEMP_DIR"] = uploads
        desk = Desk(library)
        with started_quickly():
            page = build_page(desk)
            ended = _ended_by_signal()
            beside = mount(_searcher_of(desk), host) if mcp else {}
            started = threading.Event()
            passed = _passed(watched, accounts, guarded, started, kept)
            address = _serve(page, host, port, passed, beside)
            kept.begin(page)
        started.set()
        threading.Thread(target=desk.prepare, daemon=True).start()
        if not quiet:
            sys.stderr.write(f"有据 Youju: {address}\n")
            if mcp:
                sys.stderr.write(f"MCP: {address.rstrip('/')}{PATH}\n")
        _wait(ended)
        page.close(verbose=False)


def _settle(host: str) -> None:
    """Tell Gradio, before it is imported, to call and to count nobody; no proxy leads here."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    # After each event it would sum up the last ten thousand, for a page that is switched off here.
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(sys.maxsize)
    os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
    for name in ("NO_PROXY", "no_proxy"):
        others = os.environ.get(name, "")
        os.environ[name] = ",".join(filter(None, (others, "127.0.0.1", "localhost", host)))


def _searcher_of(desk: Desk) -> Callable[[Any], Searcher]:
    """Return what finds the searcher of who sent a request."""
    return lambda request: desk.for_viewer(request.scope[SCOPE]).searcher


def _passed(
    watched: Mapping[str, Any],
    accounts: Accounts,
    guarded: bool,
    started: threading.Event,
    kept: Kept,
) -> list["Middleware"]:
    """What a request passes, from the outside in."""
    from starlette.middleware import Middleware

    return [
        Middleware(Monitor, **watched),
        Middleware(SecurityHeaders, head=head()),
        Middleware(Door, accounts=accounts, guarded=guarded, started=started),
        Middleware(Gate, parameters=parameters(), ended=kept.end, listens=kept.listens),
    ]


def _serve(
    page: "gr.Blocks",
    host: str,
    port: int,
    passed: Sequence["Middleware"],
    beside: Mapping[str, Any],
) -> str:
    """Start the server behind what requests pass; `beside` is served besides the page."""
    try:
        _, address, _ = page.launch(
            server_name=host,
            server_port=port,
            root_path="",
            share=False,
            inline=False,
            inbrowser=False,
            quiet=True,
            prevent_thread_lock=True,
            ssr_mode=False,
            pwa=False,
            mcp_server=False,
            run_history=False,
            enable_monitoring=False,
            footer_links=[],
            max_file_size=LARGEST_UPLOAD,
            app_kwargs={"openapi_url": None, "middleware": list(passed), **beside},
            theme=theme(),
            head=head(),
        )
    except OSError as error:
        raise ServeError(
            f"{host}:{port} cannot be served at, it is in use or not allowed: stop what runs "
            "there, or name another port with --port"
        ) from error
    return address


def _ended_by_signal() -> threading.Event:
    """Return an event that SIGTERM sets, where this is the thread that signals reach."""
    ended = threading.Event()
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: ended.set())
    return ended


def _wait(ended: threading.Event) -> None:
    """Return after Ctrl-C, or when it has ended."""
    try:
        # Windows takes notice of Ctrl-C only between two waits.
        while not ended.wait(1.0):
            pass
    except KeyboardInterrupt:
        pass


def main() -> int:
    """Serve the user's own library."""
    from index.encoders import open_encoder

    try:
        launch(Library(default_folder(), open_encoder))
    except YoujuError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
