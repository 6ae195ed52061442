"""The browser page: asking, the library, and the reader."""

from ui.desk import Desk
from ui.page import build_page
from ui.theme import head, theme

__all__ = ["Desk", "build_page", "head", "theme"]
