"""Tries the public calls against their own description with Schemathesis, over a small library.

    pip install schemathesis        # in an environment of its own: it is no dependency
    python -m benchmarks.schema PATH/TO/schemathesis

It is told the token of a reader who sees one collection of two. What it finds goes to standard
output; the exit status is its own.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.guarded import CHEAP, opened
from ui.access import Accounts, Sessions

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "ignored_auth",
    "unsupported_method",
    "positive_data_acceptance",
)
"""Not `negative_data_rejection`: a value that does not fit is told by the event, not at once."""
PHASES = ("examples", "coverage", "fuzzing", "stateful")
EXAMPLES, SEED = 20, 1


def main(schemathesis: str) -> int:
    """Serve, run Schemathesis, and return its exit status."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as site:
        sessions = Sessions(Accounts(site.library.folder, CHEAP).file)
        command = [
            *(schemathesis, "run", f"{site.address}/openapi.json"),
            *("--header", f"Authorization: Bearer {sessions.new_token('reader')}"),
            *("--phases", ",".join(PHASES), "--checks", ",".join(CHECKS)),
            *("--max-examples", str(EXAMPLES), "--seed", str(SEED), "--request-timeout", "60"),
        ]
        # It leaves a folder of its own where it runs.
        return subprocess.run(command, check=False, cwd=folder).returncode


if __name__ == "__main__":
    named = sys.argv[1] if len(sys.argv) == 2 else "schemathesis"
    found = shutil.which(named)
    if found is None:
        sys.exit(f"{named} is no program here: pip install schemathesis, and name where it lies")
    sys.exit(main(os.path.abspath(found)))
