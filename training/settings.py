"""What a training depends on besides its examples."""

from dataclasses import asdict, dataclass
from math import inf

from training.rows import TrainingError

_SMALLEST = 1e-9
RANGES = {
    "batch": (1, inf),
    "negatives": (0, inf),
    "epochs": (_SMALLEST, inf),
    "rate": (_SMALLEST, 1),
    "warm_up": (0, 0.99),
    "temperature": (_SMALLEST, inf),
    "tokens": (3, inf),
    "frozen_layers": (0, inf),
    "slices": (1, inf),
    "kept_every": (0, inf),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a run; kept beside its result. Raises TrainingError outside of `RANGES`.

    `kept_every` is the number of steps after which the encoder is kept, 0 for the last alone.
    """

    batch: int = 16
    negatives: int = 2
    epochs: float = 1.0
    rate: float = 3e-5
    warm_up: float = 0.1
    temperature: float = 0.02
    tokens: int = 160
    frozen_layers: int = 0
    slices: int = 6
    seed: int = 1
    kept_every: int = 0

    def __post_init__(self) -> None:
        values = asdict(self)
        for name, (least, most) in RANGES.items():
            if not least <= values[name] <= most:
                raise TrainingError(
                    f"{name} is {values[name]}, expected a number from {least} to {most}"
                )
