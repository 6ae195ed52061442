"""The mean of the weights of encoders: what tuning brought, with less of what it cost.

    python -m training.average FOLDER FOLDER … --out FOLDER [--weights 1 1]

Averaging the weights before and after tuning keeps most of the gain and much of what the encoder
could do before (Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022).
"""

import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from training.command import parser_of, run
from training.rows import TrainingError

if TYPE_CHECKING:
    from torch import Tensor

    Tensors = Mapping[str, Tensor]

WEIGHTS = "model.safetensors"


def average(folders: Sequence[Path], shares: Sequence[float], out: Path) -> None:
    """Write to `out` the encoder of the weighted mean of those in `folders`.

    Everything but the weights is that of the first. Raises TrainingError where they do not fit.
    """
    from safetensors.torch import save_file

    _check(folders, shares, out)
    models = [_read(folder) for folder in folders]
    for folder, model in zip(folders, models, strict=True):
        _check_alike(folder, model, models[0])
    mean = {name: _mean([model[name] for model in models], shares) for name in models[0]}
    shutil.copytree(folders[0], out, dirs_exist_ok=True)
    save_file(mean, out / WEIGHTS, metadata={"format": "pt"})


def _mean(tensors: Sequence["Tensor"], shares: Sequence[float]) -> "Tensor":
    """Return the weighted mean; what is no floating-point number, as positions, is the first's."""
    if not tensors[0].is_floating_point():
        return tensors[0]
    weighted = (share / sum(shares) * one for share, one in zip(shares, tensors, strict=True))
    return sum(weighted, start=0 * tensors[0])


def _check(folders: Sequence[Path], shares: Sequence[float], out: Path) -> None:
    if len(shares) != len(folders):
        raise TrainingError(f"{len(shares)} weights for {len(folders)} folders: give one for each")
    if not all(share >= 0 for share in shares) or not 0 < sum(shares) < float("inf"):
        raise TrainingError(f"the weights are {shares}: expected positive numbers, or 0 for some")
    if out.resolve() in [folder.resolve() for folder in folders]:
        raise TrainingError(f"{out} is one of the folders to average: write to another")


def _read(folder: Path) -> "Tensors":
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        found: Tensors = load_file(folder / WEIGHTS)
    except (OSError, SafetensorError) as error:
        raise TrainingError(f"{folder} is no sentence-transformers folder: {error}") from error
    return found


def _check_alike(folder: Path, model: "Tensors", first: "Tensors") -> None:
    held = {name: tuple(tensor.shape) for name, tensor in model.items()}
    expected = {name: tuple(tensor.shape) for name, tensor in first.items()}
    other = sorted(set(held.items()) ^ set(expected.items()))
    if other:
        name = other[0][0]
        raise TrainingError(
            f"{folder} is of another model than the first folder: {name} has the shape "
            f"{held.get(name)}, expected {expected.get(name)}"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Average as the command line says; return 1 after one line on what is wrong."""
    parser = parser_of(__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--weights", type=float, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    shares = options.weights or [1.0] * len(options.folders)
    return run("average", lambda: average(options.folders, shares, options.out))


if __name__ == "__main__":
    sys.exit(main())
