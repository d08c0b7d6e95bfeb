"""Text as it is typed, in the one form both sides keep it: the twin is static/js/guide/writing.js.

Only ranges are named here, no classes of Unicode: browsers and Python know different editions of it.
"""

from __future__ import annotations

import re
import unicodedata

# Longer than any answer: cut off before any work is done on it.
LONGEST_RAW = 20_000
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_BLANKS = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
# Controls, halves of pairs, private letters, and what one side may compose and the other not know yet.
_REFUSED = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\u0897\u0ece\u1acf-\u1aff"
    "\U00010000-\U0001efff\U0001fb00-\U0001ffff\U0002fa20-\U0002ffff\U00032400-\U0010ffff]"
)
LETTERS = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\u0300-\u036f\u0370-\u0373\u0376-\u0377\u0386"
    "\u0388-\u03ff\u0400-\u0481\u048a-\u052f\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0eb9\u1780-\u17d3\u3040-\u309f"
    "\u30a0-\u30ff\u4e00-\u9fff\uaa00-\uaa36\uaa80-\uaac2\uac00-\ud7a3"
)
_NAME = re.compile(f"[{LETTERS}][{LETTERS}'’ʼ. -]*")
_MARKS = re.compile("[\u0300-\u036f]")
_SMALL = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZđĐ", "abcdefghijklmnopqrstuvwxyzdd")
# Words by which a secret of the person is usually announced, then something with a digit.
_SECRET = re.compile(
    "(?:^|[^a-z0-9])(?:otp|mat ?khau|password|passcode|mot de passe|ma ?pin|ma ?xac ?(?:thuc|nhan))"
    "(?![a-z0-9]) *(?:[:=]|la(?![a-z])|is(?![a-z]))? *[^ ]*[0-9]"
)


class NotText(ValueError):
    """This is no text that can be kept: a control character, half a pair, not a text at all."""


def normal(raw: object) -> str:
    """NFC without invisible characters, blanks collapsed and trimmed. Raises NotText."""
    if not isinstance(raw, str):
        raise NotText
    text = _BLANKS.sub(" ", _INVISIBLE.sub("", raw)).strip(" ")
    if _REFUSED.search(text):
        raise NotText
    return unicodedata.normalize("NFC", text)


def plain_key(text: str) -> str:
    """Small letters without the accents of Latin, đ as d: for words of ours, not for searching."""
    return _MARKS.sub("", unicodedata.normalize("NFD", text)).translate(_SMALL)


def is_name(text: str) -> bool:
    """Letters, apostrophes, hyphens, dots and blanks, a letter first."""
    return _NAME.fullmatch(text) is not None


def looks_secret(text: str) -> bool:
    """Whether it seems to tell a password or a one-time code."""
    return _SECRET.search(plain_key(text)) is not None
