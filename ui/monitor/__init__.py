"""What whoever runs the app sees of it: health, figures and a log, none of them with a question."""

from ui.monitor.health import Health
from ui.monitor.logs import log_as
from ui.monitor.metrics import MonitorError
from ui.monitor.spilled import without_messages
from ui.monitor.watching import Monitor, Watch, monitor

__all__ = [
    "Health",
    "Monitor",
    "MonitorError",
    "Watch",
    "log_as",
    "monitor",
    "without_messages",
]
