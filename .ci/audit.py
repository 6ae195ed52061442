"""Asks PyPI for known weaknesses of the pinned packages, and says how many it was told of.

    python .ci/audit.py [PIP-AUDIT]

pip-audit by itself ends well where nobody knows a package, and with a traceback where nobody
answers. Here what was not checked does not pass for sound: each way ends in a line, and with 1.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

PINS = Path(__file__).parent.parent / "constraints.txt"
OPTIONS = (
    *("--disable-pip", "--no-deps", "--requirement", str(PINS)),
    *("--format", "json", "--progress-spinner", "off"),
)
ELSEWHERE = "run it where PyPI can be reached"
NAMED = 5
"""Packages that a line names."""


def main(pip_audit: str) -> int:
    """Audit, say what came of it, and return the exit status."""
    done = subprocess.run([pip_audit, *OPTIONS], capture_output=True, text=True, check=False)
    try:
        packages: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except ValueError:
        reason = (done.stderr.strip() or "no reason given").splitlines()[-1]
        return _failed(f"nothing was audited, PyPI did not answer ({reason[:200]}): {ELSEWHERE}")
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    checked = len(packages) - len(unknown)
    if not checked:
        return _failed(f"nothing was audited, PyPI told nothing of any package: {ELSEWHERE}")
    weak = [line for package in packages for line in _weaknesses(package)]
    for line in weak:
        _said(line)
    _said(
        f"{checked} of {len(packages)} pinned packages were checked against the weaknesses that "
        f"PyPI knows of today: {len(weak)} found"
    )
    if unknown:
        more = " …" if len(unknown) > NAMED else ""
        return _failed(f"{len(unknown)} not audited: {', '.join(unknown[:NAMED])}{more}")
    return 1 if weak else 0


def _weaknesses(package: dict[str, Any]) -> list[str]:
    """A line for each known weakness of a package."""
    return [
        f"{package['name']} {package['version']}: {one['id']}, mended in "
        f"{', '.join(one['fix_versions']) or 'no version yet'}"
        for one in package.get("vulns", ())
    ]


def _said(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _failed(line: str) -> int:
    sys.stderr.write(f"audit: {line}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "pip-audit"))
