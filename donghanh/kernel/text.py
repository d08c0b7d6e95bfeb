"""Text as people type it: one normal form, accent-free search keys, masks."""

from __future__ import annotations

import unicodedata


def nfc(text: str) -> str:
    """NFC, with outer blanks gone and inner runs of blanks made one."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def search_key(text: str) -> str:
    """Lower case without any accent, đ as d: "Nguyễn Thị Đào" → "nguyen thi dao".

    Computed in Python so that SQLite and PostgreSQL agree.
    """
    lowered = unicodedata.normalize("NFD", nfc(text).casefold())
    plain = "".join(mark for mark in lowered if not unicodedata.combining(mark))
    return plain.replace("đ", "d")


def masked(text: str, *, shown: int = 3) -> str:
    """All but the last `shown` characters as dots; a short text is hidden whole."""
    if len(text) <= shown:
        return "•" * len(text)
    return "•" * (len(text) - shown) + text[len(text) - shown :]
