"""The encoder that a library was built with: remembered, opened again, changed when asked to."""

import threading
from collections.abc import Callable
from pathlib import Path
from shlex import quote

from index.encoders import Encoder
from index.encoders.errors import EncoderError
from index.encoders.names import DEFAULT, FORMER_DEFAULTS
from index.schema import LibraryError
from index.store import Store

MODEL = "model"
ENCODER = "encoder"

OpenEncoder = Callable[[str | None], Encoder]


class BuiltWith:
    """The encoder of one library, and no other. Safe to share between threads.

    `model` is what the user named, None where nothing was.
    """

    def __init__(
        self, store: Store, folder: Path, open_encoder: OpenEncoder, model: str | None
    ) -> None:
        self.model = model
        self._store = store
        self._folder = folder
        self._open_encoder = open_encoder
        self._encoder: Encoder | None = None
        self._lock = threading.RLock()

    def encoder(self) -> Encoder:
        """Return the encoder, opened at the first call, and when another process changed it.

        Raises LibraryError where it is not the one that was named or is now the default.
        """
        with self._lock:
            if self._encoder is None or self._encoder.name != self._store.meta(ENCODER):
                former = self._former_default()
                encoder = self._open_former(former) if former else self._open()
                self._require_same(encoder)
                self._encoder = encoder
            return self._encoder

    def change(self, model: str | None) -> None:
        """Open another encoder, None for the default, and remember it from now on."""
        encoder = self._open_encoder(model)
        with self._lock:
            self.model, self._encoder = model, encoder
            self._remember(encoder)

    @property
    def advice(self) -> str | None:
        """What to do about an encoder that is no longer the default; None where nothing is."""
        former = self._former_default()
        if former is None:
            return None
        return (
            f"built with {former}, the default of an earlier version; {DEFAULT} finds more: "
            f"change to it with {self._reencode()}"
        )

    def _former_default(self) -> str | None:
        """The encoder that the library got because it was the default then."""
        chosen = self.model or self._store.meta(MODEL)
        remembered = self._store.meta(ENCODER)
        return remembered if not chosen and remembered in FORMER_DEFAULTS else None

    def _open_former(self, name: str) -> Encoder:
        try:
            return self._open_encoder(name)
        except EncoderError as error:
            raise LibraryError(
                f"{self._folder} was built with {name}, the default of an earlier version: "
                f"{error}; or change to {DEFAULT} with {self._reencode()}"
            ) from error

    def _open(self) -> Encoder:
        return self._open_encoder(self.model or self._store.meta(MODEL) or None)

    def _require_same(self, encoder: Encoder) -> None:
        remembered = self._store.meta(ENCODER)
        if remembered is None:
            self._remember(encoder)
        elif remembered != encoder.name:
            raise LibraryError(
                f"{self._folder} was built with the encoder {remembered}, not {encoder.name}: "
                f"name that one, or run {self._reencode(self.model)}"
            )

    def _remember(self, encoder: Encoder) -> None:
        # Under its own name a folder is found again from anywhere; the default stays the default.
        chosen = encoder.name if self.model else ""
        self._store.set_meta({MODEL: chosen, ENCODER: encoder.name})

    def _reencode(self, model: str | None = None) -> str:
        """The command that encodes the library anew."""
        named = f" --model {quote(model)}" if model else ""
        return f"`youju reencode --library {quote(str(self._folder))}{named}`"
