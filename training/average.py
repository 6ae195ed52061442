"""The mean of the weights of encoders: what tuning brought, with less of what it cost.

    python -m training.average FOLDER FOLDER … --out FOLDER [--weights 1 1]

Averaging the weights before and after tuning keeps most of the gain and much of what the encoder
could do before (Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022).
"""

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

WEIGHTS = "model.safetensors"


def average(folders: Sequence[Path], shares: Sequence[float], out: Path) -> None:
    """Write to `out` the encoder of the weighted mean of those in `folders`."""
    from safetensors.torch import load_file, save_file

    total = sum(shares)
    models = [load_file(folder / WEIGHTS) for folder in folders]
    mean = {
        name: sum(
            (share / total * model[name] for share, model in zip(shares, models, strict=True)),
            start=0 * models[0][name],
        )
        for name in models[0]
    }
    shutil.copytree(folders[0], out, dirs_exist_ok=True)
    save_file(mean, out / WEIGHTS, metadata={"format": "pt"})


def main() -> None:
    """Average as the command line says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--weights", type=float, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    shares = options.weights or [1.0] * len(options.folders)
    average(options.folders, shares, options.out)


if __name__ == "__main__":
    main()
