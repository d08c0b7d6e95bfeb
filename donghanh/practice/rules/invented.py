"""The people of the practice portal. All are invented; no other identity number is taken there.

The running numbers from 999901 on cannot be real: no province registers 900,000 births of one sex in a year.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from donghanh.kernel.errors import Refusal


class NotThePracticeCode(Refusal):
    """Sign-in on the practice portal takes the code shown on the screen and nothing else."""

    message = "Please type the practice code shown on this screen. Never type a real password or code here."
    status = 422


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented person, as a practice card shows them."""

    id: str
    name: str
    sex: str
    born_on: date
    id_number: str
    issued_on: date
    phone: str
    line: str
    area: str
    area_name: str
    ethnicity: str = "Kinh"
    nationality: str = "vietnamese"

    @property
    def is_adult(self) -> bool:
        """Whether they may have an account of their own here."""
        return self.born_on.year < 2010


_NINH_KIEU = ("31135", "Phường Ninh Kiều, Thành phố Cần Thơ")
_CAI_KHE = ("31120", "Phường Cái Khế, Thành phố Cần Thơ")
_ISSUED = date(2023, 6, 15)

PEOPLE = (
    Invented("khang", "Trần Minh Khang", "male", date(1996, 3, 14), "092096999901", _ISSUED, "0900000101",
             "Số 12, hẻm 5, đường Tập Dượt", *_NINH_KIEU),
    Invented("tuyet", "Nguyễn Thị Ánh Tuyết", "female", date(1998, 9, 2), "092198999902", _ISSUED,
             "0900000102", "Số 7, khu vực Mẫu 2", *_CAI_KHE),
    Invented("uyen", "Đỗ Ngọc Uyên", "female", date(1985, 12, 25), "092185999903", _ISSUED, "0900000103",
             "Số 3, đường Thử Nghiệm", *_NINH_KIEU),
    Invented("hen", "H'Hen Niê", "female", date(1992, 2, 29), "066192999904", _ISSUED, "0900000104",
             "Buôn Mẫu, nhà số 9", *_CAI_KHE, ethnicity="Ê Đê"),
    Invented("phuc", "Lê Hữu Phúc", "male", date(1950, 7, 1), "092050999905", _ISSUED, "0900000105",
             "Số 21, khu vực Mẫu 1", *_NINH_KIEU),
    Invented("sa", "Thạch Sa Rây", "male", date(1979, 4, 13), "094079999906", _ISSUED, "0900000106",
             "Ấp Mẫu, nhà số 4", *_CAI_KHE, ethnicity="Khmer"),
    Invented("dao", "Phạm Thị Đào", "female", date(2001, 1, 31), "092301999907", _ISSUED, "0900000107",
             "Số 5, đường Tập Dượt", *_NINH_KIEU),
    Invented("be-an", "Trần Bình An", "male", date(2026, 10, 30), "092226999908", _ISSUED, "0900000101",
             "Số 12, hẻm 5, đường Tập Dượt", *_NINH_KIEU),
)  # fmt: skip
ACCOUNTS = {person.id: person for person in PEOPLE if person.is_adult}
_KNOWN = frozenset(person.id_number for person in PEOPLE)
# Twelve or nine digits in a row, perhaps parted by blanks, dots or dashes: the shape of an identity number.
_PARTED = r"(?:[ ._\-‐‑–—]{0,3}[0-9])"
_NUMBER = re.compile(rf"(?<![0-9])[0-9]{_PARTED}{{8}}(?:{_PARTED}{{3}})?(?![0-9])")
# A phone number, with the country before it or a zero. The range of the practice people's is nobody's.
_PHONE = re.compile(rf"(?<![0-9])(?:\+84[ .\-]?0?|0)([35789]{_PARTED}{{8}})(?![0-9])")
_NOBODYS = "900000"


def is_only_invented(text: str) -> bool:
    """Whether the text holds no identity number but those of the practice people."""
    return all(number in _KNOWN for number in _digits(_NUMBER, text) if len(number) in {9, 12})


def holds_a_real_phone(text: str) -> bool:
    """Whether a phone number stands in it that could be somebody's."""
    return not all(number.startswith(_NOBODYS) for number in _digits(_PHONE, text))


def _digits(shape: re.Pattern[str], text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text)  # wide digits, blanks that do not break
    return [re.sub(r"[^0-9]", "", found) for found in shape.findall(plain)]


def practice_code(seed: str) -> str:
    """The six digits shown on the screen for this browser, from a random word of its session."""
    return f"{sum(ord(letter) * 31**place for place, letter in enumerate(seed)) % 1_000_000:06d}"


def check_code(typed: str, seed: str) -> None:
    """Refuse with NotThePracticeCode unless it is the code on the screen."""
    if re.sub(r"\s", "", typed) != practice_code(seed):
        raise NotThePracticeCode()
