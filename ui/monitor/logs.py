"""The log of a server: text, or one JSON object a line."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

from ui.asked import TEXTS
from ui.monitor.watching import Watch, log


class JsonLines(logging.Formatter):
    """Writes a record as one line: time, level, event, and its details."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; of an error only its name, what it says may hold anything."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": getattr(record, "event", "message"),
        }
        details = getattr(record, "details", None)
        line |= {"message": record.getMessage()} if details is None else details
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False)


def log_as(watch: Watch) -> None:
    """Let this process log as it was asked to; the text of questions only where that was said."""
    if watch.json_lines:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
        logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
        logging.captureWarnings(True)
        log.setLevel(logging.INFO)
    if watch.questions:
        TEXTS.setLevel(logging.INFO)
