"""Youju beside what people would otherwise use: `python -m eval.peers DATASET --split dev`."""

from .known import PEERS, Entry
from .peer import Peer, PeerError, Scored

__all__ = ["PEERS", "Entry", "Peer", "PeerError", "Scored"]
