"""Numbers as a voice says them, digit by digit. Spoken words are data with a language, as texts of packs are:
a hall may hear another language than the screen shows."""

from __future__ import annotations

from typing import TypedDict


class Voice(TypedDict):
    """What a call is put together from in one language."""

    digits: list[str]
    letters: dict[str, str]
    call: str
    number: str


VOICES: dict[str, Voice] = {
    "vi": {
        "digits": ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"],
        "letters": {
            "A": "a", "B": "bê", "C": "xê", "D": "dê", "E": "e", "F": "ép", "G": "giê", "H": "hát", "J": "gi",
            "K": "ca", "L": "lờ", "M": "mờ", "N": "nờ", "P": "pê", "R": "rờ", "S": "sờ", "T": "tê", "U": "u",
            "V": "vê", "W": "vê kép", "X": "ích", "Y": "i dài", "Z": "dét",
        },
        "call": "Mời số {number}, đến quầy {counter}.",
        "number": "Số của bác là {number}.",
    },
    "en": {
        "digits": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
        "letters": {},
        "call": "Number {number}, please go to counter {counter}.",
        "number": "Your number is {number}.",
    },
    "fr": {
        "digits": ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"],
        "letters": {},
        "call": "Numéro {number}, guichet {counter}.",
        "number": "Votre numéro est le {number}.",
    },
}  # fmt: skip


def spoken_number(number: str, language: str) -> str:
    """A027 → "a, không, hai, bảy"."""
    voice = VOICES[language]
    return ", ".join(
        voice["digits"][int(sign)] if sign.isdigit() else voice["letters"].get(sign, sign) for sign in number
    )


def spoken_call(number: str, counter: str, language: str) -> str:
    """A call as the hall hears it."""
    return VOICES[language]["call"].format(number=spoken_number(number, language), counter=counter)


def spoken_own_number(number: str, language: str) -> str:
    """A fresh number as its owner hears it."""
    return VOICES[language]["number"].format(number=spoken_number(number, language))
