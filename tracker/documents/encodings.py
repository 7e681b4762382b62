"""Bytes → text: UTF-8 first, for nothing else passes for it, then GB18030, in which most other Chinese files are written.

GB18030 gives nearly every sequence of bytes some reading, so its result must look like Chinese: a UTF-8 file with one broken byte, or
a file in Big5, would otherwise come out as rare characters (`平江` read as `骞虫睙`) and nobody would notice.
"""

from __future__ import annotations

import codecs

from tracker.documents.document import DocumentError

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\v\f\r\x1a\x1b")
SAMPLE = 200_000
MOST_CONTROLS = 0.01
LEAST_COMMON = 0.7
"""Share of the Chinese characters that must be common ones. Text has over 0.9, misread bytes about a half."""
COMMON = frozenset((0xA1, 0xA2, 0xA3, 0xA9, *range(0xB0, 0xD8)))
"""First bytes, in GB2312, of punctuation, full-width signs, rules and the 3,755 common characters; kana, of Japanese files, are not."""


def decode(data: bytes, place: str) -> str:
    """Text of a file, without its byte order mark; line ends stay as they are.

    Raises:
        DocumentError: it is not text, or in an encoding that cannot be told.
    """
    text = read_marked(data)
    if text is None:
        text = read_unmarked(data)
    if text is None:
        raise DocumentError("document_binary" if _binary(data) else "document_encoding", place)
    if "\0" in text or _controls(text[:SAMPLE]):
        raise DocumentError("document_binary", place)
    return text


def read_marked(data: bytes) -> str | None:
    """The text of bytes that begin with a byte order mark, None for others and for those that belie it."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return str(memoryview(data)[len(mark) :], encoding)
            except UnicodeDecodeError:
                return None
    return None


def read_unmarked(data: bytes) -> str | None:
    """The text of bytes in UTF-8 or GB18030, None for others."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return text if _looks_chinese(text) else None


def _looks_chinese(text: str) -> bool:
    """Whether the characters beyond ASCII are mostly common ones."""
    beyond = [character for character in text[:SAMPLE] if character > "\x7f"]
    common = 0
    for character in beyond:
        code = character.encode("gb2312", "ignore")
        common += bool(code) and code[0] in COMMON
    return common >= LEAST_COMMON * len(beyond)


def _binary(data: bytes) -> bool:
    head = data[:SAMPLE]
    return b"\0" in head or _controls(head.decode("latin-1"))


def _controls(text: str) -> bool:
    """Whether a text has more control characters than a text has."""
    return sum(map(text.count, CONTROLS)) > MOST_CONTROLS * len(text)
