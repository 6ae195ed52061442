"""What other programs may ask of the app: `/search`, `/ask`, `/trace`, `/compare`, `/show`."""

from ui.api.calls import Calls
from ui.api.endpoints import add_endpoints, parameters
from ui.api.gate import Gate

__all__ = ["Calls", "Gate", "add_endpoints", "parameters"]
