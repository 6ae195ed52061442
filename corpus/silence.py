"""Other people's libraries are told to call nobody, before they are first imported."""

import os

# onnxruntime's wheels collect events and send them to their maker unless this is set before it is
# loaded (its Privacy.md); the others are asked for by huggingface_hub and by many more.
_SILENT = {
    "ORT_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}


def silence() -> None:
    """Set what keeps libraries from telling anybody of this machine; children inherit it."""
    os.environ.update(_SILENT)
