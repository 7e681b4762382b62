"""Stage 1: documents. A file becomes a `Document`: its text, and what is needed to say where something stands in it.

One module a format; what reads PDF and HTML comes with the extra `tracker[documents]`. The shelf finds the workspace's sources by name,
to confirm what is cited of them.
"""

from tracker.documents.document import Document, DocumentError, Format
from tracker.documents.reading import make_document, read_document
from tracker.documents.shelf import Sentence, Shelf

__all__ = ["Document", "DocumentError", "Format", "Sentence", "Shelf", "make_document", "read_document"]
