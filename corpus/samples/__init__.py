"""The sample library: documents written for Youju, about places that do not exist."""

from pathlib import Path

SAMPLES = Path(__file__).parent
"""The folder that holds them."""
