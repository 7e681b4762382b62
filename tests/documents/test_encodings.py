"""Decoding: what a file's bytes say, and that no bytes at all lead to anything but a text or one error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.making import outcome
from tests.making import STEADY
from tracker.documents import Document, DocumentError
from tracker.documents.encodings import decode

TEXT = "上半年，青禾县引资62亿元，增长8.1%。\r\n全年目标为100亿元！\n"
COMMON = "".join(bytes([high, low]).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFF))

DECODED = [
    (TEXT.encode(), TEXT),
    (b"\xef\xbb\xbf" + TEXT.encode(), TEXT),
    (TEXT.encode("gb18030"), TEXT),
    (TEXT.encode("gbk"), TEXT),
    (b"\xff\xfe" + TEXT.encode("utf-16-le"), TEXT),
    (b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT),
    (b"", ""),
    (b"\xef\xbb\xbf", ""),
    (b"plain 8.1%\n", "plain 8.1%\n"),
    ("𠮷县引资😀".encode(), "𠮷县引资😀"),
    ("引资62亿元，€𠮷".encode("gb18030"), "引资62亿元，€𠮷"),
    ("一页\f二页\v三".encode(), "一页\f二页\v三"),
]


@pytest.mark.parametrize(("data", "expected"), DECODED)
def test_bytes_are_decoded(data: bytes, expected: str) -> None:
    assert decode(data, "a.txt") == expected


REFUSED = [
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "document_binary"),
    (b"\x7fELF\x02\x01\x01" + bytes(50), "document_binary"),
    (bytes(range(1, 32)) * 4, "document_binary"),
    (b"a\0b", "document_binary"),
    ("引资".encode("utf-16-le") + b"a\0", "document_binary"),
    (TEXT.encode()[:100].rstrip() + "增".encode()[:2], "document_encoding"),
    (TEXT.encode() * 9 + b"\xff", "document_encoding"),
    ("臺灣經濟發展計畫，招商引資與產業園區建設".encode("big5"), "document_encoding"),
    ("これは日本語の文章であり、中国語ではありません".encode("shift-jis"), "document_encoding"),
    ("これは日本語の文章であり、中国語ではありません".encode("euc-jp"), "document_encoding"),
    (b"\xff\xfe\x00\xd8\x00\xd8", "document_binary"),
    ("Größe, naïve café, señor, Ærø".encode("latin-1"), "document_encoding"),
]


@pytest.mark.parametrize(("data", "code"), REFUSED)
def test_bytes_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(DocumentError) as refused:
        decode(data, "a.txt")
    assert refused.value.code == code
    assert refused.value.place == "a.txt"


def test_utf8_with_a_broken_byte_is_not_read_as_gb18030() -> None:
    """Every pair of these bytes is a character of GB18030, and every one is wrong."""
    data = "工业增加值".encode()[:-1]
    assert data.decode("gb18030")
    with pytest.raises(DocumentError):
        decode(data, "a.txt")


@STEADY
@given(
    st.text(st.sampled_from(COMMON + "，。%0123456789abc\n"), min_size=4),
    st.sampled_from(["utf-8", "gb18030", "utf-16"]),
)
def test_common_text_comes_back_from_every_encoding(text: str, encoding: str) -> None:
    """Encoded and decoded is the same."""
    assert decode(text.encode(encoding), "a.txt") == text


@STEADY
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_any_text_in_utf8_comes_back(text: str) -> None:
    """Nothing is normalized: offsets count the file's own characters."""
    assert decode(text.encode(), "a.txt") == text.removeprefix("\ufeff")


@STEADY
@given(st.binary(max_size=400))
def test_any_bytes_are_a_text_or_one_error(data: bytes) -> None:
    """Whatever stands in a .txt file, the answer is a document or a DocumentError."""
    found = outcome(data, "a.txt")
    if isinstance(found, Document):
        found.text.encode()
    else:
        assert found.place == "a.txt"
