"""Stage 1: documents. Here: the shelf, where the workspace's sources are looked up by name to confirm what is cited of them."""

from tracker.documents.shelf import Shelf

__all__ = ["Shelf"]
