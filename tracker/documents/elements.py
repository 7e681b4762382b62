"""The XML of an Office file's part as a stream of elements: no tree is built, and a document type is refused, so that no entity expands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn, Protocol
from xml.etree.ElementTree import ParseError, XMLParser

from tracker.documents.package import Package

DEEPEST = 1000
"""Elements within each other; Office writes some thirty."""


class Reader(Protocol):
    """Takes a part's elements in order. A tag has its namespace in braces before it."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Text, or a piece of one, within the element that began last and has not ended."""


class ForeignError(Exception):
    """The XML has what no Office file has: a document type, a thousand elements within each other, a place beyond the sheet."""


def read_elements(package: Package, part: str, reader: Reader) -> None:
    """Give a part's elements to a reader.

    Raises:
        DocumentError: the part is damaged or encrypted, or larger than a document's.
    """
    parser = XMLParser(target=_Guard(reader))  # noqa: S314 - its document type is refused, and what is fed is counted
    try:
        for piece in package.read(part):
            parser.feed(piece)
        parser.close()
    except (ParseError, ForeignError, LookupError, ValueError):
        package.refuse()


class _Guard:
    """Stands before a reader and refuses what no Office file has."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._depth = 0
        self.data = reader.data

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ForeignError
        self._reader.start(tag, attributes)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._reader.end(tag)

    def doctype(self, *_: object) -> NoReturn:
        raise ForeignError
